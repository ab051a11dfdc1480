//! Pages of lists: `?pagina=` and `?paginaGrootte=`, with `Link` to the first, previous, next and last page.

use axum::extract::{FromRequestParts, OriginalUri};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName, HeaderValue, header};
use serde::Serialize;

use super::body::Keys;
use super::problem::{Fout, Problem};
use crate::records::address::segment;

/// Which page is asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// From 1.
    pub number: i64,
    /// Rows on a page, 1–200.
    pub size: i64,
    path: String,
    more: String,
}

impl Page {
    /// The page that is asked among other keys; the caller finishes those.
    pub fn among(keys: &mut Keys, path: String) -> Self {
        let (number, size) = (keys.number("pagina", 1, 1_000_000), keys.number("paginaGrootte", 1, 200));
        Self { number: number.unwrap_or(1), size: size.unwrap_or(50), path, more: String::new() }
    }

    /// Another key that the other pages have as well. Its value needs no escaping.
    pub fn with(mut self, key: &str, value: &str) -> Self {
        self.more.push_str(&format!("{key}={value}&"));
        self
    }

    /// The same for a key that may be absent, with whatever value.
    pub fn maybe(self, key: &str, value: Option<&str>) -> Self {
        match value {
            Some(value) => self.with(key, &segment(value)),
            None => self,
        }
    }

    /// How many rows come before it.
    pub fn skip(&self) -> i64 {
        (self.number - 1).saturating_mul(self.size)
    }

    /// The headers of this page of a list of `all` rows.
    pub fn links(&self, all: i64) -> HeaderMap {
        let last = ((all + self.size - 1) / self.size).max(1);
        let at =
            |number: i64, what: &str| format!("<{}?{}pagina={number}&paginaGrootte={}>; rel=\"{what}\"", self.path, self.more, self.size);
        let mut links = vec![at(1, "first")];
        if self.number > 1 {
            links.push(at((self.number - 1).min(last), "prev"));
        }
        if self.number < last {
            links.push(at(self.number + 1, "next"));
        }
        links.push(at(last, "last"));
        let mut headers = HeaderMap::new();
        if let Ok(value) = HeaderValue::try_from(links.join(", ")) {
            headers.insert(header::LINK, value);
        }
        headers.insert(HeaderName::from_static("x-total-count"), HeaderValue::from(all));
        headers
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Page {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let path = OriginalUri::from_request_parts(parts, state).await.map_or_else(|_| String::new(), |uri| uri.path().to_owned());
        let mut keys = Keys::of(parts)?;
        let page = Self::among(&mut keys, path);
        keys.finish()?;
        Ok(page)
    }
}

/// Een bladzijde van een lijst
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct Pagina<T> {
    /// De rijen
    pub resultaten: Vec<T>,
    /// Hoeveel er in alle bladzijden samen zijn
    pub totaal: i64,
}

impl Keys {
    /// A whole number within bounds, or nothing.
    pub fn number(&mut self, key: &'static str, least: i64, most: i64) -> Option<i64> {
        let text = self.text(key)?;
        let number = text.parse().ok().filter(|it| (least..=most).contains(it));
        if number.is_none() {
            let what = format!("{key} is geen heel getal van {least} tot en met {most}");
            self.wrong(Fout::new("grens", key, what, "vul een heel getal in"));
        }
        number
    }
}
