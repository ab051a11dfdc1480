//! Fills a wave again from the register: seats, schools, boards and coaches as they are now; people, policy and agreements stay the wave's
//! own. What was decided stays where its placement still exists; the rest is told and no longer counts.

use std::collections::BTreeMap;

use loket_instances::matching::rows::{BoardRow, CoachRow, SchoolRow};
use loket_instances::matching::wave_file::WaveFile;
use loket_instances::strict::problem::Refusal;
use loket_solver::matching::facts::ids::CandidateId;
use loket_solver::matching::facts::plan::Placement;
use loket_solver::matching::facts::wave::Wave;
use loket_solver::matching::facts::words::{CoachKind, Word};
use loket_solver::matching::judge::blocking;
use loket_solver::matching::judge::rules::{Kind as RuleKind, Limit, Members, RULES, Weight};

use super::agreements;
use super::decision::{Decision, Spot};
use super::differences::{DIFFERS, between, shown};
use super::prefill::{Sources, board_left, coach_left, has_room, school_left, with_seats};
use super::room::Period;
use crate::records::decision::Decided;
use crate::records::remark::{Differs, Remark};

/// Code of a remark that a row of the register is now in the wave.
pub const ADDED: &str = "erbij";
/// Code of a remark that the register has rows that are not in the wave.
pub const NOT_IN_WAVE: &str = "niet-in-lichting";
/// Code of a remark that a decision no longer counts.
pub const LAPSE: &str = "besluit-vervallen";
/// Code of a remark that a lock of the wave's own file was taken out.
pub const UNLOCKED: &str = "vast-vervallen";

/// A wave filled again.
#[derive(Clone, Debug, PartialEq)]
pub struct Renewed {
    /// Its file.
    pub file: WaveFile,
    /// What is otherwise than before, row by row, and what became of decisions.
    pub remarks: Vec<Remark>,
    /// Decisions that no longer count.
    pub lapsed: Vec<Lapsed>,
    /// Candidates whose lock was taken out of the file.
    pub unlocked: Vec<String>,
}

/// A decision that no longer counts.
#[derive(Clone, Debug, PartialEq)]
pub struct Lapsed {
    /// About whom.
    pub candidate: String,
    /// What was decided.
    pub decision: Decision,
    /// Why it cannot be any more.
    pub why: String,
}

/// The wave's own file filled again. With `more` also with schools and coaches that it did not have.
///
/// # Errors
/// What the file lacks, by the format's own reader: travel cannot be told for somebody or somewhere new, for instance.
pub fn renewed(own: &WaveFile, decided: &[Decided], period: Period, from: &Sources, more: bool) -> Result<Renewed, Refusal> {
    let mut file = rows_now(own, period, from, more);
    let mut remarks: Vec<Remark> = between(own, &file, from).into_iter().map(now).collect();
    remarks.extend(beside(own, &file, period, from, more));
    if remarks.iter().all(|it| it.code == NOT_IN_WAVE) {
        // Nothing differs but the way it is written.
        file = own.clone();
    }
    // Everything that must be kept, as the next run would have it.
    let counts: Vec<&Decided> = decided.iter().filter(|it| it.lapsed.is_none()).collect();
    let mut whole = file.clone();
    let locks = counts.iter().filter_map(|it| it.decision.lock(&it.candidate)).collect();
    whole.decide(locks, counts.iter().filter_map(|it| it.decision.prohibition(&it.candidate, &file.schools)).collect(), None);
    let wave = whole.build(&[])?.wave;
    let mut room = Room::of(&wave);
    let mut unlocked = Vec::new();
    let mut locks = file.locks.take().unwrap_or_default();
    // What was decided about a proposal stands in the place of a lock of the file.
    let decision = |who: &str| counts.iter().any(|it| it.candidate == who && it.decision.lock(who).is_some());
    locks.retain(|lock| {
        let kept = if decision(&lock.candidate) { Ok(()) } else { room.take(&lock.candidate) };
        if let Err(why) = &kept {
            let text = format!("kandidaat {}: wat vaststond kan niet meer ({why}) en is uit de lichting gehaald.", lock.candidate);
            remarks.push(Remark::new(UNLOCKED, "/vast", text));
            unlocked.push(lock.candidate.clone());
        }
        kept.is_ok()
    });
    let lapsed = lapsed(counts, &mut room, &mut remarks);
    // Without its decision a lock of the file would count again, which was not looked at.
    locks.retain(|lock| !lapsed.iter().any(|it| it.candidate == lock.candidate));
    file.locks = Some(locks).filter(|rows| !rows.is_empty());
    Ok(Renewed { file, remarks, lapsed, unlocked })
}

/// A difference as what filling again changes: the wave follows the register, less what other waves hold.
fn now(it: Remark) -> Remark {
    let Some(about) = it.about.as_ref().filter(|_| it.code == DIFFERS) else { return it };
    let place = match &about.school {
        Some(school) => format!("{} {} van school {school}", about.kind, about.id),
        None => format!("{} {}", about.kind, about.id),
    };
    let one = |it: &Differs| format!("{} wordt {} (was {})", it.key, shown(&it.register), shown(&it.file));
    let list: Vec<String> = it.differs.iter().map(one).collect();
    let text = format!("{place}: {}; dat is wat het register voor deze lichting nog heeft.", list.join(", "));
    Remark { text, ..it }
}

