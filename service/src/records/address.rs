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

/// The parts of a path that [`path`] made.
pub fn parts(path: &str) -> Vec<String> {
    path.split('/').skip(2).map(whole).collect()
}

/// A part as it was before [`segment`] wrote it.
fn whole(part: &str) -> String {
    let (mut bytes, mut rest) = (Vec::new(), part.as_bytes());
    while let Some((first, more)) = rest.split_first() {
        let coded = more.get(..2).filter(|_| *first == b'%').and_then(|it| std::str::from_utf8(it).ok());
        match coded.and_then(|it| u8::from_str_radix(it, 16).ok()) {
            Some(byte) => {
                bytes.push(byte);
                rest = more.get(2..).unwrap_or_default();
            }
            None => {
                bytes.push(*first);
                rest = more;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_holds_any_id_as_one_part() {
        assert_eq!(path(&["lichtingen", "a/b é", "verversing"]), "/v1/lichtingen/a%2Fb%20%C3%A9/verversing");
        assert_eq!(parts("/v1/lichtingen/a%2Fb%20%C3%A9/verversing"), ["lichtingen", "a/b é", "verversing"]);
    }
}
