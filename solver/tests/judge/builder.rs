//! Small waves for tests: one permissive row of each kind to start from, and seeded random waves.

use loket_solver::common::tables::{Id, Table};
use loket_solver::matching::facts::codes::RuleCode::{self, Bestuur, CoachBouw, CoachReistijd, Dagdelen, Reistijd, Soort};
use loket_solver::matching::facts::ids::{BoardId, CandidateId, CoachId, SchoolId, SeatId};
use loket_solver::matching::facts::plan::{self, Placement, Plan};
use loket_solver::matching::facts::policy::{self, Policy};
use loket_solver::matching::facts::wave::{Ban, Board, Candidate, Coach, Lock, Pair, Part, Previous, School, Seat, Travel, Wave};
use loket_solver::matching::facts::words::{Bouw, CoachKind, HalfDay, HalfDays, PairKind, Phase, Quality, SchoolKind, Status, Word};

/// The rows of a wave before they are put together.
#[derive(Clone)]
pub struct Rows {
    pub policy: Policy,
    pub boards: Vec<Board>,
    pub schools: Vec<School>,
    pub seats: Vec<Seat>,
    pub coaches: Vec<Coach>,
    pub candidates: Vec<Candidate>,
    pub pairs: Vec<Pair>,
    /// Minutes of candidates; what is not named is 10.
    pub candidate_minutes: Vec<(usize, usize, u32)>,
    /// Minutes of coaches; what is not named is 10.
    pub coach_minutes: Vec<(usize, usize, u32)>,
}

/// One board, one school with one seat group of two, one coach and one candidate who all suit each other.
pub fn rows() -> Rows {
    Rows {
        policy: Policy { goals: policy::default_goals(Phase::Opleiding), ..Policy::default() },
        boards: vec![board("B1")],
        schools: vec![school("S1", 0)],
        seats: vec![seat("onderbouw", 0, Bouw::Onderbouw, 2)],
        coaches: vec![coach("K1")],
        candidates: vec![candidate("Z1")],
        pairs: Vec::new(),
        candidate_minutes: Vec::new(),
        coach_minutes: Vec::new(),
    }
}

pub fn board(id: &str) -> Board {
    Board { id: id.into(), noodplan: true, maximum: None }
}

pub fn school(id: &str, board: usize) -> School {
    School {
        id: id.into(),
        board: BoardId::new(board),
        kind: SchoolKind::Bo,
        target_group: 0,
        shortage: 0,
        concept: None,
        denomination: None,
        quality: Quality::Voldoet,
        maximum: None,
        team_size: None,
        starters: 0,
        seats: Vec::new(),
    }
}

pub fn seat(id: &str, school: usize, bouw: Bouw, count: u32) -> Seat {
    Seat { id: id.into(), school: SchoolId::new(school), bouw, count, half_days: HalfDays::default(), shared: false, price: 0 }
}

pub fn coach(id: &str) -> Coach {
    Coach {
        id: id.into(),
        kind: CoachKind::Intern,
        max_travel: 45,
        maximum: 9,
        hours: 540,
        next_hours: None,
        running: 0,
        rate_cents: 5000,
        hour_price: 0,
        bouwen: Bouw::ALL.to_vec(),
        kinds: vec![SchoolKind::Bo],
        tags: Vec::new(),
        own_school: None,
        excluded_schools: Vec::new(),
    }
}

pub fn candidate(id: &str) -> Candidate {
    Candidate {
        id: id.into(),
        row: 0,
        phase: Phase::Opleiding,
        hours: None,
        max_travel: 60,
        bouwen: vec![Bouw::Onderbouw],
        kinds: vec![SchoolKind::Bo],
        boards: None,
        concepts: Vec::new(),
        half_days: HalfDays::default(),
        waited: 0,
        coach_wishes: Vec::new(),
        coach_needs: Vec::new(),
        current_coach: None,
        current_school: None,
        excluded_schools: Vec::new(),
        excluded_boards: Vec::new(),
        excluded_denominations: Vec::new(),
        excluded_coaches: Vec::new(),
        lock: None,
        bans: Vec::new(),
        previous: None,
    }
}

