//! Builds what only one of the four problems has: its policy with defaults, its series, travel times, placements and offers.

use std::collections::BTreeSet;

use loket_solver::common::tables::Id;
use loket_solver::common::words::Word;
use loket_solver::scheduling::facts::calendar::Moment;
use loket_solver::scheduling::facts::codes::Kind;
use loket_solver::scheduling::facts::ids::{OfferId, RoleId, SeriesId};
use loket_solver::scheduling::facts::problem::{Courses, FunctionNeed, Interviews, Offer, PeerGroups, Placement, Problem, School, Visits};
use loket_solver::scheduling::facts::roster::{Part, Series};

use super::build::{Builder, availability};
use super::roads::Roads;
use crate::scheduling::rows::{NeedRow, OfferRow, PlacementRow, SeriesRow};
use crate::strict::spot::{Spot, show_id};

/// The series of a roster, and those that could not be made for want of half-days.
pub(crate) struct MadeSeries {
    pub(crate) rows: Vec<Series>,
    left_out: BTreeSet<String>,
}

impl MadeSeries {
    /// Looks a named series up: of the offer named, else of any. A made one that was left out gives a notice only.
    pub(crate) fn look(&self, builder: &Builder<'_>, id: &str, offer: Part<OfferId>, must: bool, spot: impl Fn() -> Spot) {
        let of = |row: &&Series| row.id == id && offer.known().is_none_or(|offer| row.offer == Some(offer));
        let whole = builder.places.whole("reeksen") && builder.places.whole("aanbod");
        if self.rows.iter().any(|row| of(&row)) || !whole || offer == Part::Gone {
            return;
        }
        if !must || self.left_out.contains(id) {
            let text = format!("de reeks \"{}\" is er niet; daar kan niets zijn", show_id(id));
            builder.report.notice("onbekende-verwijzing", &spot(), text);
        } else {
            let what = format!("reeks \"{}\" staat niet in dit bestand", show_id(id));
            builder.report.problem("onbekende-verwijzing", &spot(), what, "verbeter de id van de reeks");
        }
    }
}

