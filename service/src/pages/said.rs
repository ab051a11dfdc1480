//! Words that several pages say: days, reasons, and how far an answer is.

use jiff::civil::Date;
use loket_instances::strict::problem::Refusal;
use loket_solver::matching::facts::words::{HalfDay, Word};

use super::days;
use super::messages::Messages;
use crate::access::Role;
use crate::actions::answers::Case;
use crate::desk::asking::{How, NoReason, Party, Stance};
use crate::present::letter::words::half_days_short;
use crate::records::answer::Answer;
use crate::records::report::{ReportKind, ReportReason};
use crate::records::seats::ClosedReason;
use crate::records::wave::Life;
use crate::store::Clock;

/// "9 december".
pub fn short(m: Messages, date: Date) -> String {
    m.said.short(date.day(), days::month(m, date))
}

/// "9 december 2026".
pub fn day(m: Messages, date: Date) -> String {
    m.said.day(date.day(), days::month(m, date), date.year())
}

/// "woensdag 9 december".
pub fn weekday(m: Messages, date: Date) -> String {
    m.said.weekday(days::weekday_name(m, date), date.day(), days::month(m, date))
}

/// "december 2026", of a month as it is kept (yyyy-mm).
pub fn month_of(m: Messages, kept: &str) -> String {
    let date = format!("{kept}-01").parse::<Date>();
    date.map_or_else(|_| kept.to_owned(), |it| format!("{} {}", days::month(m, it), it.year()))
}

/// A kept day (yyyy-mm-dd) as one of the functions above says it; as it stands when it is none.
pub fn kept(m: Messages, text: &str, says: fn(Messages, Date) -> String) -> String {
    text.parse().map_or_else(|_| text.to_owned(), |date| says(m, date))
}

/// The day of a moment (UTC, milliseconds), without the year.
pub fn moment(m: Messages, clock: &Clock, at: i64) -> String {
    clock.day(at).map(|it| short(m, it)).unwrap_or_default()
}

/// The beginning of the hash of a log, in groups of four.
pub fn head(hash: &str) -> String {
    let start: Vec<char> = hash.chars().take(12).collect();
    start.chunks(4).map(|it| it.iter().collect::<String>()).collect::<Vec<_>>().join(" ")
}

/// Where a wave is in its life, in words.
pub fn life(m: Messages, life: Life) -> &'static str {
    match life {
        Life::Concept => m.waves.stand_concept(),
        Life::Ingediend => m.waves.stand_submitted(),
        Life::Berekend => m.waves.stand_planned(),
        Life::InBeoordeling => m.waves.stand_review(),
        Life::Vastgesteld => m.waves.stand_published(),
        Life::Gesloten => m.waves.stand_closed(),
    }
}

/// A party in words.
pub fn party(m: Messages, party: Party) -> &'static str {
    match party {
        Party::Candidate => m.said.candidate(),
        Party::Board => m.said.board(),
        Party::Coach => m.said.coach(),
    }
}

/// A party with its article.
pub fn the_party(m: Messages, party: Party) -> &'static str {
    match party {
        Party::Candidate => m.said.the_candidate(),
        Party::Board => m.said.the_board(),
        Party::Coach => m.said.the_coach(),
    }
}

/// Why somebody says no.
pub fn no_reason(m: Messages, reason: NoReason) -> &'static str {
    match reason {
        NoReason::Far => m.said.far(),
        NoReason::Days => m.said.days(),
        NoReason::School => m.said.school_unfit(),
        NoReason::Coach => m.said.coach_unfit(),
        NoReason::Bouw => m.said.other_bouw(),
        NoReason::Job => m.said.other_job(),
        NoReason::Person => m.said.person(),
        NoReason::Experience => m.said.experience(),
        NoReason::NoColleague => m.said.no_colleague(),
        NoReason::Full => m.said.team_full(),
        NoReason::GroupGone => m.said.group_gone(),
        NoReason::Works => m.said.works(),
        NoReason::NoRoom => m.said.no_room(),
        NoReason::Other => m.said.other(),
    }
}

/// The reasons that a party may have, as choices of a form.
pub fn no_reasons(m: Messages, party: Party) -> Vec<(&'static str, &'static str)> {
    party.reasons().iter().map(|(reason, _)| (reason.code(), no_reason(m, *reason))).collect()
}

/// Why seats are not open.
pub fn closed_reason(m: Messages, reason: ClosedReason) -> &'static str {
    match reason {
        ClosedReason::NoColleague => m.said.no_colleague(),
        ClosedReason::Full => m.said.team_full(),
        ClosedReason::GroupGone => m.said.group_gone(),
        ClosedReason::Works => m.said.works(),
        ClosedReason::Quality => m.said.quality(),
        ClosedReason::OwnHiring => m.said.own_hiring(),
        ClosedReason::Other => m.said.other(),
    }
}

