//! A file of the monitor: what is kept per wave on a reference date, never per school.

use std::collections::HashSet;

use loket_solver::common::words::Word;

use super::codes::{Stage, StopReason};
use super::orders;
use crate::strict::fields::{AMOUNT, At};
use crate::strict::json::Node;
use crate::strict::problem::Refusal;
use crate::strict::rows::{format, own_id, right_kind};
use crate::strict::spot::show_id;
use crate::strict::{self, limits};

/// The format's name with its version.
pub const FORMAT: &str = "loket-trechter/1";

/// A whole file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Monitor {
    /// Its id.
    pub id: String,
    /// The day on which was counted, yyyy-mm-dd.
    pub day: String,
    /// The id of the plan that it goes with.
    pub plan: Option<String>,
    /// Waves, in the order of the file.
    pub waves: Vec<WaveCounts>,
    /// Coaches by kind.
    pub pool: Vec<(String, u32)>,
    /// Hours given so far, by phase.
    pub hours: Vec<(String, u32)>,
    /// Cents so far, by line of the plan.
    pub costs: Vec<(String, i64)>,
}

/// The counts of one wave.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WaveCounts {
    /// Its id.
    pub id: String,
    /// People who reached a stage, in the order of [`Stage`]; what is missing is not 0.
    pub counts: [Option<u32>; 14],
    /// People who may still reach a stage.
    pub open: [u32; 14],
    /// Who stopped after a stage, and why.
    pub stopped: Vec<(Stage, StopReason, u32)>,
    /// Answers about satisfaction, and the sum of marks in tenths.
    pub satisfaction: Option<(u32, i64)>,
}

impl WaveCounts {
    /// People who reached a stage.
    pub fn count(&self, stage: Stage) -> Option<u32> {
        self.counts[stage as usize]
    }

    /// People who may still reach a stage.
    pub fn still_open(&self, stage: Stage) -> u32 {
        self.open[stage as usize]
    }

    /// How many stopped after a stage.
    pub fn stopped_after(&self, stage: Stage) -> u32 {
        self.stopped.iter().filter(|(after, ..)| *after == stage).map(|(.., count)| count).sum()
    }
}

/// Reads a file of the monitor.
///
/// # Errors
/// Every problem of the file at once, with its place and remedy.
pub fn read_monitor(bytes: &[u8]) -> Result<Monitor, Refusal> {
    strict::read(bytes, monitor)
}

fn monitor(root: &At<'_>) -> Option<Monitor> {
    right_kind(root, FORMAT)?;
    let fields = root.fields(&["formaat", "id", "peildatum", "plan", "lichtingen", "pool", "uren", "kosten"])?;
    format(&fields, FORMAT);
    let list = fields.need("lichtingen");
    if let Some(at) = list.filter(|at| matches!(at.node, Node::List(items) if items.is_empty())) {
        at.refuse("leeg", "de lijst is leeg", "zet er minstens één lichting in");
    }
    let mut seen = HashSet::new();
    let mut waves = Vec::new();
    for row in list.and_then(|at| at.no_more_than(limits::ROWS).and_then(|()| at.rows("id"))).unwrap_or_default() {
        let Some(wave) = wave(&row) else { continue };
        if !wave.id.is_empty() && !seen.insert(wave.id.clone()) {
            let what = format!("lichting \"{}\" staat er twee keer", show_id(&wave.id));
            row.report.problem("dubbel-id", &row.spot.key("id"), what, "zet alle tellingen van een lichting bij elkaar");
        }
        waves.push(wave);
    }
    let numbers = |key: &'static str| {
        let entries = fields.get(key).and_then(At::entries).unwrap_or_default();
        entries.into_iter().filter_map(|(id, at)| Some((id.to_owned(), at.count(AMOUNT)?))).collect::<Vec<_>>()
    };
    let costs = fields.get("kosten").and_then(At::entries).unwrap_or_default().into_iter();
    Some(Monitor {
        id: own_id(&fields),
        day: fields.need("peildatum").and_then(At::day).unwrap_or_default().to_owned(),
        plan: fields.get("plan").and_then(At::id).map(str::to_owned),
        waves,
        pool: numbers("pool"),
        hours: numbers("uren"),
        costs: costs.filter_map(|(id, at)| Some((id.to_owned(), at.integer(0..=(1 << 53) - 1)?))).collect(),
    })
}

const STAGES: &[&str] = &[
    "aangemeld",
    "intake",
    "voortraject",
    "assessment",
    "opleiding",
    "jaar2",
    "diploma",
    "diploma_later",
    "inductie",
    "blijft1",
    "blijft2",
    "blijft3",
    "blijft4",
    "blijft5",
];

fn by_stage(at: &At<'_>) -> Option<[Option<u32>; 14]> {
    let fields = at.fields(STAGES)?;
    Some(std::array::from_fn(|at| fields.get(STAGES[at]).and_then(|at| at.count(AMOUNT))))
}

fn wave(row: &At<'_>) -> Option<WaveCounts> {
    let fields = row.fields(&["id", "tellingen", "open", "gestopt", "waardering"])?;
    let open = fields.get("open").and_then(by_stage).unwrap_or_default();
    let mut seen = HashSet::new();
    let mut stopped = Vec::new();
    for row in fields.get("gestopt").and_then(|at| at.no_more_than(limits::LIST).and_then(|()| at.rows(""))).unwrap_or_default() {
        let Some(fields) = row.fields(&["na", "reden", "aantal"]) else { continue };
        let after: Option<Stage> = fields.need("na").and_then(At::word);
        let reason: Option<StopReason> = fields.need("reden").and_then(At::word);
        let count = fields.need("aantal").and_then(|at| at.count(AMOUNT));
        let (Some(after), Some(reason), Some(count)) = (after, reason, count) else { continue };
        if !seen.insert((after, reason)) {
            let what = format!("gestopt na {} om {} staat er twee keer", after.code(), reason.code());
            row.refuse("dubbel", what, "tel ze bij elkaar op");
        }
        stopped.push((after, reason, count));
    }
    let wave = WaveCounts {
        id: own_id(&fields),
        counts: fields.need("tellingen").and_then(by_stage).unwrap_or_default(),
        open: open.map(Option::unwrap_or_default),
        stopped,
        satisfaction: fields.get("waardering").and_then(satisfaction),
    };
    orders::check(row, &wave);
    Some(wave)
}

fn satisfaction(at: &At<'_>) -> Option<(u32, i64)> {
    let fields = at.fields(&["antwoorden", "som_tienden"])?;
    let answers = fields.need("antwoorden").and_then(|at| at.count(AMOUNT));
    let sum = fields.need("som_tienden").and_then(|at| at.integer(0..=10_000_000));
    let (answers, sum) = (answers?, sum?);
    if !(10 * i64::from(answers)..=100 * i64::from(answers)).contains(&sum) {
        let what = format!("{sum} kan niet de som zijn van {answers} cijfers van 1 tot en met 10");
        at.report.problem("grens", &at.spot.key("som_tienden"), what, "geef de som van de cijfers in tienden: een 8,1 telt als 81");
    }
    Some((answers, sum))
}
