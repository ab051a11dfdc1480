-- Ways to what is asked for often, where a whole table was read for it (store/hot.rs holds every such question against its plan).

-- Whose turn it is: what waits in a lane, and when each caller, group and kind last had a turn there.
CREATE INDEX taken_wacht ON taken (baan, aangemaakt_op) WHERE toestand = 'wachtrij';
CREATE INDEX taken_bezig ON taken (baan) WHERE toestand = 'bezig';
CREATE INDEX taken_beurt_door ON taken (baan, door, begonnen_op);
CREATE INDEX taken_beurt_groep ON taken (baan, groep, begonnen_op);
CREATE INDEX taken_beurt_soort ON taken (baan, soort, begonnen_op);
DROP INDEX taken_beurten;

CREATE INDEX vragen_berekening ON vragen (berekening);
CREATE INDEX herberekening_lichtingen_berekening ON herberekening_lichtingen (berekening);
CREATE INDEX herberekening_lichtingen_lichting ON herberekening_lichtingen (lichting);
CREATE INDEX plaatsingen_kandidaat ON plaatsingen (kandidaat);
