//! Where things are in the API, for texts that say what to do about something.

/// An id as a part of a path.
pub fn segment(id: &str) -> String {
    use std::fmt::Write;
    id.bytes().fold(String::new(), |mut text, byte| {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            text.push(char::from(byte));
        } else {
            let _ = write!(text, "%{byte:02X}");
        }
        text
    })
}

/// A path below `/v1` of these parts.
pub fn path(parts: &[&str]) -> String {
    parts.iter().fold(String::from("/v1"), |text, part| format!("{text}/{}", segment(part)))
}

/// The parts of a path below `/v1`, as [`path`] was given them; nothing of what it did not make.
pub fn parts(path: &str) -> Option<Vec<String>> {
    path.strip_prefix("/v1/")?.split('/').map(whole).collect()
}

/// A part of a path as it was.
fn whole(segment: &str) -> Option<String> {
    let mut bytes = Vec::new();
    let mut rest = segment.bytes();
    while let Some(byte) = rest.next() {
        if byte != b'%' {
            bytes.push(byte);
            continue;
        }
        let digit = |it: Option<u8>| char::from(it?).to_digit(16).and_then(|it| u8::try_from(it).ok());
        bytes.push(digit(rest.next())? * 16 + digit(rest.next())?);
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_holds_any_id_as_one_part() {
        assert_eq!(path(&["lichtingen", "a/b é", "verversing"]), "/v1/lichtingen/a%2Fb%20%C3%A9/verversing");
        assert_eq!(parts("/v1/lichtingen/a%2Fb%20%C3%A9/verversing").unwrap(), ["lichtingen", "a/b é", "verversing"]);
        assert_eq!((parts("/v1/a%2"), parts("/v1/%FF"), parts("/elders")), (None, None, None));
    }
}
