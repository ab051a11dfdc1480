//! Goals in order: each is maximised among the plans that keep what the goals before it reached.

/// What later goals must keep of a best value, when so many percent of it may be given up: V − floor(|V| · tolerance / 100).
pub fn floor(best: i64, tolerance_percent: u32) -> i64 {
    let slack = i128::from(best.unsigned_abs()) * i128::from(tolerance_percent) / 100;
    best - i64::try_from(slack).expect("a tolerance is at most 100 %")
}