/// The same of a code as it is kept; a code of before this list as it stands.
pub fn closed(m: Messages, code: &str) -> String {
    ClosedReason::parse(code).map_or_else(|| code.to_owned(), |it| closed_reason(m, it).to_owned())
}

/// Why somebody or something falls out; hours are what a coach has.
pub fn report_reason(m: Messages, kind: ReportKind, reason: ReportReason) -> &'static str {
    match reason {
        ReportReason::GeenTijd if kind == ReportKind::Kandidaat => m.said.no_time_candidate(),
        ReportReason::Afwezig => m.said.absent(),
        ReportReason::Vertrek => m.said.stops(),
        ReportReason::GeenTijd => m.said.no_time(),
        ReportReason::GeenDuocollega => m.said.no_colleague(),
        ReportReason::GroepVervalt => m.said.group_gone(),
        ReportReason::Anders => m.said.other(),
    }
}

/// How an answer came.
pub fn how(m: Messages, how: How) -> &'static str {
    match how {
        How::Account => m.said.by_account(),
        How::Link => m.said.by_link(),
        How::Phone => m.said.by_phone(),
        How::Mail => m.said.by_mail(),
        How::Talk => m.said.by_talk(),
    }
}

/// Whether a board said something itself or the intermediary did.
pub fn side(m: Messages, role: Role) -> &'static str {
    if role == Role::Bestuur { m.said.by_board() } else { m.said.by_intermediary() }
}

/// Half-days of a placement as they are kept, by code with commas; "hele week" for all of them.
pub fn half_days(m: Messages, codes: &str) -> String {
    let days: Vec<HalfDay> = codes.split(',').filter_map(HalfDay::parse).collect();
    week(m, &days)
}

/// Half-days in a few words.
pub fn week(m: Messages, days: &[HalfDay]) -> String {
    match days.len() {
        0 => m.said.unknown_days().to_owned(),
        all if all == HalfDay::ALL.len() => m.said.whole_week().to_owned(),
        _ => half_days_short(days),
    }
}

/// How far an answer is, as a cell of a table says it.
#[derive(Clone, Debug)]
pub struct Cell {
    /// Its colour.
    pub kind: &'static str,
    /// Its icon.
    pub icon: &'static str,
    /// Its word.
    pub word: &'static str,
    /// When, or why.
    pub sub: String,
}

/// The cell of one answer.
pub fn cell(m: Messages, clock: &Clock, stance: Stance, answer: Option<&Answer>) -> Cell {
    let on = answer.and_then(|it| it.at).map(|at| moment(m, clock, at)).unwrap_or_default();
    let by = answer.map(|it| m.said.before(kept(m, &it.by, short))).unwrap_or_default();
    let by = match answer.and_then(|it| it.reminded) {
        Some(at) => format!("{by}, {}", m.said.reminded_on(moment(m, clock, at))),
        None => by,
    };
    let (kind, icon, word, sub) = match stance {
        Stance::NotAsked => ("quiet", "rondje", m.said.not_asked(), String::new()),
        Stance::Asked => ("quiet", "klok", m.said.asked(), by),
        Stance::Late => ("bad", "klok", m.said.late(), by),
        Stance::Yes => ("good", "vink", m.said.yes(), on),
        Stance::No => match answer.and_then(|it| it.reason) {
            Some(reason) => ("bad", "kruis", m.said.no(), m.said.no_because(no_reason(m, reason), on)),
            None => ("bad", "kruis", m.said.no(), on),
        },
    };
    Cell { kind, icon, word, sub }
}

/// The three cells of a placement.
pub fn cells(m: Messages, clock: &Clock, case: &Case) -> Vec<Cell> {
    Party::ALL.iter().map(|party| cell(m, clock, case.stance(*party), case.answer(*party))).collect()
}

/// What is wrong with a form: the id of each control, and what is said of it.
pub fn wrong(refusal: &Refusal, control: impl Fn(&str) -> String) -> Vec<(String, String)> {
    let one = |it: &loket_instances::strict::problem::Problem| {
        (control(it.pointer.trim_start_matches('/')), format!("{}: {}", it.what, it.remedy))
    };
    refusal.problems.iter().map(one).collect()
}

/// What is said of one control.
pub fn of<'a>(errors: &'a [(String, String)], control: &str) -> &'a str {
    errors.iter().find(|(id, _)| id == control).map_or("", |(_, says)| says.as_str())
}
