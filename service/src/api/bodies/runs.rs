//! Bodies about runs: asking for one, and asking something about its plan.

use loket_instances::strict::fields::{At, Fields};
use loket_instances::strict::json::Node;
use loket_solver::matching::facts::codes::RuleCode;
use loket_solver::matching::facts::words::{Phase, Status, Word};
use loket_solver::matching::judge::rules::overrulable;
use serde_json::{Value, json};

use super::register::{list, plain, word};
use super::shapes::{Flag, ID, Number, Shape, choice as words};
use super::{body, object};
use crate::work::kinds::{self, Kind};

body! {
    "Rekenwens"
    /// Leeg, of hoe er gerekend moet worden
    RunWanted holds one_way example { "rekentijd": 120 } {
        /// Seconden; anders zoveel als de dienst toelaat
        may rekentijd: i64 = Number(1, 86_400),
        /// Hoeveel mensen meer dan het kleinst mogelijke aantal anders geplaatst mogen worden
        may wijzigingen: i64 = Number(0, 100_000),
        /// True als er zoveel anders geplaatst mogen worden als de doelen vragen
        may vrij: bool = Flag,
    }
}

/// Free changes have no number.
fn one_way(fields: &Fields<'_>) {
    let free = fields.get("vrij").filter(|at| *at.node == Node::Flag(true));
    if let (Some(at), Some(_)) = (free, fields.get("wijzigingen")) {
        at.refuse("samen", "vrij en wijzigingen gaan niet samen", "kies één van beide");
    }
}

body! {
    "Vraaginvoer"
    /// Bij waarom hoort `{ "kandidaat": "Z1", "alternatieven": 5 }`; andere soorten: passen `{ school, plek }` of `{ coach }`,
    /// wat-als `{ afdwingen: […], verbieden: […] }`, schaarste `{ aantal }`, stress `{ scholen }`, afruil `{ aantal }` (hoeveel er extra mogen schuiven), ruil `{ }`, wachtlijst `{ uitval: { opleiding: 85 } }`, verslag `{ }`.
    /// Met kijker (intermediair, bestuur:ID of kandidaat:ID) in vraag is het antwoord voor die kijker
    Asked holds of_kind example { "soort": "waarom", "vraag": { "kandidaat": "Z1", "alternatieven": 3 } } {
        /// Wat voor vraag
        needs soort: &'static Kind = QuestionKind,
        /// De vraag zelf
        may vraag: Value = Details,
    }
}

/// Each kind of question has keys of its own.
fn of_kind(fields: &Fields<'_>) {
    let kind = fields.get("soort").and_then(|at| if let Node::Text(word) = at.node { kinds::kind(word) } else { None });
    if let (Some(kind), Some(at)) = (kind, fields.get("vraag").filter(|at| matches!(at.node, Node::Object(_)))) {
        at.object(kind.keys);
    }
}

/// What is asked: its keys depend on the kind, and are read against the wave with the plan.
#[derive(Clone, Copy, Debug)]
struct Details;

impl Shape for Details {
    type Value = Value;

    fn read(&self, at: &At<'_>) -> Option<Value> {
        at.whole()
    }

    fn schema(&self) -> Value {
        let choice = |title: &str, more: &[(&str, bool, &str, Value)]| {
            let keys = [
                ("kandidaat", true, "Wie", ID.schema()),
                ("school", false, "De school", ID.schema()),
                ("plek", false, "De plekkengroep op die school", ID.schema()),
                ("coach", false, "De coach", ID.schema()),
            ];
            let keys: Vec<_> = keys.into_iter().chain(more.iter().cloned()).collect();
            let mut one = object("Wie waar komt, of juist niet; wat er niet staat is vrij", &keys);
            one["title"] = json!(title);
            json!({ "type": "array", "items": one })
        };
        let rules: Vec<&str> = overrulable().map(RuleCode::code).collect();
        let most = Number(0, 1_000).schema();
        let despite = ("ondanks", false, "Regels die daarbij niet gelden", list(words(&rules)));
        let keys = [
            ("kijker", false, "Voor wie het antwoord is: intermediair, bestuur:ID of kandidaat:ID; anders intermediair", plain()),
            ("kandidaat", false, "waarom: over wie", ID.schema()),
            ("alternatieven", false, "waarom: hoeveel andere plaatsen hoogstens", most.clone()),
            ("school", false, "passen: welke school", ID.schema()),
            ("plek", false, "passen: welke plekkengroep op die school", ID.schema()),
            ("coach", false, "passen: welke coach", ID.schema()),
            (
                "aantal",
                false,
                "passen en schaarste: hoeveel er hoogstens worden nagerekend; afruil: hoeveel er hoogstens extra schuiven",
                most,
            ),
            ("bestuur", false, "schaarste: alleen wat dit bestuur kan doen", ID.schema()),
            ("rest", false, "schaarste: ook hoe wie over is een plaats kan krijgen", Flag.schema()),
            ("afdwingen", false, "wat-als: wat er dan moet", choice("Afdwinging", &[despite])),
            ("verbieden", false, "wat-als: wat er dan niet mag", choice("Verbieding", &[])),
            ("scholen", false, "stress: ook elke school die uitvalt", Flag.schema()),
            ("status", false, "stress en wachtlijst: hoe vast de plaatsingen zijn", word::<Status>()),
            ("uitval", false, "wachtlijst: per fase hoeveel van de duizend mensen uitvallen", rates()),
        ];
        let mut schema = object("Wat er gevraagd wordt; elke soort vraag heeft eigen sleutels", &keys);
        schema["title"] = json!("Vraagdetails");
        schema
    }
}

/// How many of a thousand people of each phase fall out.
fn rates() -> Value {
    let rows: Vec<_> = Phase::ALL.iter().map(|it| (it.code(), false, "Zoveel van de duizend", Number(0, 1_000).schema())).collect();
    let mut schema = object("Per fase hoeveel van de duizend mensen uitvallen", &rows);
    schema["title"] = json!("Uitvaltarieven");
    schema
}

/// A kind of question.
#[derive(Clone, Copy, Debug)]
struct QuestionKind;

impl Shape for QuestionKind {
    type Value = &'static Kind;

    fn read(&self, at: &At<'_>) -> Option<&'static Kind> {
        at.one_of(&codes()).and_then(kinds::kind)
    }

    fn schema(&self) -> Value {
        words(&codes())
    }
}

fn codes() -> Vec<&'static str> {
    kinds::questions().map(|kind| kind.code).collect()
}
