//! Bodies about runs: asking for one, and asking something about its plan.

use loket_instances::strict::fields::{At, Fields};
use loket_instances::strict::json::Node;
use serde_json::Value;

use super::body;
use super::shapes::{Flag, Number, Shape, Whole, choice};
use crate::api::questions::KINDS;

body! {
    /// Leeg, of hoe er gerekend moet worden
    RunWanted holds one_way {
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
    Asked {
        /// Wat voor vraag
        needs soort: &'static str = QuestionKind,
        /// De vraag zelf
        may vraag: Value = Whole,
    }
}

/// A kind of question.
#[derive(Clone, Copy, Debug)]
struct QuestionKind;

impl Shape for QuestionKind {
    type Value = &'static str;

    fn read(&self, at: &At<'_>) -> Option<&'static str> {
        at.one_of(&KINDS.map(|(kind, _)| kind))
    }

    fn schema(&self) -> Value {
        choice(&KINDS.map(|(kind, _)| kind))
    }
}
