//! What somebody chose about a proposal, held against the proposal and the wave: a decision, or what is wrong with it.

use loket_instances::strict::problem::Problem;

use super::decision::{Along, Decision, Said, Spot};

/// What somebody chose, as it was sent.
#[derive(Clone, Debug)]
pub struct Choice {
    /// What was decided.
    pub said: Said,
    /// The placement it is about; a decision that was read may be sent again as it is.
    pub spot: Option<Spot>,
    /// What was said along with it.
    pub along: Along,
}

/// What a choice is held against: the proposal for the candidate, and of the placement that it names what the wave has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grounds {
    /// What is proposed; nothing for who has no proposal.
    pub proposal: Option<Spot>,
    /// Whether the wave has the school.
    pub school: bool,
    /// Whether that school has the seat group.
    pub seat: bool,
    /// Whether the wave has the coach.
    pub coach: bool,
}

/// The decision that a choice comes to.
///
/// # Errors
/// Everything that is wrong with it.
pub fn settle(grounds: &Grounds, choice: Choice) -> Result<Decision, Vec<Problem>> {
    let Choice { said, spot, along } = choice;
    let spot = match said {
        _ if said.keys().0.contains(&"plaatsing") => Some(chosen(grounds, spot)?),
        // To agree with no place is to agree that there is none.
        Said::Akkoord if grounds.proposal.is_none() && spot.is_none() => None,
        _ => Some(proposed(grounds.proposal.as_ref(), spot)?),
    };
    Decision::of(said, spot, along).map_err(|lacks| lacks.into_iter().map(|key| missing(key, &format!("geef {key} op"))).collect())
}

/// The placement that is chosen beside the proposal.
fn chosen(grounds: &Grounds, spot: Option<Spot>) -> Result<Spot, Vec<Problem>> {
    let spot = spot.ok_or_else(|| vec![missing("plaatsing", "noem school, plek en coach")])?;
    let wrong = unknown(grounds);
    if wrong.is_empty() { Ok(spot) } else { Err(wrong) }
}

/// The proposal, when it is still the one that was seen.
fn proposed(proposal: Option<&Spot>, seen: Option<Spot>) -> Result<Spot, Vec<Problem>> {
    let Some(proposal) = proposal else {
        return Err(vec![problem("geen-voorstel", "/besluit", "deze kandidaat heeft geen voorstel", "kies een alternatief")]);
    };
    if seen.is_some_and(|spot| spot != *proposal) {
        let (what, remedy) = ("dit is niet het voorstel dat er ligt", "bekijk het nieuwe voorstel en besluit daarover");
        return Err(vec![problem("ander-voorstel", "/plaatsing", what, remedy)]);
    }
    Ok(proposal.clone())
}

/// What is chosen must exist in the wave.
fn unknown(grounds: &Grounds) -> Vec<Problem> {
    let code = "onbekende-verwijzing";
    let mut wrong = Vec::new();
    if !grounds.school {
        let what = "deze school staat niet in de lichting";
        wrong.push(problem(code, "/plaatsing/school", what, "kies een school uit de lichting"));
    } else if !grounds.seat {
        wrong.push(problem(code, "/plaatsing/plek", "deze plek is er niet op deze school", "kies een plek van deze school"));
    }
    if !grounds.coach {
        wrong.push(problem(code, "/plaatsing/coach", "deze coach staat niet in de lichting", "kies een coach uit de lichting"));
    }
    wrong
}

fn missing(key: &str, remedy: &str) -> Problem {
    problem("ontbreekt", &format!("/{key}"), &format!("{key} ontbreekt"), remedy)
}

fn problem(code: &'static str, pointer: &str, what: &str, remedy: &str) -> Problem {
    let place = pointer.trim_start_matches('/').replace('/', ", ");
    Problem { code, pointer: pointer.into(), place, what: what.into(), remedy: remedy.into() }
}
