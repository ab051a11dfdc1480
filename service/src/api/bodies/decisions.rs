//! The body of a decision about a proposal.

use loket_instances::strict::fields::{At, Fields};
use loket_instances::strict::json::Node;
use loket_instances::strict::spot::show_id;
use loket_solver::matching::judge::rules::RULES;
use serde_json::Value;

use super::body;
use super::shapes::{ID, List, OneOf, Shape, choice, nested};
use crate::desk::decision::{REASONS, Scope, Spot};

/// What can be decided.
const DECISIONS: &[&str] = &["akkoord", "vast", "afwijzen", "alternatief"];

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
        needs besluit: &'static str = OneOf(DECISIONS),
        /// Bij afwijzen: waarom
        may reden: &'static str = OneOf(REASONS),
        /// Bij afwijzen: alleen deze plaatsing, deze school met welke coach dan ook, of deze coach op welke school dan ook
        may reikwijdte: Scope = Reach,
        /// Waarover het gaat: bij alternatief wat er gekozen is, anders het voorstel dat er ligt
        may plaatsing: Place = nested::<Place>(),
        /// Bij alternatief: regels die bewust worden overruled
        may ondanks: Vec<&'static str> = List(Rule, 9),
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

/// How far a rejection reaches.
#[derive(Clone, Copy, Debug)]
struct Reach;

impl Shape for Reach {
    type Value = Scope;

    fn read(&self, at: &At<'_>) -> Option<Scope> {
        let code = at.one_of(&Scope::ALL.map(|(code, _)| code))?;
        Scope::ALL.iter().find(|(it, _)| *it == code).map(|(_, scope)| *scope)
    }

    fn schema(&self) -> Value {
        choice(&Scope::ALL.map(|(code, _)| code))
    }
}

/// Codes of the rules that a person may knowingly overrule (docs/model.md).
fn overrulable() -> Vec<&'static str> {
    RULES.iter().filter(|rule| rule.overrulable).map(|rule| rule.code).collect()
}

/// A rule that a person may knowingly overrule.
#[derive(Clone, Copy, Debug)]
struct Rule;

impl Shape for Rule {
    type Value = &'static str;

    fn read(&self, at: &At<'_>) -> Option<&'static str> {
        let text = at.text()?;
        let rule = overrulable().into_iter().find(|rule| *rule == text);
        if rule.is_none() {
            let remedy = format!("kies uit {}", overrulable().join(", "));
            at.refuse("niet-te-overrulen", "deze regel kan niemand overrulen", remedy);
        }
        rule
    }

    fn schema(&self) -> Value {
        choice(&overrulable())
    }
}
