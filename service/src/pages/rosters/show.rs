//! A roster: the thing to do now, everybody who is planned, and a week of whoever is chosen with what can be done there.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use axum::routing::get;
use loket_solver::common::words::Word;
use loket_solver::scheduling::facts::calendar::Day;
use loket_solver::scheduling::facts::codes::Kind;

use super::against::{self, Against, Missed};
use super::elsewhere::{self, Elsewhere};
use super::lists::{self, Line};
use super::state::{self, Now};
use super::units::{self, FIRST, Item};
use super::{ROLES, invitations, told};
use crate::actions::rosters::seen::{Seen, seen};
use crate::desk::roster::given;
use crate::desk::roster::meetings::{Spot, spots};
use crate::desk::roster::next::day_of;
use crate::desk::roster::week::{self, Cell, Grid, Who};
use crate::pages::declared::Pages;
use crate::pages::frame::{Frame, Section, page};
use crate::pages::messages::Messages;
use crate::pages::paths;
use crate::pages::told::list;
use crate::pages::visitor::Visitor;
use crate::records::invitation::Invitation;
use crate::records::roster::{Because, Decided, Said};
use crate::serve::app::App;
use crate::serve::body::{Ids, Keys};
use crate::serve::problem::{Fout, Problem};
use loket_instances::words::roster_reasons::sentence;
use loket_solver::scheduling::facts::codes::ReasonCode;

/// Seconds between two looks at a run.
const SOON: u32 = 5;
/// Most other series that are shown.
const OTHERS: usize = 12;

/// The page of this file.
pub(super) fn pages() -> Pages {
    Pages::new().at(ROLES, paths::ROSTER, get(show))
}

/// A cell as it is drawn.
struct Square {
    kind: &'static str,
    icon: &'static str,
    says: String,
    /// The end of a day: a thick line follows.
    ends: bool,
}

/// A row as it is drawn.
struct Row {
    name: String,
    what: String,
    boxes: Vec<Square>,
}

/// What a half-day comes to, with what can be planned there.
struct Under {
    says: String,
    all: bool,
    here: bool,
    ends: bool,
    /// The half-day, where something can be planned.
    plan: Option<String>,
}

/// A week as it is drawn.
struct Week {
    title: String,
    days: Vec<String>,
    number: String,
    rows: Vec<Row>,
    under: Vec<Under>,
}

/// A series that somebody could go to.
struct Series {
    when: String,
    place: String,
    can: bool,
    why: String,
    series: String,
    offer: String,
    location: String,
}

/// What was decided, in words.
struct Standing {
    says: String,
    /// Why it was rejected, with what was written beside it.
    why: Option<String>,
    look: (&'static str, &'static str),
    waits: bool,
    moment: String,
    version: i64,
}

/// Somebody who is chosen.
struct Chosen {
    id: String,
    name: String,
    /// The visit that buttons are about; empty where there is one thing only.
    moment: String,
    /// The version of what was decided about it; 0 is nothing.
    version: i64,
    planned: bool,
    standing: Vec<Standing>,
    reasons: Vec<String>,
    missing: Option<String>,
    good: Option<String>,
    nearly: Option<(String, bool)>,
    clashes: Vec<Missed>,
    /// What this person said about when it can be.
    said: Vec<String>,
    note: String,
    others: Vec<Series>,
    calendar: Option<String>,
    meetings: String,
}

#[derive(Template)]
#[template(path = "rosters/show.html")]
struct ShowPage {
    frame: Frame,
    name: String,
    kind: &'static str,
    period: String,
    now: Now,
    proof: Option<String>,
    items: Vec<Item>,
    hidden: Option<(usize, String)>,
    week: Week,
    range: String,
    previous: Option<String>,
    next: Option<String>,
    chosen: Option<Chosen>,
    /// What another moment would cost whoever is chosen.
    elsewhere: Option<Elsewhere>,
    /// Why somebody could say no, and whether that was left open.
    reasons: Vec<(&'static str, &'static str)>,
    unreasoned: bool,
    /// What there is this week, where nobody is chosen.
    meetings: Vec<Line>,
    decide: String,
    lists: String,
    invitations: String,
    /// The locks that leave no plan.
    against: Vec<Against>,
    /// Who is planned where they said that it cannot be.
    cannot: Vec<String>,
    remove: Option<(String, i64)>,
    back: &'static str,
    gaps: Vec<String>,
}

