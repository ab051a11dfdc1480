//! The numbers of a plan that can be typed: each with its key in the form, what it is now, and what it is typed as.

use loket_instances::planning::typed::Typed;
use loket_solver::common::tables::Id;
use loket_solver::common::words::Word;
use loket_solver::planning::facts::codes::Step;
use loket_solver::planning::facts::ids::{KindId, WaveId, YearId};

use super::told::{kind_name, phase_name, step_name, wave_name, year_name};
use crate::actions::planning::seen::Numbers;
use crate::pages::form::Form;
use crate::pages::messages::Messages;
use crate::pages::wrong::Wrong;

/// What a number is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Of {
    Step(Step),
    Phase(usize),
    KindHours(KindId),
    PerCoach,
    Started(WaveId),
    Guided(WaveId, KindId),
    Hired(KindId, YearId),
}

impl Of {
    /// Its key in the form.
    pub(super) fn key(self) -> String {
        match self {
            Self::Step(step) => format!("t-{}", step.code()),
            Self::Phase(at) => format!("f-{at}"),
            Self::KindHours(kind) => format!("u-{}", kind.position()),
            Self::PerCoach => "per-coach".into(),
            Self::Started(wave) => format!("s-{}", wave.position()),
            Self::Guided(wave, kind) => format!("g-{}-{}", wave.position(), kind.position()),
            Self::Hired(kind, year) => format!("h-{}-{}", kind.position(), year.position()),
        }
    }

    /// The least and the most that it may be.
    fn bounds(self) -> (i64, i64) {
        match self {
            Self::Step(_) => (1, 100),
            Self::KindHours(_) | Self::PerCoach => (1, 100_000),
            Self::Started(_) | Self::Guided(..) => (0, 1_000),
            Self::Phase(_) | Self::Hired(..) => (0, 100_000),
        }
    }

    fn typed(self, numbers: &Numbers, value: i64) -> Typed {
        let horizon = &numbers.loaded.horizon;
        let (wave, kind) = (|it: WaveId| horizon.waves[it].id.clone(), |it: KindId| horizon.kinds[it].id.clone());
        match self {
            Self::Step(step) => Typed::Percent(step, value),
            Self::Phase(at) => Typed::PhaseHours(horizon.phases.iter().nth(at).map(|it| it.id.clone()).unwrap_or_default(), value),
            Self::KindHours(of) => Typed::KindHours(kind(of), value),
            Self::PerCoach => Typed::PerCoach(value),
            Self::Started(of) => Typed::Started(wave(of), value),
            Self::Guided(of, by) => Typed::Guided(wave(of), kind(by), value),
            Self::Hired(of, year) => Typed::Hired(kind(of), horizon.years[year].clone(), value),
        }
    }
}

/// Every number of a plan that can be typed, with what it is.
pub(super) fn all(numbers: &Numbers) -> Vec<(Of, i64)> {
    let (horizon, plan) = (&numbers.loaded.horizon, &numbers.plan);
    let mut found: Vec<(Of, i64)> = Step::ALL.iter().map(|&it| (Of::Step(it), i64::from(horizon.funnel.percent(it)))).collect();
    found.extend(horizon.phases.iter().enumerate().map(|(at, it)| (Of::Phase(at), it.hours)));
    found.extend(horizon.kinds.pairs().map(|(kind, it)| (Of::KindHours(kind), it.hours)));
    found.push((Of::PerCoach, i64::from(horizon.policy.per_coach)));
    for wave in horizon.waves.ids() {
        found.push((Of::Started(wave), plan.started(wave)));
        found.extend(horizon.kinds.ids().skip(1).map(|kind| (Of::Guided(wave, kind), plan.guided[wave][kind])));
    }
    for kind in horizon.kinds.ids() {
        found.extend(horizon.years.ids().map(|year| (Of::Hired(kind, year), plan.hired[kind][year])));
    }
    found
}

/// What a form says.
#[derive(Debug, Default)]
pub(super) struct Asked {
    /// Numbers that are other than they were: what, and what it is typed as.
    pub(super) changed: Vec<(Of, i64)>,
    /// The same for the file, with who of a wave is guided by whom where that follows.
    pub(super) typed: Vec<Typed>,
    /// What is wrong.
    pub(super) wrong: Wrong,
}