/// The rows of a file as the register has them now, in the file's own order. Rows that the register does not know stay as they are.
pub fn rows_now(own: &WaveFile, period: Period, from: &Sources, more: bool) -> WaveFile {
    let mut file = own.clone();
    let boards: BTreeMap<&str, &BoardRow> = from.boards.iter().map(|it| (it.id.as_str(), it)).collect();
    let schools: BTreeMap<&str, &SchoolRow> = from.schools.iter().map(|it| (it.id.as_str(), it)).collect();
    let coaches: BTreeMap<&str, &CoachRow> = from.coaches.iter().map(|it| (it.id.as_str(), it)).collect();
    for row in &mut file.boards {
        if let Some(known) = boards.get(row.id.as_str()) {
            *row = board_left(known, period, from);
        }
    }
    for row in &mut file.schools {
        if let Some(known) = schools.get(row.id.as_str()) {
            let now = school_left(known, period, from);
            let (lat, lon) = if now.lat.is_some() { (now.lat, now.lon) } else { (row.lat, row.lon) };
            // A group that the register no longer has is still named by what was decided: nothing is left of it.
            let mut seats = row.seats.clone();
            seats.iter_mut().for_each(|group| group.count = 0);
            seats.retain(|group| now.seats.iter().all(|it| it.id() != group.id()));
            seats.splice(0..0, now.seats.iter().cloned());
            *row = SchoolRow { lat, lon, seats, ..now };
        }
    }
    for row in &mut file.coaches {
        if let Some(known) = coaches.get(row.id.as_str()) {
            let now = coach_left(known, period, from);
            let (lat, lon) = if now.lat.is_some() { (now.lat, now.lon) } else { (row.lat, row.lon) };
            *row = CoachRow { lat, lon, ..now };
        }
    }
    if more {
        file.schools.extend(other_schools(own, period, from));
        file.coaches.extend(other_coaches(own, period, from));
        let coach = |id: &str| own.coaches.iter().all(|it| it.id != id) && own.candidates.iter().all(|it| it.id != id);
        let school = |id: &str| own.schools.iter().all(|it| it.id != id);
        agreements::travel(&mut file, from, |who, to| coach(who) || school(to));
    }
    // A school may have gone to another board.
    for school in &file.schools {
        if file.boards.iter().all(|it| it.id != school.board) {
            file.boards.extend(boards.get(school.board.as_str()).map(|known| board_left(known, period, from)));
        }
    }
    file
}

fn other_schools(own: &WaveFile, period: Period, from: &Sources) -> Vec<SchoolRow> {
    let new = from.schools.iter().filter(|it| own.schools.iter().all(|row| row.id != it.id));
    new.filter_map(|it| with_seats(school_left(it, period, from))).collect()
}

fn other_coaches(own: &WaveFile, period: Period, from: &Sources) -> Vec<CoachRow> {
    let new = from.coaches.iter().filter(|it| own.coaches.iter().all(|row| row.id != it.id));
    new.map(|it| coach_left(it, period, from)).filter(has_room).collect()
}

/// What the register has beside the rows of the wave: added now, or there to be added.
fn beside(own: &WaveFile, file: &WaveFile, period: Period, from: &Sources, more: bool) -> Vec<Remark> {
    if more {
        let schools = file.schools.iter().enumerate().skip(own.schools.len());
        let schools = schools.map(|(at, it)| Remark::new(ADDED, format!("/scholen/{at}"), format!("school {} doet nu ook mee.", it.id)));
        let coaches = file.coaches.iter().enumerate().skip(own.coaches.len());
        let coaches = coaches.map(|(at, it)| Remark::new(ADDED, format!("/coaches/{at}"), format!("coach {} doet nu ook mee.", it.id)));
        return schools.chain(coaches).collect();
    }
    let (schools, coaches) = (other_schools(own, period, from).len(), other_coaches(own, period, from).len());
    if schools + coaches == 0 {
        return Vec::new();
    }
    let text = format!(
        "In het register staan ook scholen met vrije plekken ({schools}) en coaches met ruimte ({coaches}) die niet in deze lichting zitten; \
         stuur {{\"aanvullen\": true}} om ze mee te nemen."
    );
    vec![Remark::new(NOT_IN_WAVE, "", text)]
}

/// What is left for what must be kept: every limit of every rule, with what is taken of it.
struct Room<'a> {
    wave: &'a Wave,
    candidates: BTreeMap<&'a str, CandidateId>,
    limits: BTreeMap<Members, Vec<(Limit, i64)>>,
}

impl<'a> Room<'a> {
    fn of(wave: &'a Wave) -> Self {
        let mut limits: BTreeMap<Members, Vec<(Limit, i64)>> = BTreeMap::new();
        for rule in RULES {
            let RuleKind::Shared { write, .. } = rule.kind else { continue };
            for limit in write(wave) {
                limits.entry(limit.members).or_default().push((limit, 0));
            }
        }
        Self { wave, candidates: wave.candidates.pairs().map(|(at, it)| (it.id.as_str(), at)).collect(), limits }
    }

