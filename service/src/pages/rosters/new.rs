//! A new roster: filled from the register and from published placements, or of a file.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::get;
use loket_solver::common::words::HalfDay;
use loket_solver::matching::facts::words::Word;
use loket_solver::scheduling::facts::codes::Kind;

use super::{ROLES, told};
use crate::actions::Refused;
use crate::actions::rosters::{filled, make};
use crate::desk::roster::filled::Wanted;
use crate::desk::roster::next::day_of;
use crate::desk::roster::sound::Sound;
use crate::pages::declared::Pages;
use crate::pages::done::Done;
use crate::pages::form::Form;
use crate::pages::frame::{Frame, Section, after, page, status};
use crate::pages::paths;
use crate::pages::visitor::Visitor;
use crate::pages::wrong::Wrong;
use crate::records::register;
use crate::records::wave::Life;
use crate::serve::app::App;
use crate::serve::problem::Problem;
use crate::store::ids;

/// Largest file, bytes.
const MOST: usize = 32 << 20;
/// Longest series, and most rooms and weeks.
const LONGEST: i64 = 60;
/// Most waves to choose from.
const WAVES: i64 = 200;

/// The pages of this file.
pub(super) fn pages() -> Pages {
    Pages::new().at(ROLES, paths::NEW_ROSTER, get(show).post(fill)).at(ROLES, paths::NEW_ROSTER_FILE, axum::routing::post(send))
}

#[derive(Template)]
#[template(path = "rosters/new.html")]
struct NewPage {
    frame: Frame,
    wrong: Wrong,
    back: &'static str,
    here: &'static str,
    send: &'static str,
    kinds: Vec<(&'static str, String)>,
    kind: String,
    name: String,
    from: String,
    until: String,
    location: String,
    locations: Vec<(String, String)>,
    rooms: String,
    half_days: Vec<(&'static str, String, bool)>,
    board: bool,
    intermediary: bool,
    wave: String,
    waves: Vec<(String, String)>,
    meetings: String,
    rhythm: String,
}

async fn drawn(app: &App, visitor: &Visitor, form: Option<&Form>, wrong: Wrong) -> Result<NewPage, Problem> {
    let frame = visitor.frame(app, Section::Rosters);
    let m = frame.m;
    let mut reading = app.store.read();
    let waiting = reading.waiting_for_intake().await?.len();
    let names = reading.names_of(register::Kind::School, visitor.asked.caller.scope()).await?;
    let mut locations: Vec<(String, String)> = names.into_iter().collect();
    locations.sort_by(|one, other| (&one.1, &one.0).cmp(&(&other.1, &other.0)));
    locations.insert(0, (String::new(), m.rooster.office().to_owned()));
    let waves = reading.waves(None, 0, WAVES).await?.0.into_iter().filter(|it| it.life >= Life::Vastgesteld);
    let waves = std::iter::once((String::new(), m.rooster.wave_none().to_owned())).chain(waves.map(|it| (it.id, it.name))).collect();
    let typed = |field: &str, usual: &str| form.map_or(usual, |form| form.text(field)).to_owned();
    let ticked = |word: &str| form.is_some_and(|form| form.all("dagdeel").any(|it| it == word));
    Ok(NewPage {
        kinds: vec![
            (told::code(Kind::Interviews), m.rooster.gesprekken_says(waiting)),
            (told::code(Kind::PeerGroups), m.rooster.intervisie_says().to_owned()),
            (told::code(Kind::Visits), m.rooster.bezoeken_says().to_owned()),
        ],
        kind: typed("soort", told::code(Kind::Interviews)),
        name: typed("naam", ""),
        from: typed("van", ""),
        until: typed("tot", ""),
        location: typed("waar", ""),
        rooms: typed("kamers", "1"),
        half_days: HalfDay::ALL.iter().enumerate().map(|(at, it)| (it.code(), told::half_day(m, at), ticked(it.code()))).collect(),
        board: form.is_none_or(|form| form.has("bestuur")),
        intermediary: form.is_none_or(|form| form.has("intermediair")),
        wave: typed("lichting", ""),
        meetings: typed("keren", "6"),
        rhythm: typed("weken", "4"),
        back: paths::ROSTERS,
        here: paths::NEW_ROSTER,
        send: paths::NEW_ROSTER_FILE,
        locations,
        waves,
        wrong,
        frame,
    })
}

async fn show(State(app): State<App>, visitor: Visitor) -> Result<Response, Problem> {
    page(&drawn(&app, &visitor, None, Wrong::default()).await?)
}

/// Where in the form something is that an action refused.
fn control(pointer: &str) -> &'static str {
    match pointer.split('/').nth(1) {
        Some("soort") => "soort",
        Some("kalender") => "van",
        Some("locaties") => "waar",
        _ => "",
    }
}

async fn fill(State(app): State<App>, visitor: Visitor, form: Form) -> Result<Response, Problem> {
    let m = visitor.frame(&app, Section::Rosters).m;
    let mut wrong = Wrong::default();
    let name = form.text("naam");
    if name.is_empty() || name.chars().count() > 200 {
        wrong.add("naam", m.rooster.bad_name());
    }
    let kind = Kind::parse(form.text("soort")).filter(|it| *it != Kind::Courses);
    if kind.is_none() {
        wrong.add("soort", m.rooster.bad_kind());
    }
    let days = (day_of(form.text("van")), day_of(form.text("tot")));
    for (day, field) in [(days.0, "van"), (days.1, "tot")] {
        if day.is_none() {
            wrong.add(field, m.rooster.bad_day());
        }
    }
    if matches!(days, (Some(from), Some(until)) if until < from) {
        wrong.add("tot", m.rooster.bad_order());
    }
    let mut number = |field: &'static str| {
        let found = form.number(field).filter(|it| (1..=LONGEST).contains(it)).and_then(|it| u32::try_from(it).ok());
        if found.is_none() {
            wrong.add(field, m.rooster.bad_number());
        }
        found.unwrap_or(1)
    };
    let (rooms, meetings, rhythm) = (number("kamers"), number("keren"), number("weken"));
    let wave = form.some("lichting");
    if kind == Some(Kind::PeerGroups) && wave.is_none() {
        wrong.add("lichting", m.rooster.bad_wave());
    }
    if let (true, Some(kind), (Some(from), Some(until))) = (wrong.is_empty(), kind, days) {
        let wanted = Wanted {
            id: ids::new(),
            name: name.to_owned(),
            kind,
            from,
            until,
            location: form.some("waar").map(str::to_owned),
            rooms,
            half_days: form.all("dagdeel").filter_map(HalfDay::parse).collect(),
            with_board: form.has("bestuur"),
            with_intermediary: form.has("intermediair"),
            meetings,
            rhythm,
        };
        let wave = wave.filter(|_| kind == Kind::PeerGroups);
        match filled::fill(&app.store, &visitor.asked, wanted, wave).await {
            Ok(made) => return Ok(after(&paths::roster(&made.roster.id), Done::RosterMade)),
            Err(Refused::Invalid(refusal)) => wrong.take(&refusal.problems, control),
            Err(other) => return Err(other.into()),
        }
    }
    status(StatusCode::BAD_REQUEST, &drawn(&app, &visitor, Some(&form), wrong).await?)
}

