//! From where a request comes: the address of whoever asks, and whether a page of our own sent it. Behind a proxy both are what the proxy says.

use std::net::{IpAddr, Ipv4Addr};

use axum::extract::{Request, State};
use axum::http::{HeaderMap, Method, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::app::App;
use super::problem::Problem;

/// Where health is asked, also by the proxy itself and without TLS.
const HEALTH: [&str; 2] = ["/gezondheid", "/leeft"];

/// The address of whoever asks. It is never kept and never told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Near(pub IpAddr);

impl Near {
    /// Whoever sent this request; this machine itself when it did not come over a line.
    pub fn of(request: &axum::http::Extensions) -> Self {
        request.get::<Self>().copied().unwrap_or(Self(IpAddr::V4(Ipv4Addr::LOCALHOST)))
    }
}

/// The address that a proxy notes: the last one in its header, which the proxy itself wrote. What stands before it anybody may have sent.
fn noted(headers: &HeaderMap, name: &str) -> Option<IpAddr> {
    let last = headers.get_all(name).iter().next_back()?.to_str().ok()?.rsplit(',').next()?.trim().to_owned();
    last.parse().ok()
}

fn over_tls(headers: &HeaderMap) -> bool {
    let mut said = headers.get_all("x-forwarded-proto").iter();
    let one = said.next().and_then(|it| it.to_str().ok()).is_some_and(|it| it.trim().eq_ignore_ascii_case("https"));
    one && said.next().is_none()
}

/// Behind a proxy: only what came to it over TLS goes on, and whoever asks is who the proxy says. Without one nothing is changed.
pub async fn through(State(app): State<App>, mut request: Request, next: Next) -> Response {
    let Some(name) = &app.settings.behind else { return next.run(request).await };
    if !HEALTH.contains(&request.uri().path()) {
        let headers = request.headers();
        let Some(address) = noted(headers, name).filter(|_| over_tls(headers)) else {
            return Problem::not_through_the_proxy().into_response();
        };
        request.extensions_mut().insert(Near(address));
    }
    next.run(request).await
}

/// Whether a method changes something.
pub fn changes(method: &Method) -> bool {
    !matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS)
}

/// Whether a page of this service sent the request, as its browser says. A browser that says nothing of the two is none of today.
pub fn ours(headers: &HeaderMap, behind_a_proxy: bool) -> bool {
    let text = |name| headers.get(name).and_then(|it: &axum::http::HeaderValue| it.to_str().ok());
    let site = text(header::HeaderName::from_static("sec-fetch-site"));
    let origin = text(header::ORIGIN);
    let scheme = if behind_a_proxy { "https" } else { "http" };
    let own = text(header::HOST).map(|host| format!("{scheme}://{host}"));
    let same_site = site.is_none_or(|it| it == "same-origin");
    let same_origin = origin.is_none_or(|it| own.as_deref() == Some(it));
    (site.is_some() || origin.is_some()) && same_site && same_origin
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, &str)]) -> HeaderMap {
        pairs.iter().map(|(name, value)| (axum::http::HeaderName::from_static(name), value.parse().unwrap())).collect()
    }

    #[test]
    fn only_a_page_of_this_service_itself_is_ours() {
        for (pairs, right) in [
            (vec![("sec-fetch-site", "same-origin")], true),
            (vec![("origin", "http://loket.example")], true),
            (vec![("origin", "http://loket.example"), ("sec-fetch-site", "same-origin")], true),
            (vec![], false),
            (vec![("sec-fetch-site", "same-site")], false),
            (vec![("sec-fetch-site", "none")], false),
            (vec![("sec-fetch-site", "cross-site"), ("origin", "http://loket.example")], false),
            (vec![("origin", "http://ander.example"), ("sec-fetch-site", "same-origin")], false),
            (vec![("origin", "https://loket.example")], false),
            (vec![("origin", "null")], false),
        ] {
            let mut all = vec![("host", "loket.example")];
            all.extend(pairs.iter().map(|(name, value)| (*name, *value)));
            assert_eq!(ours(&headers(&all), false), right, "{pairs:?}");
        }
        let proxied = headers(&[("host", "loket.example"), ("origin", "https://loket.example")]);
        assert!(ours(&proxied, true) && !ours(&proxied, false));
    }

    #[test]
    fn of_what_a_proxy_passes_on_only_its_own_word_counts() {
        let sent = headers(&[("x-forwarded-for", "203.0.113.9, 198.51.100.7")]);
        assert_eq!(noted(&sent, "x-forwarded-for"), Some("198.51.100.7".parse().unwrap()));
        assert_eq!(noted(&sent, "x-real-ip"), None);
        assert_eq!(noted(&headers(&[("x-real-ip", "geen adres")]), "x-real-ip"), None);
        assert!(over_tls(&headers(&[("x-forwarded-proto", "https")])));
        assert!(!over_tls(&headers(&[("x-forwarded-proto", "http")])) && !over_tls(&headers(&[])));
        assert!(!over_tls(&headers(&[("x-forwarded-proto", "http, https")])));
    }
}
