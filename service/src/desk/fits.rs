//! Whether the placements of a plan still fit the register: seats and coaches less what published placements of other waves hold.

use std::collections::{BTreeMap, BTreeSet};

use loket_solver::matching::facts::codes::RuleCode;
use serde::Deserialize;
use serde_json::{Value, json};

use super::decision::Spot;
use super::hours::{Calendar, share};
use super::room::{Period, most_at_once, room};
use crate::records::address::path;
use crate::records::placement::Placed;
use crate::records::seats::Seats;

/// A coach of the register.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Coach {
    /// When the coach is there.
    pub period: Period,
    /// Most candidates at once.
    pub most: i64,
    /// Hours in a school year.
    pub hours: i64,
}

/// What the register says that matters to a plan.
#[derive(Clone, Debug, Default)]
pub struct Known {
    /// Schools.
    pub schools: BTreeSet<String>,
    /// Their seats, each with its period.
    pub seats: Vec<(Seats, Period)>,
    /// Coaches.
    pub coaches: BTreeMap<String, Coach>,
    /// Published placements of other waves.
    pub placed: Vec<Placed>,
    /// When school years begin.
    pub calendar: Calendar,
}

/// One placement of a plan that is to be published.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Wanted {
    /// Who.
    #[serde(rename = "kandidaat")]
    pub candidate: String,
    /// Where.
    pub school: String,
    /// On which seats.
    #[serde(rename = "plek")]
    pub seat: String,
    /// Their bouw.
    pub bouw: String,
    /// With whom.
    pub coach: String,
    /// Coaching hours.
    #[serde(rename = "uren")]
    pub hours: i64,
}

impl Wanted {
    /// Where and with whom.
    pub fn spot(&self) -> Spot {
        Spot { school: self.school.clone(), seat: self.seat.clone(), coach: self.coach.clone() }
    }
}

/// Something that does not fit.
#[derive(Clone, Debug, PartialEq)]
pub struct Clash {
    /// The code of the rule that a plan of all waves together would break, or `coach-periode`.
    pub code: &'static str,
    /// Where in the register.
    pub place: String,
    /// What does not fit.
    pub what: String,
    /// What to do about it.
    pub remedy: String,
    /// The same for machines.
    pub data: Value,
}

impl Clash {
    /// A clash that says nothing more for machines.
    pub fn new(code: &'static str, place: impl Into<String>, what: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self { code, place: place.into(), what: what.into(), remedy: remedy.into(), data: Value::Null }
    }
}

/// What was found.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Found {
    /// Everything that does not fit.
    pub clashes: Vec<Clash>,
    /// What could not be checked, or is worth knowing.
    pub notes: Vec<String>,
}

/// How many seats of a group can still be used by placements that begin with this period.
pub fn seats_left(known: &Known, school: &str, seat: &str, period: Period, held_months: u32) -> i64 {
    let offers: Vec<(Period, i64)> =
        known.seats.iter().filter(|(it, _)| it.open && it.school == school && it.id == seat).map(|(it, when)| (*when, it.count)).collect();
    let holds: Vec<Period> =
        known.placed.iter().filter(|it| it.school == school && it.seat == seat).filter_map(|it| it.hold(held_months)).collect();
    room(&offers, &holds, period.held(held_months))
}

/// How many candidates a coach has at once in a period.
pub fn coached(placed: &[Placed], coach: &str, period: Period) -> i64 {
    let holds: Vec<Period> = placed.iter().filter(|it| it.coach == coach).map(|it| it.period).collect();
    most_at_once(&holds, period)
}

/// Of one wave, by candidate: the hours, and the months of the school year with this coach.
type Booked<'a> = BTreeMap<&'a str, (i64, BTreeSet<i64>)>;

/// Hours that published placements book with a coach in a school year: those of a wave are spread over the months of its period, and each
/// candidate counts for the months with this coach, a month with a change in it once.
pub fn hours_booked(placed: &[Placed], coach: &str, (calendar, year): (&Calendar, i64)) -> i64 {
    let mut waves: BTreeMap<&str, (Period, Booked<'_>)> = BTreeMap::new();
    for it in placed.iter().filter(|it| it.coach == coach) {
        let Some((first, last)) = calendar.months(it.period, it.whole, year) else { continue };
        let (_, people) = waves.entry(&it.wave).or_insert_with(|| (it.whole, BTreeMap::new()));
        let (hours, months) = people.entry(&it.candidate).or_default();
        *hours = it.hours.max(*hours);
        months.extend(first..=last);
    }
    let one = |(whole, people): (Period, Booked<'_>)| {
        let months = people.into_values().map(|(hours, months)| hours * i64::try_from(months.len()).unwrap_or(i64::MAX));
        share(months.sum(), whole)
    };
    waves.into_values().map(one).sum()
}

fn waves<'a>(placed: impl Iterator<Item = &'a Placed>) -> Vec<&'a str> {
    placed.map(|it| it.wave.as_str()).collect::<BTreeSet<_>>().into_iter().collect()
}

