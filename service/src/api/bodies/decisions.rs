//! The body of a decision about a proposal.

use loket_instances::strict::fields::{At, Fields};
use loket_instances::strict::json::Node;
use loket_instances::strict::spot::show_id;
use loket_instances::words::reasons::codes as rule_codes;
use loket_solver::matching::facts::codes::RuleCode;
use loket_solver::matching::facts::words::Word;
use loket_solver::matching::judge::rules::overrulable;
use serde_json::{Map, Value, json};

use super::body;
use super::shapes::{ID, List, Shape, choice, nested, one_word};
use crate::desk::choice::Choice;
use crate::desk::decision::{Reason, Said, Scope, Spot};

body! {
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
    /// Bij afwijzen horen ook reden en reikwijdte, bij alternatief plaatsing en zo nodig ondanks. Wat u las mag u terugsturen
    Decided holds together example { "besluit": "afwijzen", "reden": "reis-te-zwaar", "reikwijdte": "school" } {
        /// Wat er besloten is
        needs besluit: Said = one_word::<Said>(),
        /// Bij afwijzen: waarom
        may reden: Reason = one_word::<Reason>(),
        /// Bij afwijzen: alleen deze plaatsing, deze school met welke coach dan ook, of deze coach op welke school dan ook
        may reikwijdte: Scope = one_word::<Scope>(),
        /// Waarover het gaat: bij alternatief wat er gekozen is, anders het voorstel dat er ligt
        may plaatsing: Place = nested::<Place>(),
        /// Bij alternatief: regels die bewust worden overruled
        may ondanks: Vec<RuleCode> = List(Rule, 9),
    }
}

/// Each decision has keys of its own.
fn together(fields: &Fields<'_>) {
    let Some(Node::Text(decided)) = fields.get("besluit").map(|at| at.node) else { return };
    let (needed, allowed): (&[&'static str], &[&str]) = match decided.as_str() {
        "afwijzen" => (&["reden", "reikwijdte"], &["reden", "reikwijdte"]),
        "alternatief" => (&["plaatsing"], &["ondanks"]),
        _ => (&[], &[]),
    };
    for key in ["reden", "reikwijdte", "ondanks"] {
        if let Some(at) = fields.get(key).filter(|_| !allowed.contains(&key)) {
            at.refuse("onbekende-sleutel", format!("{key} hoort niet bij {}", show_id(decided)), "haal de sleutel weg");
        }
    }
    for key in needed {
        fields.need(key);
    }
}

impl Decided {
    /// What was sent, beside what somebody else sent.
    pub fn told(&self) -> Value {
        let place = self.plaatsing.as_ref().map(|it| json!({ "school": it.school, "plek": it.plek, "coach": it.coach }));
        let keys = [
            ("besluit", json!(self.besluit.code())),
            ("reden", json!(self.reden.map(Word::code))),
            ("reikwijdte", json!(self.reikwijdte.map(Word::code))),
            ("plaatsing", json!(place)),
            ("ondanks", json!(self.ondanks.as_ref().map(|rules| rule_codes(rules)))),
        ];
        keys.into_iter().filter(|(_, value)| !value.is_null()).map(|(key, value)| (key.to_owned(), value)).collect::<Map<_, _>>().into()
    }
}

impl From<Decided> for Choice {
    fn from(body: Decided) -> Self {
        Self {
            said: body.besluit,
            reason: body.reden,
            scope: body.reikwijdte,
            spot: body.plaatsing.map(Spot::from),
            despite: body.ondanks.unwrap_or_default(),
        }
    }
}

/// Codes of the rules that a person may knowingly overrule (docs/model.md).
fn codes() -> Vec<&'static str> {
    overrulable().map(RuleCode::code).collect()
}

/// A rule that a person may knowingly overrule.
#[derive(Clone, Copy, Debug)]
struct Rule;

impl Shape for Rule {
    type Value = RuleCode;

    fn read(&self, at: &At<'_>) -> Option<RuleCode> {
        let rule = RuleCode::parse(at.text()?).filter(|code| code.rule().overrulable);
        if rule.is_none() {
            let remedy = format!("kies uit {}", codes().join(", "));
            at.refuse("niet-te-overrulen", "deze regel kan niemand overrulen", remedy);
        }
        rule
    }

    fn schema(&self) -> Value {
        choice(&codes())
    }
}
