//! The answers of a wave: each placement with its three answers, asking, reminding, and the messages that go with it.

use std::collections::BTreeSet;

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::{get, post};

use super::declared::Pages;
use super::done::Done;
use super::form::Form;
use super::frame::{Frame, Tab, after, page, status};
use super::said::{self, Cell};
use super::visitor::Visitor;
use super::{paths, wavebar};
use crate::access::Role;
use crate::actions::Refused;
use crate::actions::answers::asking::{self, Wish};
use crate::actions::answers::overview::{Counts, Group, Line, Overview, overview};
use crate::desk::asking::{Party, Stance};
use crate::desk::life::Stage;
use crate::records::wave::Life;
use crate::serve::app::App;
use crate::serve::body::{Ids, Keys};
use crate::serve::problem::Problem;
use loket_solver::matching::facts::words::Word;

mod messages;
mod narrowed;
mod one;
mod together;

const ROLES: &[Role] = &[Role::Intermediair];

/// Rows of a group that are shown before somebody asks for all.
const FEW: usize = 8;

/// The pages of this area.
pub fn pages() -> Pages {
    Pages::new()
        .at(ROLES, paths::WAVE_ANSWERS, get(show))
        .at(ROLES, paths::ANSWERS_ASK, get(asked_when).post(ask))
        .at(ROLES, paths::ANSWERS_REMIND, post(remind))
        .and(one::pages())
        .and(messages::pages())
        .and(together::pages())
}

/// One placement as a row.
struct Row {
    candidate: String,
    name: String,
    place: String,
    own: String,
    cells: Vec<Cell>,
    group: Group,
    published: bool,
}

/// The rows of a group.
struct Section {
    says: String,
    rows: Vec<Row>,
    /// How many more there are.
    more: usize,
}

#[derive(Template)]
#[template(path = "answers/list.html")]
struct AnswersPage {
    frame: Frame,
    wave: String,
    counts: Counts,
    sections: Vec<Section>,
    /// "woensdag 9 december", or two days.
    by: Option<String>,
    open: bool,
    /// Filters that are on: the words and the address without it.
    chips: Vec<(String, String)>,
    /// Filters that can be added.
    groups: Vec<(String, String)>,
    boards: Vec<(String, String)>,
    coaches: Vec<(String, String)>,
    all: String,
    /// Those who are not agreed to.
    outside: String,
    shown: usize,
    total: usize,
    messages: String,
    printed: String,
    ask: String,
    remind: String,
}

/// What the list is narrowed by.
#[derive(Clone, Default)]
struct Filter {
    group: Option<Group>,
    board: Option<String>,
    coach: Option<String>,
    all: bool,
}

/// The word of a group in an address.
fn word(group: Group) -> &'static str {
    match group {
        Group::Refused => "nee",
        Group::Late => "te-laat",
        Group::Waiting => "wacht",
        Group::ToAsk => "vragen",
        Group::Settled => "rond",
        Group::Outside => "overig",
    }
}

impl Filter {
    fn read(keys: &mut Keys) -> Self {
        let group = keys.text("groep");
        Self {
            group: Group::ALL.into_iter().find(|it| group.as_deref() == Some(word(*it))),
            board: keys.text("bestuur"),
            coach: keys.text("coach"),
            all: keys.text("alle").is_some(),
        }
    }

    fn address(&self, wave: &str) -> String {
        let pairs = [("groep", self.group.map(word)), ("bestuur", self.board.as_deref()), ("coach", self.coach.as_deref())];
        let mut given: Vec<(&str, &str)> = pairs.into_iter().filter_map(|(key, value)| Some((key, value?))).collect();
        if self.all {
            given.push(("alle", "1"));
        }
        paths::with(paths::wave_answers(wave), &given)
    }

    fn lets(&self, line: &Line) -> bool {
        let place = &line.case.placing.place;
        self.board.as_ref().is_none_or(|it| *it == place.board)
            && self.coach.as_ref().is_none_or(|it| *it == place.coach)
            && match self.group {
                Some(group) => Group::of(&line.case) == group,
                // Who has nothing to do with answers is shown when asked for.
                None => Group::of(&line.case) != Group::Outside,
            }
    }
}

fn named(frame: &Frame, group: Group) -> &'static str {
    let m = frame.m.answers;
    match group {
        Group::Refused => m.filter_refused(),
        Group::Late => m.filter_late(),
        Group::Waiting => m.filter_waiting(),
        Group::ToAsk => m.filter_to_ask(),
        Group::Settled => m.filter_settled(),
        Group::Outside => m.filter_outside(),
    }
}

