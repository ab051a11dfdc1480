-- Whether a worker lives shows in a number that it raises and not in a time: clocks of machines jump. `huur_tot` is no longer used.
ALTER TABLE taken ADD COLUMN slagen INTEGER NOT NULL DEFAULT 0;
UPDATE taken SET huur_tot = NULL;
-- Written to where nobody else wrote for a while, so that the service can say whether it takes writes.
CREATE TABLE schrijfproef (
    nummer    INTEGER PRIMARY KEY CHECK (nummer = 1),
    inhoud    BLOB NOT NULL
) STRICT;
INSERT INTO schrijfproef (nummer, inhoud) VALUES (1, x'00');