fn held_by(waves: &[&str]) -> String {
    if waves.is_empty() { String::new() } else { format!("; in gebruik door lichting {}", waves.join(", ")) }
}

/// What helps when a plan no longer fits: the wave is filled again from the register, solved, and that plan is published.
fn again(wave: &str) -> String {
    let (fill, solve) = (path(&["lichtingen", wave, "verversing"]), path(&["lichtingen", wave, "berekeningen"]));
    format!("ververs de lichting uit het register (POST {fill} met If-Match), reken opnieuw (POST {solve}) en stel dat voorstel vast")
}

/// Checks a plan of a wave that is to be published for a period.
pub fn fits(wave: &str, plan: &[Wanted], period: Period, known: &Known, held_months: u32) -> Found {
    let again = again(wave);
    let mut found = Found::default();
    let mut seats: BTreeMap<(&str, &str), i64> = BTreeMap::new();
    let mut coaches: BTreeMap<&str, (i64, i64)> = BTreeMap::new();
    for it in plan {
        *seats.entry((&it.school, &it.seat)).or_default() += 1;
        let with = coaches.entry(&it.coach).or_default();
        *with = (with.0 + 1, with.1 + it.hours);
    }
    for ((school, seat), count) in seats {
        if !known.schools.contains(school) {
            found.notes.push(format!("School {school} staat niet in het register; haar plekken zijn niet nagekeken."));
            continue;
        }
        let left = seats_left(known, school, seat, period, held_months).max(0);
        if count > left {
            let window = period.held(held_months);
            let here = known.placed.iter().filter(|it| it.school == school && it.seat == seat);
            let others = waves(here.filter(|it| it.hold(held_months).is_some_and(|hold| hold.meets(window))));
            found.clashes.push(Clash {
                code: RuleCode::Plekken.code(),
                place: format!("/scholen/{school}/plekken/{seat}"),
                what: format!(
                    "plek {seat} van school {school}: {count} nodig, {left} vrij, dus {} te veel{}",
                    count - left,
                    held_by(&others)
                ),
                remedy: format!("{again}; of laat het bestuur de capaciteit aanpassen"),
                data: json!({
                    "soort": RuleCode::Plekken.code(), "school": school, "plek": seat, "nodig": count, "vrij": left, "te_veel": count - left,
                    "lichtingen": others,
                }),
            });
        }
    }
    found.notes.dedup();
    for (coach, (count, hours)) in coaches {
        match known.coaches.get(coach) {
            None => found.notes.push(format!("Coach {coach} staat niet in het register; aantal en uren zijn niet nagekeken.")),
            Some(row) => with_coach(coach, row, (count, hours), period, known, &again, &mut found),
        }
    }
    for it in plan {
        let also = waves(known.placed.iter().filter(|other| other.candidate == it.candidate && other.period.meets(period)));
        if !also.is_empty() {
            found.notes.push(format!("Kandidaat {} is in deze tijd ook geplaatst in lichting {}.", it.candidate, also.join(", ")));
        }
    }
    found
}

