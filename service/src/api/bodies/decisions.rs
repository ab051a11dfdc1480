//! The body of a decision about a proposal.

use loket_instances::strict::fields::{At, Fields};
use loket_instances::strict::json::Node;
use loket_solver::matching::facts::codes::RuleCode;
use loket_solver::matching::facts::words::Word;
use loket_solver::matching::judge::rules::overrulable;
use serde_json::Value;

use super::body;
use super::shapes::{Day, ID, List, Shape, choice, nested, one_word};
use crate::desk::choice::Choice;
use crate::desk::decision::{Along, Reason, Said, Scope, Spot};
use crate::records::decision;

body! {
    "Plaatskeuze"
    /// Een plaatsing, met ids uit de lichting
    Place {
        /// De school
        needs school: String = ID,
        /// De plekkengroep op die school
        needs plek: String = ID,
        /// De coach
        needs coach: String = ID,
    }
}

impl From<Place> for Spot {
    fn from(place: Place) -> Self {
        Self { school: place.school, seat: place.plek, coach: place.coach }
    }
}

body! {
    "Besluitkeuze"
    /// Bij afwijzen horen ook reden en reikwijdte, bij alternatief plaatsing en zo nodig ondanks. Wat u las mag u terugsturen
    Decided holds together example { "besluit": "afwijzen", "reden": "reis-te-zwaar", "reikwijdte": "school" } {
        /// Wat er besloten is
        needs besluit: Said = one_word::<Said>(),
        /// Bij afwijzen: waarom
        may reden: Reason = one_word::<Reason>(),
        /// Bij afwijzen: alleen deze plaatsing, deze school met welke coach dan ook, deze coach op welke school dan ook, of elke school
        /// van het bestuur van deze school
        may reikwijdte: Scope = one_word::<Scope>(),
        /// Waarover het gaat: bij alternatief wat er gekozen is, anders het voorstel dat er ligt
        may plaatsing: Place = nested::<Place>(),
        /// Bij afwijzen: de laatste dag waarop het geldt; zonder tot geldt het tot het wordt ingetrokken
        may tot: String = Day,
        /// Bij alternatief: regels waarvan bewust wordt afgeweken
        may ondanks: Vec<RuleCode> = List(Rule, 9),
    }
}

/// Each decision has keys of its own. A word that is none was told of already.
fn together(fields: &Fields<'_>) {
    let said = fields.get("besluit").and_then(|at| if let Node::Text(word) = at.node { Said::parse(word) } else { None });
    if let Some(said) = said {
        decision::together(fields, said);
    }
}

impl Choice {
    /// What was sent, beside what somebody else sent.
    pub fn told(&self) -> Value {
        decision::said_json(self.said, self.spot.as_ref(), &self.along)
    }
}

impl From<Decided> for Choice {
    fn from(body: Decided) -> Self {
        let Decided { besluit, reden, reikwijdte, plaatsing, tot, ondanks } = body;
        let along = Along { reason: reden, scope: reikwijdte, despite: ondanks.unwrap_or_default(), until: tot };
        Self { said: besluit, spot: plaatsing.map(Spot::from), along }
    }
}

/// Codes of the rules that a person may knowingly overrule (docs/model.md).
fn codes() -> Vec<&'static str> {
    overrulable().map(RuleCode::code).collect()
}

/// A rule that a person may knowingly overrule.
#[derive(Clone, Copy, Debug)]
pub struct Rule;

impl Shape for Rule {
    type Value = RuleCode;

    fn read(&self, at: &At<'_>) -> Option<RuleCode> {
        let rule = RuleCode::parse(at.text()?).filter(|code| code.rule().overrulable);
        if rule.is_none() {
            let remedy = format!("kies uit {}", codes().join(", "));
            at.refuse("niet-te-overrulen", "van deze regel kan niemand afwijken", remedy);
        }
        rule
    }

    fn schema(&self) -> Value {
        choice(&codes())
    }
}
