//! Numbers that a file says of itself and that a reader makes room by, found while it is unpacked piece by piece.

/// Where in an attribute the last byte was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum At {
    /// So many letters of the name were met.
    Name,
    /// Behind the name.
    Named,
    /// Behind the `=`.
    Equals,
    /// Between the quotes.
    Number,
}

/// The largest number under one name, wherever in the file it stands: what looks like an attribute in a comment counts as well.
#[derive(Debug)]
pub(super) struct Promised {
    name: &'static [u8],
    /// The last bytes, as many as the name has.
    window: Vec<u8>,
    at: At,
    number: u64,
    most: u64,
}

impl Promised {
    /// Nothing was met yet.
    pub(super) fn of(name: &'static str) -> Self {
        Self { name: name.as_bytes(), window: vec![0; name.len()], at: At::Name, number: 0, most: 0 }
    }

    /// The next piece of the file.
    pub(super) fn feed(&mut self, piece: &[u8]) {
        // In UTF-16 every second byte is 0.
        for &byte in piece.iter().filter(|it| **it != 0) {
            self.window.rotate_left(1);
            if let Some(last) = self.window.last_mut() {
                *last = byte;
            }
            self.at = match (self.at, byte) {
                _ if self.window == self.name => At::Named,
                (At::Named | At::Equals, byte) if byte.is_ascii_whitespace() => self.at,
                (At::Named, b'=') => At::Equals,
                (At::Equals, b'"' | b'\'') => {
                    self.number = 0;
                    At::Number
                }
                (At::Number, b'0'..=b'9') => {
                    self.number = self.number.saturating_mul(10).saturating_add(u64::from(byte - b'0'));
                    self.most = self.most.max(self.number);
                    At::Number
                }
                (At::Number, byte) if byte == b'+' || byte.is_ascii_whitespace() => At::Number,
                _ => At::Name,
            };
        }
    }

    /// The largest number that was met.
    pub(super) fn most(&self) -> u64 {
        self.most
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn most(text: &str, piece: usize) -> u64 {
        let mut promised = Promised::of("uniqueCount");
        text.as_bytes().chunks(piece).for_each(|it| promised.feed(it));
        promised.most()
    }

    #[test]
    fn a_number_is_found_wherever_a_piece_ends_and_however_it_is_written() {
        for piece in [1, 2, 7, 1_000] {
            assert_eq!(most("<sst count=\"9\" uniqueCount=\"12\"><si/>", piece), 12);
            assert_eq!(most("<x:sst uniqueCount \n = '0012' >", piece), 12);
            assert_eq!(most("uniquniqueCount=\"3\" uniqueCount=\"2\"", piece), 3, "the largest, also where a name begins twice");
            assert_eq!(most("<sst uniqueCount=\"99999999999999999999999999\">", piece), u64::MAX);
            assert_eq!(most("<sst uniqueCount=\"\" count=\"7\"><t>uniqueCount 8</t>", piece), 0);
        }
        let wide: Vec<u8> = "<sst uniqueCount=\"41\"".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let mut promised = Promised::of("uniqueCount");
        promised.feed(&wide);
        assert_eq!(promised.most(), 41);
    }
}
