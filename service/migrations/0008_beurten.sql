-- Who asked for a piece of work: whose turn it is goes around among callers too. Of what was asked before nobody knows.
ALTER TABLE taken ADD COLUMN door TEXT NOT NULL DEFAULT '';
-- When somebody, a wave or a kind of work last had a turn in a lane is answered from this alone.
CREATE INDEX taken_beurten ON taken (baan, door, groep, soort, begonnen_op);

-- A batch over many waves is prepared by a worker after it was asked: how far it is, and whether there is something left to do.
ALTER TABLE herberekeningen ADD COLUMN voorbereiding TEXT;
ALTER TABLE herberekeningen ADD COLUMN voor_te_bereiden INTEGER NOT NULL DEFAULT 0;
