//! The life of one placement, from proposed to ended: it follows from what is kept and the day, and is worked out here alone.

use jiff::civil::Date;
use loket_solver::matching::facts::words::words;

use super::asking::Stance;
use super::room::Period;

words! {
    /// Where a placement is in its life.
    pub enum Stage {
        /// In the plan that lies there.
        Voorgesteld = "voorgesteld",
        /// The intermediary agrees.
        Akkoord = "akkoord",
        /// The questions are out.
        Gevraagd = "gevraagd",
        /// Three times yes.
        Afgesproken = "afgesproken",
        /// Published.
        Vastgesteld = "vastgesteld",
        /// Its first day has come.
        Begonnen = "begonnen",
        /// Its last day is over.
        Geeindigd = "geeindigd",
    }
}

/// Where a placement that is not published is: whether the intermediary agreed with it as it stands, and the three answers about it.
pub fn proposed(agreed: bool, stances: [Stance; 3]) -> Stage {
    if !agreed {
        return Stage::Voorgesteld;
    }
    if stances.iter().all(|it| *it == Stance::Yes) {
        return Stage::Afgesproken;
    }
    if stances.iter().any(|it| *it != Stance::NotAsked) { Stage::Gevraagd } else { Stage::Akkoord }
}

/// Where a published placement is on a day. One that was withdrawn before it began has ended.
pub fn published(period: Period, withdrawn: bool, today: Date) -> Stage {
    if withdrawn || period.until < today {
        return Stage::Geeindigd;
    }
    if period.from <= today { Stage::Begonnen } else { Stage::Vastgesteld }
}

#[cfg(test)]
mod tests {
    use loket_solver::matching::facts::words::Word;

    use super::*;

    #[test]
    fn a_placement_goes_through_its_life_by_what_was_said_and_by_the_day() {
        use Stance::{Asked, Late, No, NotAsked, Yes};
        let of = |agreed, stances| proposed(agreed, stances).code();
        assert_eq!(of(false, [Yes, Yes, Yes]), "voorgesteld", "the intermediary looks first");
        assert_eq!(of(true, [NotAsked; 3]), "akkoord");
        for one in [Asked, Late, No, Yes] {
            assert_eq!(of(true, [NotAsked, one, NotAsked]), "gevraagd");
        }
        assert_eq!(of(true, [Yes, Yes, NotAsked]), "gevraagd");
        assert_eq!(of(true, [Yes; 3]), "afgesproken");
        let period = Period::read(Some("2026-08-01"), Some("2027-07-31")).unwrap();
        let on = |day: &str| published(period, false, day.parse().unwrap()).code();
        assert_eq!(["2026-07-31", "2026-08-01", "2027-07-31", "2027-08-01"].map(on), ["vastgesteld", "begonnen", "begonnen", "geeindigd"]);
        assert_eq!(published(period, true, "2026-07-01".parse().unwrap()).code(), "geeindigd");
    }
}