    /// Takes the room of a placement that agrees with the lock of a candidate, or says why there is none.
    fn take(&mut self, candidate: &str) -> Result<(), String> {
        let wave = self.wave;
        let Some(&who) = self.candidates.get(candidate) else { return Ok(()) };
        let Some(lock) = &wave.candidates[who].lock else { return Ok(()) };
        let mut why = None;
        for seat in wave.seats.ids() {
            for coach in wave.coaches.ids() {
                let placement = Placement { seat, coach };
                if !lock.agrees(wave, placement) {
                    continue;
                }
                match self.against(who, placement) {
                    None => {
                        self.count(who, placement);
                        return Ok(());
                    }
                    Some(it) => why = why.or(Some(it)),
                }
            }
        }
        Err(why.unwrap_or_else(|| "die plaatsing is er niet".into()))
    }

    /// What is against a placement: a rule about it alone, or a limit that is reached.
    fn against(&self, who: CandidateId, placement: Placement) -> Option<String> {
        let wave = self.wave;
        let (seat, coach) = (&wave.seats[placement.seat], &wave.coaches[placement.coach]);
        if let Some(rule) = blocking(wave, who, placement).first() {
            return Some(format!("regel {} wordt gebroken: {}", rule.code(), rule.rule().says.trim_end_matches('.')));
        }
        let full = |limit: &&(Limit, i64)| limit.1 + limit.0.weight.of(wave, who, placement) > limit.0.at_most;
        let found = members(wave, placement).into_iter().find_map(|it| self.limits.get(&it)?.iter().find(full))?;
        Some(match found.0.members {
            Members::Seat(_) => format!("plek {} van school {} is niet meer vrij", seat.id, wave.schools[seat.school].id),
            Members::Coach(_) if found.0.weight == Weight::One => format!("coach {} heeft geen plaats meer", coach.id),
            Members::Coach(_) => format!("coach {} heeft te weinig uren over", coach.id),
            _ => {
                format!("regel {} is al vol: {}", found.0.rule.code(), found.0.rule.rule().says.trim_end_matches('.'))
            }
        })
    }

    fn count(&mut self, who: CandidateId, placement: Placement) {
        for members in members(self.wave, placement) {
            for (limit, used) in self.limits.get_mut(&members).into_iter().flatten() {
                *used += limit.weight.of(self.wave, who, placement);
            }
        }
    }

    /// Whether an agreed placement still exists, whatever else must be kept.
    fn has(&self, candidate: &str, spot: &Spot) -> Result<(), String> {
        let wave = self.wave;
        let gone = || "die plaatsing is er niet meer".to_owned();
        let seat = wave.seats.pairs().find(|(_, it)| it.id == spot.seat && wave.schools[it.school].id == spot.school);
        let coach = wave.coaches.pairs().find(|(_, it)| it.id == spot.coach);
        let (Some((seat, group)), Some((coach, row)), Some(&who)) = (seat, coach, self.candidates.get(candidate)) else {
            return Err(gone());
        };
        if group.count == 0 {
            return Err(format!("plek {} van school {} is niet meer vrij", spot.seat, spot.school));
        }
        if row.maximum == 0 || row.hours == 0 {
            return Err(format!("coach {} heeft geen plaats meer", spot.coach));
        }
        if blocking(wave, who, Placement { seat, coach }).is_empty() { Ok(()) } else { Err(gone()) }
    }
}

/// The limits that a placement counts in.
fn members(wave: &Wave, placement: Placement) -> Vec<Members> {
    let school = placement.school(wave);
    let mut all = vec![
        Members::Seat(placement.seat),
        Members::Coach(placement.coach),
        Members::School(school),
        Members::Board(wave.schools[school].board),
        Members::All,
    ];
    if wave.coaches[placement.coach].kind == CoachKind::Extern {
        all.push(Members::External);
    }
    all
}

/// Decisions that no longer count: those made first keep what there is. A rejection always counts.
fn lapsed(mut order: Vec<&Decided>, room: &mut Room<'_>, remarks: &mut Vec<Remark>) -> Vec<Lapsed> {
    order.sort_by_key(|it| (it.at, it.version));
    let mut gone = Vec::new();
    for it in order {
        let kept = match &it.decision {
            Decision::Rejected { .. } | Decision::Left => Ok(()),
            Decision::Agreed(spot) => room.has(&it.candidate, spot),
            Decision::Fixed(_) | Decision::Chosen { .. } => room.take(&it.candidate),
        };
        if let Err(why) = kept {
            let said = it.decision.said().code();
            let text = format!(
                "kandidaat {}: het besluit \"{said}\" telt niet meer mee: {why}. Het blijft te zien; besluit opnieuw.",
                it.candidate
            );
            remarks.push(Remark::new(LAPSE, "", text));
            gone.push(Lapsed { candidate: it.candidate.clone(), decision: it.decision.clone(), why });
        }
    }
    gone
}
