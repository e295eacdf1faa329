-- What times were before they were counted anew from a clock that had been set back: should that clock have been the wrong
-- one, they hold again (store/hosts.rs).
ALTER TABLE fetch ADD COLUMN ahead_last INTEGER;
ALTER TABLE fetch ADD COLUMN ahead_next INTEGER;
ALTER TABLE fetch ADD COLUMN ahead_earliest INTEGER;
ALTER TABLE host ADD COLUMN ahead_since INTEGER;
ALTER TABLE host ADD COLUMN ahead_until INTEGER;
