//! Explanations for machines: the same answers, as far as the same lens lets them be seen.

use std::collections::BTreeMap;

use loket_instances::words::reasons::{codes, pair_rule};
use loket_solver::matching::ask::explain::alternatives::{Alternative, Alternatives};
use loket_solver::matching::ask::explain::ask::{Answer, Asked, Move, Span};
use loket_solver::matching::ask::explain::change::{Change, Spot};
use loket_solver::matching::ask::explain::fits::Fits;
use loket_solver::matching::ask::explain::limits::LimitKey;
use loket_solver::matching::ask::explain::rest::Rest;
use loket_solver::matching::ask::explain::scarcity::{Actor, Scarcity, Worth};
use loket_solver::matching::ask::explain::why::{Better, Why};
use loket_solver::matching::ask::explain::{Found, Standing, none};
use loket_solver::matching::facts::codes::{RuleCode, TermCode};
use loket_solver::matching::facts::ids::{CandidateId, CoachId, SchoolId, SeatId};
use loket_solver::matching::facts::plan::Placement;
use loket_solver::matching::facts::words::Word;
use loket_solver::matching::judge::rules::Members;

use super::effect::{Afgekapt, Botsing, Doelprijs, Doelwinst, Gevolg, Onmogelijkheid, Plaatsomschrijving, Planstand, Prijs, Verhuizing};
use super::gains::{Doener, Manier, Opbrengst, Rest as Over, Schaarste, Verandering};
use super::shape::{
    Alternatief, Alternatievenlijst, Beletsel, Beter, Grens, Kleinste, NoneKind, Opening, Paslijst, Passend, Regelplekken, Vol, Waarom,
    WaaromGeen,
};
use super::view::Lens;
use super::{seen, words};

pub(super) fn place(lens: &Lens<'_>, placement: Placement) -> Plaatsomschrijving {
    let seat = lens.seat_ids(placement.seat);
    Plaatsomschrijving {
        tekst: lens.place(placement),
        school: seat.map(|(school, _)| school.into()),
        school_naam: lens.school_of(placement.seat).and_then(|school| lens.school_name(school)),
        plek: seat.map(|(_, seat)| seat.into()),
        coach: lens.ids().map(|ids| ids.coach(placement.coach).into()),
        coach_naam: lens.coach_name(placement.coach),
    }
}

pub(super) fn person(lens: &Lens<'_>, candidate: CandidateId) -> String {
    lens.ids().map_or_else(|| lens.person(candidate), |ids| ids.candidate(candidate).into())
}

/// Ids of people, and their names in the same order; nothing for who may not see people.
fn people(lens: &Lens<'_>, of: &[CandidateId]) -> Option<Vec<String>> {
    lens.names_people().then(|| of.iter().map(|&candidate| person(lens, candidate)).collect())
}

/// What a change comes to for one goal.
fn price(goal: &str, span: Span) -> Doelprijs {
    let exact = span.exact();
    Doelprijs { doel: goal.into(), verschil: exact, minstens: span.least, hoogstens: span.most, bewezen: exact.is_some() }
}

/// How many more people are placed than in the plan shown.
fn more_placed(asked: &Asked) -> i64 {
    let one = |step: &Move| i64::from(step.to.is_some()) - i64::from(step.from.is_some());
    asked.movers.iter().map(one).sum()
}

pub(super) fn moved(lens: &Lens<'_>, step: &Move) -> Verhuizing {
    Verhuizing {
        kandidaat: person(lens, step.candidate),
        naam: lens.name(step.candidate),
        van: step.from.map(|it| place(lens, it)),
        naar: step.to.map(|it| place(lens, it)),
    }
}

fn asked(lens: &Lens<'_>, asked: &Asked) -> Gevolg {
    let goals = lens.policy().goals.iter().zip(&asked.price).map(|(goal, &span)| price(&goal.name, span));
    Gevolg {
        doelen: goals.collect(),
        verhuizingen: asked.movers.len(),
        minste_verhuizingen: asked.least_movers,
        bewezen: asked.proven(),
        meer_geplaatst: more_placed(asked),
        wie: lens.names_people().then(|| asked.movers.iter().map(|step| moved(lens, step)).collect()),
    }
}