/// The first candidate, at the first seat group with the first coach.
pub const FIRST: CandidateId = CandidateId(0);

pub fn at(seat: u32, coach: u32) -> Placement {
    Placement { seat: SeatId(seat), coach: CoachId(coach) }
}

/// The previous entry of a candidate.
pub fn previous(seat: Part<SeatId>, coach: Part<CoachId>, status: Status) -> Option<Previous> {
    Some(Previous { seat, coach, status })
}

pub fn days(codes: &[HalfDay]) -> HalfDays {
    codes.iter().copied().collect()
}

impl Rows {
    /// `count` candidates like the first one.
    pub fn with_candidates(mut self, count: usize) -> Self {
        let first = self.candidates[0].clone();
        self.candidates = (0..count).map(|at| Candidate { id: format!("Z{}", at + 1), row: at, ..first.clone() }).collect();
        self
    }

    pub fn wave(&self) -> Wave {
        let mut schools = self.schools.clone();
        for (at, seat) in self.seats.iter().enumerate() {
            schools[seat.school.position()].seats.push(SeatId::new(at));
        }
        let minutes = |people: usize, given: &[(usize, usize, u32)]| {
            let mut minutes = vec![10; people * schools.len()];
            for &(person, school, it) in given {
                minutes[person * schools.len() + school] = it;
            }
            minutes
        };
        let travel = Travel::new(
            schools.len(),
            minutes(self.candidates.len(), &self.candidate_minutes),
            minutes(self.coaches.len(), &self.coach_minutes),
        );
        Wave {
            id: "proef".into(),
            phase: Phase::Opleiding,
            policy: self.policy.clone(),
            boards: self.boards.clone().into(),
            schools: schools.into(),
            seats: self.seats.clone().into(),
            coaches: self.coaches.clone().into(),
            candidates: self.candidates.clone().into(),
            pairs: self.pairs.clone(),
            travel,
        }
    }
}

/// A plan from placements of the first candidates; the others are unplaced.
pub fn plan_of(wave: &Wave, placements: &[Option<Placement>]) -> Plan {
    let mut plan = plan::empty(wave);
    for (at, &placement) in placements.iter().enumerate() {
        plan[CandidateId::new(at)] = placement;
    }
    plan
}

/// Numbers from a seed (SplitMix64, Steele, Lea and Flood 2014).
pub struct Dice(pub u64);

