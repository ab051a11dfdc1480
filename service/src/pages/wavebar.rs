//! The bar of a wave: its name and phase, its tabs, and the decisions that its plan does not have yet.

use super::frame::{Entry, Frame, Section, Tab, Undone, WaveBar};
use super::messages::Messages;
use super::paths;
use super::phase::phase;
use super::told::long;
use super::visitor::Visitor;
use crate::actions::course;
use crate::records::run::Behind;
use crate::records::wave::{Life, Wave};
use crate::serve::app::App;
use crate::serve::problem::Problem;

/// The wave of a page and what stands around it.
///
/// # Errors
/// When there is no such wave, or the store could not do it.
pub async fn around(app: &App, visitor: &Visitor, id: &str, here: Tab) -> Result<(Frame, Wave), Problem> {
    let mut reading = app.store.read();
    let wave = reading.wave(id).await?.ok_or_else(Problem::unknown)?;
    let frame = visitor.frame(app, Section::Waves);
    let behind = course::behind(&mut reading, &wave).await?;
    let says = |it: Behind| if it.decisions > 0 { frame.m.frame.undone(it.decisions) } else { frame.m.runs.data_changed().to_owned() };
    let last = match &wave.current {
        Some(current) => reading.run(current).await?,
        None => None,
    };
    let took = last.as_ref().and_then(|it| Some(it.job.ended? - it.job.begun?));
    let undone = behind.map(|it| Undone {
        says: says(it),
        place: paths::wave_runs(id),
        takes: took.map(|it| frame.m.frame.again_takes(long(frame.m, it))),
    });
    let (name, phase) = (wave.name.clone(), phase(frame.m, &wave.phase).to_owned());
    let bar = WaveBar { name, phase, tabs: tabs(frame.m, &wave, here), undone, run: last.map(|it| it.number) };
    Ok((Frame { wave: Some(bar), ..frame }, wave))
}

/// The tabs that say something in this part of the life of a wave.
fn tabs(m: Messages, wave: &Wave, here: Tab) -> Vec<Entry> {
    let id = wave.id.as_str();
    let planned = wave.current.is_some();
    let all = [
        (Tab::Overview, m.frame.tab_overview(), paths::wave(id), true),
        (Tab::Input, m.frame.tab_input(), paths::wave_input(id), true),
        (Tab::Runs, m.frame.tab_runs(), paths::wave_runs(id), wave.life != Life::Concept),
        (Tab::Review, m.frame.tab_review(), paths::wave_review(id), planned),
        (Tab::Answers, m.frame.tab_answers(), paths::wave_answers(id), planned),
        (Tab::Map, m.frame.tab_map(), paths::wave_map(id), planned),
        (Tab::Report, m.frame.tab_report(), paths::wave_report(id), planned),
        (Tab::Publish, m.frame.tab_publish(), paths::wave_publish(id), planned),
    ];
    let shown = all.into_iter().filter(|(tab, _, _, there)| *there || *tab == here);
    shown.map(|(tab, label, place, _)| Entry { label, place, here: tab == here }).collect()
}