impl ShowPage {
    /// What is wrong with the reason of a rejection.
    fn reject_wrong(&self) -> &'static str {
        if self.unreasoned { self.frame.m.rooster.reject_wrong() } else { "" }
    }
}

async fn show(State(app): State<App>, visitor: Visitor, Ids(id): Ids<String>, mut keys: Keys) -> Result<Response, Problem> {
    let who = keys.text("wie").filter(|it| !it.is_empty());
    let wanted = keys.text("week");
    let all = keys.text("alles").is_some();
    let unreasoned = keys.text("reden").is_some();
    let monday = wanted.as_deref().map(day_of);
    if monday == Some(None) {
        keys.wrong(Fout::new("datum", "week", "dit is geen dag", "schrijf een dag als 2026-09-07"));
    }
    keys.finish()?;
    let seen = seen(&app.store, &id).await?;
    if who.as_ref().is_some_and(|who| !seen.loaded.roster.units.pairs().any(|(_, row)| row.id == **who)) {
        return Err(Problem::unknown());
    }
    let frame = visitor.frame(&app, Section::Rosters);
    let m = frame.m;
    let now = state::now(m, &seen);
    let who = who.as_deref();
    let elsewhere = match who.filter(|_| !now.busy) {
        Some(who) => elsewhere::of(&app, m, &seen, who).await?,
        None => None,
    };
    let coming = now.busy || elsewhere.as_ref().is_some_and(|it| it.coming);
    let frame = if coming { frame.refreshed(SOON) } else { frame };
    let monday = week::monday(&seen.loaded, seen.plan.as_ref(), who, monday.flatten());
    let calendar = &seen.loaded.roster.calendar;
    let at = |day: Day| {
        let here = (calendar.from.monday()..=calendar.to.monday()).contains(&day);
        let day = day.to_string();
        let pairs: Vec<(&str, &str)> = who.map(|who| ("wie", who)).into_iter().chain([("week", day.as_str())]).collect();
        here.then(|| paths::with(paths::roster(&id), &pairs))
    };
    let items = units::items(m, &seen, who);
    let count = items.len();
    let shown: Vec<Item> = items.into_iter().enumerate().filter(|(at, it)| all || *at < FIRST || it.here).map(|(_, it)| it).collect();
    let hidden = (!all && shown.len() < count).then(|| (count, paths::with(paths::roster(&id), &[("alles", "ja")])));
    page(&ShowPage {
        name: seen.roster.name.clone(),
        kind: told::kind(m, seen.roster.kind),
        period: m.rooster.period(told::day(m, calendar.from), told::day(m, calendar.to)),
        proof: state::proof(m, &seen),
        items: shown,
        hidden,
        range: m.rooster.week_of(told::day(m, monday), told::day(m, Day(monday.0 + 4))),
        previous: at(Day(monday.0 - 7)),
        next: at(Day(monday.0 + 7)),
        week: drawn(m, &seen, who, monday),
        chosen: who.map(|who| chosen(m, &seen, who, monday)),
        elsewhere,
        against: against::locks(m, &seen),
        unreasoned,
        reasons: Because::ALL.iter().map(|it| (it.code(), told::because(m, *it))).collect(),
        meetings: if who.is_none() { lists::in_week(m, &seen, monday) } else { Vec::new() },
        decide: paths::roster_at(&id, "besluit"),
        lists: paths::roster_at(&id, "lijsten"),
        invitations: paths::roster_at(&id, "uitnodigingen"),
        cannot: cannot(m, &seen),
        remove: (seen.roster.publications == 0 && !now.busy).then(|| (paths::roster_at(&id, "weghalen"), seen.roster.version)),
        back: paths::ROSTERS,
        gaps: gaps(m, &seen),
        now,
        frame,
    })
}

