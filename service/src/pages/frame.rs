//! What stands around every page: the bar with the menu of a role, the bar of a wave, what was just done, and the foot.

use std::sync::Arc;

use askama::Template;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};

use loket_solver::matching::facts::words::Word;

use super::messages::{Language, Messages};
use super::{done, paths, said};
use crate::access::Role;
use crate::serve::app::App;
use crate::serve::cookie;
use crate::serve::guard::Drawn;
use crate::serve::problem::Problem;

/// The part of the menu that a page is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Section {
    /// The start.
    Start,
    /// Waves.
    Waves,
    /// The register.
    Register,
    /// Boards.
    Boards,
    /// Rosters.
    Rosters,
    /// Multi-year plans and the funnel.
    Planning,
    /// A board's own seats.
    Seats,
    /// What a board is asked.
    Proposals,
    /// What happened to a board's seats.
    History,
    /// A coach's own desk.
    Coach,
    /// The log.
    Log,
    /// Administration.
    Admin,
    /// Figures without people.
    Figures,
    /// Policies.
    Policies,
    /// None of them.
    None,
}

/// A tab of the bar of a wave.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tab {
    /// What it is and where it is in its life.
    Overview,
    /// What was sent in.
    Input,
    /// Runs.
    Runs,
    /// Review.
    Review,
    /// Answers.
    Answers,
    /// The map.
    Map,
    /// The report.
    Report,
    /// Publication.
    Publish,
}

/// A link of a menu.
#[derive(Clone, Debug)]
pub struct Entry {
    /// What it says.
    pub label: &'static str,
    /// Where it leads.
    pub place: String,
    /// Whether the page is there.
    pub here: bool,
}

/// What a plan does not know yet.
#[derive(Clone, Debug)]
pub struct Undone {
    /// In words.
    pub says: String,
    /// Where to ask for a new one.
    pub place: String,
    /// How long that took the last time, in words; nothing where it is not known.
    pub takes: Option<String>,
}

/// The bar of a wave.
#[derive(Clone, Debug)]
pub struct WaveBar {
    /// Its name.
    pub name: String,
    /// Its phase.
    pub phase: String,
    /// Its tabs.
    pub tabs: Vec<Entry>,
    /// What the plan does not know yet.
    pub undone: Option<Undone>,
    /// The number of the run that the page is about: on paper alone.
    pub run: Option<i64>,
}

/// What stands around a page.
#[derive(Clone, Debug)]
pub struct Frame {
    /// Every word, in the language of the service.
    pub m: Messages,
    /// The name of whoever looks; empty for whoever is not signed in.
    pub name: String,
    /// The role that is acted in.
    pub role: Option<Role>,
    /// Other roles of the account.
    pub others: Vec<Role>,
    /// What every form sends along.
    pub form: String,
    /// The menu.
    pub menu: Vec<Entry>,
    /// The bar of a wave.
    pub wave: Option<WaveBar>,
    /// What was just done.
    pub saved: Option<String>,
    /// Seconds after which the page is asked again where there is no script.
    pub refresh: Option<u32>,
    /// Whether the page fills the window, and lists in it scroll apart.
    pub fills: bool,
    /// Address of the stylesheet.
    pub style: Arc<str>,
    /// Address of the script.
    pub script: Arc<str>,
    /// Address of the logo.
    pub logo: Arc<str>,
    /// Whether people on the pages are made up.
    pub demo: bool,
    /// The day of the page: on paper alone.
    pub printed: String,
    /// The start of the log's head, for who is signed in: on paper alone.
    pub log: Option<String>,
}

impl Frame {
    /// Around a page for somebody who is not signed in.
    pub fn bare(app: &App, language: Language) -> Self {
        let m = Messages::of(language);
        Self {
            m,
            name: String::new(),
            role: None,
            others: Vec::new(),
            form: String::new(),
            menu: Vec::new(),
            wave: None,
            saved: None,
            refresh: None,
            fills: false,
            style: app.assets.style.clone(),
            script: app.assets.script.clone(),
            logo: app.assets.logo.clone(),
            demo: app.settings.demo,
            printed: said::day(m, app.store.clock().today()),
            log: None,
        }
    }

    /// The language, as a page says it.
    pub fn lang(&self) -> &'static str {
        match self.m.language {
            Language::Nl => "nl",
            Language::En => "en",
        }
    }

    /// Whether whoever looks may search the whole register from here.
    pub fn seeks(&self) -> bool {
        self.role == Some(Role::Intermediair)
    }

    /// The role in words.
    pub fn role_name(&self) -> &'static str {
        self.role.map_or("", |role| self.role_says(&role))
    }

    /// A role in words.
    pub fn role_says(&self, role: &Role) -> &'static str {
        match role {
            Role::Beheerder => self.m.frame.beheerder(),
            Role::Intermediair => self.m.frame.intermediair(),
            Role::Bestuur => self.m.frame.bestuur(),
            Role::Coach => self.m.frame.coach(),
            Role::Lezer => self.m.frame.lezer(),
            Role::Link | Role::Systeem => "",
        }
    }

    /// The code of a role.
    pub fn role_code(&self, role: &Role) -> &'static str {
        role.code()
    }

    /// The same with the page asked again after so many seconds, where there is no script.
    pub fn refreshed(mut self, seconds: u32) -> Self {
        self.refresh = Some(seconds);
        self
    }

    /// The same about this run of the wave.
    pub fn about_run(mut self, number: i64) -> Self {
        if let Some(bar) = &mut self.wave {
            bar.run = Some(number);
        }
        self
    }

    /// The same for a page that fills the window.
    pub fn filling(mut self) -> Self {
        self.fills = true;
        self
    }
}

