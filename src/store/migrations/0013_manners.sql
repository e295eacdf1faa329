-- How a feed's server wants to be asked: headers, user agent, proxy and login, as JSON (model/manners.rs).
ALTER TABLE feed ADD COLUMN manners TEXT;
