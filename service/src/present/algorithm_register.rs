//! The entry for the national algorithm register, in the field names of its publication standard 1.0, from what this program does and how
//! it is set.

use loket_solver::matching::facts::codes::{RuleCode, TermCode};
use loket_solver::matching::facts::policy::default_goals;
use loket_solver::matching::facts::words::{Phase, Word};
use loket_solver::matching::judge::rules::overrulable;
use serde_json::{Map, Value, json};

use super::dutch::list;
use crate::desk::retention::Terms;

/// The version of the standard.
pub const STANDARD: &str = "1.0";
/// The words that the standard has for the kind of algorithm.
pub const CATEGORIES: [&str; 3] = ["Hoog-risico AI-systeem", "Impactvolle algoritmes", "Overige algoritmes"];

/// What only the organisation that uses the program can say.
#[derive(Clone, Debug)]
pub struct Facts {
    /// Whose entry it is.
    pub organization: String,
    /// Where questions go.
    pub contact: String,
    /// A page about it, when there is one.
    pub website: Option<String>,
    /// The kind of algorithm, one of [`CATEGORIES`].
    pub category: String,
    /// Where the data protection impact assessment is, when it is published.
    pub dpia: Option<String>,
    /// The first day on which a plan was published, yyyy-mm-dd; nothing when none was.
    pub since: Option<String>,
    /// How long what is kept.
    pub terms: Terms,
    /// Names of policies in use beside the defaults.
    pub policies: Vec<String>,
}

/// The goals of a phase in words.
fn goals(phase: Phase) -> String {
    let one = |goal: &loket_solver::matching::facts::policy::Goal| {
        let terms: Vec<String> = goal.weights.iter().map(|(term, weight)| format!("{} × {weight}", term.code())).collect();
        match goal.tolerance_percent {
            0 => format!("{} ({})", goal.name, terms.join(", ")),
            percent => format!("{} ({}; latere doelen mogen {percent} % kosten)", goal.name, terms.join(", ")),
        }
    };
    let goals: Vec<String> = default_goals(phase).iter().map(one).collect();
    format!("{}: {}", phase.code(), goals.join(" > "))
}

/// The entry, in the order of the standard.
pub fn entry(facts: &Facts) -> Map<String, Value> {
    let Facts { terms, .. } = facts;
    let rules: Vec<String> = RuleCode::ALL.iter().map(|code| format!("{}: {}", code.code(), code.rule().says)).collect();
    let weighed: Vec<String> = TermCode::ALL.iter().map(|code| format!("{}: {}", code.code(), code.term().says)).collect();
    let phases: Vec<String> = Phase::ALL.iter().map(|phase| goals(*phase)).collect();
    let aside: Vec<String> = overrulable().map(|code| code.code().to_owned()).collect();
    let policies = match facts.policies.len() {
        0 => "Er is geen ander beleid in gebruik dan het standaardbeleid per fase.".to_owned(),
        _ => format!("Beleid in gebruik naast het standaardbeleid per fase: {}.", list(&facts.policies)),
    };
    let status = if facts.since.is_some() { "In gebruik" } else { "In ontwikkeling" };
    let dpia = "Data Protection Impact Assessment (DPIA)";
    let basis = [
        ("Algemene verordening gegevensbescherming, artikel 6, eerste lid, onder e", "https://eur-lex.europa.eu/eli/reg/2016/679/oj"),
        ("Wet op het primair onderwijs", "https://wetten.overheid.nl/BWBR0003420/"),
    ];
    let bases: Vec<Value> = basis.iter().map(|(title, link)| json!({ "title": title, "link": link })).collect();
    let fields = [
        ("name", json!("Loket: plaatsing van zij-instromers in het basisonderwijs")),
        ("organization", json!(facts.organization)),
        (
            "description_short",
            json!(
                "Stelt voor elke zij-instromer van een lichting een plek op een basisschool en een coach voor. Een mens beslist over elk voorstel."
            ),
        ),
        ("category", json!(["Onderwijs en wetenschap", "Werk"])),
        ("status", json!(status)),
        ("begin_date", json!(facts.since.as_deref().map(|day| day.get(..7).unwrap_or(day)))),
        ("end_date", Value::Null),
        ("contact_email", json!(facts.contact)),
        ("website", json!(facts.website)),
        ("publication_category", json!(facts.category)),
        ("url", json!(facts.website)),
        (
            "goal",
            json!(format!(
                "Zoveel mogelijk kandidaten krijgen een plek die bij hen past, met een coach die ruimte heeft, volgens doelen in een vaste \
                 volgorde. De standaarddoelen per fase: {}. {policies}",
                phases.join("; ")
            )),
        ),
        (
            "proportionality",
            json!(
                "Met de hand zijn honderden kandidaten, plekken en coaches niet tegelijk te overzien. Het programma gebruikt alleen wat \
                 voor de plaatsing nodig is: pseudoniemen, wensen, grenzen en reistijden in minuten. Namen, adressen en vrije tekst gaan \
                 niet naar de berekening. Het leert niet van gegevens en geeft niemand een score buiten de lichting."
            ),
        ),
        (
            "human_intervention",
            json!(format!(
                "Een intermediair bekijkt de voorstellen met de redenen en de alternatieven, en kan akkoord gaan, vastzetten, afwijzen, een \
                 ander voorstel kiezen en van regels afwijken ({}). Kandidaat, bestuur en coach geven elk hun eigen antwoord. Niets wordt \
                 zonder een mens vastgesteld. Bijgehouden wordt hoe vaak er anders besloten is.",
                list(&aside)
            )),
        ),
        (
            "risks",
            json!(
                "Verkeerde of oude gegevens geven een verkeerd voorstel: iedereen kan inzage en verbetering vragen, en het voorstel is dan \
                 verouderd. Wie vaak wacht, gaat voor door het doel wachttijd. Een uitkomst wordt na elke berekening apart nagerekend; een \
                 plan dat een regel breekt, wordt niet getoond. Wie of welke school onderaan de lijst staat, maakt bij gelijke stand niet \
                 uit: het lot, met een vast zaad, beslist. Aantallen onder vijf worden in overzichten niet getoond."
            ),
        ),
        ("lawful_basis", json!("Taak van algemeen belang: opleiden en begeleiden van leraren voor het basisonderwijs in de stad.")),
        ("lawful_basis_grouping", json!(bases)),
        ("process_index_url", Value::Null),
        ("impacttoetsen", json!(dpia)),
        ("impacttoetsen_grouping", json!([{ "title": dpia, "link": facts.dpia }])),
        (
            "source_data",
            json!(format!(
                "Van kandidaten: wensen voor bouw, bestuur en concept, beschikbare dagdelen, reistijd, fase en wachttijd. Van coaches: \
                 uren, aantal, bouwen en reistijd. Van besturen en scholen: plekken, duo-collega, kwaliteit, doelgroep en tekort. Namen \
                 gaan {} weken na de laatste plaatsing of het stoppen weg; accounts {} weken na hun einde.",
                terms.placed, terms.accounts
            )),
        ),
        ("source_data_grouping", json!([])),
        (
            "methods_and_models",
            json!(format!(
                "Exacte optimalisatie (geheeltallige programmering met kolomgeneratie, rekenhart HiGHS), doel voor doel in een vaste \
                 volgorde; van elk doel staat erbij of bewezen is dat het niet beter kan. Geen zelflerend model. Regels: {} Wat punten \
                 geeft: {}",
                rules.join(" "),
                weighed.join(" ")
            )),
        ),
        ("provider", json!("Eigen ontwikkeling, open broncode (EUPL-1.2)")),
        ("publiccode", json!(env!("CARGO_PKG_NAME"))),
        ("lang", json!("NLD")),
        ("standard_version", json!(STANDARD)),
        ("source_id", json!(format!("loket-{}", env!("CARGO_PKG_VERSION")))),
        ("tags", json!("onderwijs; zij-instroom; plaatsing; optimalisatie")),
    ];
    fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}