impl Dice {
    /// A number below `below`, which is at least 1.
    pub fn roll(&mut self, below: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut it = self.0;
        it = (it ^ it >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        it = (it ^ it >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        (it ^ it >> 31) % below
    }
    /// True once in `of` times.
    pub fn once_in(&mut self, of: u64) -> bool {
        self.roll(of) == 0
    }
    fn small(&mut self, below: u32) -> u32 {
        self.roll(below.into()) as u32
    }
    fn some<T>(&mut self, of: u64, make: impl FnOnce(&mut Self) -> T) -> Option<T> {
        self.once_in(of).then(|| make(self))
    }
    fn pick<T: Clone>(&mut self, from: &[T]) -> T {
        from[self.roll(from.len() as u64) as usize].clone()
    }
    fn subset<T: Clone>(&mut self, from: &[T], keep: u64) -> Vec<T> {
        from.iter().filter(|_| !self.once_in(keep)).cloned().collect()
    }
    fn few<I: Id>(&mut self, rows: u32, one_in: u64) -> Vec<I> {
        (0..rows as usize).filter(|_| self.once_in(one_in)).map(I::new).collect()
    }
}

const TAGS: [&str; 3] = ["engels", "rustig", "sbo"];

/// A random wave of at most 6 candidates, 3 schools, 6 seat groups and 3 coaches in which every field matters somewhere.
pub fn random(seed: u64) -> Wave {
    let dice = &mut Dice(seed);
    let tags = TAGS.map(String::from);
    let names = ["montessori", "dalton"].map(String::from);
    let (boards, schools, coaches) = (2, 1 + dice.small(3), 1 + dice.small(3));
    let mut rows = rows();
    rows.policy.extra_hours = dice.small(3) * 10;
    rows.policy.noodplan_only = !dice.once_in(4);
    rows.policy.shared_half_days = dice.small(6);
    rows.policy.max_external_percent = dice.some(2, |dice| dice.small(100));
    rows.policy.max_cost_cents = dice.some(2, |dice| i64::from(dice.small(2_000_000)));
    rows.policy.max_changes = dice.some(2, |dice| dice.small(2));
    rows.policy.bouw_points = dice.pick(&[vec![100, 60, 20], vec![7], vec![10, 30]]);
    rows.boards = (0..boards)
        .map(|at| Board { id: format!("B{at}"), noodplan: !dice.once_in(4), maximum: dice.some(2, |dice| dice.small(4)) })
        .collect();
    rows.schools = (0..schools)
        .map(|at| School {
            kind: dice.pick(&[SchoolKind::Bo, SchoolKind::Bo, SchoolKind::Sbo]),
            target_group: dice.small(101),
            shortage: dice.small(101),
            concept: dice.some(2, |dice| dice.pick(&names)),
            denomination: dice.some(2, |dice| dice.pick(&names)),
            quality: dice.pick(&[Quality::Voldoet, Quality::Onbekend, Quality::VoldoetNiet]),
            maximum: dice.some(2, |dice| dice.small(4)),
            team_size: dice.some(2, |dice| dice.small(30)),
            starters: dice.small(4),
            ..school(&format!("S{at}"), dice.roll(boards) as usize)
        })
        .collect();
    rows.seats = (0..schools as usize)
        .flat_map(|school| Bouw::ALL.iter().map(move |&bouw| (school, bouw)))
        .map(|(school, bouw)| seat(bouw.code(), school, bouw, 1))
        .filter(|_| !dice.once_in(3))
        .collect();
    for seat in &mut rows.seats {
        seat.count = dice.small(3);
        seat.half_days = dice.some(2, half_days).unwrap_or_default();
        seat.shared = dice.once_in(2);
        seat.price = dice.small(200);
        if seat.shared {
            (seat.count, seat.half_days) = (2 + dice.small(2), half_days(dice));
        }
    }
    rows.coaches = (0..coaches)
        .map(|at| Coach {
            kind: dice.pick(CoachKind::ALL),
            max_travel: 20 + dice.small(40),
            maximum: dice.small(4),
            hours: dice.small(200),
            next_hours: dice.some(2, |dice| dice.small(90)),
            running: dice.small(4),
            rate_cents: 5000 + dice.small(5000),
            hour_price: dice.small(100),
            bouwen: dice.subset(Bouw::ALL, 4),
            kinds: dice.subset(SchoolKind::ALL, 4),
            tags: dice.subset(&tags, 3),
            own_school: dice.some(3, |dice| SchoolId(dice.small(schools))),
            excluded_schools: dice.few(schools, 6),
            ..coach(&format!("K{at}"))
        })
        .collect();
    let seats = rows.seats.len() as u32;
    rows.candidates = (0..1 + dice.roll(6) as usize)
        .map(|row| Candidate {
            row,
            phase: dice.pick(Phase::ALL),
            hours: dice.some(3, |dice| dice.small(100)),
            max_travel: 20 + dice.small(60),
            bouwen: dice.subset(Bouw::ALL, 3),
            kinds: dice.subset(SchoolKind::ALL, 4),
            boards: dice.some(3, |dice| dice.few(boards as u32, 2)),
            concepts: dice.subset(&names, 2),
            half_days: dice.some(2, half_days).unwrap_or_default(),
            waited: dice.small(12),
            coach_wishes: dice.subset(&tags, 2),
            coach_needs: dice.some(4, |dice| dice.subset(&tags, 2)).unwrap_or_default(),
            current_coach: dice.some(2, |dice| CoachId(dice.small(coaches))),
            current_school: dice.some(2, |dice| SchoolId(dice.small(schools))),
            excluded_schools: dice.few(schools, 6),
            excluded_boards: dice.few(boards as u32, 8),
            excluded_denominations: dice.some(4, |dice| vec![dice.pick(&names)]).unwrap_or_default(),
            excluded_coaches: dice.few(coaches, 6),
            bans: dice
                .some(4, |dice| {
                    vec![Ban {
                        school: dice.some(2, |dice| SchoolId(dice.small(schools))),
                        seat: dice.some(4, |_| "onderbouw".into()),
                        bouw: dice.some(4, |dice| dice.pick(Bouw::ALL)),
                        board: dice.some(4, |dice| BoardId(dice.small(boards as u32))),
                        coach: Some(CoachId(dice.small(coaches))),
                    }]
                })
                .unwrap_or_default(),
            previous: dice.some(2, |dice| {
                let seat = dice.some(2, |dice| match seats {
                    0 => Part::Gone,
                    _ => Part::Known(SeatId(dice.small(seats))),
                });
                let coach = dice.some(2, |dice| Part::Known(CoachId(dice.small(coaches))));
                Previous { seat: seat.unwrap_or(Part::Absent), coach: coach.unwrap_or(Part::Gone), status: dice.pick(Status::ALL) }
            }),
            ..candidate(&format!("Z{row}"))
        })
        .collect();
    for &kind in PairKind::ALL {
        let (one, other) = (dice.roll(rows.candidates.len() as u64), dice.roll(rows.candidates.len() as u64));
        let ids = [one.min(other), one.max(other)].map(|at| CandidateId::new(at as usize));
        rows.pairs.extend((one != other).then_some(Pair { kind, one: ids[0], other: ids[1] }));
    }
    for person in 0..rows.candidates.len() {
        for school in 0..schools as usize {
            rows.candidate_minutes.push((person, school, dice.small(90)));
        }
    }
    for person in 0..coaches as usize {
        for school in 0..schools as usize {
            rows.coach_minutes.push((person, school, dice.small(70)));
        }
    }
    rows.wave()
}

/// A lock for every third candidate, with something overruled.
pub fn with_locks(mut wave: Wave, seed: u64) -> Wave {
    let dice = &mut Dice(seed);
    let codes = [Soort, Bestuur, RuleCode::Bouw, Reistijd, Dagdelen, CoachBouw, CoachReistijd];
    let (schools, coaches) = (wave.schools.len() as u32, wave.coaches.len() as u32);
    let ids: Vec<_> = wave.candidates.ids().collect();
    for id in ids {
        wave.candidates[id].lock = dice.some(3, |dice| Lock {
            school: dice.some(2, |dice| SchoolId(dice.small(schools))),
            seat: dice.some(4, |_| "onderbouw".into()),
            bouw: dice.some(4, |dice| dice.pick(Bouw::ALL)),
            coach: dice.some(2, |dice| CoachId(dice.small(coaches))),
            despite: dice.subset(&codes, 2),
        });
    }
    wave
}

/// Every seat group with every coach.
pub fn every_placement(wave: &Wave) -> impl Iterator<Item = Placement> {
    wave.seats.ids().flat_map(|seat| wave.coaches.ids().map(move |coach| Placement { seat, coach }))
}

/// Table without a row.
pub fn none<I: Id, T>() -> Table<I, T> {
    Vec::new().into()
}

fn half_days(dice: &mut Dice) -> HalfDays {
    dice.subset(HalfDay::ALL, 2).into_iter().collect()
}
