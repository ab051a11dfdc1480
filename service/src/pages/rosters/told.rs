//! What rosters say in the words of the pages: names, half-days, places and what kind of meeting it is.

use loket_instances::scheduling::roster_file::{Loaded, Named};
use loket_solver::matching::facts::words::Word;
use loket_solver::scheduling::facts::calendar::{Day, Moment};
use loket_solver::scheduling::facts::codes::Kind;

use crate::desk::roster::meetings::Spot;
use crate::pages::days;
use crate::pages::messages::Messages;
use crate::pages::told::list;
use crate::records::roster::{Because, Named as Choice, Stage};

/// The name of somebody, or the id where there is none.
pub(super) fn name(loaded: &Loaded, id: &str) -> String {
    named(loaded, Named::Somebody, id)
}

/// The name of something of a kind, or the id where there is none.
pub(super) fn named(loaded: &Loaded, kind: Named, id: &str) -> String {
    loaded.names.get(&(kind, id.to_owned())).cloned().unwrap_or_else(|| id.to_owned())
}

/// What a roster plans.
pub(super) fn kind(m: Messages, kind: Kind) -> &'static str {
    match kind {
        Kind::Interviews => m.rooster.gesprekken(),
        Kind::PeerGroups => m.rooster.intervisie(),
        Kind::Visits => m.rooster.bezoeken(),
        Kind::Courses => m.rooster.aanbod(),
    }
}

/// Where a roster is in its life.
pub(super) fn stage(m: Messages, stage: Stage) -> &'static str {
    match stage {
        Stage::Concept => m.rooster.concept(),
        Stage::Berekend => m.rooster.berekend(),
        Stage::Gepubliceerd => m.rooster.gepubliceerd(),
        Stage::Gewijzigd => m.rooster.gewijzigd(),
    }
}

/// Kind and icon of where a roster is.
pub(super) fn stage_look(stage: Stage) -> (&'static str, &'static str) {
    match stage {
        Stage::Concept => ("quiet", "rondje"),
        Stage::Berekend => ("warn", "klok"),
        Stage::Gepubliceerd => ("good", "vink"),
        Stage::Gewijzigd => ("warn", "letop"),
    }
}

/// "ochtend".
pub(super) fn half(m: Messages, afternoon: bool) -> &'static str {
    if afternoon { m.rooster.afternoon() } else { m.rooster.morning() }
}

/// "wo 2 dec, ochtend" or "wo 2 dec, 09.00".
pub(super) fn moment(m: Messages, moment: Moment, time: Option<&str>) -> String {
    let day = days::near(m, &moment.day.to_string());
    match time {
        Some(time) => format!("{day}, {}", clock(time)),
        None => format!("{day}, {}", half(m, moment.afternoon)),
    }
}

/// "09.00" of "09:00".
pub(super) fn clock(time: &str) -> String {
    time.replace(':', ".")
}

/// "woensdagochtend 2 december".
pub(super) fn whole_moment(m: Messages, moment: Moment) -> String {
    format!("{} {}", days::weekday(m, &moment.day.to_string()), half(m, moment.afternoon))
}

/// A day of a roster as it is written.
pub(super) fn day(m: Messages, day: Day) -> String {
    days::within(m, &day.to_string())
}

/// When somebody is somewhere: every half-day.
pub(super) fn when(m: Messages, spot: &Spot) -> String {
    let told: Vec<String> = spot.moments.iter().map(|it| moment(m, *it, spot.time.as_deref())).collect();
    match told.as_slice() {
        [] | [_] | [_, _] => told.join("; "),
        [first, .., last] => format!("{first} … {last}"),
    }
}

/// Where somebody is: location and offer.
pub(super) fn place(loaded: &Loaded, location: Option<&str>, offer: Option<&str>) -> String {
    let offer = offer.map(|id| named(loaded, Named::Offer, id));
    let location = location.map(|id| named(loaded, Named::Location, id));
    offer.into_iter().chain(location).collect::<Vec<_>>().join(", ")
}

