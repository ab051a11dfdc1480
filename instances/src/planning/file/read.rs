//! Reads a multi-year plan's file: years, funnel, and every list with what it points at.
//!
//! Where a value is wrong a stand-in is used; the report then has a problem, so nobody is ever given the horizon.

use loket_solver::common::tables::{Id, Table};
use loket_solver::common::words::Word;
use loket_solver::planning::facts::codes::Step;
use loket_solver::planning::facts::funnel::Funnel;
use loket_solver::planning::facts::horizon::Horizon;
use loket_solver::planning::facts::ids::YearId;
use serde_json::Value;

use super::index::Listed;
use super::{locks, money, people, policy, size};
use crate::planning::parts::{FORMAT, Named, Names};
use crate::strict::fields::{At, Fields};
use crate::strict::json::Node;
use crate::strict::rows::{format, name, own_id, right_kind};
use crate::strict::spot::show_id;

/// Keys of the file.
pub(crate) const KEYS: &[&str] = &[
    "formaat",
    "id",
    "naam",
    "start",
    "jaren",
    "trechter",
    "lichtingen",
    "besturen",
    "coachsoorten",
    "fasen",
    "posten",
    "inkomsten",
    "vast",
    "scenarios",
    "beleid",
];

/// What a file says.
pub(crate) struct PlanFile {
    pub(crate) horizon: Horizon,
    pub(crate) start: i64,
    pub(crate) name: Option<String>,
    pub(crate) names: Names,
    pub(crate) locks: Vec<Value>,
}

/// The whole file but its scenarios.
pub(crate) fn plan(root: &At<'_>) -> Option<PlanFile> {
    right_kind(root, FORMAT)?;
    let fields = root.fields(KEYS)?;
    format(&fields, FORMAT);
    let id = own_id(&fields);
    let start = fields.need("start").and_then(month);
    let years = fields.need("jaren").and_then(years).unwrap_or_default();
    let funnel = fields.get("trechter").and_then(funnel).unwrap_or_default();
    needed(&fields, "lichtingen");
    needed(&fields, "besturen");
    needed(&fields, "coachsoorten");
    let waves = Listed::new(&fields, "lichtingen", "id", 60, "lichting");
    let boards = Listed::new(&fields, "besturen", "id", 200, "bestuur");
    let kinds = Listed::new(&fields, "coachsoorten", "id", 6, "coachsoort");
    let phases = people::phases(&fields);
    let length = years.len().max(1);
    let frame = people::Frame { start, years: length };
    let horizon = Horizon {
        id,
        funnel,
        waves: people::waves(&waves, &kinds, &frame),
        boards: people::boards(&boards, length),
        kinds: people::kinds(&kinds, &phases, length),
        phases: phases.table,
        lines: money::lines(&fields, &kinds, &years),
        income_percent: 100,
        locks: locks::read(&fields, &waves, &boards, &kinds, &years),
        policy: policy::read(&fields),
        years: years.clone().into(),
    };
    if root.report.clean() {
        size::check(&horizon, &fields);
    }
    let lists = [
        ("lichtingen", Named::Wave),
        ("besturen", Named::Board),
        ("coachsoorten", Named::Kind),
        ("posten", Named::Line),
        ("inkomsten", Named::Line),
        ("scenarios", Named::Scenario),
    ];
    let names = lists.into_iter().flat_map(|(list, kind)| named(&fields, list).into_iter().map(move |(id, name)| ((kind, id), name)));
    Some(PlanFile { horizon, start: start?, name: name(&fields), names: names.collect(), locks: locks::as_written(&fields) })
}

/// A list that must be there and may not be empty.
fn needed(fields: &Fields<'_>, list: &'static str) {
    if let Some(at) = fields.need(list)
        && matches!(at.node, Node::List(items) if items.is_empty())
    {
        at.refuse("leeg", "de lijst is leeg", format!("zet minstens één regel in \"{list}\""));
    }
}

/// Display names of the rows of a list, by id.
fn named(fields: &Fields<'_>, list: &'static str) -> Vec<(String, String)> {
    let Some(Node::List(items)) = fields.get(list).map(|at| at.node) else { return Vec::new() };
    let text = |node: &Node, key: &str| match node {
        Node::Object(entries) => entries.iter().find_map(|(name, value)| match value {
            Node::Text(text) if name == key => Some(text.clone()),
            _ => None,
        }),
        _ => None,
    };
    items.iter().filter_map(|item| Some((text(item, "id")?, text(item, "naam")?))).collect()
}

/// A month, "2026-09": months since the year 0.
pub(crate) fn month(at: &At<'_>) -> Option<i64> {
    let text = at.text()?;
    let digits = |range: std::ops::Range<usize>| {
        let part = text.get(range).filter(|part| part.bytes().all(|byte| byte.is_ascii_digit()));
        part.and_then(|part| part.parse::<i64>().ok())
    };
    let (year, month) = (digits(0..4), digits(5..7).filter(|month| (1..=12).contains(month)));
    match (year, month) {
        (Some(year), Some(month)) if text.len() == 7 && text.get(4..5) == Some("-") => Some(12 * year + month - 1),
        _ => {
            at.refuse("datum", format!("\"{}\" is geen maand", show_id(text)), "schrijf een maand als 2026-09");
            None
        }
    }
}

/// A month as files write it.
pub(crate) fn shown(month: i64) -> String {
    format!("{:04}-{:02}", month.div_euclid(12), month.rem_euclid(12) + 1)
}

fn years(at: &At<'_>) -> Option<Vec<String>> {
    let years = at.no_more_than(10).and_then(|()| at.distinct(|item| item.bounded(64).map(str::to_owned)))?;
    if years.is_empty() {
        at.refuse("leeg", "er staat geen schooljaar in", "noem 1 tot 10 schooljaren, zoals \"2026-2027\"");
    }
    Some(years)
}

fn funnel(at: &At<'_>) -> Option<Funnel> {
    let fields = at.fields(&["start", "voortraject", "opleiding", "jaar2", "diploma", "blijft"])?;
    let mut funnel = Funnel::default();
    for &step in Step::ALL {
        if let Some(percent) = fields.get(step.code()).and_then(|at| at.count(1..=100)) {
            funnel.0[step as usize] = percent;
        }
    }
    Some(funnel)
}

/// A number for all years, or one for each.
pub(crate) fn per_year(at: &At<'_>, years: usize, bounds: std::ops::RangeInclusive<i64>) -> Table<YearId, i64> {
    let Node::List(items) = at.node else {
        return Table::filled(years, at.integer(bounds).unwrap_or_default());
    };
    if items.len() != years {
        let what = format!("hier staan {} getallen, en het plan heeft {years} jaren", items.len());
        at.refuse("samen", what, "geef één getal, of één voor elk jaar");
        return Table::filled(years, 0);
    }
    let rows = at.rows("").unwrap_or_default();
    rows.iter().map(|row| row.integer(bounds.clone()).unwrap_or_default()).collect::<Vec<i64>>().into()
}

/// The year with this name; a problem when there is none.
pub(crate) fn year(at: &At<'_>, years: &[String]) -> Option<YearId> {
    let text = at.text()?;
    let found = years.iter().position(|year| year == text);
    if found.is_none() && !years.is_empty() {
        let what = format!("het jaar \"{}\" staat niet in \"jaren\"", show_id(text));
        at.refuse("onbekende-verwijzing", what, format!("kies uit: {}", years.join(", ")));
    }
    found.map(YearId::new)
}