/// An answer.
pub fn answer(lens: &Lens<'_>, answer: &Answer) -> Prijs {
    match answer {
        Answer::Possible(it) => Prijs::Gevolg(asked(lens, it)),
        Answer::Impossible(conflict) => {
            let locks = conflict.iter().map(|it| Botsing {
                kandidaat: person(lens, it.candidate),
                naam: lens.name(it.candidate),
                regels: codes(&it.rules),
            });
            let conflict = lens.names_people().then(|| locks.collect());
            Prijs::Onmogelijkheid(Onmogelijkheid { onmogelijk: true, conflict, tegenspraak: None })
        }
        Answer::Contradiction(_) => Prijs::Onmogelijkheid(Onmogelijkheid { onmogelijk: true, conflict: None, tegenspraak: Some(true) }),
        Answer::Stopped => Prijs::Afgekapt(Afgekapt { gestopt: true }),
    }
}

fn maybe(lens: &Lens<'_>, of: Option<&Answer>) -> Option<Prijs> {
    of.map(|it| answer(lens, it))
}

fn points(points: &[(TermCode, i64)]) -> BTreeMap<&'static str, i64> {
    points.iter().map(|(code, points)| (code.code(), *points)).collect()
}

fn better(lens: &Lens<'_>, it: &Better) -> Beter {
    let obstacles = it.obstacles.iter().map(|it| Beletsel {
        regel: it.rule.code(),
        tekst: words::obstacle(it),
        heeft: it.figures.map(|(has, _)| has),
        grens: it.figures.map(|(_, asks)| asks),
    });
    let full = it.full.iter().map(|full| Vol {
        regel: full.exceeded.limit.rule.code(),
        tekst: words::limit_name(lens, full.exceeded.limit),
        tekort: full.exceeded.short,
        bezet_door: full.holders.len(),
        wie: people(lens, &full.holders),
        wie_namen: None,
    });
    Beter {
        plaats: place(lens, it.placement),
        punten: points(&it.points),
        eigen: it.own.clone(),
        regels: obstacles.collect(),
        vol: full.collect(),
        prijs: maybe(lens, it.answer.as_ref()),
    }
}

/// Why this placement.
pub fn why(lens: &Lens<'_>, candidate: CandidateId, it: &Why) -> Waarom {
    let list = |all: &[Better]| seen::better(lens, all).into_iter().map(|it| better(lens, it)).collect();
    Waarom {
        kandidaat: person(lens, candidate),
        naam: lens.name(candidate),
        plaats: place(lens, it.placement),
        punten: points(&it.points),
        eigen: it.own.clone(),
        beter_mogelijk: it.open.len(),
        beter_verboden: it.forbidden.len(),
        mogelijk: list(&it.open),
        verboden: list(&it.forbidden),
        gestopt: it.stopped,
    }
}

fn grown(lens: &Lens<'_>, growth: &[(LimitKey, i64)]) -> Vec<Grens> {
    let one = |&(limit, by): &(LimitKey, i64)| Grens {
        regel: limit.rule.code(),
        tekst: words::grows(lens, limit, by),
        erbij: by,
        wat: change(lens, &Change::More { limit, by }),
    };
    growth.iter().map(one).collect()
}

/// Why no placement.
pub fn why_none(lens: &Lens<'_>, candidate: CandidateId, it: &none::Why) -> WaaromGeen {
    let of = |soort| WaaromGeen {
        kandidaat: person(lens, candidate),
        naam: lens.name(candidate),
        soort,
        plekken: None,
        regels: None,
        openingen: None,
        bewezen: None,
        redenen: None,
        grenzen: None,
        prijs: None,
        gestopt: None,
    };
    match it {
        none::Why::Pairs { seats, rules, openings, stopped, .. } => {
            let rule = |&(code, plekken): &(RuleCode, i64)| Regelplekken { code: code.code(), tekst: pair_rule(code).into(), plekken };
            let opening = |it: &none::Opening| Opening {
                verandering: words::change(lens, &it.change),
                wat: change(lens, &it.change),
                plekken: it.seats,
                geeft_plaats: it.places,
                prijs: maybe(lens, it.answer.as_ref()),
            };
            WaaromGeen {
                plekken: Some(*seats),
                regels: Some(rules.iter().map(rule).collect()),
                openingen: Some(openings.iter().map(opening).collect()),
                gestopt: Some(*stopped),
                ..of(NoneKind::Regels)
            }
        }
        none::Why::Limits { seats, reasons, proven, stopped } => {
            let reason = |it: &none::Smallest| Kleinste { grenzen: grown(lens, &it.growth), prijs: maybe(lens, it.answer.as_ref()) };
            WaaromGeen {
                plekken: Some(*seats),
                bewezen: Some(*proven),
                redenen: Some(reasons.iter().map(reason).collect()),
                gestopt: Some(*stopped),
                ..of(NoneKind::Grenzen)
            }
        }
        none::Why::Costly { growth, answer: it } => {
            WaaromGeen { grenzen: Some(grown(lens, growth)), prijs: Some(answer(lens, it)), ..of(NoneKind::GrenzenEnDoel) }
        }
        none::Why::Goal(it) => WaaromGeen { prijs: Some(answer(lens, it)), ..of(NoneKind::Doel) },
        none::Why::Nothing => of(NoneKind::Niets),
        none::Why::Unproven => of(NoneKind::PlanNietBewezen),
        none::Why::Stopped => WaaromGeen { gestopt: Some(true), ..of(NoneKind::Afgebroken) },
        none::Why::Open => of(NoneKind::NietBewezen),
    }
}

