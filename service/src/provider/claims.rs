//! What follows from the claims of a provider: which roles, and for whom.

use std::collections::BTreeMap;

use loket_solver::matching::facts::words::Word;
use openidconnect::AdditionalClaims;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::access::Role;

/// Every claim of a token that has no name of its own in the standard.
#[derive(Clone, Default, Serialize, Deserialize)]
pub struct Extra(BTreeMap<String, Value>);

// What a provider says of people stays out of whatever is printed for programmers.
impl std::fmt::Debug for Extra {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("Extra(…)")
    }
}

impl AdditionalClaims for Extra {}

impl Extra {
    /// Adds claims that are not there yet.
    pub fn add(&mut self, more: &Self) {
        for (name, value) in &more.0 {
            self.0.entry(name.clone()).or_insert_with(|| value.clone());
        }
    }

    /// The values of a claim: a text, or the texts of a list.
    fn values(&self, name: &str) -> Vec<&str> {
        match self.0.get(name) {
            Some(Value::String(text)) => vec![text],
            Some(Value::Array(list)) => list.iter().filter_map(Value::as_str).collect(),
            _ => Vec::new(),
        }
    }
}

/// What follows from a claim.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Claimed {
    /// A role, for the board or coach with this id; an empty one for the other roles.
    Role(Role, String),
    /// The role of board, for the board of the school with this BRIN.
    Brin(String),
}

/// From one claim to one role.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    claim: String,
    /// The value that it must have; any when the value itself says for whom.
    value: Option<String>,
    role: Role,
    of: String,
}

/// Which roles follow from what a provider says.
#[derive(Clone, Debug, Default)]
pub struct Rules {
    rules: Vec<Rule>,
    /// What the provider is asked to tell, besides who it is.
    pub scopes: Vec<String>,
}

impl Rule {
    /// Reads `CLAIM=WAARDE:ROL`, `CLAIM=WAARDE:bestuur=ID`, `CLAIM=*:bestuur` (the value is a BRIN) or `CLAIM=*:coach` (the value is the id).
    ///
    /// # Errors
    /// In Dutch, what it should be.
    pub fn parse(text: &str) -> Result<Self, String> {
        let shape = || "schrijf claim=waarde:rol, bijvoorbeeld groups=loket-beheer:beheerder, of brin=*:bestuur".to_owned();
        let (left, right) = text.rsplit_once(':').ok_or_else(shape)?;
        let (claim, value) = left.split_once('=').ok_or_else(shape)?;
        let (role, of) = right.split_once('=').unwrap_or((right, ""));
        let role = Role::parse(role).filter(|it| Role::HELD.contains(it));
        let role = role.ok_or_else(|| "de rol is beheerder, intermediair, bestuur, coach of lezer".to_owned())?;
        if claim.is_empty() || value.is_empty() {
            return Err(shape());
        }
        let any = value == "*";
        match (role.is_for_somebody(), any, of.is_empty()) {
            (false, false, true) | (true, true, true) | (true, false, false) => {}
            (false, true, _) => return Err("een * kan alleen bij bestuur (de waarde is een BRIN) en coach (de waarde is de id)".into()),
            (false, _, false) => return Err("deze rol is van niemand in het bijzonder: laat =ID weg".into()),
            (true, ..) => return Err("schrijf bij bestuur en coach de id, of een * als de waarde zegt voor wie".into()),
        }
        Ok(Self { claim: claim.into(), value: (!any).then(|| value.into()), role, of: of.into() })
    }
}

impl std::fmt::Display for Rule {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "{}={}:{}", self.claim, self.value.as_deref().unwrap_or("*"), self.role.code())?;
        if self.of.is_empty() { Ok(()) } else { write!(out, "={}", self.of) }
    }
}

impl std::fmt::Display for Rules {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str(&self.rules.iter().map(ToString::to_string).collect::<Vec<_>>().join(", "))
    }
}

impl Rules {
    /// These rules, asking for these scopes.
    pub fn new(rules: Vec<Rule>, scopes: Vec<String>) -> Self {
        Self { rules, scopes }
    }

    /// What follows from claims.
    pub fn claimed(&self, extra: &Extra) -> Vec<Claimed> {
        let mut claimed = Vec::new();
        for rule in &self.rules {
            for value in extra.values(&rule.claim) {
                match &rule.value {
                    Some(wanted) if wanted == value => claimed.push(Claimed::Role(rule.role, rule.of.clone())),
                    Some(_) => {}
                    None if rule.role == Role::Bestuur => claimed.push(Claimed::Brin(value.to_owned())),
                    None => claimed.push(Claimed::Role(rule.role, value.to_owned())),
                }
            }
        }
        claimed
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn rules(texts: &[&str]) -> Rules {
        Rules::new(texts.iter().map(|it| Rule::parse(it).unwrap()).collect(), Vec::new())
    }

    #[test]
    fn roles_follow_from_the_values_of_claims_and_from_nothing_else() {
        let rules = rules(&["groups=urn:loket:beheer:beheerder", "groups=besturen:bestuur=B1", "brin=*:bestuur", "coach=*:coach"]);
        let extra = |value: Value| serde_json::from_value::<Extra>(value).unwrap();
        let claimed = rules.claimed(&extra(json!({ "groups": ["urn:loket:beheer", "anders"], "brin": "21QZ", "coach": 7 })));
        assert_eq!(claimed, [Claimed::Role(Role::Beheerder, String::new()), Claimed::Brin("21QZ".into())]);
        let claimed = rules.claimed(&extra(json!({ "groups": "besturen", "brin": [], "coach": ["K1", null] })));
        assert_eq!(claimed, [Claimed::Role(Role::Bestuur, "B1".into()), Claimed::Role(Role::Coach, "K1".into())]);
        assert_eq!(rules.claimed(&extra(json!({ "email": "beheerder", "Groups": ["besturen"] }))), []);
    }

    #[test]
    fn a_rule_that_says_too_little_or_too_much_is_none() {
        for text in [
            "",
            "groups",
            "groups=a",
            "groups=a:baas",
            "=a:lezer",
            "groups=*:lezer",
            "groups=a:lezer=B1",
            "groups=a:bestuur",
            "groups=*:coach=K1",
            "groups=a:systeem",
        ] {
            assert!(Rule::parse(text).is_err(), "{text}");
        }
    }
}
