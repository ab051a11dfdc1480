//! The causes of a change in Dutch sentences.

use loket_instances::words::reasons::in_the_way;
use loket_solver::matching::ask::rerun::cause::{Why, chain};
use loket_solver::matching::ask::rerun::difference::Moved;
use loket_solver::matching::facts::codes::RuleCode;
use loket_solver::matching::facts::ids::CandidateId;
use loket_solver::matching::facts::plan::Placement;

use super::Compared;
use crate::present::dutch::{count, list, number};
use crate::present::names::{coach, person, seat};

/// Most people who are named in one sentence.
const MOST_NAMED: usize = 3;

/// The sentence for one cause.
pub(super) fn sentence(compared: &Compared<'_>, moved: &Moved, why: &Why) -> String {
    let old_coach = || moved.from.map_or_else(String::new, |from| coach(compared.before, from));
    let old_seat = || moved.from.map_or_else(String::new, |from| seat(compared.before, from));
    let what = |rules: &[RuleCode]| list(&rules.iter().map(|&rule| says(rule)).collect::<Vec<_>>());
    match why {
        Why::CoachGone => format!("Coach {} doet niet meer mee.", old_coach()),
        Why::SchoolGone => format!("De school doet niet meer mee: {}.", old_seat()),
        Why::SeatGone => format!("De plek is er niet meer: {}.", old_seat()),
        Why::CoachForbidden(rules) => format!("Coach {} kan hier niet meer: {}.", old_coach(), what(rules)),
        Why::SeatForbidden(rules) => format!("Op {} kan niemand van de coaches die er zijn: {}.", old_seat(), what(rules)),
        Why::Full { rules, newcomers, at, options } => {
            let who = people(compared, newcomers);
            let full = full(compared, moved, rules, *at, *options);
            let came = match (*options, newcomers.len()) {
                (1, 1) => format!("Daar kwam {who} bij."),
                (1, _) => format!("Daar kwamen {who} bij."),
                _ => came(compared, rules, *at, &who),
            };
            format!("{full} {came}{}", started(compared, moved.candidate))
        }
        Why::Less { rules, at, options } => {
            let full = full(compared, moved, rules, *at, *options);
            let other = old_coach() != coach(compared.after, *at) || old_seat() != seat(compared.after, *at);
            if other { full } else { format!("{full} Er is minder ruimte dan eerst.") }
        }
        Why::Locked => "Er staat nu iets anders vast voor deze kandidaat.".into(),
        Why::Better { goal, by } => {
            let goal = compared.after.wave.policy.goals.get(*goal).map_or("", |goal| &goal.name);
            format!("Het oude kon blijven, maar zo wordt doel {goal} beter ({} punten).", number(*by))
        }
        Why::Equal => "Het oude kon blijven; voor alle doelen maakt het niets uit.".into(),
    }
}

/// What is full: the old placement, or everything that keeps what can be kept of it.
fn full(compared: &Compared<'_>, moved: &Moved, rules: &[RuleCode], at: Placement, options: usize) -> String {
    if options > 1 {
        let same_seat = moved.from.is_some_and(|from| seat(compared.before, from) == seat(compared.after, at));
        let ways = count(options);
        return match same_seat {
            true => format!("De plek kon blijven, maar geen van de {ways} coaches die daar kunnen, heeft ruimte."),
            false => format!("De coach kon blijven, maar op geen van de {ways} plekken die passen, is ruimte."),
        };
    }
    let of = |rule: RuleCode| match rule {
        RuleCode::Plekken => format!("de plek is bezet ({})", seat(compared.after, at)),
        RuleCode::SchoolMaximum => format!("de school zit aan haar maximum ({})", seat(compared.after, at)),
        RuleCode::Starters => format!("het team heeft genoeg starters ({})", seat(compared.after, at)),
        RuleCode::BestuurMaximum => "het bestuur zit aan zijn maximum".into(),
        RuleCode::CoachAantal => format!("coach {} zit vol", coach(compared.after, at)),
        RuleCode::CoachUren => format!("coach {} heeft geen uren meer", coach(compared.after, at)),
        RuleCode::CoachVervolg => format!("coach {} heeft geen uren voor de volgende fase", coach(compared.after, at)),
        other => says(other),
    };
    let what = list(&rules.iter().map(|&rule| of(rule)).collect::<Vec<_>>());
    let mut letters = what.chars();
    let first = letters.next().map(|letter| letter.to_uppercase().to_string()).unwrap_or_default();
    format!("{first}{}.", letters.as_str())
}

/// Who came in, and where.
fn came(compared: &Compared<'_>, rules: &[RuleCode], at: Placement, who: &str) -> String {
    match rules.first() {
        Some(RuleCode::Plekken) => format!("Op {} kwam {who}.", seat(compared.after, at)),
        Some(RuleCode::SchoolMaximum | RuleCode::Starters) => format!("Op deze school kwam {who}."),
        Some(RuleCode::BestuurMaximum) => format!("Bij dit bestuur kwam {who}."),
        Some(RuleCode::ExternAandeel) => format!("Een externe coach kreeg {who}."),
        Some(RuleCode::Budget) => format!("Het geld gaat nu naar {who}."),
        _ => format!("Coach {} kreeg er {who} bij.", coach(compared.after, at)),
    }
}

/// Where a chain of people who made room for each other began.
fn started(compared: &Compared<'_>, candidate: CandidateId) -> String {
    let people = &compared.difference.people;
    let chain = chain(people, candidate);
    if chain.len() < 2 {
        return String::new();
    }
    let names: Vec<String> = chain.iter().map(|&it| compared.after.wave.candidates[it].id.clone()).collect();
    format!(" Zo schoof het door: {}.", names.join(" → "))
}

fn people(compared: &Compared<'_>, people: &[CandidateId]) -> String {
    let mut names: Vec<String> = people.iter().take(MOST_NAMED).map(|&it| person(compared.after, it)).collect();
    if people.len() > MOST_NAMED {
        names.push(format!("nog {}", count(people.len() - MOST_NAMED)));
    }
    list(&names)
}

/// What a rule in the way comes to, as part of a sentence.
fn says(code: RuleCode) -> String {
    format!("{} (regel {code})", in_the_way(code))
}