/// How a plan stands that was not proven when it was shown.
pub fn standing(lens: &Lens<'_>, it: &Standing) -> Planstand {
    let goals = &lens.policy().goals;
    let mut stand = Planstand {
        bewezen: it.found == Found::Best,
        niet_bewezen: it.unproven.iter().filter_map(|&goal| Some(goals.get(goal)?.name.clone())).collect(),
        nu_uitgezocht: it.settled,
        beter: None,
        verhuizingen_hoe_dan_ook: None,
        wie: None,
    };
    if let Found::Better { gains, moves } = &it.found {
        let more = goals.iter().zip(gains).filter(|(_, gain)| **gain != 0);
        stand.beter = Some(more.map(|(goal, &gain)| Doelwinst { doel: goal.name.clone(), verschil: gain }).collect());
        stand.verhuizingen_hoe_dan_ook = Some(moves.len());
        stand.wie = lens.names_people().then(|| moves.iter().map(|step| moved(lens, step)).collect());
    }
    stand
}

/// One alternative, at a seat group that may be seen.
pub fn alternative(lens: &Lens<'_>, it: &Alternative) -> Alternatief {
    Alternatief { plaats: place(lens, it.placement), prijs: asked(lens, &it.asked) }
}

/// Alternatives.
pub fn alternatives(lens: &Lens<'_>, all: &Alternatives) -> Alternatievenlijst {
    let list = seen::alternatives(lens, all).into_iter().map(|it| alternative(lens, it)).collect();
    Alternatievenlijst { alternatieven: list, alle: all.all, gestopt: all.stopped, volgorde_bewezen: all.ordered }
}

/// Who fits.
pub fn fits(lens: &Lens<'_>, it: &Fits) -> Paslijst {
    let fit = |fit: &loket_solver::matching::ask::explain::fits::Fit| Passend {
        kandidaat: person(lens, fit.candidate),
        naam: lens.name(fit.candidate),
        plaats: place(lens, fit.placement),
        prijs: asked(lens, &fit.asked),
    };
    Paslijst {
        nu: it.now.len(),
        passen: it.allowed,
        nagerekend: it.asked,
        onmogelijk: it.impossible,
        gestopt: it.stopped,
        zonder_verlies: seen::divided(it).free,
        kandidaten: lens.names_people().then(|| it.found.iter().map(fit).collect()),
    }
}

/// What is scarce.
pub fn scarcity(lens: &Lens<'_>, it: &Scarcity) -> Schaarste {
    let worth = |it: &Worth| Opbrengst {
        verandering: words::change(lens, &it.change),
        wat: change(lens, &it.change),
        door: actor(lens, it.actor),
        meer_geplaatst: more_placed(&it.asked),
        prijs: asked(lens, &it.asked),
    };
    let veranderingen = it.worth.iter().map(worth).collect();
    Schaarste { veranderingen, zonder_effect: it.idle, kandidaten: it.candidates, gestopt: it.stopped }
}

/// Ways to place the rest.
pub fn rest(lens: &Lens<'_>, it: &Rest) -> Over {
    let way = |way: &loket_solver::matching::ask::explain::rest::Way| Manier {
        veranderingen: way.changes.iter().map(|it| words::change(lens, it)).collect(),
        wat: way.changes.iter().map(|it| change(lens, it)).collect(),
        meer_geplaatst: way.places,
    };
    Over {
        manieren: it.ways.iter().map(way).collect(),
        samen_meer_geplaatst: it.together.as_ref().map(|(_, places)| *places),
        zonder: it.without.len(),
        zonder_wie: people(lens, &it.without),
        zonder_wie_namen: None,
        gestopt: it.stopped,
    }
}

