//! Numbers as the publishers write them: decimals with a point or a comma, in whole units, so that nothing is rounded twice.

use serde::{Deserialize, Serialize};

/// A place on the globe, in whole units of 0.00001 degree (about a metre).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// North, 0.00001 degree.
    pub lat: i64,
    /// East, 0.00001 degree.
    pub lon: i64,
}

impl Place {
    /// Latitude and longitude in degrees, as files write them.
    pub fn degrees(self) -> (f64, f64) {
        (self.lat as f64 / 100_000.0, self.lon as f64 / 100_000.0)
    }
}

/// A decimal number, with a point or a comma, as a whole number of its `places`-th decimal; further decimals are cut off.
pub fn decimal(text: &str, places: u32) -> Option<i64> {
    let (negative, digits) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let (whole, part) = digits.split_once(['.', ',']).unwrap_or((digits, ""));
    let only_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || whole.len() > 9 || !only_digits(whole) || !only_digits(part) {
        return None;
    }
    let mut units: i64 = whole.parse().ok()?;
    let decimals = part.bytes().chain(std::iter::repeat(b'0')).take(places as usize);
    for digit in decimals {
        units = units * 10 + i64::from(digit - b'0');
    }
    Some(if negative { -units } else { units })
}

/// Degrees from −`most` to `most`, in units of 0.00001.
pub fn degrees(text: &str, most: i64) -> Option<i64> {
    decimal(text, 5).filter(|units| units.abs() <= most * 100_000)
}

/// A number of people, at most 100,000.
pub fn count(text: &str) -> Option<u32> {
    let digits = !text.is_empty() && text.len() <= 6 && text.bytes().all(|it| it.is_ascii_digit());
    text.parse().ok().filter(|&count| digits && count <= 100_000)
}

/// The four digits of a Dutch postcode: of 1017XL, 1017 XL or 1017.
pub fn pc4(postcode: &str) -> Option<&str> {
    let (digits, rest) = postcode.split_at_checked(4)?;
    let letters = rest.trim_start();
    let right = digits.bytes().all(|it| it.is_ascii_digit())
        && !digits.starts_with('0')
        && (letters.is_empty() || letters.len() == 2 && letters.bytes().all(|it| it.is_ascii_alphabetic()));
    right.then_some(digits)
}
