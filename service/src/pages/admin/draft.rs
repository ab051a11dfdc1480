//! A policy that an intermediary drafts on top of another: it counts once an administrator approved it.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use loket_instances::matching::rows::PolicyRow;
use loket_solver::matching::facts::words::{Phase, Word};

use super::policies::{Line, lines, named};
use super::saving::priced;
use super::trial::{Listed, listed};
use crate::actions::policies::{self, Drafted};
use crate::actions::{Refused, administration, saving};
use crate::desk::draft::{drafted, leaves};
use crate::pages::done::Done;
use crate::pages::form::Form;
use crate::pages::frame::{Frame, Section, after, page, status};
use crate::pages::paths;
use crate::pages::phase::phase as phase_says;
use crate::pages::visitor::Visitor;
use crate::records::policy::Named;
use crate::serve::app::App;
use crate::serve::body::{Ids, NoKeys};
use crate::serve::problem::Problem;

#[derive(Template)]
#[template(path = "admin/drafts.html")]
struct ListPage {
    frame: Frame,
    lines: Vec<Line>,
    base: String,
}

/// The policies as an intermediary sees them, with a new one to draft from each.
pub(super) async fn list(State(app): State<App>, visitor: Visitor, _: NoKeys) -> Result<Response, Problem> {
    let all = administration::policies(&app.store).await?;
    let names = administration::account_names(&app.store).await?;
    let frame = visitor.frame(&app, Section::Policies);
    let named = |id: &str| names.get(id).cloned().unwrap_or_else(|| id.to_owned());
    let mut lines = lines(frame.m, &all, &named);
    for (line, policy) in lines.iter_mut().zip(&all) {
        line.place = paths::policy_draft(&policy.named.name, policy.named.number);
    }
    let base = lines.first().map_or_else(String::new, |it| it.place.clone());
    page(&ListPage { frame, lines, base })
}

/// A field of the form.
struct Field {
    pointer: String,
    label: String,
    value: String,
    switch: bool,
    error: String,
}

/// Fields that belong together.
struct Group {
    title: String,
    fields: Vec<Field>,
}

#[derive(Template)]
#[template(path = "admin/draft.html")]
struct DraftPage {
    frame: Frame,
    title: String,
    place: String,
    name: String,
    phase: String,
    phases: Vec<(String, String)>,
    groups: Vec<Group>,
    /// What has a price of `bewaren`.
    prices: Vec<Field>,
    /// One of them is wrong.
    prices_open: bool,
    errors: Vec<(String, String)>,
    name_error: String,
    trials: Vec<Listed>,
    attempt: String,
    save: String,
}

/// A form with what a policy says, or with what was typed.
async fn drawn(
    app: &App,
    visitor: &Visitor,
    code: StatusCode,
    (named, row, phase): (&Named, &PolicyRow, Option<Phase>),
    (form, wrong): (Option<&Form>, Vec<(String, String)>),
) -> Result<Response, Problem> {
    let frame = visitor.frame(app, Section::Policies);
    let m = frame.m.admin;
    let names = saving::names(&app.store).await?;
    let (mut groups, mut prices): (Vec<Group>, Vec<Field>) = (Vec::new(), Vec::new());
    for leaf in leaves(row, phase) {
        let error = wrong.iter().find(|it| it.0 == leaf.pointer).map_or_else(String::new, |it| it.1.clone());
        let value = match form {
            None => leaf.value,
            Some(form) if leaf.switch => if form.has(&leaf.pointer) { "ja" } else { "nee" }.into(),
            Some(form) => form.text(&leaf.pointer).to_owned(),
        };
        let label = leaf.priced.as_ref().map_or_else(|| leaf.label.clone(), |it| priced(frame.m, &names, it));
        let field = Field { pointer: leaf.pointer, label, value, switch: leaf.switch, error };
        if leaf.priced.is_some() {
            prices.push(field);
            continue;
        }
        match groups.last_mut().filter(|it| it.title == leaf.group) {
            Some(group) => group.fields.push(field),
            None => groups.push(Group { title: leaf.group, fields: vec![field] }),
        }
    }
    let phases = std::iter::once((String::new(), m.every_phase().to_owned()))
        .chain(Phase::ALL.iter().map(|it| (it.code().to_owned(), phase_says(frame.m, it.code()).to_owned())))
        .collect();
    let shown = DraftPage {
        title: m.draft_title(named.name.replace('-', " ")),
        place: paths::policy_draft(&named.name, named.number),
        name: form.map_or_else(|| named.name.clone(), |it| it.text("naam").to_owned()),
        phase: form.map_or_else(|| phase.map_or_else(String::new, |it| it.code().to_owned()), |it| it.text("fase").to_owned()),
        phases,
        groups,
        prices_open: prices.iter().any(|it| !it.error.is_empty()),
        prices,
        name_error: wrong.iter().find(|it| it.0 == "naam").map_or_else(String::new, |it| it.1.clone()),
        errors: wrong,
        trials: listed(app, frame.m, named).await?,
        attempt: paths::try_policy(&named.name, named.number),
        save: paths::policy_saving(&named.name, named.number),
        frame,
    };
    status(code, &shown)
}

pub(super) async fn form(
    State(app): State<App>,
    visitor: Visitor,
    Ids(ids): Ids<(String, String)>,
    _: NoKeys,
) -> Result<Response, Problem> {
    let named = named(ids)?;
    let (row, phase) = policies::says(&app.store, &named).await?;
    drawn(&app, &visitor, StatusCode::OK, (&named, &row, phase), (None, Vec::new())).await
}

pub(super) async fn save(
    State(app): State<App>,
    visitor: Visitor,
    Ids(ids): Ids<(String, String)>,
    _: NoKeys,
    form: Form,
) -> Result<Response, Problem> {
    let named = named(ids)?;
    let (row, phase) = policies::says(&app.store, &named).await?;
    let m = visitor.frame(&app, Section::Policies).m.admin;
    let bad = StatusCode::BAD_REQUEST;
    let of = (&named, &row, phase);
    let name = form.text("naam");
    let fits = !name.is_empty() && name.len() <= 64 && name.chars().all(|it| it.is_ascii_lowercase() || it.is_ascii_digit() || it == '-');
    if !fits {
        return drawn(&app, &visitor, bad, of, (Some(&form), vec![("naam".to_owned(), m.policy_name_wrong().to_owned())])).await;
    }
    let typed = |pointer: &str| form.has(pointer).then(|| form.text(pointer).to_owned());
    let told = |problems: Vec<loket_instances::strict::problem::Problem>| {
        problems.into_iter().map(|it| (it.pointer, format!("{}; {}", it.what, it.remedy))).collect::<Vec<_>>()
    };
    let policy = match drafted(&row, phase, &typed) {
        Ok(policy) => policy,
        Err(problems) => return drawn(&app, &visitor, bad, of, (Some(&form), told(problems))).await,
    };
    let new = Drafted { phase: Phase::parse(form.text("fase")), policy };
    match policies::draft(&app.store, &visitor.asked, name, new).await {
        Ok(_) => Ok(after(paths::POLICIES, Done::PolicyDrafted)),
        Err(Refused::Invalid(refusal)) => drawn(&app, &visitor, bad, of, (Some(&form), told(refusal.problems))).await,
        Err(refused) => Err(refused.into()),
    }
}