fn heading(frame: &Frame, group: Group, count: usize) -> String {
    let m = frame.m.answers;
    match group {
        Group::Refused => m.group_refused(count),
        Group::Late => m.group_late(count),
        Group::Waiting => m.group_waiting(count),
        Group::ToAsk => m.group_to_ask(count),
        Group::Settled => m.group_settled(count),
        Group::Outside => m.group_outside(count),
    }
}

fn row(app: &App, frame: &Frame, wave: &str, line: Line) -> Row {
    let (case, placing) = (&line.case, &line.case.placing);
    Row {
        own: paths::answers_of(wave, &placing.candidate),
        cells: said::cells(frame.m, &app.store.clock().clone(), case),
        group: Group::of(case),
        published: matches!(case.stage, Stage::Vastgesteld | Stage::Begonnen | Stage::Geeindigd),
        place: frame.m.answers.place(&line.school, &placing.place.bouw),
        candidate: placing.candidate.clone(),
        name: line.name,
    }
}

/// The first and last day to answer, as one or two days.
fn by(frame: &Frame, days: Option<&(String, String)>) -> Option<String> {
    let (first, last) = days?;
    let told = |day: &str| said::kept(frame.m, day, said::weekday);
    Some(if first == last { told(last) } else { frame.m.answers.two_days(told(first), told(last)) })
}

async fn show(State(app): State<App>, visitor: Visitor, Ids(wave): Ids<String>, mut keys: Keys) -> Result<Response, Problem> {
    let filter = Filter::read(&mut keys);
    let found = overview(&app.store, &visitor.asked, &wave).await?;
    let frame = wavebar::around(&app, &visitor, &found.wave.id, Tab::Answers).await?.0;
    page(&list(&app, frame, found, &filter))
}

fn list(app: &App, frame: Frame, found: Overview, filter: &Filter) -> AnswersPage {
    let wave = found.wave.id.clone();
    let total = found.lines.len();
    let by = by(&frame, found.by.as_ref());
    let parties = |of: fn(&Line) -> (String, String)| -> Vec<(String, String)> {
        found.lines.iter().map(of).collect::<BTreeSet<_>>().into_iter().collect()
    };
    let (boards, coaches) = (
        parties(|it| (it.board.clone(), it.case.placing.place.board.clone())),
        parties(|it| (it.coach.clone(), it.case.placing.place.coach.clone())),
    );
    let called = |all: &[(String, String)], id: &str| all.iter().find(|it| it.1 == id).map_or_else(|| id.to_owned(), |it| it.0.clone());
    let mut chips = Vec::new();
    if let Some(group) = filter.group {
        chips.push((named(&frame, group).to_owned(), Filter { group: None, ..filter.clone() }.address(&wave)));
    }
    if let Some(board) = &filter.board {
        chips.push((called(&boards, board), Filter { board: None, ..filter.clone() }.address(&wave)));
    }
    if let Some(coach) = &filter.coach {
        chips.push((called(&coaches, coach), Filter { coach: None, ..filter.clone() }.address(&wave)));
    }
    let with = |group| (named(&frame, group).to_owned(), Filter { group: Some(group), ..filter.clone() }.address(&wave));
    let groups = Group::ALL.into_iter().filter(|it| filter.group != Some(*it)).map(with).collect();
    let lines: Vec<Line> = found.lines.into_iter().filter(|it| filter.lets(it)).collect();
    let shown = lines.len();
    let mut by_group: Vec<(Group, Vec<Line>)> = Group::ALL.into_iter().map(|it| (it, Vec::new())).collect();
    for line in lines {
        let group = Group::of(&line.case);
        if let Some((_, of)) = by_group.iter_mut().find(|it| it.0 == group) {
            of.push(line);
        }
    }
    let mut sections = Vec::new();
    for (group, lines) in by_group.into_iter().filter(|it| !it.1.is_empty()) {
        let says = heading(&frame, group, lines.len());
        // What asks for something is never cut off.
        let most = if filter.all || filter.group.is_some() || group == Group::Refused { usize::MAX } else { FEW };
        let more = lines.len().saturating_sub(most);
        let rows = lines.into_iter().take(most).map(|it| row(app, &frame, &wave, it)).collect();
        sections.push(Section { says, rows, more });
    }
    let address = |board: bool| {
        let (frame_of, filter) = (wave.clone(), filter.clone());
        move |(name, id): (String, String)| {
            let with = if board { Filter { board: Some(id), ..filter.clone() } } else { Filter { coach: Some(id), ..filter.clone() } };
            (name, with.address(&frame_of))
        }
    };
    AnswersPage {
        open: found.wave.life.under_review() || found.wave.life == Life::Vastgesteld,
        boards: boards.into_iter().map(address(true)).collect(),
        coaches: coaches.into_iter().map(address(false)).collect(),
        all: Filter { all: true, ..filter.clone() }.address(&wave),
        outside: Filter { group: Some(Group::Outside), ..Filter::default() }.address(&wave),
        messages: paths::MESSAGES.to_owned(),
        printed: paths::list_pdf(&wave),
        ask: paths::answers_ask(&wave),
        remind: paths::answers_remind(&wave),
        counts: found.counts,
        frame,
        wave,
        sections,
        by,
        chips,
        groups,
        shown,
        total,
    }
}