/// Who is planned on a half-day that they said cannot be.
fn cannot(m: Messages, seen: &Seen) -> Vec<String> {
    let Some(plan) = &seen.plan else { return Vec::new() };
    let one = |it: &Invitation| {
        let at: Vec<String> = given::clashes(plan, it).into_iter().map(|at| told::moment(m, at, None)).collect();
        (!at.is_empty()).then(|| m.rooster.inv_cannot(told::name(&seen.loaded, &it.person), list(m, &at)))
    };
    seen.invited.iter().filter_map(one).collect()
}

/// The week of whoever is chosen, else of everybody who leads.
fn drawn(m: Messages, seen: &Seen, who: Option<&str>, monday: Day) -> Week {
    let (loaded, plan) = (&seen.loaded, seen.plan.as_ref());
    let grid = match who {
        Some(who) => week::around(loaded, plan, who, monday),
        None => week::everybody_who_leads(loaded, plan, monday),
    };
    let rows = grid.lines.iter().map(|line| row(m, seen, line)).collect();
    let moments = week::week(monday);
    let all = grid.lines.len();
    // One half-day is locked; a group or course has a series.
    let places = matches!(seen.roster.kind, Kind::Interviews | Kind::Visits);
    let under = grid.sums.iter().zip(&moments).enumerate().map(|(at, (sum, moment))| Under {
        says: if sum.can == all { m.rooster.all_of(all) } else { m.rooster.of(sum.can, all) },
        all: sum.can == all && (sum.possible || sum.here),
        here: sum.here,
        ends: at % 2 == 1,
        plan: (places && sum.possible && !sum.here).then(|| moment.to_string()),
    });
    Week {
        title: title(m, seen, who, monday),
        days: (0..5).map(|day| told::near(m, Day(monday.0 + day))).collect(),
        number: m.rooster.week(told::week_number(monday)),
        rows,
        under: under.collect(),
    }
}

fn title(m: Messages, seen: &Seen, who: Option<&str>, monday: Day) -> String {
    let Some(who) = who else { return m.rooster.staff_week().to_owned() };
    let name = told::name(&seen.loaded, who);
    let spot = seen.plan.as_ref().and_then(|plan| spot_of(plan, who, monday));
    let when = spot.as_ref().map(|it| told::when(m, it));
    match (seen.roster.kind, when) {
        (Kind::Interviews, Some(when)) => m.rooster.interview_of(name, when),
        (Kind::Interviews, None) => m.rooster.interview_choose(name),
        (Kind::PeerGroups, Some(when)) => {
            let number = seen.plan.as_ref().and_then(|plan| units::group(plan, who)).unwrap_or_default();
            m.rooster.group_of(number, when)
        }
        (Kind::PeerGroups, None) => m.rooster.peer_choose(name),
        (Kind::Visits, Some(when)) => m.rooster.visit_of(name, when),
        (Kind::Visits, None) => m.rooster.visit_choose(name),
        (Kind::Courses, Some(_)) => {
            let offer = spot.and_then(|it| it.offer);
            m.rooster.course_of(told::place(&seen.loaded, None, offer.as_deref()), name)
        }
        (Kind::Courses, None) => m.rooster.course_choose(name),
    }
}

/// Where somebody is: of visits the first of this week, else the first.
fn spot_of(plan: &loket_instances::scheduling::outcome::OutcomeFile, who: &str, monday: Day) -> Option<Spot> {
    let all = spots(plan, who);
    let here = |it: &&Spot| it.moments.iter().any(|at| at.day.monday() == monday);
    all.iter().find(here).or(all.first()).cloned()
}

fn row(m: Messages, seen: &Seen, line: &week::Line) -> Row {
    let loaded = &seen.loaded;
    let (name, what) = match &line.who {
        Who::Unit(id) => (told::name(loaded, id), of_unit(seen, id)),
        Who::Leads(id, role) => (told::name(loaded, id), role.clone()),
        Who::Role(role, count) => (role.clone(), m.rooster.needed(i64::from(*count))),
    };
    Row { name, what, boxes: line.cells.iter().enumerate().map(|(at, cell)| boxed(m, seen, cell, at % 2 == 1)).collect() }
}

