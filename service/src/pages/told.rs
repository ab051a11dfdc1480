//! What several pages say of goals, differences and moments: each from a list that is closed, in the language of the page.

use loket_instances::words::reasons::in_the_way;
use loket_solver::matching::facts::codes::{RuleCode, TermCode};

use super::days;
use super::messages::Messages;
use crate::desk::goals::{Aim, Gap, Goal};
use crate::present::dutch::number;
use crate::present::rerun::people::{Cause, GoalPair, Limit};

/// What a goal is after, as a headline. One that is about several things keeps its own name.
pub fn goal(m: Messages, name: &str, aim: Aim, weights: &[(TermCode, i64)]) -> String {
    let t = m.told;
    match aim {
        Aim::Placed => t.placed(),
        Aim::Waiting => t.waiting(),
        Aim::Bond => t.bond(),
        Aim::Need if only(weights, TermCode::Doelgroep) => t.target(),
        Aim::Need => t.need(),
        Aim::Fit => t.fit(),
        Aim::Spread => t.spread(),
        Aim::Agreements => t.agreements(),
        Aim::Stability => t.stability(),
        Aim::Cost => t.cost(),
        Aim::Other => return capital(name),
    }
    .to_owned()
}

/// The same in a word.
pub fn short_goal(m: Messages, name: &str, aim: Aim) -> String {
    let t = m.told;
    match aim {
        Aim::Placed => t.short_placed(),
        Aim::Waiting => t.short_waiting(),
        Aim::Bond => t.short_bond(),
        Aim::Need => t.short_target(),
        Aim::Fit => t.short_fit(),
        Aim::Spread => t.short_spread(),
        Aim::Agreements => t.short_agreements(),
        Aim::Stability => t.short_stability(),
        Aim::Cost => t.short_cost(),
        Aim::Other => return capital(name),
    }
    .to_owned()
}

fn only(weights: &[(TermCode, i64)], term: TermCode) -> bool {
    weights.iter().all(|(it, weight)| *it == term || *weight == 0)
}

/// The same with a capital in front.
pub fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

fn term(m: Messages, term: TermCode) -> &'static str {
    let t = m.told;
    match term {
        TermCode::Geplaatst => t.term_placed(),
        TermCode::Wachttijd => t.term_waiting(),
        TermCode::Doelgroep => t.term_target(),
        TermCode::Tekort => t.term_shortage(),
        TermCode::Bouw => t.term_bouw(),
        TermCode::Reistijd => t.term_travel(),
        TermCode::Coachreis => t.term_coach_travel(),
        TermCode::Concept => t.term_concept(),
        TermCode::Coachwens => t.term_coach_wish(),
        TermCode::Continuiteit => t.term_continuity(),
        TermCode::ZelfdeSchool => t.term_same_school(),
        TermCode::Intern => t.term_internal(),
        TermCode::Kosten => t.term_cost(),
        TermCode::Ongewijzigd => t.term_unchanged(),
        TermCode::OngewijzigdSchool => t.term_unchanged_school(),
        TermCode::OngewijzigdCoach => t.term_unchanged_coach(),
        TermCode::AfspraakSchool => t.term_agreed_school(),
        TermCode::AfspraakCoach => t.term_agreed_coach(),
        TermCode::Bewaren => t.term_saving(),
        TermCode::Belasting => t.term_load(),
    }
}

/// "a, b en c".
pub fn list(m: Messages, items: &[String]) -> String {
    match items {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => m.told.and(first.join(", "), last),
    }
}

/// What a goal counts.
pub fn counts(m: Messages, goal: &Goal) -> String {
    let t = m.told;
    let [(one, 1)] = goal.weights[..] else {
        let terms = goal.weights.iter().filter(|(_, weight)| *weight != 0);
        let all: Vec<String> = terms
            .map(|&(code, weight)| if weight == 1 { term(m, code).to_owned() } else { t.times(number(weight), term(m, code)) })
            .collect();
        return list(m, &all);
    };
    match one {
        TermCode::Geplaatst => t.counts_placed(),
        TermCode::Wachttijd => t.counts_waiting(),
        TermCode::Doelgroep => t.counts_target(),
        TermCode::Belasting => t.counts_spread(),
        other => term(m, other),
    }
    .to_owned()
}

/// "0,2" of two thousandths.
pub fn percents(thousandths: i64) -> String {
    format!("{},{}", number(thousandths / 10), (thousandths % 10).abs())
}

/// A gap in percents of the value, else in what the goal counts; of people always as their number.
pub fn gap(m: Messages, aim: Aim, gap: Gap) -> String {
    gap.thousandths.filter(|_| aim != Aim::Placed).map_or_else(|| number(gap.points), |it| m.told.percent(percents(it)))
}

/// How much a number went up or down, in words.
pub fn change(m: Messages, was: i64, now: i64) -> String {
    let by = now.saturating_sub(was);
    match by {
        0 => m.told.equal().to_owned(),
        ..0 => m.told.less(number(by.saturating_abs())),
        _ => m.told.more(number(by)),
    }
}

/// A goal before and after, as a row of a table.
#[derive(Clone, Debug)]
pub struct GoalRow {
    /// In a word.
    pub name: String,
    /// Before.
    pub was: String,
    /// After.
    pub now: String,
    /// How much that differs, in words.
    pub change: String,
    /// A class: nothing for what is the same.
    pub kind: &'static str,
}

