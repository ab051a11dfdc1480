//! Everything that is kept, table by table, with what of it is about people, why, how long, and how it is erased: one literal list, which
//! docs/privacy.md shows. A table or column that is not on it fails a test.

/// What becomes of a value about a person when the person is erased.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum How {
    /// It is a pseudonym: it stays, and names nobody once the name is gone.
    Pseudonym,
    /// It goes.
    Gone,
    /// What it says of the person goes, the rest stays.
    Part,
    /// It is of an account, and goes by the term of accounts, sessions, links or tokens.
    Account,
    /// It goes by itself within a day.
    Day,
}

impl How {
    /// In the words of docs/privacy.md.
    pub fn says(self) -> &'static str {
        match self {
            Self::Pseudonym => "pseudonym, stays",
            Self::Gone => "erased",
            Self::Part => "erased as far as it is about the person",
            Self::Account => "goes by the term of accounts",
            Self::Day => "erased, and gone within a day",
        }
    }
}

/// One table.
#[derive(Clone, Copy, Debug)]
pub struct Holding {
    /// Its name.
    pub table: &'static str,
    /// Columns that are about people, and what becomes of each.
    pub people: &'static [(&'static str, How)],
    /// The other columns.
    pub plain: &'static [&'static str],
    /// What it is for.
    pub why: &'static str,
    /// Who sees it.
    pub seen: &'static str,
    /// How long it is kept.
    pub term: &'static str,
}

const I: &str = "intermediary";
const STAYS: &str = "as long as the service";
const NAMES: &str = "four weeks after the last placement or after stopping (setting)";
const SIGNS: &str = "thirteen weeks after it was over (setting)";
const WAVE: &str = "as long as its wave";

