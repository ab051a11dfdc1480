-- A school's number in the country's own register: whoever signs in through a school is known by it, and by the school its board.
ALTER TABLE scholen ADD COLUMN brin TEXT;
CREATE INDEX scholen_brin ON scholen (brin);
