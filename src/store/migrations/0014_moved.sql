-- Where a feed's server redirects it for good, as JSON (model/moved.rs), until that is believed.
ALTER TABLE fetch ADD COLUMN moved TEXT;