/// Every table.
pub static HOLDINGS: &[Holding] = &[
    Holding {
        table: "personen",
        people: &[("soort", How::Gone), ("id", How::Gone), ("gegevens", How::Gone)],
        plain: &[],
        why: "names and free text about candidates and coaches, apart from everything else",
        seen: "intermediary; board and coach from the moment that people.md names",
        term: NAMES,
    },
    Holding {
        table: "kandidaten",
        people: &[("id", How::Pseudonym), ("gegevens", How::Pseudonym), ("toestand", How::Pseudonym)],
        plain: &["versie"],
        why: "wishes, home area and limits of candidates, to match them",
        seen: I,
        term: STAYS,
    },
    Holding {
        table: "standen",
        people: &[("kandidaat", How::Pseudonym), ("toestand", How::Pseudonym), ("sinds", How::Pseudonym)],
        plain: &[],
        why: "since when a candidate waits, is placed or has stopped: the term of the name begins then",
        seen: I,
        term: STAYS,
    },
    Holding {
        table: "coaches",
        people: &[("id", How::Pseudonym), ("gegevens", How::Pseudonym), ("van", How::Pseudonym), ("tot", How::Pseudonym)],
        plain: &["versie"],
        why: "hours, limits and home area of coaches, to match them",
        seen: I,
        term: STAYS,
    },
    Holding {
        table: "besturen",
        people: &[],
        plain: &["id", "gegevens", "versie", "plekken_weg"],
        why: "boards",
        seen: "intermediary, own board",
        term: STAYS,
    },
    Holding {
        table: "scholen",
        people: &[],
        plain: &["id", "bestuur", "gegevens", "brin", "versie"],
        why: "schools",
        seen: "intermediary, own board",
        term: STAYS,
    },
    Holding {
        table: "plekken",
        people: &[],
        plain: &["school", "id", "van", "tot", "bouw", "aantal", "gegevens", "open", "reden", "bevestigd_op", "versie"],
        why: "seats that boards offer",
        seen: "intermediary, own board",
        term: STAYS,
    },
    Holding {
        table: "invoeren",
        people: &[("bytes", How::Part)],
        plain: &["sha256"],
        why: "wave files as they were solved, without names: a plan can be checked against its file",
        seen: I,
        term: WAVE,
    },
    Holding {
        table: "invoer_ids",
        people: &[("id", How::Pseudonym)],
        plain: &["invoer", "soort", "van"],
        why: "ids of a file, to look decisions up by",
        seen: "nobody",
        term: WAVE,
    },
    Holding {
        table: "gronden",
        people: &[],
        plain: &["soort", "van"],
        why: "which files and runs are looked up already",
        seen: "nobody",
        term: WAVE,
    },
    Holding {
        table: "lichtingen",
        people: &[],
        plain: &[
            "id",
            "naam",
            "fase",
            "van",
            "tot",
            "toestand",
            "zaad",
            "invoer",
            "beslissingen",
            "geldend",
            "versie",
            "aangemaakt_op",
            "besloten_tot",
        ],
        why: "waves and their life",
        seen: I,
        term: STAYS,
    },
    Holding {
        table: "taken",
        people: &[
            ("vraag", How::Part),
            ("melding", How::Part),
            ("tussenstand", How::Pseudonym),
            ("resultaat", How::Pseudonym),
            ("door", How::Pseudonym),
        ],
        plain: &[
            "id",
            "baan",
            "groep",
            "soort",
            "delen",
            "toestand",
            "pogingen",
            "werker",
            "huur_tot",
            "stop",
            "voortgang",
            "status",
            "aangemaakt_op",
            "begonnen_op",
            "klaar_op",
            "slagen",
        ],
        why: "work for the solver, its questions and outcomes, by pseudonym",
        seen: I,
        term: WAVE,
    },
    Holding {
        table: "taak_gebeurtenissen",
        people: &[("gegevens", How::Part)],
        plain: &["taak", "nummer", "soort", "op"],
        why: "progress of work",
        seen: I,
        term: WAVE,
    },
    Holding {
        table: "berekeningen",
        people: &[],
        plain: &[
            "id",
            "probleem",
            "onderwerp",
            "nummer",
            "invoer",
            "basis",
            "beslissingen",
            "voorganger",
            "herberekening",
            "programma",
            "lichting",
        ],
        why: "runs of a wave",
        seen: I,
        term: WAVE,
    },
    Holding { table: "vragen", people: &[], plain: &["id", "berekening", "sleutel"], why: "questions about a run", seen: I, term: WAVE },
    Holding {
        table: "voorstellen",
        people: &[("kandidaat", How::Pseudonym), ("coach", How::Pseudonym)],
        plain: &["berekening", "school", "plek"],
        why: "what a run proposes for whom",
        seen: I,
        term: WAVE,
    },
    Holding {
        table: "beoordelingen",
        people: &[("kandidaat", How::Pseudonym), ("gegevens", How::Part), ("door", How::Pseudonym)],
        plain: &["lichting", "berekening", "versie", "op", "vervallen", "gevolgd"],
        why: "what was decided about a proposal, and why",
        seen: I,
        term: WAVE,
    },
    Holding {
        table: "beoordelingen_eerder",
        people: &[("kandidaat", How::Pseudonym)],
        plain: &["lichting", "versie", "tot"],
        why: "which decisions a run knew",
        seen: "nobody",
        term: WAVE,
    },
    Holding {
        table: "herberekeningen",
        people: &[("aanleiding", How::Pseudonym)],
        plain: &["id", "toestand", "versie", "aangemaakt_op", "voorbereiding", "voor_te_bereiden"],
        why: "reruns after somebody dropped out or came",
        seen: I,
        term: STAYS,
    },
    Holding {
        table: "herberekening_lichtingen",
        people: &[("opmerkingen", How::Part)],
        plain: &["herberekening", "lichting", "berekening", "invoer_na", "lichting_versie", "toestand"],
        why: "what such a rerun comes to in a wave",
        seen: I,
        term: STAYS,
    },
    Holding {
        table: "plaatsingen",
        people: &[("kandidaat", How::Pseudonym), ("coach", How::Pseudonym), ("einde_reden", How::Pseudonym)],
        plain: &["lichting", "school", "plek", "bouw", "uren", "van", "tot"],
        why: "published placements: they use up seats and hours, and are counted",
        seen: "intermediary; own board; own coach",
        term: STAYS,
    },
    Holding {
        table: "plaatsingen_vervallen",
        people: &[("kandidaat", How::Pseudonym), ("coach", How::Pseudonym), ("reden", How::Pseudonym)],
        plain: &["nummer", "lichting", "school", "plek", "bouw", "uren", "van", "tot", "op"],
        why: "placements that were withdrawn before they began",
        seen: I,
        term: STAYS,
    },
    Holding {
        table: "privacyverzoeken",
        people: &[("persoon_soort", How::Pseudonym), ("persoon", How::Pseudonym)],
        plain: &["id", "soort", "gevraagd_op", "uiterlijk", "gedaan_op", "gedaan_door", "versie"],
        why: "what people asked about their own data, and that it was done in time",
        seen: "intermediary, administrator",
        term: "two years after it was done",
    },
    Holding {
        table: "beperkingen",
        people: &[("persoon_soort", How::Pseudonym), ("persoon", How::Pseudonym)],
        plain: &["sinds", "tot", "versie"],
        why: "who is left out of the matching on request",
        seen: I,
        term: "until it is lifted",
    },
    Holding {
        table: "verbeteringen",
        people: &[("persoon_soort", How::Pseudonym), ("persoon", How::Pseudonym), ("velden", How::Pseudonym)],
        plain: &["lichting", "op"],
        why: "which fields were corrected after a wave was published: names of fields, no values",
        seen: I,
        term: STAYS,
    },
    Holding {
        table: "berichten",
        people: &[("aan_soort", How::Pseudonym), ("aan", How::Pseudonym), ("over", How::Pseudonym)],
        plain: &[
            "id",
            "daad",
            "soort",
            "bestuur",
            "toestand",
            "reden",
            "pogingen",
            "volgende_op",
            "werker",
            "huur_tot",
            "gemaakt_op",
            "verstuurd_op",
            "einde_op",
        ],
        why: "messages: to whom and about what, without address, text or secret; those that wait go with who is erased",
        seen: "intermediary; administrator those about accounts",
        term: "thirteen weeks after it was sent or came to nothing (setting)",
    },
    Holding {
        table: "dagtaken",
        people: &[],
        plain: &["naam", "dag"],
        why: "the last day of each duty that is done once a day",
        seen: "nobody",
        term: STAYS,
    },
    Holding {
        table: "logboek",
        people: &[("wie", How::Pseudonym), ("onderwerp", How::Pseudonym)],
        plain: &["nummer", "op", "wat", "digest", "vorige", "hash"],
        why: "who did what when: the chain stays whole, over pseudonyms and digests",
        seen: "administrator, intermediary",
        term: STAYS,
    },
    Holding {
        table: "logboek_inhoud",
        people: &[("zout", How::Gone), ("inhoud", How::Gone)],
        plain: &["nummer"],
        why: "what a line of the log says",
        seen: "administrator, intermediary",
        term: NAMES,
    },
    Holding {
        table: "logboek_personen",
        people: &[("soort", How::Pseudonym), ("persoon", How::Pseudonym)],
        plain: &["nummer"],
        why: "whom a line of the log is about, so that all of it can be shown and erased",
        seen: "administrator, intermediary",
        term: STAYS,
    },
    Holding {
        table: "idempotentie",
        people: &[("lichaam", How::Day), ("gevolg", How::Day), ("koppen", How::Day)],
        plain: &["sleutel", "vingerafdruk", "status", "op"],
        why: "answers for requests that are repeated",
        seen: "whoever repeats the request",
        term: "a day",
    },
    Holding {
        table: "accounts",
        people: &[
            ("id", How::Pseudonym),
            ("naam", How::Account),
            ("adres", How::Account),
            ("wachtwoord", How::Account),
            ("factor", How::Account),
            ("factor_nieuw", How::Account),
            ("factor_stap", How::Account),
        ],
        plain: &["gemaakt_op", "geeindigd_op", "versie"],
        why: "who may sign in; of secrets what a check needs, and never the secret of a password",
        seen: "administrator; the holder",
        term: "name, address and secrets a year after it ended (setting); the pseudonym stays",
    },
    Holding {
        table: "account_rollen",
        people: &[("account", How::Pseudonym), ("van", How::Pseudonym)],
        plain: &["rol"],
        why: "what an account may do, and for whom",
        seen: "administrator; the holder",
        term: STAYS,
    },
    Holding {
        table: "sleutels",
        people: &[("account", How::Pseudonym), ("naam", How::Account), ("hash", How::Account), ("gebruikt_op", How::Account)],
        plain: &["id", "rol", "gemaakt_op", "tot", "geeindigd_op"],
        why: "tokens for programs, by hash",
        seen: "administrator; the holder",
        term: "a year after it was over",
    },
    Holding {
        table: "sessies",
        people: &[("account", How::Pseudonym), ("hash", How::Account), ("formulier", How::Account), ("gezien_op", How::Account)],
        plain: &["id", "rol", "begonnen_op", "geeindigd_op"],
        why: "who is signed in, by hash",
        seen: "administrator; the holder",
        term: SIGNS,
    },
    Holding {
        table: "koppelingen",
        people: &[("account", How::Pseudonym), ("hash", How::Account)],
        plain: &["soort", "gemaakt_op", "tot", "gebruikt_op"],
        why: "links that can be used once, by hash",
        seen: "nobody",
        term: SIGNS,
    },
    Holding {
        table: "herstelcodes",
        people: &[("account", How::Pseudonym), ("hash", How::Account)],
        plain: &["gebruikt_op"],
        why: "codes for whoever lost the second factor, by hash",
        seen: "nobody",
        term: "as the account",
    },
    Holding {
        table: "identiteiten",
        people: &[
            ("uitgever", How::Account),
            ("onderwerp", How::Account),
            ("account", How::Pseudonym),
            ("rollen", How::Account),
            ("bevestigd_door", How::Pseudonym),
        ],
        plain: &["gemaakt_op", "bevestigd_op"],
        why: "who somebody is at an OpenID provider: issuer and subject, never an address",
        seen: "administrator",
        term: "as the account",
    },
    Holding {
        table: "oidc_rondes",
        people: &[],
        plain: &["hash", "tot", "gebruikt_op"],
        why: "rounds past an OpenID provider that were begun, by hash",
        seen: "nobody",
        term: SIGNS,
    },
    Holding {
        table: "instellingen",
        people: &[("gezet_door", How::Pseudonym)],
        plain: &["naam", "waarde", "versie", "gezet_op"],
        why: "what people set while the service runs",
        seen: "administrator",
        term: STAYS,
    },
    Holding {
        table: "instellingen_eerder",
        people: &[("gezet_door", How::Pseudonym)],
        plain: &["naam", "versie", "waarde", "gezet_op"],
        why: "every value that was set",
        seen: "administrator",
        term: STAYS,
    },
    Holding {
        table: "schrijfproef",
        people: &[],
        plain: &["nummer", "inhoud"],
        why: "written to see whether the database takes changes",
        seen: "nobody",
        term: STAYS,
    },
];