async fn send(State(app): State<App>, visitor: Visitor, form: Form) -> Result<Response, Problem> {
    let m = visitor.frame(&app, Section::Rosters).m;
    let mut wrong = Wrong::default();
    match form.file("bestand") {
        None => wrong.add("bestand", m.rooster.no_file()),
        Some(sent) if sent.bytes.len() > MOST => wrong.add("bestand", m.rooster.large_file()),
        Some(sent) => {
            let bytes = sent.bytes.clone();
            let read = app.gates.reading.work(1, move || Sound::read(&bytes)).await?;
            let made = match read {
                Ok(sound) => make(&app.store, &visitor.asked, &sound, &[]).await,
                Err(refusal) => Err(Refused::Invalid(refusal)),
            };
            match made {
                Ok(made) => return Ok(after(&paths::roster(&made.roster.id), Done::RosterMade)),
                Err(Refused::Invalid(refusal)) => {
                    for it in &refusal.problems {
                        let place = if it.place.is_empty() { String::new() } else { format!("{}: ", it.place) };
                        wrong.add("bestand", format!("{place}{}; {}.", it.what, it.remedy));
                    }
                }
                Err(Refused::Clash(clash)) => wrong.add("bestand", clash.what),
                Err(other) => return Err(other.into()),
            }
        }
    }
    status(StatusCode::BAD_REQUEST, &drawn(&app, &visitor, None, wrong).await?)
}
