//! Reads bodies, query keys and path ids, each refusal a problem with its place.

use std::collections::BTreeMap;

use axum::body::Bytes;
use axum::extract::{FromRequestParts, Path, Request};
use axum::http::header;
use axum::http::request::Parts;
use futures_util::StreamExt;
use jiff::civil::Date;
use loket_instances::strict::json::Bounds;
use loket_solver::matching::facts::words::Word;
use serde::de::DeserializeOwned;

use super::app::App;
use super::gate::{Pass, SLIGHT, kib};
use super::problem::{Fout, Problem};
use crate::access::Role;
use crate::desk::days::{Doubts, of_period};

/// How large a body may be, by what it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Size {
    /// Some keys: a question, a decision, a day.
    Small,
    /// A row with its lists and free text, or a list of ids.
    Row,
    /// A whole wave: as large as the setting says.
    Whole,
}

impl Size {
    /// Most bytes.
    pub fn bytes(self, whole: usize) -> usize {
        match self {
            Self::Small => whole.min(64 << 10),
            Self::Row => whole.min(256 << 10),
            Self::Whole => whole,
        }
    }

    /// Most values and keys. A wave of 5,000 candidates has 150,000 values; one with 200,000 travel times 800,000.
    pub fn bounds(self) -> Bounds {
        let values = match self {
            Self::Small => 16 << 10,
            Self::Row => 64 << 10,
            Self::Whole => 1_000_000,
        };
        Bounds { values, keys: 10_000 }
    }
}

/// The bytes of a body, with the room they take.
#[derive(Debug)]
pub struct Taken {
    /// The bytes.
    pub bytes: Bytes,
    /// Theirs until they are read.
    pub room: Option<Pass>,
}

/// Room for this body was taken before.
#[derive(Clone, Copy, Debug)]
pub struct Roomed;

/// The kind of content that a request says it sends, without what is said of it; empty when it says nothing.
pub fn content(request: &Request) -> String {
    let kind = request.headers().get(header::CONTENT_TYPE).and_then(|it| it.to_str().ok()).unwrap_or_default();
    kind.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

/// The bytes of a JSON body of this size.
pub async fn json(request: Request, app: &App, size: Size) -> Result<Taken, Problem> {
    if content(&request) != "application/json" {
        return Err(Problem::media_type());
    }
    take(request, app, size).await
}

/// The bytes of a JSON body that may be absent.
pub async fn maybe_json(request: Request, app: &App, size: Size) -> Result<Option<Taken>, Problem> {
    if request.headers().contains_key(header::CONTENT_TYPE) {
        return json(request, app, size).await.map(|it| Some(it).filter(|it| !it.bytes.is_empty()));
    }
    let taken = take(request, app, size).await?;
    if taken.bytes.is_empty() { Ok(None) } else { Err(Problem::media_type()) }
}

/// The bytes of a body of this size. One that says it is larger is refused before anything of it is read.
pub async fn take(request: Request, app: &App, size: Size) -> Result<Taken, Problem> {
    let most = size.bytes(app.settings.largest_body);
    let said = request.headers().get(header::CONTENT_LENGTH).and_then(|it| it.to_str().ok()).and_then(|it| it.parse::<usize>().ok());
    if said.is_some_and(|said| said > most) {
        return Err(Problem::too_large(most));
    }
    let roomed = request.extensions().get::<Roomed>().is_some();
    // A body that does not say how large it is may become as large as it may be.
    let expected = said.unwrap_or(most);
    let room = match expected > SLIGHT && !roomed {
        true => Some(app.gates.bodies.enter(kib(expected)).await?),
        false => None,
    };
    let mut bytes = Vec::with_capacity(said.unwrap_or_default());
    let mut parts = request.into_body().into_data_stream();
    while let Some(part) = parts.next().await {
        let part = part.map_err(|_| Problem::broken_off())?;
        if bytes.len() + part.len() > most {
            return Err(Problem::too_large(most));
        }
        bytes.extend_from_slice(&part);
    }
    Ok(Taken { bytes: bytes.into(), room })
}

/// Parts of the path. A part that cannot be read names nothing.
#[derive(Clone, Debug)]
pub struct Ids<T>(pub T);

impl<T: DeserializeOwned + Send, S: Send + Sync> FromRequestParts<S> for Ids<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        Path::from_request_parts(parts, state).await.map(|Path(ids)| Self(ids)).map_err(|_| Problem::unknown())
    }
}