/// The entry as a table of one row, for a spreadsheet: semicolons, every value in quotes.
pub fn csv(entry: &Map<String, Value>) -> String {
    let quoted = |text: &str| format!("\"{}\"", text.replace('"', "\"\""));
    let row = |cells: Vec<String>| format!("{}\r\n", cells.iter().map(|it| quoted(it)).collect::<Vec<_>>().join(";"));
    row(entry.keys().cloned().collect()) + &row(entry.values().map(plain).collect())
}

/// A value as one text.
pub fn plain(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Array(items) => items.iter().map(plain).collect::<Vec<_>>().join(" | "),
        Value::Object(keys) => {
            let text = |key: &str| keys.get(key).and_then(Value::as_str).unwrap_or_default();
            match text("link") {
                "" => text("title").to_owned(),
                link => format!("{} ({link})", text("title")),
            }
        }
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The fields of the publication standard 1.0 that an organisation fills in.
    const FIELDS: [&str; 29] = [
        "name",
        "organization",
        "description_short",
        "category",
        "status",
        "begin_date",
        "end_date",
        "contact_email",
        "website",
        "publication_category",
        "url",
        "goal",
        "proportionality",
        "human_intervention",
        "risks",
        "lawful_basis",
        "lawful_basis_grouping",
        "process_index_url",
        "impacttoetsen",
        "impacttoetsen_grouping",
        "source_data",
        "source_data_grouping",
        "methods_and_models",
        "provider",
        "publiccode",
        "lang",
        "standard_version",
        "source_id",
        "tags",
    ];

    fn facts(since: Option<&str>) -> Facts {
        Facts {
            organization: "Gemeente Voorbeeld".into(),
            contact: "loket@voorbeeld.example".into(),
            website: None,
            category: CATEGORIES[1].into(),
            dpia: None,
            since: since.map(str::to_owned),
            terms: Terms { placed: 6, ..Terms::default() },
            policies: vec!["eigen \"beleid\"".into()],
        }
    }

    #[test]
    fn the_entry_has_every_field_of_the_standard_and_says_how_the_program_is_set() {
        let entry = entry(&facts(Some("2026-09-14")));
        assert_eq!(entry.keys().map(String::as_str).collect::<Vec<_>>(), FIELDS);
        assert_eq!((&entry["status"], &entry["begin_date"]), (&json!("In gebruik"), &json!("2026-09")));
        let text = |key: &str| entry[key].as_str().expect("a text").to_owned();
        assert!(text("source_data").contains("6 weken"), "{}", text("source_data"));
        for code in RuleCode::ALL {
            assert!(text("methods_and_models").contains(code.rule().says), "{}", code.code());
        }
        for phase in Phase::ALL {
            for goal in default_goals(*phase) {
                assert!(text("goal").contains(&goal.name), "{}", goal.name);
            }
        }
        assert!(text("goal").contains("eigen \"beleid\""));
        assert_eq!(super::entry(&facts(None))["status"], "In ontwikkeling");
    }

    #[test]
    fn the_table_has_a_cell_for_each_field_with_its_quotes_doubled() {
        let entry = entry(&facts(None));
        let table = csv(&entry);
        let lines: Vec<&str> = table.split("\r\n").collect();
        assert_eq!((lines.len(), lines[2], lines[0].split(';').count()), (3, "", FIELDS.len()));
        assert_eq!(lines[1].matches("\";\"").count(), FIELDS.len() - 1);
        assert!(table.contains("eigen \"\"beleid\"\""));
    }
}
