-- The page that the address of an entry is a plainer form of (AMP), and that address.
ALTER TABLE page ADD COLUMN canonical TEXT;
ALTER TABLE page ADD COLUMN canonical_of TEXT;
