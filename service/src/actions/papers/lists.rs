//! Printed lists: the plan of a wave for the intermediary, and what is proposed and published for one board or one coach.

use loket_instances::matching::outcome::read_outcome;

use super::{Ground, Names, called, coach, day, ground, read};
use crate::access::{Role, Scope};
use crate::actions::answers::{Case, ground_all};
use crate::actions::{Asked, Refused, aside, capacity};
use crate::desk::asking::{Party, Stance};
use crate::desk::letters::half_days;
use crate::desk::named::{Told, names_for};
use crate::desk::room::Period;
use crate::records::placement::Placed;
use crate::records::policy::Used;
use crate::records::printed::{Line, Said, Stand, Whose};
use crate::store::clock::read_by_people;
use crate::store::{Clock, Error, Session, Store};

/// A list as it is printed.
#[derive(Clone, Debug)]
pub struct List {
    /// The placements.
    pub lines: Vec<Line>,
    /// Who has no place, by name, with the reasons.
    pub left: Vec<(String, String)>,
    /// Whose it is.
    pub whose: Whose,
    /// What it is of.
    pub stand: Stand,
    /// When it is made, UTC milliseconds.
    pub at: i64,
}

/// Of which part of a wave an intermediary wants a list.
#[derive(Clone, Debug, Default)]
pub struct Part {
    /// Only of this board.
    pub board: Option<String>,
    /// Only of this school.
    pub school: Option<String>,
    /// Only of this coach.
    pub coach: Option<String>,
}

/// A placement with everything that a line may tell of it.
struct Row<'a> {
    candidate: &'a str,
    school: &'a str,
    board: String,
    seat: &'a str,
    bouw: &'a str,
    coach: &'a str,
    period: Period,
    case: Option<&'a Case>,
    published: bool,
}

/// The placements of a wave as they stand: published ones that did not end, or else those of the plan under review.
fn rows(ground: &Ground) -> Result<Vec<Row<'_>>, Error> {
    if ground.published() {
        let placed = ground.placed.keys().filter_map(|it| ground.now(it));
        return Ok(placed.map(|it| row(it, ground)).collect());
    }
    let period = Period { from: day(&ground.wave.from)?, until: day(&ground.wave.until)? };
    let row = |case| proposed(case, period);
    Ok(ground.cases.values().map(row).collect())
}

fn proposed(case: &Case, period: Period) -> Row<'_> {
    let place = &case.placing.place;
    Row {
        candidate: &case.placing.candidate,
        school: &place.school,
        board: place.board.clone(),
        seat: &place.seat,
        bouw: &place.bouw,
        coach: &place.coach,
        period,
        case: Some(case),
        published: false,
    }
}

fn row<'a>(it: &'a Placed, ground: &'a Ground) -> Row<'a> {
    let case = ground.cases.get(&it.candidate).filter(|case| case.placing.place.school == it.school && case.placing.place.seat == it.seat);
    // Of a school whose placements are written down the board is known.
    let of_school = || ground.cases.values().find(|case| case.placing.place.school == it.school);
    let board = case.or_else(of_school).map(|case| case.placing.place.board.clone()).unwrap_or_default();
    Row {
        candidate: &it.candidate,
        school: &it.school,
        board,
        seat: &it.seat,
        bouw: &it.bouw,
        coach: &it.coach,
        period: it.period,
        case,
        published: true,
    }
}

impl Row<'_> {
    fn stance(&self, party: Party) -> Stance {
        self.case.map_or(Stance::NotAsked, |it| it.stance(party))
    }

    fn told(&self) -> Told {
        Told { published: self.published, board: self.stance(Party::Board) == Stance::Yes, coach: self.stance(Party::Coach) == Stance::Yes }
    }

    fn said(&self, party: Party, clock: &Clock) -> Said {
        let answer = self.case.and_then(|it| it.answer(party));
        let on = answer.and_then(|it| it.at).and_then(|it| clock.day(it));
        match (self.stance(party), answer.and_then(|it| it.by.parse().ok())) {
            (Stance::Asked, Some(by)) => Said::Asked(by),
            (Stance::NotAsked | Stance::Asked, _) => Said::NotAsked,
            (Stance::Late, _) => Said::Late,
            (Stance::Yes, _) => Said::Yes(on),
            (Stance::No, _) => Said::No(on),
        }
    }

    /// A line for somebody in this role, whose placement it is.
    fn line(&self, role: Role, names: &Names, clock: &Clock) -> Line {
        let named = names_for(self.told(), role);
        let parties: &[(&'static str, Party)] = match role {
            Role::Bestuur => &[("Antwoord bestuur", Party::Board)],
            Role::Coach => &[("Uw antwoord", Party::Coach)],
            _ => &[("Kandidaat zegt", Party::Candidate), ("Bestuur zegt", Party::Board), ("Coach zegt", Party::Coach)],
        };
        Line {
            candidate: named.then(|| called(&names.candidates, self.candidate)),
            school_id: self.school.to_owned(),
            school: called(&names.schools, self.school),
            board: called(&names.boards, &self.board),
            seat: self.seat.to_owned(),
            bouw: self.bouw.to_owned(),
            seats: self.case.map(|it| it.placing.seats),
            coach: named.then(|| called(&names.coaches, self.coach)),
            half_days: self.case.map(|it| half_days(&it.placing.place.half_days)).unwrap_or_default(),
            period: (self.period.from, self.period.until),
            answers: parties.iter().map(|(heading, party)| (*heading, self.said(*party, clock))).collect(),
        }
    }
}

