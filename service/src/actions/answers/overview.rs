//! All answers of a wave at once: each placement with its names, and how far the whole is.

use super::{Case, cases};
use crate::actions::papers::Names;
use crate::actions::{Asked, Refused};
use crate::desk::asking::{Party, Stance};
use crate::records::wave::Wave;
use crate::store::Store;
use loket_solver::matching::facts::words::Word;

/// How far the answers about placements are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Placements that are agreed to, or further.
    pub agreed: usize,
    /// Of these: three times yes.
    pub settled: usize,
    /// Placements about which somebody said no.
    pub refused: usize,
    /// Questions that wait for an answer.
    pub waiting: usize,
    /// Of these: past the last day.
    pub late: usize,
    /// Placements that are agreed to and of which a party was not asked.
    pub to_ask: usize,
}

impl Counts {
    /// Counts these.
    pub fn of(cases: &[Case]) -> Self {
        let mut counts = Self::default();
        for case in cases {
            let with = |wanted: &[Stance]| case.stances.iter().filter(|it| wanted.contains(it)).count();
            counts.refused += usize::from(with(&[Stance::No]) > 0);
            counts.waiting += with(&[Stance::Asked, Stance::Late]);
            counts.late += with(&[Stance::Late]);
            if case.goes() {
                counts.agreed += 1;
                counts.settled += usize::from(with(&[Stance::Yes]) == case.stances.len());
                counts.to_ask += usize::from(with(&[Stance::NotAsked]) > 0);
            }
        }
        counts
    }
}

/// Where a placement stands among the others: what asks for something first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    /// Somebody said no.
    Refused,
    /// A day to answer is over.
    Late,
    /// Somebody was asked and there is time.
    Waiting,
    /// Agreed to, and somebody is still to be asked.
    ToAsk,
    /// Three times yes.
    Settled,
    /// Nobody agreed to it yet, or it ended.
    Outside,
}

impl Group {
    /// Every group, in order.
    pub const ALL: [Self; 6] = [Self::Refused, Self::Late, Self::Waiting, Self::ToAsk, Self::Settled, Self::Outside];

    /// The group of a placement.
    pub fn of(case: &Case) -> Self {
        let has = |stance| case.stances.contains(&stance);
        if has(Stance::No) {
            Self::Refused
        } else if !case.goes() {
            Self::Outside
        } else if has(Stance::Late) {
            Self::Late
        } else if has(Stance::Asked) {
            Self::Waiting
        } else if has(Stance::NotAsked) {
            Self::ToAsk
        } else {
            Self::Settled
        }
    }
}

/// One placement with its names; the id where there is none.
#[derive(Clone, Debug)]
pub struct Line {
    /// The placement and its answers.
    pub case: Case,
    /// Who.
    pub name: String,
    /// The school.
    pub school: String,
    /// Its board.
    pub board: String,
    /// The coach.
    pub coach: String,
}

/// A wave with its answers.
#[derive(Clone, Debug)]
pub struct Overview {
    /// The wave.
    pub wave: Wave,
    /// Every placement of its plan, by name.
    pub lines: Vec<Line>,
    /// How far it all is.
    pub counts: Counts,
    /// The last days to answer of the questions that wait: the first and the last of them.
    pub by: Option<(String, String)>,
}

/// All answers of a wave.
///
/// # Errors
/// When there is no such wave, or the store could not do it.
pub async fn overview(store: &Store, asked: &Asked, wave: &str) -> Result<Overview, Refused> {
    let cases = cases(store, wave).await?;
    let mut reading = store.read();
    let wave = reading.wave(wave).await?.ok_or(Refused::Unknown)?;
    let names = Names::all(&mut reading, asked.caller.scope()).await?;
    let counts = Counts::of(&cases);
    let by = last_days(&cases);
    let mut lines: Vec<Line> = cases.into_iter().map(|case| line(case, &names)).collect();
    lines.sort_by(|a, b| (&a.name, &a.case.placing.candidate).cmp(&(&b.name, &b.case.placing.candidate)));
    Ok(Overview { wave, lines, counts, by })
}

fn line(case: Case, names: &Names) -> Line {
    let place = &case.placing.place;
    let called = |known: &std::collections::BTreeMap<String, String>, id: &str| known.get(id).cloned().unwrap_or_else(|| id.to_owned());
    Line {
        name: called(&names.candidates, &case.placing.candidate),
        school: called(&names.schools, &place.school),
        board: called(&names.boards, &place.board),
        coach: called(&names.coaches, &place.coach),
        case,
    }
}

fn last_days(cases: &[Case]) -> Option<(String, String)> {
    let waits = |case: &Case, party: &Party| matches!(case.stance(*party), Stance::Asked | Stance::Late);
    let days = cases.iter().flat_map(|case| Party::ALL.iter().filter(|party| waits(case, party)).filter_map(|party| case.answer(*party)));
    let days: Vec<&String> = days.map(|it| &it.by).collect();
    Some(((*days.iter().min()?).clone(), (*days.iter().max()?).clone()))
}
