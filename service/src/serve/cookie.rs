//! The cookies of a browser: of a session, and of a round past the provider. `__Host-` holds them to this origin and to HTTPS.

use axum::http::{HeaderMap, HeaderValue, header};

/// The cookie of a session.
pub const SESSION: &str = "__Host-loket";
/// The cookie of a round past the provider.
pub const ROUND: &str = "__Host-loket-ronde";

/// Sets a cookie for as long as the browser is open.
pub fn set(name: &str, value: &str) -> HeaderValue {
    let text = format!("{name}={value}; Path=/; Secure; HttpOnly; SameSite=Lax");
    HeaderValue::try_from(text).unwrap_or_else(|_| HeaderValue::from_static(""))
}

/// Takes a cookie away.
pub fn gone(name: &str) -> HeaderValue {
    let text = format!("{name}=; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=0");
    HeaderValue::try_from(text).unwrap_or_else(|_| HeaderValue::from_static(""))
}

/// The value of a cookie; nothing when it is there twice: then somebody else put one beside ours.
pub fn of<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let all = headers.get_all(header::COOKIE).iter().filter_map(|it| it.to_str().ok()).flat_map(|it| it.split(';'));
    let mut found = all.filter_map(|it| it.trim().split_once('=')).filter(|(it, _)| *it == name).map(|(_, value)| value);
    let value = found.next().filter(|it| !it.is_empty());
    value.filter(|_| found.next().is_none())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cookie_is_found_by_its_whole_name_and_two_of_a_name_are_none() {
        let with = |text: &str| HeaderMap::from_iter([(header::COOKIE, HeaderValue::try_from(text).unwrap())]);
        assert_eq!(of(&with("a=1; __Host-loket=geheim; b=2"), SESSION), Some("geheim"));
        for text in ["loket=geheim", "__Host-loket-ronde=geheim", "__Host-loket=", "__Host-loket=a; __Host-loket=b", ""] {
            assert_eq!(of(&with(text), SESSION), None, "{text}");
        }
    }
}