/// Who can make a change.
fn actor(lens: &Lens<'_>, of: Actor) -> Doener {
    match of {
        Actor::Board(board) => Doener { soort: "bestuur", id: lens.board_id(board).map(Into::into), naam: lens.board_name(board) },
        Actor::Pool => Doener { soort: "coachpool", id: None, naam: None },
        Actor::Candidate(candidate) => {
            Doener { soort: "kandidaat", id: lens.ids().map(|ids| ids.candidate(candidate).into()), naam: lens.name(candidate) }
        }
    }
}

/// A change by its keys, as far as they may be seen.
fn change(lens: &Lens<'_>, of: &Change) -> Verandering {
    let about = |soort, candidate: CandidateId| Verandering {
        soort,
        kandidaat: lens.ids().map(|ids| ids.candidate(candidate).into()),
        naam: lens.name(candidate),
        ..Verandering::default()
    };
    let with = |soort, coach: CoachId| coached(lens, coach, Verandering { soort, ..Verandering::default() });
    let more = |minutes: u32| Some(i64::from(minutes));
    match of {
        Change::Force { candidate, spot, .. } => at(lens, *spot, about("plaatsen", *candidate)),
        Change::Forbid { candidate, spot } => at(lens, *spot, about("niet-plaatsen", *candidate)),
        Change::More { limit, by } => {
            let what = Verandering { soort: "grens", regel: Some(limit.rule.code()), erbij: Some(*by), ..Verandering::default() };
            match limit.members {
                Members::Seat(seat) => seated(lens, seat, what),
                Members::School(school) => schooled(lens, school, what),
                Members::Board(board) => {
                    Verandering { bestuur: lens.board_id(board).map(Into::into), bestuur_naam: lens.board_name(board), ..what }
                }
                Members::Coach(coach) => coached(lens, coach, what),
                Members::Shared(seat) => seated(lens, seat, what),
                Members::External | Members::All | Members::Pair(..) => what,
            }
        }
        Change::Travel { candidate, minutes } => Verandering { erbij: more(*minutes), ..about("reistijd", *candidate) },
        Change::Bouw { candidate, bouw } => Verandering { bouw: Some(bouw.code()), ..about("bouw", *candidate) },
        Change::Kind { candidate, kind } => Verandering { schoolsoort: Some(kind.code()), ..about("schoolsoort", *candidate) },
        Change::Board { candidate, board } => Verandering {
            bestuur: lens.board_id(*board).map(Into::into),
            bestuur_naam: lens.board_name(*board),
            ..about("bestuur", *candidate)
        },
        Change::CoachTravel { coach, minutes } => Verandering { erbij: more(*minutes), ..with("coachreistijd", *coach) },
        Change::CoachBouw { coach, bouw } => Verandering { bouw: Some(bouw.code()), ..with("coachbouw", *coach) },
        Change::CoachKind { coach, kind } => Verandering { schoolsoort: Some(kind.code()), ..with("coachsoort", *coach) },
    }
}

fn at(lens: &Lens<'_>, spot: Spot, mut what: Verandering) -> Verandering {
    if let Some(school) = spot.school {
        what = schooled(lens, school, what);
    }
    if let Some(seat) = spot.seat {
        what = seated(lens, seat, what);
    }
    spot.coach.map_or(what.clone(), |coach| coached(lens, coach, what))
}

fn schooled(lens: &Lens<'_>, school: SchoolId, what: Verandering) -> Verandering {
    Verandering { school: lens.school_id(school).map(Into::into), school_naam: lens.school_name(school), ..what }
}

fn seated(lens: &Lens<'_>, seat: SeatId, what: Verandering) -> Verandering {
    let ids = lens.seat_ids(seat);
    let name = lens.school_of(seat).and_then(|school| lens.school_name(school));
    let (school, plek) = (ids.map(|(school, _)| school.into()), ids.map(|(_, seat)| seat.into()));
    Verandering { school, school_naam: name, plek, bouw: Some(lens.bouw(seat)), ..what }
}

fn coached(lens: &Lens<'_>, coach: CoachId, what: Verandering) -> Verandering {
    Verandering { coach: lens.ids().map(|ids| ids.coach(coach).into()), coach_naam: lens.coach_name(coach), ..what }
}
