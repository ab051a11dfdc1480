//! The funnel against its targets: on a day, completed by hand, and as snapshots that somebody else approves.

mod complete;
mod show;
mod snapshots;
mod table;

use super::declared::Pages;
use super::frame::{Entry, Frame, WaveBar};
use super::paths;
use crate::access::Role;

const ROLES: &[Role] = &[Role::Intermediair];
/// Who sees what was laid down; the steering group what was approved of it.
const SEEING: &[Role] = &[Role::Intermediair, Role::Beheerder, Role::Lezer];
/// Who approves it.
const APPROVING: &[Role] = &[Role::Beheerder];

/// The pages of this folder.
pub fn pages() -> Pages {
    Pages::new().and(show::pages()).and(complete::pages()).and(snapshots::pages())
}

/// A part of the bar above these pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The plan.
    Plan,
    /// The funnel.
    Monitor,
    /// Snapshots.
    Snapshots,
}

/// A frame with the bar of plan, monitor and snapshots; others see the last alone.
pub fn with_bar(mut frame: Frame, here: Part) -> Frame {
    let m = frame.m.plan;
    let entry = |part: Part, label: &'static str, place: &str| Entry { label, place: place.to_owned(), here: part == here };
    let all = vec![
        entry(Part::Plan, m.tab_plan(), paths::PLANNINGS),
        entry(Part::Monitor, m.tab_monitor(), paths::MONITOR),
        entry(Part::Snapshots, m.tab_snapshots(), paths::SNAPSHOTS),
    ];
    if frame.role == Some(Role::Intermediair) {
        frame.wave = Some(WaveBar { name: m.title().to_owned(), phase: String::new(), tabs: all, undone: None, run: None });
    }
    frame
}
