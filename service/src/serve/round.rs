//! A round past the provider as the browser keeps it meanwhile: its secret, the role that was chosen, and whether a page began it.

use axum::http::{HeaderMap, HeaderValue};
use loket_solver::matching::facts::words::Word;

use super::cookie;
use crate::access::Role;

/// What stands at the end of the cookie of a round that a page began.
const PAGE: &str = "pagina";

/// A round as a browser keeps it. What was chosen comes back with the browser, not with the provider.
#[derive(Clone, Copy)]
pub struct Round<'a> {
    /// Its secret.
    pub secret: &'a str,
    /// The role that was chosen.
    pub role: Option<Role>,
    /// Whether a page began it: then a page answers.
    pub page: bool,
}

impl std::fmt::Debug for Round<'_> {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("Round").field("role", &self.role).field("page", &self.page).finish_non_exhaustive()
    }
}

impl<'a> Round<'a> {
    /// The round of a cookie that this browser brought.
    pub fn of(headers: &'a HeaderMap) -> Option<Self> {
        let (secret, rest) = cookie::of(headers, cookie::ROUND)?.split_once('.')?;
        let (role, end) = rest.split_once('.').unwrap_or((rest, ""));
        Some(Self { secret, role: Role::parse(role), page: end == PAGE })
    }

    /// The cookie with which a browser keeps it.
    pub fn kept(&self) -> HeaderValue {
        let role = self.role.map_or("", Word::code);
        let end = if self.page { PAGE } else { "" };
        cookie::set(cookie::ROUND, &format!("{}.{role}.{end}", self.secret))
    }

    /// Takes the cookie away: the round is over.
    pub fn over() -> HeaderValue {
        cookie::gone(cookie::ROUND)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::header;

    #[test]
    fn a_round_comes_back_as_it_was_kept() {
        for role in [None, Some(Role::Lezer)] {
            for page in [false, true] {
                let kept = Round { secret: "geheim", role, page }.kept();
                let pair = kept.to_str().unwrap().split(';').next().unwrap().to_owned();
                let headers = HeaderMap::from_iter([(header::COOKIE, HeaderValue::try_from(pair).unwrap())]);
                let round = Round::of(&headers).unwrap();
                assert_eq!((round.secret, round.role, round.page), ("geheim", role, page));
            }
        }
        let other = HeaderMap::from_iter([(header::COOKIE, HeaderValue::from_static("__Host-loket-ronde=geheim"))]);
        assert!(Round::of(&other).is_none());
    }
}
