//! Bodies about runs: asking for one, and asking something about its plan.

use loket_instances::strict::fields::{At, Fields};
use loket_instances::strict::json::Node;
use serde_json::Value;

use super::body;
use super::shapes::{Flag, Number, Shape, Whole, choice};
use crate::work::kinds::{self, Kind};

body! {
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
    /// Bij waarom hoort `{ "kandidaat": "Z1", "alternatieven": 5 }`; andere soorten: passen `{ school, plek }` of `{ coach }`,
    /// wat-als `{ afdwingen: […], verbieden: […] }`, schaarste `{ aantal }`, stress `{ scholen }`, verslag `{ }`.
    /// Met kijker (intermediair, bestuur:ID of kandidaat:ID) in vraag is het antwoord voor die kijker
    Asked example { "soort": "waarom", "vraag": { "kandidaat": "Z1", "alternatieven": 3 } } {
        /// Wat voor vraag
        needs soort: &'static Kind = QuestionKind,
        /// De vraag zelf
        may vraag: Value = Whole,
    }
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
        choice(&codes())
    }
}

fn codes() -> Vec<&'static str> {
    kinds::questions().map(|kind| kind.code).collect()
}