/// What is locked or forbidden, in words.
pub(super) fn choice(m: Messages, loaded: &Loaded, it: &Choice) -> String {
    let at = it.moment.as_deref().and_then(crate::desk::roster::next::moment).map(|at| moment(m, at, None));
    let series = it.series.clone();
    let place = place(loaded, it.location.as_deref(), it.offer.as_deref());
    let person = it.person.as_deref().map(|id| name(loaded, id));
    let all: Vec<String> = at.into_iter().chain(series).chain(Some(place).filter(|it| !it.is_empty())).chain(person).collect();
    all.join(", ")
}

/// Why a meeting was rejected, in words.
pub(super) fn because(m: Messages, it: Because) -> &'static str {
    match it {
        Because::MomentPastNiet => m.rooster.because_moment(),
        Because::PersoonPastNiet => m.rooster.because_person(),
        Because::PlaatsPastNiet => m.rooster.because_place(),
        Because::TeVroeg => m.rooster.because_early(),
        Because::TeLaat => m.rooster.because_late(),
        Because::TeDruk => m.rooster.because_busy(),
        Because::OpVerzoek => m.rooster.because_asked(),
        Because::Anders => m.rooster.because_other(),
    }
}

/// People in words.
pub(super) fn people<'a>(m: Messages, loaded: &Loaded, ids: impl Iterator<Item = &'a str>) -> String {
    list(m, &ids.map(|id| name(loaded, id)).collect::<Vec<_>>())
}

/// The code of a kind, as a form has it.
pub(super) fn code(kind: Kind) -> &'static str {
    kind.code()
}

/// A half-day of the week by its number, Monday morning first: "maandag ochtend".
pub(super) fn half_day(m: Messages, at: usize) -> String {
    // Any Monday will do.
    let monday = jiff::civil::date(2026, 9, 7);
    let day = i64::try_from(at / 2).unwrap_or_default();
    let date = monday.saturating_add(jiff::Span::new().days(day));
    format!("{} {}", days::weekday_name(m, date), half(m, at % 2 == 1))
}

/// "maandag".
pub(super) fn weekday(m: Messages, day: Day) -> String {
    day.to_string().parse().map(|date| days::weekday_name(m, date).to_owned()).unwrap_or_default()
}

/// "ma 30 nov".
pub(super) fn near(m: Messages, day: Day) -> String {
    days::near(m, &day.to_string())
}

/// The number of the week of a Monday, as calendars have it.
pub(super) fn week_number(monday: Day) -> i8 {
    let date: Option<jiff::civil::Date> = monday.to_string().parse().ok();
    date.map_or(0, |it| it.iso_week_date().week())
}

/// What a goal is about, in a few words; one of an own policy by the name that it has there.
pub(super) fn goal(m: Messages, name: &str) -> String {
    let says = match name {
        "afspraken" => m.rooster.goal_afspraken(),
        "gepland" => m.rooster.goal_gepland(),
        "stabiliteit" => m.rooster.goal_stabiliteit(),
        "wachttijd" => m.rooster.goal_wachttijd(),
        "snel" => m.rooster.goal_snel(),
        "inzet" => m.rooster.goal_inzet(),
        "gids" => m.rooster.goal_gids(),
        "passing" => m.rooster.goal_passing(),
        "spreiding" => m.rooster.goal_spreiding(),
        "blokken" => m.rooster.goal_blokken(),
        "botsing" => m.rooster.goal_botsing(),
        "aanwezig" => m.rooster.goal_aanwezig(),
        "mix" => m.rooster.goal_mix(),
        "vorm" => m.rooster.goal_vorm(),
        "gat" => m.rooster.goal_gat(),
        "landing" => m.rooster.goal_landing(),
        "dagdelen" => m.rooster.goal_dagdelen(),
        "reistijd" => m.rooster.goal_reistijd(),
        "bereik" => m.rooster.goal_bereik(),
        other => return other.to_owned(),
    };
    says.to_owned()
}