/// What is said below the name of who is planned: the school.
fn of_unit(seen: &Seen, id: &str) -> String {
    let loaded = &seen.loaded;
    let row = loaded.roster.units.pairs().find(|(_, row)| row.id == id).map(|(_, row)| row);
    let school = row.and_then(|row| row.school.as_deref());
    school.map(|school| told::named(loaded, loket_instances::scheduling::roster_file::Named::School, school)).unwrap_or_default()
}

fn boxed(m: Messages, seen: &Seen, cell: &Cell, ends: bool) -> Square {
    let elsewhere = |at: &usize| match seen.roster.kind {
        Kind::Interviews => m.rooster.gesprek().to_owned(),
        Kind::PeerGroups => m.rooster.groep(at + 1),
        Kind::Visits => m.rooster.bezoek().to_owned(),
        Kind::Courses => m.rooster.cursus().to_owned(),
    };
    let (kind, icon, says) = match cell {
        Cell::Closed => ("off", "", m.rooster.closed().to_owned()),
        Cell::Can => ("", "", m.rooster.can().to_owned()),
        Cell::OtherDay => ("off", "", m.rooster.other_day().to_owned()),
        Cell::Away => ("off", "", m.rooster.away().to_owned()),
        Cell::Here(time) => ("here", "", time.as_deref().map_or_else(|| elsewhere(&0), told::clock)),
        Cell::Clash => ("clash", "letop", m.rooster.clash().to_owned()),
        Cell::Elsewhere(at) => ("there", "", elsewhere(at)),
        Cell::So(0) => ("off", "", m.rooster.so(0)),
        Cell::So(count) => ("", "", m.rooster.so(*count)),
    };
    // Of a group the block that is looked at is the own group.
    let says = if matches!((cell, seen.roster.kind), (Cell::Here(None), Kind::PeerGroups)) { m.rooster.can().to_owned() } else { says };
    Square { kind, icon, says, ends }
}

fn chosen(m: Messages, seen: &Seen, who: &str, monday: Day) -> Chosen {
    let (loaded, plan) = (&seen.loaded, seen.plan.as_ref());
    let spot = plan.and_then(|plan| spot_of(plan, who, monday));
    let visits = seen.roster.kind == Kind::Visits;
    let known = seen.run.as_ref().map_or(0, |run| run.decisions);
    let standing = |it: &Decided| {
        let what = told::choice(m, loaded, &it.named);
        let (says, look) = match it.said {
            Said::Akkoord => (m.rooster.decided_agreed().to_owned(), ("good", "vink")),
            Said::Vast => (m.rooster.decided_locked(what), ("good", "slot")),
            Said::Afgewezen => (m.rooster.decided_rejected(what), ("bad", "verbod")),
        };
        let why = it.because.map(|because| {
            let note = it.note.as_deref().map(|note| m.rooster.because_note(note)).unwrap_or_default();
            [told::because(m, because).to_owned(), note].join(" ").trim_end().to_owned()
        });
        Standing {
            says,
            why,
            look,
            waits: !it.followed && it.version > known,
            moment: it.moment.clone().unwrap_or_default(),
            version: it.step,
        }
    };
    let unplanned = plan.and_then(|plan| plan.unplanned.iter().find(|it| it.id == who));
    let grid = week::around(loaded, plan, who, monday);
    let (good, nearly) = if seen.roster.kind == Kind::Interviews { sentences(m, seen, &grid) } else { (None, None) };
    let other = |it: week::Other| Series {
        when: told::when(m, &Spot { moments: it.moments, time: None, location: None, offer: None, staff: Vec::new() }),
        place: told::place(loaded, it.location.as_deref(), it.offer.as_deref()),
        can: it.forbidden.is_empty(),
        why: it.forbidden.first().map(|code| sentence(seen.roster.kind, ReasonCode::Rule(*code)).to_owned()).unwrap_or_default(),
        series: it.series,
        offer: it.offer.unwrap_or_default(),
        location: it.location.unwrap_or_default(),
    };
    let moment = spot.as_ref().filter(|_| visits).and_then(|it| it.moments.first()).map(ToString::to_string);
    let stands = seen.decided.iter().find(|it| it.unit == who && it.moment == moment);
    Chosen {
        id: who.to_owned(),
        name: told::name(loaded, who),
        version: stands.map_or(0, |it| it.step),
        moment: moment.unwrap_or_default(),
        planned: spot.is_some(),
        standing: seen.decided.iter().filter(|it| it.unit == who).map(standing).collect(),
        reasons: unplanned.map(|it| it.reasons.iter().map(|it| it.text.clone()).collect()).unwrap_or_default(),
        missing: unplanned.filter(|_| visits).map(|it| m.rooster.missing(it.missing)),
        clashes: against::missed(m, seen, who),
        said: seen.invited.iter().find(|it| it.person == who).map(|it| invitations::says(m, it)).unwrap_or_default(),
        note: paths::roster_invited(&seen.roster.id, who),
        others: week::others(&loaded.roster, who).into_iter().take(OTHERS).map(other).collect(),
        calendar: (seen.roster.publications > 0 && !visits).then(|| paths::roster_calendar(&seen.roster.id, who)),
        meetings: paths::roster_person(&seen.roster.id, who),
        good,
        nearly,
    }
}