/// A goal before and after, as a row of a table.
pub fn goal_row(m: Messages, pair: &GoalPair) -> GoalRow {
    let kind = match pair.now.cmp(&pair.was) {
        std::cmp::Ordering::Less => "warn",
        std::cmp::Ordering::Equal => "quiet",
        std::cmp::Ordering::Greater => "good",
    };
    let (name, change) = (short_goal(m, &pair.name, pair.aim), change(m, pair.was, pair.now));
    GoalRow { name, was: number(pair.was), now: number(pair.now), change, kind }
}

/// What is full, as part of a sentence.
pub fn full(m: Messages, limit: &Limit) -> String {
    let (t, who) = (m.told, &limit.whose);
    match limit.rule {
        RuleCode::Plekken => t.rule_seats_of(who),
        RuleCode::SchoolMaximum => t.rule_school_full(who),
        RuleCode::Starters => t.rule_starters(who),
        RuleCode::BestuurMaximum => t.rule_board_full(who),
        RuleCode::CoachAantal => t.rule_coach_full(who),
        RuleCode::CoachUren | RuleCode::CoachVervolg => t.rule_coach_hours(who),
        other => in_the_way(other),
    }
}

/// Why something changes, in a short sentence.
pub fn cause(m: Messages, cause: &Cause) -> String {
    let d = m.dropouts;
    let rules = |rules: &[RuleCode]| list(m, &rules.iter().map(|&it| in_the_way(it)).collect::<Vec<_>>());
    match cause {
        Cause::CoachGone(coach) => d.cause_coach_gone(coach),
        Cause::SchoolGone(school) => d.cause_school_gone(school),
        Cause::SeatGone(school) => d.cause_seat_gone(school),
        Cause::CoachForbidden(coach, why) => d.cause_coach_forbidden(coach, rules(why)),
        Cause::SeatForbidden(school, why) => d.cause_seat_forbidden(school, rules(why)),
        Cause::Full { limits, newcomers, more, options: _ } => {
            let what = capital(&list(m, &limits.iter().map(|it| full(m, it)).collect::<Vec<_>>()));
            let mut who = newcomers.clone();
            if *more > 0 {
                who.push(d.others(*more));
            }
            if who.is_empty() { d.cause_less(what) } else { d.cause_full(what, list(m, &who), who.len().max(1 + more)) }
        }
        Cause::Locked => d.cause_locked().to_owned(),
        Cause::Better { goal, aim, by } => d.cause_better(short_goal(m, goal, *aim), number(*by)),
        Cause::Equal => d.cause_equal().to_owned(),
    }
}

/// "vandaag, 09.14"; of another day "24 november, 16.02". Of UTC milliseconds.
pub fn moment(m: Messages, at: i64, now: i64) -> String {
    let (Some(it), Some(now)) = (days::date_of(at), days::date_of(now)) else { return String::new() };
    if it == now { m.told.today_at(days::hour(at)) } else { m.told.moment_at(day_of(m, it), days::hour(at)) }
}

/// "24 november", of UTC milliseconds.
pub fn day_at(m: Messages, at: i64) -> String {
    days::date_of(at).map_or_else(String::new, |it| day_of(m, it))
}

/// "1 december", of a day as it is kept.
pub fn day(m: Messages, kept: &str) -> String {
    days::within(m, kept)
}

fn day_of(m: Messages, date: jiff::civil::Date) -> String {
    format!("{} {}", date.day(), days::month(m, date))
}

/// How long work took (milliseconds), in words.
pub fn long(m: Messages, milliseconds: i64) -> String {
    let seconds = (milliseconds.max(0) + 500) / 1_000;
    if seconds == 0 {
        return m.runs.no_time().to_owned();
    }
    if seconds < 90 { m.runs.seconds(seconds) } else { m.runs.minutes(seconds / 60, seconds % 60) }
}

#[cfg(test)]
mod tests {
    use super::super::messages::Language;
    use super::*;

    #[test]
    fn differences_and_moments_are_said_in_words() {
        let m = Messages::of(Language::Nl);
        assert_eq!([change(m, 5_600, 5_300), change(m, 1, 1), change(m, -9, 1_000)], ["300 minder", "gelijk", "1.009 meer"]);
        assert_eq!((percents(2), percents(21), percents(1_005)), ("0,2".into(), "2,1".into(), "100,5".into()));
        let (at, day_later) = (1_795_532_520_000, 1_795_632_520_000);
        assert_eq!((moment(m, at, at), moment(m, at, day_later)), ("vandaag, 16.02".into(), "24 november, 16.02".into()));
        assert_eq!((day(m, "2026-12-01"), day(m, "ooit")), ("1 december".into(), "ooit".into()));
    }

    #[test]
    fn a_goal_says_what_it_is_after_and_what_it_counts() {
        let m = Messages::of(Language::Nl);
        let of = |weights: Vec<(TermCode, i64)>| Goal {
            name: "eigen doel".into(),
            aim: Aim::of(&weights),
            weights,
            tolerance: 0,
            value: None,
            best: None,
            bound: None,
            proof: crate::desk::goals::Proof::Unknown,
        };
        let bond = of(vec![(TermCode::Continuiteit, 3), (TermCode::ZelfdeSchool, 2)]);
        assert_eq!(counts(m, &bond), "3 keer de coach van nu en 2 keer de school van nu");
        assert_eq!(counts(m, &of(vec![(TermCode::Geplaatst, 1)])), "elke geplaatste kandidaat telt voor 1");
        let mixed = of(vec![(TermCode::Kosten, 1), (TermCode::Bouw, 1)]);
        assert_eq!((goal(m, &mixed.name, mixed.aim, &mixed.weights), counts(m, &mixed)), ("Eigen doel".into(), "kosten en bouw".into()));
    }
}
