//! Reads the rows of a roster file one by one; references are not looked up yet.
//!
//! Where a value is wrong the row holds a stand-in; the report then has a problem, so nobody is ever given the row.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use loket_solver::common::words::Word;
use loket_solver::scheduling::facts::calendar::Day;
use loket_solver::scheduling::facts::codes::Kind;

use super::times::{day, ordered, stretches};
use super::{claims, people, policy, used};
use crate::scheduling::rows::{CalendarRow, RosterFile};
use crate::strict::fields::{At, Fields};
use crate::strict::rows::{format, name, note, own_id, right_kind};
use crate::strict::spot::Spot;

/// The format's name with its version.
pub(crate) const FORMAT: &str = "loket-rooster/1";

/// Most days of a calendar.
const MOST_DAYS: i32 = 400;

/// Where the rows of a file stand. Of a sound file, and of one made here, every row stands where its list has it: the default says so.
#[derive(Debug, Default)]
pub(crate) struct Places {
    /// By list, the position in the file of each row that could be read; a list that is not here could be read as a whole.
    at: BTreeMap<&'static str, Vec<usize>>,
    /// Lists of which a row, or its id, could not be read: nothing that points into them can be checked.
    broken: BTreeSet<&'static str>,
}

impl Places {
    /// Where a row of a list stands.
    pub(crate) fn row(&self, list: &'static str, row: usize, label: &str) -> Spot {
        let position = self.at.get(list).and_then(|at| at.get(row)).copied().unwrap_or(row);
        Spot::default().key(list).item(position, Some(label).filter(|label| !label.is_empty()))
    }
    /// Whether every row of a list, and its id, could be read.
    pub(crate) fn whole(&self, list: &'static str) -> bool {
        !self.broken.contains(list)
    }
}

/// A reader of one file.
struct Reader {
    kind: Option<Kind>,
    places: RefCell<Places>,
    /// Keys that are not used and have had their notice.
    told: RefCell<BTreeSet<(&'static str, &'static str)>>,
}