/// Query keys; those that nobody asked for are mistakes.
#[derive(Clone, Debug, Default)]
pub struct Keys {
    values: BTreeMap<String, String>,
    mistakes: Vec<Fout>,
}

impl Keys {
    /// The keys of a request.
    pub fn of(parts: &Parts) -> Result<Self, Problem> {
        let pairs: Vec<(String, String)> = match axum::extract::Query::try_from_uri(&parts.uri) {
            Ok(axum::extract::Query(pairs)) => pairs,
            Err(_) => return Err(Problem::mistake("vraag", "", "de vraag in het adres is niet te lezen", "schrijf ?sleutel=waarde&…")),
        };
        let mut keys = Self::default();
        for (key, value) in pairs {
            if keys.values.insert(key.clone(), value).is_some() {
                keys.wrong(Fout::new("dubbel", key, "deze sleutel staat er twee keer", "laat er één staan"));
            }
        }
        Ok(keys)
    }

    /// The value of a key.
    pub fn text(&mut self, key: &'static str) -> Option<String> {
        self.values.remove(key)
    }

    /// Whether a key was sent and not looked at yet.
    pub fn has(&self, key: &str) -> bool {
        self.values.contains_key(key)
    }

    /// A day, or nothing.
    pub fn day(&mut self, key: &'static str) -> Option<Date> {
        let text = self.text(key)?;
        let day = text.parse::<Date>().ok().filter(|_| text.len() == 10);
        if day.is_none() {
            self.wrong(Fout::new("datum", key, format!("{key} is geen datum"), "schrijf een datum als 2026-09-01"));
        }
        day
    }

    /// True or false; false when it is absent.
    pub fn flag(&mut self, key: &'static str) -> bool {
        match self.text(key).as_deref() {
            None | Some("false") => false,
            Some("true") => true,
            Some(_) => {
                self.wrong(Fout::new("type", key, format!("{key} is geen true of false"), "schrijf true, of laat de sleutel weg"));
                false
            }
        }
    }

    /// True or false; nothing when it is absent.
    pub fn choice(&mut self, key: &'static str) -> Option<bool> {
        let there = self.values.contains_key(key);
        let yes = self.flag(key);
        there.then_some(yes)
    }

    /// The role under `rol`, one that an account can hold.
    pub fn role(&mut self) -> Option<Role> {
        let text = self.text("rol")?;
        let role = Role::parse(&text).filter(|it| Role::HELD.contains(it));
        if role.is_none() {
            let all: Vec<&str> = Role::HELD.iter().map(|it| it.code()).collect();
            self.wrong(Fout::new("rol", "rol", "dit is geen rol", format!("kies uit: {}", all.join(", "))));
        }
        role
    }

    /// Refuses a day that nobody can mean.
    pub fn possible(&mut self, key: &'static str, day: Date, today: Date) {
        let mut doubts = Doubts::default();
        doubts.day(key, &day.to_string(), today, of_period());
        self.mistakes.extend(doubts.never.iter().map(|it| Fout::new(it.code, key, &it.what, &it.remedy)));
    }

    /// Something is wrong.
    pub fn wrong(&mut self, mistake: Fout) {
        self.mistakes.push(mistake);
    }

    /// Every mistake, also keys that were not asked for.
    pub fn finish(mut self) -> Result<(), Problem> {
        for key in std::mem::take(&mut self.values).into_keys() {
            self.wrong(Fout::new("onbekende-sleutel", key, "deze sleutel bestaat hier niet", "laat hem weg"));
        }
        if self.mistakes.is_empty() { Ok(()) } else { Err(Problem::invalid(self.mistakes)) }
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Keys {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        Self::of(parts)
    }
}

/// No query keys at all.
#[derive(Clone, Copy, Debug)]
pub struct NoKeys;

impl<S: Send + Sync> FromRequestParts<S> for NoKeys {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        Keys::of(parts)?.finish().map(|()| Self)
    }
}
