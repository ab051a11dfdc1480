//! What every page to review has: the frame, the list at the left, the line of what was just decided, and what is tried.

use super::listed::{ListView, view};
use super::picked::Query;
use super::say::Say;
use super::trayed::{self, TrayView};
use crate::actions::Refused;
use crate::actions::decisions::NOTHING_YET;
use crate::actions::review::list::{Listed, listed};
use crate::actions::review::tray;
use crate::desk::decision::Spot;
use crate::pages::form::Form;
use crate::pages::frame::{Frame, Tab};
use crate::pages::paths;
use crate::pages::visitor::Visitor;
use crate::pages::wavebar::around;
use crate::serve::app::App;
use crate::serve::problem::Problem;

/// What was just decided and can be taken back.
#[derive(Clone, Debug)]
pub struct Saved {
    /// What.
    pub what: String,
    /// Which step.
    pub number: i64,
    /// Where it is taken back.
    pub undo: String,
}

/// What every page to review has.
#[derive(Clone, Debug)]
pub struct Screen {
    /// The list.
    pub list: ListView,
    /// What was just decided.
    pub saved: Option<Saved>,
    /// What is tried.
    pub tray: Option<TrayView>,
    /// Whether that is shown open.
    pub open: bool,
}

/// The list under review, with the picked that keeps rows in place from now on.
pub async fn load(app: &App, visitor: &Visitor, wave: &str, picked: &mut Query) -> Result<Listed, Problem> {
    let known = listed(&app.store, &visitor.asked, wave, &picked.by, None).await?;
    let known = known.ok_or_else(|| Problem::from(Refused::not_now(NOTHING_YET)))?;
    picked.since(known.wave.decisions);
    Ok(known)
}

/// The frame of a page to review of this wave.
pub async fn frame(app: &App, visitor: &Visitor, wave: &str) -> Result<Frame, Problem> {
    Ok(around(app, visitor, wave, Tab::Review).await?.0.filling())
}

/// What every page to review has, beside this candidate.
pub async fn screen(
    app: &App,
    visitor: &Visitor,
    say: &Say<'_>,
    picked: &Query,
    (beside, sought): (Option<&str>, &str),
) -> Result<Screen, Problem> {
    let wave = &say.on.wave.id;
    let tried = tray::open(&app.store, &visitor.asked, wave).await?;
    Ok(Screen {
        list: view(say, picked, beside, sought),
        saved: saved(say, picked, beside),
        tray: tried.map(|it| trayed::view(say, picked, beside, &it)),
        open: picked.open,
    })
}

fn saved(say: &Say<'_>, picked: &Query, beside: Option<&str>) -> Option<Saved> {
    let (on, m) = (say.on, say.m.review);
    let undo = &on.undo;
    if undo.number == 0 || !undo.wrong.is_empty() || !on.wave.life.under_review() {
        return None;
    }
    let what = match &undo.back[..] {
        [] => return None,
        [one] => {
            let candidate = &one.step.candidate;
            say.decided(candidate, on.decided.iter().find(|it| it.candidate == *candidate))
        }
        several => m.said_group(several.len()),
    };
    let back: Vec<(&str, &str)> = beside.map(|it| ("kandidaat", it)).into_iter().collect();
    Some(Saved { what, number: undo.number, undo: picked.behind(&paths::review_undo(&on.wave.id), &back) })
}

/// The placement that a form names; nothing when it names none.
pub fn spot(form: &Form) -> Option<Spot> {
    let text = |key: &str| form.some(key).map(str::to_owned);
    Some(Spot { school: text("school")?, seat: text("plek")?, coach: text("coach")? })
}
