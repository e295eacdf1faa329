-- What a feed has cost its server over the last thirty days (model/traffic.rs): written with the row that a fetch rewrites
-- anyway.
ALTER TABLE fetch ADD COLUMN traffic BLOB;