/// What the week says: when everybody can, and where only one cannot.
fn sentences(m: Messages, seen: &Seen, grid: &Grid) -> (Option<String>, Option<(String, bool)>) {
    let (all, moments) = (grid.lines.len(), week::week(grid.monday));
    let half = |at: usize| {
        let moment = moments[at];
        format!("{}{}", told::weekday(m, moment.day), told::half(m, moment.afternoon))
    };
    let free: Vec<usize> =
        (0..week::HALF_DAYS).filter(|at| grid.sums[*at].can == all && grid.sums[*at].possible && !grid.sums[*at].here).collect();
    let capital = crate::pages::wrong::capital;
    let good = match free.as_slice() {
        [] => None,
        [one] => Some(m.rooster.all_can_one(capital(&half(*one)), all)),
        many => {
            let names: Vec<String> = many.iter().map(|at| half(*at)).collect();
            Some(m.rooster.all_can_more(capital(&list(m, &names)), all))
        }
    };
    let one_short = |at: &usize| all > 2 && grid.sums[*at].can + 1 == all && !grid.sums[*at].here;
    let nearly = (0..week::HALF_DAYS).find(one_short).and_then(|at| {
        let line = grid.lines.iter().find(|line| !line.cells[at].fits())?;
        let day = capital(&half(at));
        let says = match &line.who {
            Who::Unit(id) | Who::Leads(id, _) => m.rooster.nearly(day, all - 1, all, told::name(&seen.loaded, id)),
            Who::Role(role, _) => m.rooster.nearly_role(day, all - 1, all, role),
        };
        Some((says, grid.sums[at].possible && !matches!(line.who, Who::Unit(_))))
    });
    (good, nearly)
}

/// Learning questions that people have and nobody offers.
fn gaps(m: Messages, seen: &Seen) -> Vec<String> {
    if seen.roster.kind != Kind::Courses {
        return Vec::new();
    }
    let offered = |theme: &str| seen.loaded.file.offers.iter().flatten().any(|it| it.themes.iter().any(|known| known == theme));
    let mut counts: std::collections::BTreeMap<&str, usize> = std::collections::BTreeMap::new();
    for question in seen.loaded.file.participants.iter().flatten().flat_map(|it| it.questions.iter().flatten()) {
        if !offered(question) {
            *counts.entry(question).or_default() += 1;
        }
    }
    counts.into_iter().map(|(theme, count)| m.rooster.gaps_says(count, theme)).collect()
}
