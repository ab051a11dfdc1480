//! Reads bodies, query keys and path ids, each refusal a problem with its place.

use std::collections::BTreeMap;

use axum::body::Bytes;
use axum::extract::{FromRequest, FromRequestParts, Path, Request};
use axum::http::header;
use axum::http::request::Parts;
use jiff::civil::Date;
use serde::de::DeserializeOwned;

use super::app::App;
use super::problem::{Fout, Problem};
use crate::desk::days::{Doubts, of_period};

/// The bytes of a JSON body, of bounded size.
#[derive(Clone, Debug)]
pub struct Raw(pub Bytes);

impl FromRequest<App> for Raw {
    type Rejection = Problem;

    async fn from_request(request: Request, app: &App) -> Result<Self, Problem> {
        let kind = request.headers().get(header::CONTENT_TYPE).and_then(|it| it.to_str().ok()).unwrap_or_default();
        let kind = kind.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
        if kind != "application/json" {
            return Err(Problem::media_type());
        }
        bytes(request, app.settings.largest_body).await.map(Self)
    }
}

/// The bytes of a body of at most `most` bytes.
pub async fn bytes(request: Request, most: usize) -> Result<Bytes, Problem> {
    let said = request.headers().get(header::CONTENT_LENGTH).and_then(|it| it.to_str().ok()).and_then(|it| it.parse::<usize>().ok());
    if said.is_some_and(|said| said > most) {
        return Err(Problem::too_large(most));
    }
    match axum::body::to_bytes(request.into_body(), most).await {
        Ok(bytes) => Ok(bytes),
        // Either it went on past the limit, or the sender went away and nobody reads this.
        Err(_) => Err(Problem::too_large(most)),
    }
}

/// The bytes of a JSON body that may be absent.
#[derive(Clone, Debug)]
pub struct MaybeRaw(pub Option<Bytes>);

impl FromRequest<App> for MaybeRaw {
    type Rejection = Problem;

    async fn from_request(request: Request, app: &App) -> Result<Self, Problem> {
        let typed = request.headers().contains_key(header::CONTENT_TYPE);
        if typed {
            let Raw(bytes) = Raw::from_request(request, app).await?;
            return Ok(Self(Some(bytes).filter(|it| !it.is_empty())));
        }
        let bytes = bytes(request, app.settings.largest_body).await?;
        if bytes.is_empty() { Ok(Self(None)) } else { Err(Problem::media_type()) }
    }
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
