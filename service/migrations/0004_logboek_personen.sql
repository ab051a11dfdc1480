-- Whom each line of the log is about, so that everything that is said of somebody can be shown and erased. Erased lines stay in it: their
-- content is gone, and an erasure in the log names them as well.
CREATE TABLE logboek_personen (
    nummer    INTEGER NOT NULL REFERENCES logboek (nummer),
    soort     TEXT NOT NULL CHECK (soort IN ('kandidaat', 'coach')),
    persoon   TEXT NOT NULL,
    PRIMARY KEY (nummer, soort, persoon)
) STRICT, WITHOUT ROWID;
CREATE INDEX logboek_personen_persoon ON logboek_personen (persoon, soort, nummer);

-- Lines of before, by what they say.
INSERT INTO logboek_personen (nummer, soort, persoon)
    SELECT nummer, 'kandidaat', onderwerp FROM logboek WHERE wat IN ('kandidaat-gezet', 'kandidaat-gewist');
INSERT INTO logboek_personen (nummer, soort, persoon)
    SELECT nummer, 'coach', onderwerp FROM logboek WHERE wat = 'coach-gezet';
INSERT INTO logboek_personen (nummer, soort, persoon)
    SELECT l.nummer, 'kandidaat', i.inhoud ->> '$.kandidaat' FROM logboek l JOIN logboek_inhoud i ON i.nummer = l.nummer
    WHERE l.wat IN ('besluit', 'besluit-ingetrokken') AND i.inhoud ->> '$.kandidaat' IS NOT NULL;
-- A batch is asked, accepted or declined; who drops out or comes stands in the batch itself too.
INSERT INTO logboek_personen (nummer, soort, persoon)
    SELECT l.nummer, CASE h.aanleiding ->> '$.soort' WHEN 'coach' THEN 'coach' ELSE 'kandidaat' END, h.aanleiding ->> '$.id'
    FROM logboek l JOIN herberekeningen h ON h.id = l.onderwerp
    WHERE l.wat IN ('herberekening-gevraagd', 'herberekening-aanvaard', 'herberekening-afgewezen')
    AND h.aanleiding ->> '$.soort' IN ('coach', 'kandidaat', 'nakomer');
-- Lines of before also name whose decisions went with a batch.
INSERT INTO logboek_personen (nummer, soort, persoon)
    SELECT DISTINCT l.nummer, 'kandidaat', v.value ->> '$[1]'
    FROM logboek l JOIN logboek_inhoud i ON i.nummer = l.nummer JOIN json_each(i.inhoud, '$.besluiten_vervallen') v ON v.type = 'array'
    WHERE l.wat = 'herberekening-aanvaard' AND v.value ->> '$[1]' IS NOT NULL
    ON CONFLICT DO NOTHING;

-- A content goes right after the line that names it: an erasure that the chain knows.
CREATE TRIGGER logboek_inhoud_gewist BEFORE DELETE ON logboek_inhoud WHEN NOT EXISTS (
    SELECT 1 FROM logboek l JOIN logboek_inhoud i ON i.nummer = l.nummer JOIN json_each(i.inhoud, '$.regels') r
    WHERE l.nummer = (SELECT MAX(nummer) FROM logboek) AND l.wat IN ('kandidaat-vergeten', 'coach-vergeten') AND r.value = OLD.nummer)
    BEGIN SELECT RAISE(ABORT, 'inhoud van het logboek verdwijnt alleen met een wissing'); END;
CREATE TRIGGER logboek_personen_blijft BEFORE UPDATE ON logboek_personen BEGIN SELECT RAISE(ABORT, 'het logboek verandert niet'); END;
CREATE TRIGGER logboek_personen_groeit BEFORE DELETE ON logboek_personen BEGIN SELECT RAISE(ABORT, 'het logboek verandert niet'); END;

-- Refusals are no longer remembered: nothing was done, so the key is free.
DELETE FROM idempotentie WHERE status >= 300;