fn with_coach(coach: &str, row: &Coach, wanted: (i64, i64), period: Period, known: &Known, again: &str, found: &mut Found) {
    let (count, hours) = wanted;
    let place = |key: &str| format!("/coaches/{coach}/{key}");
    let theirs = || known.placed.iter().filter(|it| it.coach == coach);
    if !row.period.covers(period) {
        found.clashes.push(Clash {
            code: "coach-periode",
            place: place(if row.period.until < period.until { "tot" } else { "van" }),
            what: format!("coach {coach} is er niet de hele periode van {} tot en met {}", period.from, period.until),
            remedy: format!("{again}; of pas de periode van de coach aan (PUT {})", path(&["coaches", coach])),
            data: json!({ "soort": "coach-periode", "coach": coach, "te_veel": count, "lichtingen": [] }),
        });
    }
    let left = (row.most - coached(&known.placed, coach, period)).max(0);
    if count > left {
        let others = waves(theirs().filter(|it| it.period.meets(period)));
        found.clashes.push(Clash {
            code: RuleCode::CoachAantal.code(),
            place: place("maximum"),
            what: format!("coach {coach}: {count} kandidaten, plaats voor {left}, dus {} te veel{}", count - left, held_by(&others)),
            remedy: format!("{again}; of verhoog het maximum van de coach (PUT {})", path(&["coaches", coach])),
            data: json!({
                "soort": RuleCode::CoachAantal.code(), "coach": coach, "nodig": count, "vrij": left, "te_veel": count - left, "lichtingen": others,
            }),
        });
    }
    let calendar = &known.calendar;
    for year in calendar.school_years(period) {
        let needed = calendar.booked(hours, period, year);
        let left = (row.hours - hours_booked(&known.placed, coach, (calendar, year))).max(0);
        if needed > left {
            let others = waves(theirs().filter(|it| calendar.months(it.period, it.whole, year).is_some()));
            found.clashes.push(Clash {
                code: RuleCode::CoachUren.code(),
                place: place("uren"),
                what: format!(
                    "coach {coach}: {needed} uur in schooljaar {year}-{}, {left} uur vrij, dus {} uur te veel{}",
                    year + 1,
                    needed - left,
                    held_by(&others)
                ),
                remedy: format!("{again}; of verhoog de uren van de coach (PUT {})", path(&["coaches", coach])),
                data: json!({
                    "soort": RuleCode::CoachUren.code(), "coach": coach, "schooljaar": format!("{year}-{}", year + 1), "nodig": needed, "vrij": left,
                    "te_veel": needed - left, "lichtingen": others,
                }),
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn period(from: &str, until: &str) -> Period {
        Period::read(Some(from), Some(until)).unwrap()
    }

    fn known(count: i64) -> Known {
        let seats = Seats {
            school: "S1".into(),
            id: "p".into(),
            from: "2026-08-01".into(),
            until: None,
            bouw: "onderbouw".into(),
            count,
            data: serde_json::Map::new(),
            open: true,
            reason: None,
            confirmed: None,
            confirmed_by: None,
            version: 1,
        };
        let when = seats.period().unwrap();
        let coach = Coach { period: Period::read(None, Some("2027-07-31")).unwrap(), most: 2, hours: 100 };
        Known {
            schools: ["S1".to_owned()].into(),
            seats: vec![(seats, when)],
            coaches: BTreeMap::from([("K1".to_owned(), coach)]),
            placed: Vec::new(),
            calendar: Calendar::default(),
        }
    }

    fn wanted(candidate: &str) -> Wanted {
        let (school, seat, bouw, coach) = ("S1".into(), "p".into(), "onderbouw".into(), "K1".into());
        Wanted { candidate: candidate.into(), school, seat, bouw, coach, hours: 60 }
    }

    fn placed(candidate: &str, period: Period) -> Placed {
        let whole = Period::read(Some("2026-08-01"), Some("2027-07-31")).unwrap();
        let (school, seat, bouw, coach) = ("S1".into(), "p".into(), "onderbouw".into(), "K1".into());
        let (wave, candidate) = ("eerder".into(), candidate.into());
        Placed { wave, candidate, school, seat, bouw, coach, hours: 60, period, since: whole.from, whole, ended: None, withdrawn: None }
    }

    #[test]
    fn a_candidate_who_changes_coach_books_the_months_with_each_and_does_not_take_the_seat_anew() {
        let usual = Calendar::default();
        let (autumn, spring) = (period("2026-08-01", "2027-01-15"), period("2027-01-16", "2027-07-31"));
        let mut other = placed("Z1", spring);
        assert_eq!(hours_booked(&[placed("Z1", autumn), other.clone()], "K1", (&usual, 2026)), 60, "the month of the change counts once");
        other.coach = "K2".into();
        let both = [placed("Z1", autumn), other];
        assert_eq!((hours_booked(&both, "K1", (&usual, 2026)), hours_booked(&both, "K2", (&usual, 2026))), (30, 35));
        assert_eq!(hours_booked(&both, "K1", (&usual, 2027)), 0);
        let holds: Vec<_> = both.iter().map(|it| it.hold(5)).collect();
        assert_eq!(holds, [Some(period("2026-08-01", "2026-12-31")), None]);
    }

    fn codes(found: &Found) -> Vec<(&str, i64)> {
        found.clashes.iter().map(|it| (it.code, it.data["te_veel"].as_i64().unwrap())).collect()
    }

    #[test]
    fn a_plan_is_refused_with_everything_that_is_too_much_and_who_holds_it() {
        let year = period("2026-08-01", "2027-07-31");
        let mut known = known(1);
        assert_eq!(fits("w", &[wanted("Z1")], year, &known, 5), Found::default());
        known.placed.push(placed("Z9", year));
        let found = fits("w", &[wanted("Z1"), wanted("Z2")], year, &known, 5);
        assert_eq!(codes(&found), [("plekken", 2), ("coach-aantal", 1), ("coach-uren", 80)]);
        assert!(found.clashes.iter().all(|it| it.data["lichtingen"] == json!(["eerder"]) && it.what.contains("eerder")));
        // Five months later the duo colleague is alone again: the seat is free, the coach is not.
        let later = period("2027-01-01", "2027-07-31");
        assert_eq!(codes(&fits("w", &[wanted("Z1")], later, &known, 5)), [("coach-uren", 20)]);
        assert_eq!(codes(&fits("w", &[wanted("Z1")], later, &known, 0)), [("plekken", 1), ("coach-uren", 20)]);
    }

    #[test]
    fn a_coach_who_leaves_too_early_is_told_and_what_is_not_known_is_not_checked() {
        let mut known = known(5);
        assert_eq!(codes(&fits("w", &[wanted("Z1")], period("2027-01-01", "2027-12-31"), &known, 5)), [("coach-periode", 1)]);
        known.coaches.clear();
        known.schools.clear();
        let found = fits("w", &[wanted("Z1")], period("2027-01-01", "2027-12-31"), &known, 5);
        assert_eq!((found.clashes.len(), found.notes.len()), (0, 2));
    }
}