/// Reads the numbers that a form has; those that it does not have stay as they are.
pub(super) fn read(m: Messages, form: &Form, numbers: &Numbers) -> Asked {
    let mut asked = Asked::default();
    let all = all(numbers);
    let mut now: Vec<(Of, i64)> = Vec::with_capacity(all.len());
    for (of, was) in all {
        let key = of.key();
        let mut value = was;
        if form.has(&key) {
            let (least, most) = of.bounds();
            match form.text(&key).replace('.', "").parse().ok().filter(|it| (least..=most).contains(it)) {
                Some(number) => value = number,
                None => asked.wrong.add(&key, m.plan.bad_number(name(m, numbers, of), least, most)),
            }
        }
        if value != was {
            asked.changed.push((of, value));
        }
        now.push((of, value));
    }
    for wave in numbers.loaded.horizon.waves.ids() {
        let started = now.iter().find(|(of, _)| *of == Of::Started(wave)).map_or(0, |(_, value)| *value);
        let others: Vec<(Of, i64)> = now.iter().filter(|(of, _)| matches!(of, Of::Guided(it, _) if *it == wave)).copied().collect();
        let guided: i64 = others.iter().map(|(_, value)| value).sum();
        if guided > started {
            let key = others.iter().max_by_key(|(_, value)| *value).map_or_else(|| Of::Started(wave).key(), |(of, _)| of.key());
            asked.wrong.add(&key, m.plan.bad_guided(wave_name(m, &numbers.loaded, wave), guided, started));
        }
        if asked.changed.iter().any(|(of, _)| matches!(of, Of::Started(it) | Of::Guided(it, _) if *it == wave)) {
            asked.typed.push(Of::Started(wave).typed(numbers, started));
            asked.typed.extend(others.iter().map(|(of, value)| of.typed(numbers, *value)));
        }
    }
    let rest = asked.changed.iter().filter(|(of, _)| !matches!(of, Of::Started(_) | Of::Guided(..)));
    asked.typed.extend(rest.map(|(of, value)| of.typed(numbers, *value)).collect::<Vec<_>>());
    asked
}

/// What people call a number.
pub(super) fn name(m: Messages, numbers: &Numbers, of: Of) -> String {
    let loaded = &numbers.loaded;
    match of {
        Of::Step(step) => step_name(m, step).to_owned(),
        Of::Phase(at) => phase_name(m, loaded, at),
        Of::KindHours(kind) => kind_name(loaded, kind),
        Of::PerCoach => m.plan.per_coach().to_owned(),
        Of::Started(wave) => wave_name(m, loaded, wave),
        Of::Guided(wave, kind) => m.plan.of_whom(wave_name(m, loaded, wave), kind_name(loaded, kind).to_lowercase()),
        Of::Hired(kind, year) => m.plan.hired_in(kind_name(loaded, kind), year_name(&loaded.horizon.years[year])),
    }
}

/// A number as a field of the form.
pub(super) struct Field {
    pub(super) key: String,
    pub(super) label: String,
    pub(super) unit: &'static str,
    pub(super) value: String,
    /// What it was, where it is tried.
    pub(super) was: Option<String>,
    pub(super) wrong: String,
}

/// The fields of these numbers; what was typed comes back also where it is wrong.
pub(super) fn fields(m: Messages, form: &Form, base: &Numbers, asked: &Asked, wanted: impl Fn(Of) -> bool) -> Vec<Field> {
    let all = all(base).into_iter().filter(|(of, _)| wanted(*of));
    let field = |(of, was): (Of, i64)| {
        let key = of.key();
        let changed = asked.changed.iter().find(|(it, _)| *it == of).map(|(_, value)| *value);
        let wrong = asked.wrong.of(&key).to_owned();
        let value = if wrong.is_empty() { changed.unwrap_or(was).to_string() } else { form.text(&key).to_owned() };
        let unit = match of {
            Of::Step(_) => m.plan.percent(),
            Of::Phase(_) | Of::KindHours(_) => m.plan.hours_unit(),
            Of::PerCoach => m.plan.at_most(),
            Of::Started(_) | Of::Guided(..) => m.plan.people_unit(),
            Of::Hired(..) => "",
        };
        let label = match of {
            Of::Guided(_, kind) => m.plan.of_them(kind_name(&base.loaded, kind).to_lowercase()),
            _ => name(m, base, of),
        };
        Field { label, unit, was: changed.map(|_| was.to_string()), value, wrong, key }
    };
    all.map(field).collect()
}