/// The cookie with the language that was chosen.
pub const LANGUAGE: &str = "__Host-loket-taal";

/// The language that was chosen in this browser, or else that of the service.
pub fn language(app: &App, headers: &HeaderMap) -> Language {
    cookie::of(headers, LANGUAGE).and_then(Language::parse).unwrap_or(app.settings.language)
}

/// The menu of a role.
pub fn menu(m: Messages, role: Role, here: Section) -> Vec<Entry> {
    let entry = |section: Section, label: &'static str, place: &str| Entry { label, place: place.to_owned(), here: section == here };
    match role {
        Role::Intermediair => {
            vec![
                entry(Section::Start, m.frame.start(), paths::START),
                entry(Section::Waves, m.waves.title(), paths::WAVES),
                entry(Section::Register, m.frame.register(), paths::REGISTER),
                entry(Section::Boards, m.frame.boards(), paths::BOARDS),
                entry(Section::Rosters, m.rooster.title(), paths::ROSTERS),
                entry(Section::Planning, m.plan.title(), paths::PLANNINGS),
                entry(Section::Policies, m.admin.policies(), paths::POLICIES),
                entry(Section::Log, m.frame.log(), paths::LOG),
            ]
        }
        Role::Bestuur => vec![
            entry(Section::Seats, m.boards.menu_seats(), paths::OWN_BOARD),
            entry(Section::Proposals, m.boards.menu_proposals(), paths::PROPOSALS),
            entry(Section::History, m.boards.history(), paths::OWN_HISTORY),
        ],
        Role::Coach => vec![entry(Section::Coach, m.frame.start(), paths::COACH)],
        Role::Lezer => {
            vec![
                entry(Section::Figures, m.report.list_title(), paths::FIGURES),
                entry(Section::Planning, m.plan.tab_snapshots(), paths::SNAPSHOTS),
            ]
        }
        Role::Beheerder => {
            vec![
                entry(Section::Admin, m.admin.title(), paths::ADMIN),
                entry(Section::Figures, m.report.list_title(), paths::FIGURES),
                entry(Section::Planning, m.plan.tab_snapshots(), paths::SNAPSHOTS),
            ]
        }
        Role::Link | Role::Systeem => Vec::new(),
    }
}

/// What may be done by a page: nothing from elsewhere, nothing inline, never in a frame of another.
const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; \
                      base-uri 'none'; frame-ancestors 'none'";

/// A page as an answer.
///
/// # Errors
/// When it could not be drawn.
pub fn page(template: &impl Template) -> Result<Response, Problem> {
    status(StatusCode::OK, template)
}

/// A page as an answer with this status.
///
/// # Errors
/// When it could not be drawn.
pub fn status(status: StatusCode, template: &impl Template) -> Result<Response, Problem> {
    let text = template.render().map_err(|error| {
        tracing::error!(fout = %error, "een pagina kon niet getekend worden");
        Problem::busy("Deze pagina kon niet getekend worden; er is niets veranderd.")
    })?;
    const FIXED: [(HeaderName, &str); 3] = [
        (header::CONTENT_TYPE, "text/html; charset=utf-8"),
        (header::CONTENT_SECURITY_POLICY, POLICY),
        // With `no-referrer` a browser says of its own forms that they come from nowhere.
        (header::REFERRER_POLICY, "same-origin"),
    ];
    let mut response = (status, text).into_response();
    for (name, value) in FIXED {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    response.headers_mut().append(header::SET_COOKIE, cookie::gone(done::COOKIE));
    response.extensions_mut().insert(Drawn);
    Ok(response)
}

/// After a deed: on to this page (303), where it is said what was done.
pub fn after(place: &str, what: done::Done) -> Response {
    let mut response = to(place);
    response.headers_mut().append(header::SET_COOKIE, what.cookie());
    response
}

/// On to this page (303).
pub fn to(place: &str) -> Response {
    let place = HeaderValue::try_from(place).unwrap_or_else(|_| HeaderValue::from_static(paths::HOME));
    let mut response = (StatusCode::SEE_OTHER, [(header::LOCATION, place)]).into_response();
    response.headers_mut().insert(header::REFERRER_POLICY, HeaderValue::from_static("same-origin"));
    response
}
