//! A bar as templates draw it: parts of a whole, each with where it begins and how wide it is.

/// A part of a bar, in percents of the whole.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Part {
    /// Where it begins.
    pub from: f64,
    /// How wide it is.
    pub share: f64,
    /// What it is, as a class: "", "good", "bad", "warn", "grey", "try".
    pub kind: &'static str,
    /// Whether it is striped: asked for, and not yet so.
    pub striped: bool,
}

/// A bar. The words beside it say the same.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Bar {
    /// Its parts, one after the other.
    pub parts: Vec<Part>,
}

impl Bar {
    /// So many of a whole.
    pub fn of(count: i64, whole: i64) -> Self {
        Self::default().and(count, whole, "")
    }

    /// The same with another part behind it, of this kind.
    pub fn and(self, count: i64, whole: i64, kind: &'static str) -> Self {
        self.with(count, whole, kind, false)
    }

    /// The same with a striped part behind it.
    pub fn striped(self, count: i64, whole: i64) -> Self {
        self.with(count, whole, "", true)
    }

    fn with(mut self, count: i64, whole: i64, kind: &'static str, striped: bool) -> Self {
        let from = self.parts.last().map_or(0.0, |it| it.from + it.share);
        let share = if whole > 0 { percents(count, whole).min(100.0 - from) } else { 0.0 };
        if share > 0.0 {
            self.parts.push(Part { from, share, kind, striped });
        }
        self
    }
}

/// In tenths of a percent: nobody sees more.
#[expect(clippy::cast_precision_loss, reason = "counts are small")]
fn percents(count: i64, whole: i64) -> f64 {
    (count.max(0) as f64 / whole as f64 * 1_000.0).round() / 10.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_follow_each_other_and_stay_within_the_whole() {
        let bar = Bar::of(26, 150).and(4, 150, "good").striped(300, 150);
        let shares: Vec<(f64, f64)> = bar.parts.iter().map(|it| (it.from, it.share)).collect();
        assert_eq!(shares[..2], [(0.0, 17.3), (17.3, 2.7)]);
        assert!((shares[2].0 + shares[2].1 - 100.0).abs() < 1e-9 && bar.parts[2].striped, "{shares:?}");
    }

    #[test]
    fn nothing_of_nothing_is_an_empty_bar() {
        assert_eq!(Bar::of(3, 0), Bar::default());
        assert_eq!(Bar::of(0, 3), Bar::default());
    }
}