impl Reader {
    /// The rows of a list; `None` when the file does not have it.
    fn list<T>(
        &self,
        fields: &Fields<'_>,
        (list, needed): (&'static str, bool),
        keys: &'static [&'static str],
        most: usize,
        read: impl Fn(&Fields<'_>) -> Option<T>,
    ) -> Option<Vec<T>> {
        let known = self.kind.is_none_or(|kind| used::top(kind).contains(&list));
        if !known {
            return None;
        }
        let list_at = if needed { fields.need(list) } else { fields.get(list) };
        let Some(at) = list_at else {
            if needed {
                self.places.borrow_mut().broken.insert(list);
            }
            return None;
        };
        let rows = at.no_more_than(most).and_then(|()| at.rows(if keys.contains(&"id") { "id" } else { "" }));
        let Some(rows) = rows else {
            self.places.borrow_mut().broken.insert(list);
            return None;
        };
        let (mut found, mut positions) = (Vec::new(), Vec::new());
        for (position, row) in rows.iter().enumerate() {
            let made = row.fields(keys).and_then(|fields| {
                self.unused(list, &fields);
                let without_id = keys.contains(&"id") && fields.get("id").and_then(|at| at.id().map(str::is_empty)).unwrap_or(true);
                if without_id {
                    self.places.borrow_mut().broken.insert(list);
                }
                read(&fields)
            });
            match made {
                Some(made) => {
                    found.push(made);
                    positions.push(position);
                }
                None => {
                    self.places.borrow_mut().broken.insert(list);
                }
            }
        }
        self.places.borrow_mut().at.insert(list, positions);
        Some(found)
    }

    /// One notice for each key that this kind of roster knows and does not use.
    fn unused(&self, list: &'static str, fields: &Fields<'_>) {
        let Some(kind) = self.kind else { return };
        for &key in used::unused(kind, list) {
            if let Some(at) = fields.get(key)
                && self.told.borrow_mut().insert((list, key))
            {
                let text = format!("\"{key}\" telt niet mee bij {}; deze sleutel wordt overgeslagen, ook in andere regels", kind.code());
                at.report.notice("ongebruikt", &at.spot, text);
            }
        }
    }
}

/// Reads the whole tree; `None` when it is no roster file at all.
pub(crate) fn roster(root: &At<'_>) -> Option<(RosterFile, Places)> {
    right_kind(root, FORMAT)?;
    let any = root.known_and_extra(&["soort"])?;
    let kind: Option<Kind> = any.get("soort").and_then(|at| at.text().and_then(Kind::parse));
    let fields = root.fields(kind.map_or(used::ANY_TOP, used::top))?;
    format(&fields, FORMAT);
    fields.need("soort").and_then(At::word::<Kind>);
    let reader = Reader { kind, places: RefCell::default(), told: RefCell::default() };
    let is = |wanted: Kind| kind == Some(wanted);
    let has = |list: &'static str| kind.is_some_and(|kind| used::top(kind).contains(&list));
    let id = own_id(&fields);
    let calendar = fields.need("kalender").and_then(calendar);
    let policy = kind.and_then(|kind| fields.get("beleid").and_then(|at| policy::read(at, kind)));
    let rows = crate::strict::limits::ROWS;
    let boards = reader.list(&fields, ("besturen", false), people::BOARD, rows, people::board);
    let schools = reader.list(&fields, ("scholen", is(Kind::Visits)), people::SCHOOL, rows, people::school);
    let located = is(Kind::Interviews) || is(Kind::PeerGroups);
    let locations = reader.list(&fields, ("locaties", located), people::LOCATION, rows, people::location);
    let persons = reader.list(&fields, ("personen", true), people::PERSON, 2_000, people::person);
    let participants = reader.list(&fields, ("deelnemers", has("deelnemers")), people::PARTICIPANT, 5_000, |fields| {
        people::participant(fields, is(Kind::Courses))
    });
    let series = reader.list(&fields, ("reeksen", false), people::SERIES, 1_000, people::series);
    let placements = reader.list(&fields, ("plaatsingen", has("plaatsingen")), people::PLACEMENT, 5_000, people::placement);
    let offers = reader.list(&fields, ("aanbod", has("aanbod")), people::OFFER, 500, people::offer);
    let travel = reader.list(&fields, ("reistijden", false), people::TRAVEL, crate::strict::limits::TRAVEL_ROWS, people::travel);
    let of = |list: &'static str| kind.map(|kind| (kind, claims::keys(kind, list)));
    let locks = of("vast").and_then(|(kind, keys)| reader.list(&fields, ("vast", false), keys, rows, |it| claims::claim(it, kind, "vast")));
    let bans = of("verboden")
        .and_then(|(kind, keys)| reader.list(&fields, ("verboden", false), keys, rows, |it| claims::claim(it, kind, "verboden")));
    let previous = of("vorig").and_then(|(kind, keys)| reader.list(&fields, ("vorig", false), keys, rows, |it| claims::previous(it, kind)));
    let file = RosterFile {
        id,
        name: name(&fields),
        kind: kind?,
        calendar: calendar?,
        policy,
        boards,
        schools,
        locations,
        people: persons.unwrap_or_default(),
        participants,
        series,
        placements,
        offers,
        travel,
        locks,
        bans,
        previous,
        note: note(&fields),
    };
    Some((file, reader.places.into_inner()))
}

fn calendar(at: &At<'_>) -> Option<CalendarRow> {
    let fields = at.fields(&["van", "tot", "gesloten"])?;
    let (from, to) = (fields.need("van").and_then(day), fields.need("tot").and_then(day));
    ordered(&fields, "tot", from, to);
    let closed = stretches(&fields, "gesloten");
    if let (Some(Day(from)), Some(Day(to))) = (from, to)
        && to - from >= MOST_DAYS
    {
        let what = format!("de kalender heeft {} dagen", to - from + 1);
        at.refuse("te-veel", what, format!("neem hoogstens {MOST_DAYS} dagen"));
        return None;
    }
    Some(CalendarRow { from: from?, to: to?, closed, note: note(&fields) })
}
