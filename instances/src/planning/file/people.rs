//! Reads waves, boards, kinds of coaches and phases.

use loket_solver::common::tables::{Id, Table};
use loket_solver::common::words::Word;
use loket_solver::planning::facts::codes::{Count, Driver};
use loket_solver::planning::facts::horizon::{Board, Kind, Phase, Wave};
use loket_solver::planning::facts::ids::{BoardId, KindId, PhaseId, WaveId, YearId};

use super::index::Listed;
use super::read::{month, per_year};
use crate::strict::fields::{AMOUNT, At, Fields};
use crate::strict::rows::own_id;
use crate::strict::spot::show_id;

/// The years that waves lie in.
pub(crate) struct Frame {
    /// First month, when it could be read.
    pub(crate) start: Option<i64>,
    /// Number of years.
    pub(crate) years: usize,
}

/// Counts that a file can name for phases: those that lines can follow.
const PHASE_COUNTS: [&str; 6] = ["aangemeld", "voortraject", "assessment", "opleiding", "jaar2", "diploma"];

pub(crate) fn waves(list: &Listed<'_, WaveId>, kinds: &Listed<'_, KindId>, frame: &Frame) -> Table<WaveId, Wave> {
    list.rows.iter().map(|row| wave(row, kinds, frame)).collect::<Vec<Wave>>().into()
}

fn wave(row: &At<'_>, kinds: &Listed<'_, KindId>, frame: &Frame) -> Wave {
    let mut wave = Wave {
        id: String::new(),
        month: 0,
        year: YearId::new(0),
        target: 0,
        registered: None,
        actual: Table::filled(kinds.rows.len(), [None; 7]),
    };
    let Some(fields) = row.fields(&["id", "naam", "maand", "doel", "aangemeld", "werkelijk"]) else { return wave };
    wave.id = own_id(&fields);
    fields.get("naam").map(At::name);
    let at_month = fields.need("maand");
    if let (Some(at), Some(start)) = (at_month, frame.start)
        && let Some(month) = month(at)
    {
        match usize::try_from(month - start).ok().filter(|month| *month < 12 * frame.years) {
            Some(month) => (wave.month, wave.year) = (month, YearId::new(month / 12)),
            None => at.refuse(
                "grens",
                "de maand valt buiten de jaren van het plan",
                "kies een maand in een van de jaren, gerekend vanaf \"start\"",
            ),
        }
    } else if let Some(at) = at_month {
        month(at);
    }
    wave.target = fields.need("doel").and_then(|at| at.integer(0..=1_000)).unwrap_or_default();
    wave.registered = fields.get("aangemeld").and_then(|at| at.integer(AMOUNT));
    for (id, at) in fields.get("werkelijk").and_then(At::entries).unwrap_or_default() {
        let kind = kinds.key(id, &at.spot, &at);
        if let (Some(given), Some(kind)) = (actual(&at), kind) {
            wave.actual[kind] = given;
        }
    }
    wave
}

fn actual(at: &At<'_>) -> Option<[Option<i64>; 7]> {
    let fields = at.fields(&["aangemeld", "voortraject", "assessment", "opleiding", "jaar2", "diploma", "blijft"])?;
    let given: [Option<i64>; 7] = std::array::from_fn(|at| {
        let code = Count::ALL[at].code();
        fields.get(code).and_then(|at| at.integer(AMOUNT))
    });
    let known: Vec<(Count, i64)> = Count::ALL.iter().zip(given).filter_map(|(count, given)| Some((*count, given?))).collect();
    for pair in known.windows(2) {
        let [(before, fewer), (after, more)] = pair else { continue };
        if fewer < more {
            let spot = at.spot.key(after.code());
            let text = format!("bij {} staan er {more}, en bij {} ervoor maar {fewer}; zo is er gerekend", after.code(), before.code());
            at.report.notice("volgorde", &spot, text);
        }
    }
    Some(given)
}

pub(crate) fn boards(list: &Listed<'_, BoardId>, years: usize) -> Table<BoardId, Board> {
    let board = |row: &At<'_>| {
        let Some(fields) = row.fields(&["id", "naam", "plekken"]) else {
            return Board { id: String::new(), seats: Table::filled(years, 0) };
        };
        fields.get("naam").map(At::name);
        let seats = fields.need("plekken").map(|at| per_year(at, years, AMOUNT));
        Board { id: own_id(&fields), seats: seats.unwrap_or_else(|| Table::filled(years, 0)) }
    };
    list.rows.iter().map(board).collect::<Vec<Board>>().into()
}

/// The phases of a file.
pub(crate) struct Phases<'a> {
    /// As used.
    pub(crate) table: Table<PhaseId, Phase>,
    listed: Option<Listed<'a, PhaseId>>,
}

impl Phases<'_> {
    fn named(&self, at: &At<'_>) -> Option<PhaseId> {
        if let Some(listed) = &self.listed {
            return listed.named(at);
        }
        let text = at.text()?;
        let found = self.table.pairs().find(|(_, phase)| phase.id == text).map(|(id, _)| id);
        if found.is_none() {
            let known: Vec<&str> = self.table.iter().map(|phase| phase.id.as_str()).collect();
            let what = format!("de fase \"{}\" bestaat niet", show_id(text));
            at.refuse("onbekende-verwijzing", what, format!("kies uit: {}", known.join(", ")));
        }
        found
    }
}