#[derive(Template)]
#[template(path = "answers/ask.html")]
struct AskPage {
    frame: Frame,
    back: String,
    here: String,
    counts: Counts,
    /// The day to answer.
    day: String,
    /// Who is asked: those who were not, or also those who did not answer.
    who: String,
    candidate: String,
    errors: Vec<(String, String)>,
}

impl AskPage {
    async fn new(app: &App, visitor: &Visitor, wave: &str) -> Result<Self, Problem> {
        let found = overview(&app.store, &visitor.asked, wave).await?;
        let days = app.store.read().setting(crate::records::setting::REPLY_DAYS).await?;
        let usual = app.store.clock().today().saturating_add(jiff::Span::new().days(days));
        Ok(Self {
            frame: wavebar::around(app, visitor, &found.wave.id, Tab::Answers).await?.0,
            back: paths::wave_answers(wave),
            here: paths::answers_ask(wave),
            who: if found.counts.to_ask > 0 { "nieuw" } else { "alle" }.to_owned(),
            counts: found.counts,
            day: usual.to_string(),
            candidate: String::new(),
            errors: Vec::new(),
        })
    }
}

async fn asked_when(State(app): State<App>, visitor: Visitor, Ids(wave): Ids<String>) -> Result<Response, Problem> {
    page(&AskPage::new(&app, &visitor, &wave).await?)
}

/// Asks, or gives whoever was asked another day; the page again when the day is wrong.
async fn ask(State(app): State<App>, visitor: Visitor, Ids(wave): Ids<String>, form: Form) -> Result<Response, Problem> {
    let who = form.text("wie").to_owned();
    let candidate = form.some("kandidaat").map(str::to_owned);
    let wish = Wish {
        candidates: match &candidate {
            Some(one) => vec![one.clone()],
            None if who == "nieuw" => unasked(&app, &visitor, &wave).await?,
            None => Vec::new(),
        },
        parties: Vec::new(),
        by: form.some("voor").map(str::to_owned),
    };
    if candidate.is_none() && who == "nieuw" && wish.candidates.is_empty() {
        return Ok(after(&paths::wave_answers(&wave), Done::NobodyToAsk));
    }
    match asking::ask(&app.store, &visitor.asked, &wave, &wish).await {
        Ok(_) => Ok(after(&paths::wave_answers(&wave), Done::AnswersAsked)),
        Err(Refused::Invalid(refusal)) => {
            let mut again = AskPage::new(&app, &visitor, &wave).await?;
            again.errors = said::wrong(&refusal, |_| "voor".into());
            (again.day, again.who, again.candidate) = (form.text("voor").to_owned(), who, candidate.unwrap_or_default());
            status(StatusCode::BAD_REQUEST, &again)
        }
        Err(refused) => Err(refused.into()),
    }
}

/// Who has a placement that is agreed to and of whom a party was not asked.
async fn unasked(app: &App, visitor: &Visitor, wave: &str) -> Result<Vec<String>, Problem> {
    let found = overview(&app.store, &visitor.asked, wave).await?;
    let wanted = |it: &Line| it.case.goes() && it.case.stances.contains(&Stance::NotAsked);
    Ok(found.lines.into_iter().filter(wanted).map(|it| it.case.placing.candidate).collect())
}

/// Puts reminders ready: about one placement, to one party, or to everybody who did not answer.
async fn remind(State(app): State<App>, visitor: Visitor, Ids(wave): Ids<String>, form: Form) -> Result<Response, Problem> {
    let wish = Wish {
        candidates: form.all("kandidaat").filter(|it| !it.is_empty()).map(str::to_owned).collect(),
        parties: form.all("partij").filter_map(Party::parse).collect(),
        by: None,
    };
    let done = asking::remind(&app.store, &visitor.asked, &wave, &wish).await?;
    let back = match wish.candidates.as_slice() {
        [one] if form.has("terug") => paths::answers_of(&wave, one),
        _ => paths::wave_answers(&wave),
    };
    Ok(after(&back, if done.asked > 0 { Done::AnswersReminded } else { Done::NobodyToRemind }))
}
