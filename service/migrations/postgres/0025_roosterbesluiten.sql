-- Decisions about a roster say which step of it they are: whoever decides again must have seen the one that stands.

ALTER TABLE rooster_besluiten ADD COLUMN stap BIGINT NOT NULL DEFAULT 1;