fn usual() -> Vec<Phase> {
    let phase = |id: &str, count, after, hours, ratio| Phase { id: id.into(), count, after, hours, ratio };
    vec![
        phase("werkervaring", Count::Voortraject, 0, 15, false),
        phase("opleiding", Count::Opleiding, 0, 60, true),
        phase("opleiding_jaar2", Count::Jaar2, 1, 30, true),
        phase("inductie", Count::Diploma, 2, 15, false),
    ]
}

pub(crate) fn phases<'a>(fields: &Fields<'a>) -> Phases<'a> {
    if fields.get("fasen").is_none() {
        return Phases { table: usual().into(), listed: None };
    }
    let listed = Listed::new(fields, "fasen", "fase", 100, "fase");
    let table = listed.rows.iter().map(phase).collect::<Vec<Phase>>().into();
    Phases { table, listed: Some(listed) }
}

fn phase(row: &At<'_>) -> Phase {
    let mut phase = Phase { id: String::new(), count: Count::Opleiding, after: 0, hours: 0, ratio: false };
    let Some(fields) = row.fields(&["fase", "telling", "na", "uren", "ratio"]) else { return phase };
    phase.id = fields.need("fase").and_then(At::id).unwrap_or_default().to_owned();
    let count = fields.need("telling").and_then(|at| at.one_of(&PHASE_COUNTS));
    phase.count = count.and_then(Driver::parse).and_then(Driver::count).unwrap_or(Count::Opleiding);
    phase.after = fields.need("na").and_then(|at| at.integer(0..=5)).and_then(|after| usize::try_from(after).ok()).unwrap_or_default();
    phase.hours = fields.need("uren").and_then(|at| at.integer(AMOUNT)).unwrap_or_default();
    phase.ratio = fields.need("ratio").and_then(At::flag).unwrap_or_default();
    phase
}

pub(crate) fn kinds(list: &Listed<'_, KindId>, phases: &Phases<'_>, years: usize) -> Table<KindId, Kind> {
    let read: Table<KindId, Kind> = list.rows.iter().map(|row| kind(row, list, phases, years)).collect::<Vec<Kind>>().into();
    for ((id, kind), row) in read.pairs().zip(&list.rows) {
        handed_over(id, kind, &read, phases, row);
    }
    read
}

fn kind(row: &At<'_>, list: &Listed<'_, KindId>, phases: &Phases<'_>, years: usize) -> Kind {
    let mut kind = Kind {
        id: String::new(),
        external: false,
        begin: 0,
        hires: Table::filled(years, 0),
        service: None,
        hours: 1,
        serves: Table::filled(phases.table.len(), true),
        hands_over: None,
    };
    let keys = &["id", "naam", "extern", "begin", "aanname_max", "diensttijd", "uren", "tarief_cent", "fasen", "overdracht"];
    let Some(fields) = row.fields(keys) else { return kind };
    kind.id = own_id(&fields);
    fields.get("naam").map(At::name);
    kind.external = fields.get("extern").and_then(At::flag).unwrap_or_default();
    kind.begin = fields.get("begin").and_then(|at| at.integer(AMOUNT)).unwrap_or_default();
    if let Some(at) = fields.get("aanname_max") {
        kind.hires = per_year(at, years, AMOUNT);
    }
    kind.service = fields.get("diensttijd").and_then(|at| at.integer(1..=10)).and_then(|years| usize::try_from(years).ok());
    kind.hours = fields.need("uren").and_then(|at| at.integer(1..=100_000)).unwrap_or(1);
    fields.get("tarief_cent").map(|at| at.integer(0..=100_000_000_000));
    if let Some(at) = fields.get("fasen") {
        kind.serves = Table::filled(phases.table.len(), false);
        for phase in at.distinct(|item| phases.named(item)).unwrap_or_default() {
            kind.serves[phase] = true;
        }
    }
    kind.hands_over = fields.get("overdracht").and_then(|at| list.named(at));
    kind
}

/// Somebody must serve every phase of a kind's people.
fn handed_over(id: KindId, kind: &Kind, all: &Table<KindId, Kind>, phases: &Phases<'_>, row: &At<'_>) {
    let spot = row.spot.key("overdracht");
    if kind.hands_over == Some(id) {
        row.report.problem("samen", &spot, "een coachsoort kan niet aan zichzelf overdragen", "noem een andere coachsoort");
        return;
    }
    for (phase, it) in phases.table.pairs().filter(|&(phase, _)| !kind.serves[phase]) {
        match kind.hands_over {
            None if !row_names(row, "overdracht") => {
                let what = format!("niemand begeleidt de fase \"{}\" van deze coachsoort", show_id(&it.id));
                row.report.problem("samen", &spot, what, "noem bij \"overdracht\" wie dat doet, of voeg de fase toe bij \"fasen\"");
                return;
            }
            Some(other) if !all[other].serves[phase] => {
                let what = format!("coachsoort \"{}\" begeleidt de fase \"{}\" niet", show_id(&all[other].id), show_id(&it.id));
                row.report.problem("samen", &spot, what, "draag over aan een coachsoort die deze fase begeleidt");
            }
            _ => {}
        }
    }
}

/// Whether a row has a key, right or wrong.
fn row_names(row: &At<'_>, key: &str) -> bool {
    use crate::strict::json::Node;
    matches!(row.node, Node::Object(entries) if entries.iter().any(|(name, value)| name == key && *value != Node::Null))
}