/// The plan of a wave, or a part of it, with names: for the intermediary.
///
/// # Errors
/// When there is no such wave, or it has no plan.
pub async fn of_wave(store: &Store, asked: &Asked, id: &str, part: &Part) -> Result<List, Refused> {
    let (mut reading, ground) = ground(store, id).await?;
    let Some(run) = ground.wave.current.clone() else {
        return Err(Refused::not_now("Deze lichting heeft nog geen plan om af te drukken; vraag eerst een berekening."));
    };
    let names = Names::all(&mut reading, asked.caller.scope()).await?;
    let is = |wanted: &Option<String>, there: &str| wanted.as_ref().is_none_or(|it| it == there);
    let lets = |it: &Row<'_>| is(&part.board, &it.board) && is(&part.school, it.school) && is(&part.coach, it.coach);
    let lines = rows(&ground)?.iter().filter(|it| lets(it)).map(|it| it.line(asked.caller.role(), &names, store.clock())).collect();
    let whose = match (&part.coach, &part.school, &part.board) {
        (Some(coach), _, _) => Whose::Coach(called(&names.coaches, coach)),
        (None, Some(school), _) => Whose::School(called(&names.schools, school)),
        (None, None, Some(board)) => Whose::Board(called(&names.boards, board)),
        (None, None, None) => Whose::Everybody,
    };
    let left = if whose == Whose::Everybody { left(&mut reading, &ground, &run, &names).await? } else { Vec::new() };
    let mut stand = stand(std::slice::from_ref(&ground), store.clock());
    stand.version = Some(ground.wave.version);
    stand.run = reading.run(&run).await?.map(|it| it.number);
    stand.policy = ground.wave.policy.as_ref().map(Used::told);
    stand.head = Some(reading.log_head().await?);
    Ok(List { lines, left, whose, stand, at: store.clock().now() })
}

/// Who has no place, with the reasons in a sentence each.
async fn left(reading: &mut Session, ground: &Ground, run: &str, names: &Names) -> Result<Vec<(String, String)>, Refused> {
    let Some(outcome) = reading.result(run).await? else { return Ok(Vec::new()) };
    let outcome = aside(move || read_outcome(&outcome)).await?.map_err(|it| Error::unreadable("een voorstel", &it))?;
    let without = outcome.unplaced.into_iter().filter(|it| ground.now(&it.candidate).is_none());
    let one = |it: loket_instances::matching::outcome::UnplacedLine| {
        let why: Vec<&str> = it.reasons.iter().map(|reason| reason.text.as_str()).collect();
        (called(&names.candidates, &it.candidate), why.join(" "))
    };
    Ok(without.map(one).collect())
}

/// What is proposed and published for the schools of a board.
///
/// # Errors
/// [`Refused::Unknown`] when there is no such board, or it is another's.
pub async fn of_board(store: &Store, asked: &Asked, id: &str) -> Result<List, Refused> {
    let scope = capacity::board(store, asked, id).await?;
    of_own(store, asked, &scope, |it| it.board == id, |names| Whose::Board(called(&names.boards, id))).await
}

/// Whom a coach has, or said yes to.
///
/// # Errors
/// [`Refused::Unknown`] when there is no such coach, or it is another one.
pub async fn of_coach(store: &Store, asked: &Asked, id: &str) -> Result<List, Refused> {
    let scope = coach(store, asked, id).await?;
    let role = asked.caller.role();
    let own = |it: &Row<'_>| it.coach == id && names_for(it.told(), role);
    of_own(store, asked, &scope, own, |names| Whose::Coach(called(&names.coaches, id))).await
}

async fn of_own(
    store: &Store,
    asked: &Asked,
    scope: &Scope,
    own: impl Fn(&Row<'_>) -> bool,
    whose: impl Fn(&Names) -> Whose,
) -> Result<List, Refused> {
    let waves = ground_all(store).await?;
    let today = store.clock().today();
    let mut reading = store.snapshot().await?;
    let mut names = Names::all(&mut reading, scope).await?;
    let (mut lines, mut of) = (Vec::new(), Vec::new());
    for id in waves.into_keys() {
        let Some(wave) = reading.wave(&id).await? else { continue };
        let ground = read(&mut reading, wave, today).await?;
        let mut rows = rows(&ground)?;
        rows.retain(|it| it.period.until >= today && own(it));
        if rows.is_empty() {
            continue;
        }
        // Schools of own placements are named, whoever's they are.
        let schools: Vec<&str> = rows.iter().map(|it| it.school).collect();
        names.schools.extend(reading.schools_named(&schools).await?);
        lines.extend(rows.iter().map(|it| it.line(asked.caller.role(), &names, store.clock())));
        drop(rows);
        of.push(ground);
    }
    let stand = stand(&of, store.clock());
    Ok(List { lines, left: Vec::new(), whose: whose(&names), stand, at: store.clock().now() })
}

/// What a list is of: one wave, or the names of several.
fn stand(of: &[Ground], clock: &Clock) -> Stand {
    let published: Vec<bool> = of.iter().map(Ground::published).collect();
    let one = match of {
        [one] => Some(&one.wave),
        _ => None,
    };
    Stand {
        wave: of.iter().map(|it| it.wave.name.as_str()).collect::<Vec<_>>().join(", "),
        phase: one.map(|it| it.phase.clone()),
        from: one.and_then(|it| it.from.parse().ok()),
        published: published.first().copied().filter(|first| published.iter().all(|it| it == first)),
        on: read_by_people(clock.now()),
        ..Stand::default()
    }
}