/// Tables of others in the same database: the migrations, and the tickets of apalis, which name jobs and no people.
pub const FOREIGN: &[&str] = &["_sqlx_migrations", "Jobs", "Workers", "sqlite_sequence", "sqlite_stat1", "sqlite_stat4"];

/// The data map of docs/privacy.md.
pub fn page() -> String {
    let mut page = "| table | what for | about people | who sees it | how long |\n| --- | --- | --- | --- | --- |\n".to_owned();
    for it in HOLDINGS {
        let columns: Vec<String> = it.people.iter().map(|(name, how)| format!("`{name}` ({})", how.says())).collect();
        let about = if columns.is_empty() { "nothing".to_owned() } else { columns.join(", ") };
        page.push_str(&format!("| `{}` | {} | {about} | {} | {} |\n", it.table, it.why, it.seen, it.term));
    }
    page
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::store::engine::values;
    use crate::store::trial::{Folder, store};

    #[tokio::test]
    async fn every_table_and_column_of_the_database_is_on_the_list_of_what_is_kept() {
        let folder = Folder::new("holdings");
        let store = store(&folder, "loket.sqlite").await;
        let mut reading = store.read();
        let tables = reading.rows("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name", values![]).await.expect("tables");
        let tables: Vec<String> = tables.iter().map(|row| row.string("name").expect("a name")).collect();
        let mut missing = Vec::new();
        for table in tables.iter().filter(|it| !FOREIGN.contains(&it.as_str())) {
            let Some(holding) = HOLDINGS.iter().find(|it| it.table == *table) else {
                missing.push(format!("table {table}"));
                continue;
            };
            // Also columns that follow from others.
            let columns = reading.rows("SELECT name FROM pragma_table_xinfo($1)", values![table]).await.expect("columns");
            let columns: BTreeSet<String> = columns.iter().map(|row| row.string("name").expect("a name")).collect();
            let listed: BTreeSet<String> =
                holding.people.iter().map(|it| it.0).chain(holding.plain.iter().copied()).map(str::to_owned).collect();
            missing.extend(columns.difference(&listed).map(|it| format!("column {table}.{it}")));
            missing.extend(listed.difference(&columns).map(|it| format!("{table}.{it} is listed and not there")));
        }
        missing
            .extend(HOLDINGS.iter().filter(|it| !tables.iter().any(|table| table == it.table)).map(|it| format!("no table {}", it.table)));
        assert!(missing.is_empty(), "say in store/holdings.rs what this is about and how it is erased: {missing:?}");
        store.close().await;
    }

    #[test]
    fn the_data_map_of_the_handbook_is_the_list() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/privacy.md");
        let text = std::fs::read_to_string(path).expect("docs/privacy.md");
        let (before, rest) = text.split_once("<!-- data map -->\n").expect("where the map begins");
        let (map, after) = rest.split_once("<!-- end of the data map -->").expect("where it ends");
        if std::env::var_os("LOKET_BLESS").is_some() {
            let made = format!("{before}<!-- data map -->\n{}<!-- end of the data map -->{after}", page());
            std::fs::write(path, made).expect("docs/privacy.md can be written");
            return;
        }
        assert_eq!(map, page(), "LOKET_BLESS=1 writes it anew");
    }
}
