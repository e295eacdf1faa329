-- Words of so many bytes are gathered before they are written: at the usual million, one transaction's words make several
-- small segments, each of which is merged again and again.
INSERT INTO search (search, rank) VALUES ('hashsize', 16000000);
