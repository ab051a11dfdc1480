//! Bodies of try-outs: what is tried for which candidates.

use loket_instances::strict::fields::Fields;
use loket_instances::strict::json::Node;
use loket_solver::matching::facts::codes::RuleCode;
use loket_solver::matching::facts::words::Word;

use super::body;
use super::decisions::Rule;
use super::shapes::{ID, List, Text, nested, one_word};
use crate::actions::tryouts::Wanted;
use crate::desk::decision::{Reason, Scope};
use crate::desk::tryout::{Kind, Wish};
use crate::records::tryout;

/// Most candidates of one try-out.
const MOST: usize = 50;
/// Its name.
const NAME: Text = Text(120);

body! {
    "Proefkeuze"
    /// Wat u voor één kandidaat probeert. Bij plaatsen mogen school, plek, coach en ondanks; wat er niet staat is vrij. Bij verbieden hoort
    /// reikwijdte, en reden voordat u bewaart. Loslaten neemt het besluit terug dat er nu is
    Tried holds together {
        /// Over wie
        needs kandidaat: String = ID,
        /// Wat u probeert
        needs keuze: Kind = one_word::<Kind>(),
        /// Bij plaatsen: op deze school
        may school: String = ID,
        /// Bij plaatsen: op deze plekkengroep van die school
        may plek: String = ID,
        /// Bij plaatsen: met deze coach
        may coach: String = ID,
        /// Bij plaatsen: regels waarvan bewust wordt afgeweken
        may ondanks: Vec<RuleCode> = List(Rule, 9),
        /// Bij verbieden: alleen het voorstel dat er ligt, die school met welke coach dan ook, of die coach op welke school dan ook
        may reikwijdte: Scope = one_word::<Scope>(),
        /// Bij verbieden: waarom
        may reden: Reason = one_word::<Reason>(),
    }
}

/// Each choice has keys of its own. A word that is none was told of already.
fn together(fields: &Fields<'_>) {
    let kind = fields.get("keuze").and_then(|at| if let Node::Text(word) = at.node { Kind::parse(word) } else { None });
    if let Some(kind) = kind {
        tryout::together(fields, kind);
    }
}

impl From<Tried> for Wanted {
    fn from(it: Tried) -> Self {
        let wish = match it.keuze {
            Kind::Place => Wish::Place { school: it.school, seat: it.plek, coach: it.coach, despite: it.ondanks.unwrap_or_default() },
            // Without it the body was refused.
            Kind::Forbid => Wish::Forbid { scope: it.reikwijdte.unwrap_or(Scope::Placement), reason: it.reden },
            Kind::Release => Wish::Release,
        };
        Self { candidate: it.kandidaat, wish }
    }
}

body! {
    "Proefinvoer"
    /// Een proef: een naam, en wat u samen probeert
    TryOutMade sized Row holds some example { "naam": "Z1 naar S2", "veranderingen": [{ "kandidaat": "Z1", "keuze": "plaatsen", "school": "S2" }] } {
        /// Hoe u haar noemt; noem liever geen mensen
        needs naam: String = NAME,
        /// Wat u probeert; over elke kandidaat hoogstens één
        needs veranderingen: Vec<Tried> = List(nested::<Tried>(), MOST),
    }
}

body! {
    "Proefwijziging"
    /// Een andere naam, of andere veranderingen in de plaats van die er staan; wat ontbreekt blijft
    TryOutChanged sized Row holds some example { "naam": "Z1 naar S2" } {
        /// Hoe u haar noemt; noem liever geen mensen
        may naam: String = NAME,
        /// Wat u probeert, helemaal opnieuw; over elke kandidaat hoogstens één
        may veranderingen: Vec<Tried> = List(nested::<Tried>(), MOST),
    }
}

/// Nothing tried is no try-out.
fn some(fields: &Fields<'_>) {
    if let Some(at) = fields.get("veranderingen").filter(|at| matches!(at.node, Node::List(rows) if rows.is_empty())) {
        at.refuse("leeg", "er staat niet wat u probeert", "noem minstens één verandering");
    }
}