impl Builder<'_> {
    /// Every series in canonical order: given, made, or of offers.
    pub(crate) fn series(&self) -> MadeSeries {
        let mut made = MadeSeries { rows: Vec::new(), left_out: BTreeSet::new() };
        match self.file.kind {
            Kind::PeerGroups => self.series_of_groups(&mut made),
            Kind::Courses => {
                let offers = self.file.offers.as_deref().unwrap_or_default();
                for (position, &at) in self.index.offers.order.iter().enumerate() {
                    let row = &offers[at];
                    let mut own: Vec<&SeriesRow> = row.series.iter().collect();
                    own.sort_by(|a, b| a.id.as_bytes().cmp(b.id.as_bytes()));
                    for it in own {
                        self.outside(&it.moments, || self.places.row("aanbod", at, &row.id).key("reeksen"));
                        made.rows.push(Series { id: it.id.clone(), moments: it.moments.clone(), offer: Some(OfferId::new(position)) });
                    }
                }
            }
            Kind::Interviews | Kind::Visits => {}
        }
        made
    }

    /// A notice for each half-day of a series at which nothing can be.
    fn outside(&self, moments: &[Moment], spot: impl Fn() -> Spot) {
        for moment in moments.iter().filter(|moment| !self.calendar.has(**moment)) {
            self.report.notice(
                "buiten",
                &spot(),
                format!("{moment} is geen open dagdeel van de kalender; deze reeks kan niet gebruikt worden"),
            );
        }
    }

    fn series_of_groups(&self, made: &mut MadeSeries) {
        let least = 7 * i64::from(self.number("min_weken", 2));
        match (&self.file.series, &self.policy.rhythm) {
            (Some(rows), None) => {
                for (at, row) in rows.iter().enumerate() {
                    let spot = || self.places.row("reeksen", at, &row.id).key("dagdelen");
                    let near = |pair: &[Moment]| i64::from(pair[1].day.0) - i64::from(pair[0].day.0) < least;
                    if let Some(pair) = row.moments.windows(2).find(|pair| near(pair)) {
                        let what = format!("tussen {} en {} liggen minder dan {least} dagen", pair[0], pair[1]);
                        self.report.problem("volgorde", &spot(), what, "zet de bijeenkomsten verder uit elkaar, of verlaag min_weken");
                    }
                    self.outside(&row.moments, spot);
                    made.rows.push(Series { id: row.id.clone(), moments: row.moments.clone(), offer: None });
                }
            }
            (None, Some(rhythm)) => {
                for day in &rhythm.half_days {
                    let open: Vec<Moment> = self.calendar.open().iter().copied().filter(|moment| moment.code() == Some(*day)).collect();
                    for offset in 0..rhythm.rhythm as usize {
                        let every = open.iter().copied().skip(offset).step_by(rhythm.rhythm.max(1) as usize);
                        let moments: Vec<Moment> = every.take(rhythm.meetings as usize).collect();
                        let id = format!("{}+{offset}", day.code());
                        if moments.len() == rhythm.meetings as usize {
                            made.rows.push(Series { id, moments, offer: None });
                        } else {
                            made.left_out.insert(id);
                        }
                    }
                }
            }
            (Some(_), Some(_)) => {
                let what = "reeksen staan in het bestand én worden gemaakt door beleid.reeks";
                self.report.problem("samen", &Spot::default().key("reeksen"), what, "laat één van de twee staan");
            }
            (None, None) => {
                if self.places.whole("reeksen") {
                    let what = "er zijn geen reeksen";
                    let remedy = "geef reeksen, of beleid.reeks met aantal, ritme en dagdelen";
                    self.report.problem("samen", &Spot::default().key("reeksen"), what, remedy);
                }
            }
        }
        made.rows.sort_by(|a, b| a.id.as_bytes().cmp(b.id.as_bytes()));
        if made.rows.len() > 1_000 {
            self.report.problem("te-veel", &Spot::default().key("reeksen"), "er zijn meer dan 1000 reeksen", "maak er minder");
        }
    }

    fn groups(&self, roads: &Roads<'_>) -> PeerGroups {
        let rows = self.file.participants.as_deref().unwrap_or_default();
        let names: BTreeSet<&String> = self.file.previous.iter().flatten().filter_map(|row| row.group.as_ref()).collect();
        let mut names: Vec<String> = names.into_iter().cloned().collect();
        names.sort_by(|a, b| a.as_bytes().cmp(b.as_bytes()));
        PeerGroups {
            least: self.number("min", 5),
            most: self.number("max", 7),
            aim: self.number("doel", 6),
            max_absent: self.number("max_afwezig", 1),
            own_school: self.policy.own_school.unwrap_or(false),
            minutes: self.number("minuten", 150),
            preparation: self.number("voorbereiding", 0),
            most_groups: self.policy.number("groepen_max"),
            names: names.into(),
            max_travel: self.index.units.order.iter().map(|&at| rows[at].max_travel.unwrap_or(60)).collect::<Vec<_>>().into(),
            travel: roads.of_participants(self.file, self.index),
        }
    }

    fn visits(&self, roads: &Roads<'_>) -> Option<Visits> {
        let schools = self.file.schools.as_deref().unwrap_or_default();
        let school = |&at: &usize| School { id: schools[at].id.clone(), availability: availability(None, schools[at].absent.as_ref()) };
        let rows = self.file.placements.as_deref().unwrap_or_default();
        let half_day = self.number("dagdeel_minuten", 210);
        let placements: Vec<Option<Placement>> = self.index.units.order.iter().map(|&at| self.placement(&rows[at], at, half_day)).collect();
        Some(Visits {
            half_day_minutes: half_day,
            per_half_day: self.number("per_dagdeel", 3),
            per_week: self.number("bezoeken_per_week", 1),
            window: self.number("max_tussen", 2),
            landing_weeks: self.number("landing_weken", 6),
            landing_visits: self.number("landing_bezoeken", 5),
            schools: self.index.schools.order.iter().map(school).collect::<Vec<_>>().into(),
            travel: roads.of_coaches(self.file, self.index),
            placements: placements.into_iter().collect::<Option<Vec<_>>>()?.into(),
        })
    }

    fn placement(&self, row: &PlacementRow, at: usize, half_day: u32) -> Option<Placement> {
        let spot = |key: &'static str| self.places.row("plaatsingen", at, &row.id).key(key);
        let minutes = row.minutes.unwrap_or(self.number("duur", 90)).max(1);
        if minutes > half_day {
            let text = format!("een bezoek van {minutes} minuten past niet in een dagdeel van {half_day}; hier komen geen bezoeken");
            self.report.notice("buiten", &spot("duur"), text);
        }
        let school =
            if row.school.is_empty() { None } else { self.index.schools.need(&row.school, || spot("school"), "school", self.report) };
        let coach = if row.coach.is_empty() { None } else { self.index.people.need(&row.coach, || spot("coach"), "persoon", self.report) };
        let coach = coach.filter(|coach| {
            let person = &self.file.people[self.index.people.order[coach.position()]];
            let is = person.roles.iter().any(|role| role == "coach");
            if !is {
                let what = format!("{} heeft niet de rol coach", show_id(&row.coach));
                self.report.problem("onbekende-verwijzing", &spot("coach"), what, "noem iemand met de rol coach");
            }
            is
        });
        let total = row.hours.map(|hours| 60 * hours);
        let wanted = row.visits.or(total.map(|total| total / minutes)).unwrap_or(0);
        let rest_minutes = total.map_or(0, |total| total % minutes);
        Some(Placement { school: school?, coach: coach?, wanted, rest_minutes, minutes, landing: row.landing.unwrap_or(true) })
    }

    fn courses(&self) -> Courses {
        let rows = self.file.offers.as_deref().unwrap_or_default();
        let mut first = 0;
        let mut offers = Vec::new();
        for &at in &self.index.offers.order {
            let row = &rows[at];
            let series = (first..first + row.series.len()).map(SeriesId::new).collect();
            first += row.series.len();
            offers.push(self.offer(row, at, series));
        }
        Courses {
            max_absent: self.number("max_afwezig", 1),
            own_school: self.policy.own_school.unwrap_or(false),
            question_points: self.policy.question_points.clone().unwrap_or_else(|| vec![100, 60, 30]),
            offers: offers.into(),
        }
    }

    fn offer(&self, row: &OfferRow, at: usize, series: Vec<SeriesId>) -> Offer {
        let spot = || self.places.row("aanbod", at, &row.id).key("locatie");
        let count = |key: &str| row.number(key).and_then(|number| u32::try_from(number).ok());
        let need = |need: &NeedRow| FunctionNeed {
            function: need.function.clone(),
            least: need.least.unwrap_or(0),
            most: need.most,
            per_school: need.per_school.unwrap_or(false),
        };
        Offer {
            id: row.id.clone(),
            themes: row.themes.clone(),
            functions: row.functions.clone().unwrap_or_default(),
            schools: row.schools.clone().unwrap_or_default(),
            least: count("min").unwrap_or(1),
            most: count("max"),
            school_least: count("school_min").unwrap_or(1),
            school_most: count("school_max"),
            needs: row.needs.iter().flatten().map(need).collect(),
            series,
            location: row.location.as_ref().and_then(|id| self.index.locations.need(id, spot, "locatie", self.report)),
            facilitators: count("begeleiders").unwrap_or(1),
            tags: row.tags.clone().unwrap_or_default(),
            minutes: count("minuten").unwrap_or(150),
            preparation: count("voorbereiding").unwrap_or(0),
            fixed_cents: row.number("vaste_kosten_cent").unwrap_or(0),
            fee_cents: row.number("bijdrage_cent").unwrap_or(0),
            subsidy_cents: row.number("subsidie_cent").unwrap_or(0),
        }
    }
}

/// What only this kind of roster has; `None` when something of it is wrong.
pub(crate) fn make(builder: &Builder<'_>, roles: &[String], roads: &Roads<'_>) -> Option<Problem> {
    match builder.file.kind {
        Kind::Interviews => {
            let role = |name: &str| roles.iter().position(|role| role == name).map(RoleId::new);
            let boards = builder.file.boards.iter().flatten();
            Some(Problem::Interviews(Interviews {
                panel: builder.panel(roles),
                coach: role("coach")?,
                hr: role("hr"),
                least: builder.number("min_per_zitting", 1),
                most: builder.number("per_zitting", 3),
                times: builder.policy.times.clone().unwrap_or_default(),
                shares: boards.map(|row| (row.id.clone(), row.share.unwrap_or(10))).collect(),
            }))
        }
        Kind::PeerGroups => Some(Problem::PeerGroups(builder.groups(roads))),
        Kind::Visits => builder.visits(roads).map(Problem::Visits),
        Kind::Courses => Some(Problem::Courses(builder.courses())),
    }
}
