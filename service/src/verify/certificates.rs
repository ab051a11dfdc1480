//! Proves the bounds of an outcome from its certificates, and says in Dutch what is proven and what is not.

use loket_instances::matching::certificate::CertificateReader;
use loket_solver::matching::facts::certificate::{Rest, Row, Stage};
use loket_solver::matching::facts::plan::Plan;
use loket_solver::matching::facts::wave::Wave;
use loket_solver::matching::solve::certificate::prove::{Care, Claim, Claims, Objection, Proven, prove};
use serde_json::Value;

use super::compare::Page;
use super::rows;
use crate::present::dutch::number;

/// What the certificates prove of one goal, or of the changes before it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProofLine {
    /// Name of the goal; `wijzigingen` before the first goal.
    pub name: String,
    /// What is proven, for machines.
    pub proven: Proven,
    /// What is proven and what is not, Dutch.
    pub text: String,
}

/// Checks every certificate; tells what is wrong and gives what is proven.
pub(super) fn check(
    page: &mut Page,
    wave: &Wave,
    plan: &Plan,
    least_changes: Option<u32>,
    (outcome, care): (&Value, Care),
) -> Vec<ProofLine> {
    let Some(goals) = claims(page, wave, outcome) else { return Vec::new() };
    let verdict = prove(wave, &Claims { plan, least_changes, goals: &goals, care });
    if let Some((stage, objection)) = &verdict.objection {
        let place = match stage {
            Stage::Changes => "/doelen/0/certificaat/wijzigingen".into(),
            Stage::Goal(number) => format!("/doelen/{number}/certificaat"),
        };
        page.tell(place, says(wave, objection));
    }
    verdict.proven.iter().map(|&proven| line(wave, proven)).collect()
}

/// What the outcome claims of its goals; `None` when something cannot be read, which has then been told where it is a certificate.
fn claims(page: &mut Page, wave: &Wave, outcome: &Value) -> Option<Vec<Claim>> {
    let reader = CertificateReader::new(wave);
    let mut understood = true;
    let mut goals = Vec::new();
    for (number, row) in rows(outcome, "doelen").iter().enumerate() {
        let certificate = match row.get("certificaat").filter(|value| !value.is_null()).map(|value| reader.read(value)) {
            None => None,
            Some(Ok(certificate)) => Some(certificate),
            Some(Err(unreadable)) => {
                page.tell(format!("/doelen/{number}/certificaat{}", unreadable.place), unreadable.what);
                understood = false;
                None
            }
        };
        match (row["beste"].as_i64(), row["bovengrens"].as_i64()) {
            (Some(best), Some(bound)) => goals.push(Claim { best, bound, certificate }),
            _ => understood = false,
        }
    }
    understood.then_some(goals)
}

fn line(wave: &Wave, proven: Proven) -> ProofLine {
    let name = match proven.stage {
        Stage::Changes => "wijzigingen".to_string(),
        Stage::Goal(goal) => wave.policy.goals.get(goal).map_or_else(String::new, |goal| goal.name.clone()),
    };
    let what = if proven.stage == Stage::Changes { "mensen die niet wisselen: " } else { "" };
    let rest = match proven.rest {
        Rest::Prices | Rest::Open => "is niet bewezen",
        Rest::Search => "berust op uitputtend zoeken door Loket",
        Rest::Branching => "berust op het vertakken van de rekenmachine",
    };
    let (best, claimed, bound) = (number(proven.best), number(proven.claimed), number(proven.bound));
    let text = if proven.searched {
        format!("{what}de prijzen bewijzen hoogstens {bound}; dat meer dan {best} niet kan, is helemaal nagezocht")
    } else if !proven.whole() && proven.claimed == proven.best {
        format!("{what}de prijzen bewijzen hoogstens {bound}; dat meer dan {best} niet kan, {rest}")
    } else if !proven.whole() {
        format!("{what}de prijzen bewijzen hoogstens {bound}; de bovengrens {claimed} {rest}")
    } else if proven.bound == proven.best {
        format!("{what}de prijzen bewijzen dat meer dan {best} niet kan")
    } else {
        format!("{what}de prijzen bewijzen hoogstens {bound}; het beste plan dat gevonden is, haalt {best}")
    };
    ProofLine { name, proven, text }
}

fn row_name(wave: &Wave, row: &Row) -> String {
    match row {
        Row::Seat(seat) => format!("plek {}:{}", wave.school_of(*seat).id, wave.seats[*seat].id),
        Row::School(school) => format!("school {}", wave.schools[*school].id),
        Row::Board(board) => format!("bestuur {}", wave.boards[*board].id),
        Row::Coach { coach, .. } => format!("coach {}", wave.coaches[*coach].id),
        Row::External => "het aandeel externe coaches".into(),
        Row::Budget => "het budget".into(),
        Row::Together(row) => format!("de regel {}", row.rule()),
    }
}

fn says(wave: &Wave, objection: &Objection) -> String {
    match objection {
        Objection::UnknownRow(row) => format!("De lichting heeft geen grens voor {}.", row_name(wave, row)),
        Objection::InvalidFacet(row) => format!("De rij van {} volgt niet uit de grenzen van deze coach.", row_name(wave, row)),
        Objection::WrongSign(row) => {
            format!("De prijs voor {} is lager dan 0, en het staat niet vast dat die grens altijd bereikt wordt.", row_name(wave, row))
        }
        Objection::Twice => "Iets heeft twee prijzen.".into(),
        Objection::WrongFloor(Stage::Changes) => "De prijs of deler van de ondergrens voor wijzigingen kan niet.".into(),
        Objection::WrongFloor(Stage::Goal(goal)) => {
            let name = wave.policy.goals.get(*goal).map_or("", |goal| goal.name.as_str());
            format!("De prijs of deler van de ondergrens van doel {name} kan niet.")
        }
        Objection::WrongUnit => "Niet alle punten zijn een veelvoud van de eenheid.".into(),
        Objection::TooLarge => "Een getal in het certificaat is te groot of te klein om mee te rekenen.".into(),
        Objection::ProvesLess { claimed, proven } => {
            format!("Er staat dat de prijzen hoogstens {claimed} bewijzen; ze bewijzen hoogstens {proven}.")
        }
        Objection::BoundTooLow { claimed, proven } => {
            format!("De bovengrens is {claimed} en zou uit de prijzen volgen; ze bewijzen hoogstens {proven}.")
        }
        Objection::BelowBest { best, proven } => {
            format!("De prijzen bewijzen hoogstens {proven}, terwijl beste {best} is.")
        }
        Objection::Surpassed { claimed, found } => {
            format!("De bovengrens is {claimed}, maar er is een plan dat {found} haalt.")
        }
        Objection::NotReached => {
            "Er is geen plan bij dat beste haalt: dat van de uitkomst niet, en er is geen getuige die aan alle regels voldoet.".into()
        }
    }
}
