//! What another moment would cost for somebody: asked with a button, worked out beside everything else, and shown at the meeting.

use axum::extract::State;
use axum::response::Response;
use axum::routing::post;
use loket_instances::words::roster_reasons::sentence;
use loket_solver::common::words::Word;
use loket_solver::scheduling::facts::codes::{Kind, ReasonCode, RuleCode};

use super::{ROLES, told};
use crate::actions::rosters::elsewhere::{self, Answered};
use crate::actions::rosters::seen::Seen;
use crate::desk::roster::meetings::Spot;
use crate::desk::roster::next::moment;
use crate::pages::declared::Pages;
use crate::pages::form::Form;
use crate::pages::frame::to;
use crate::pages::messages::Messages;
use crate::pages::paths;
use crate::pages::visitor::Visitor;
use crate::present::elsewhere::{Named, Place, Price};
use crate::serve::app::App;
use crate::serve::body::Ids;
use crate::serve::problem::Problem;

/// The pages of this file.
pub(super) fn pages() -> Pages {
    Pages::new().at(ROLES, paths::ROSTER_ELSEWHERE, post(ask))
}

/// Another place for somebody.
pub(super) struct Other {
    pub(super) when: String,
    pub(super) place: String,
    /// With whom, where that is what is other.
    pub(super) with: Option<String>,
    /// What each goal loses or gains.
    pub(super) costs: Vec<String>,
    /// What a button locks; nothing where it cannot be.
    pub(super) plan: Option<Named>,
}

/// What is known of it.
pub(super) struct Elsewhere {
    /// Where it is asked; empty once it was, unless that came to nothing.
    pub(super) ask: String,
    pub(super) says: &'static str,
    pub(super) coming: bool,
    pub(super) others: Vec<Other>,
}

/// What is known for somebody in the plan that counts; nothing while there is no such plan, or it is out of date.
pub(super) async fn of(app: &App, m: Messages, seen: &Seen, who: &str) -> Result<Option<Elsewhere>, Problem> {
    let Some(run) = seen.run.as_ref().filter(|run| run.planned() && !run.outdated) else { return Ok(None) };
    let empty = Elsewhere { ask: String::new(), says: m.rooster.price_says(), coming: false, others: Vec::new() };
    if !elsewhere::proven(run) {
        return Ok(Some(Elsewhere { says: m.rooster.price_unproven(), ..empty }));
    }
    let ask = paths::roster_at(&seen.roster.id, "anders");
    Ok(Some(match elsewhere::known(&app.store, run, who).await? {
        Answered::NotAsked => Elsewhere { ask, ..empty },
        Answered::Failed => Elsewhere { ask, says: m.rooster.price_failed(), ..empty },
        Answered::Coming => Elsewhere { says: m.rooster.price_coming(), coming: true, ..empty },
        Answered::There(found, whole) => Elsewhere {
            says: match (found.places.is_empty(), whole) {
                (true, true) => m.rooster.price_none(),
                (_, false) => m.rooster.price_some(),
                (false, true) => m.rooster.price_says(),
            },
            ask: if whole { String::new() } else { ask },
            others: found.places.into_iter().map(|it| other(m, seen, it)).collect(),
            ..empty
        },
    }))
}

fn other(m: Messages, seen: &Seen, it: Place) -> Other {
    let loaded = &seen.loaded;
    let moments = it.moments.iter().filter_map(|text| moment(text)).collect();
    let when = told::when(m, &Spot { moments, time: None, location: None, offer: None, staff: Vec::new() });
    Other {
        when,
        place: told::place(loaded, it.named.location.as_deref(), it.named.offer.as_deref()),
        with: it.named.person.as_deref().map(|id| m.rooster.inv_with(told::name(loaded, id))),
        costs: costs(m, seen.roster.kind, it.price.as_deref(), it.rules.as_deref()),
        plan: it.rules.is_none().then_some(it.named),
    }
}

fn costs(m: Messages, kind: Kind, price: Option<&[Price]>, rules: Option<&[String]>) -> Vec<String> {
    let goal = |it: &Price| match it.points {
        0 => None,
        points if points < 0 => Some(m.rooster.price_worse(told::goal(m, &it.goal), -points)),
        points => Some(m.rooster.price_better(told::goal(m, &it.goal), points)),
    };
    match (price, rules) {
        (Some(price), _) => {
            let all: Vec<String> = price.iter().filter_map(goal).collect();
            if all.is_empty() { vec![m.rooster.price_nothing().to_owned()] } else { all }
        }
        (None, Some(rules)) => {
            let says = |code: &String| RuleCode::parse(code).map(|rule| sentence(kind, ReasonCode::Rule(rule)).to_owned());
            vec![m.rooster.price_cannot(rules.iter().filter_map(says).collect::<Vec<_>>().join("; "))]
        }
        (None, None) => vec![m.rooster.price_unknown().to_owned()],
    }
}

async fn ask(State(app): State<App>, visitor: Visitor, Ids(id): Ids<String>, form: Form) -> Result<Response, Problem> {
    let who = form.text("wie");
    let run = app.store.read().roster(&id).await?.and_then(|it| it.current).ok_or_else(Problem::unknown)?;
    elsewhere::ask(&app.store, &visitor.asked, &run, who, None).await?;
    // Without a fragment: a browser without script loads the page again by its address.
    Ok(to(&paths::with(paths::roster(&id), &[("wie", who)])))
}
