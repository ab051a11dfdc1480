//! Addresses of answers, publication, boards, coaches and personal links: a part of `paths`.

use crate::records::address::{path, segment};

/// An address with what narrows it.
pub fn with(place: String, pairs: &[(&str, &str)]) -> String {
    pairs.iter().fold(place, |text, (key, value)| {
        let mark = if text.contains('?') { '&' } else { '?' };
        format!("{text}{mark}{key}={}", segment(value))
    })
}

/// Asking for answers.
pub const ANSWERS_ASK: &str = "/lichtingen/{lichting}/antwoorden/vragen";
/// Reminding who did not answer.
pub const ANSWERS_REMIND: &str = "/lichtingen/{lichting}/antwoorden/herinneren";
/// The answers about one placement.
pub const ANSWERS_OF: &str = "/lichtingen/{lichting}/antwoorden/van/{kandidaat}";
/// Noting the answer of a party.
pub const ANSWER_NOTE: &str = "/lichtingen/{lichting}/antwoorden/van/{kandidaat}/{partij}";
/// Making a personal link.
pub const ANSWER_LINK: &str = "/lichtingen/{lichting}/antwoorden/van/{kandidaat}/{partij}/koppeling";
/// Messages.
pub const MESSAGES: &str = "/berichten";
/// All drafts of the list of messages as one file.
pub const MESSAGES_ZIP: &str = "/berichten/concepten.zip";
/// All drafts of the list of messages were sent by hand.
pub const MESSAGES_SENT: &str = "/berichten/verstuurd";
/// A message as a file.
pub const MESSAGE_FILE: &str = "/berichten/{bericht}/eml";
/// A message was sent by hand.
pub const MESSAGE_HANDLED: &str = "/berichten/{bericht}/verstuurd";
/// A message is sent after all.
pub const MESSAGE_AGAIN: &str = "/berichten/{bericht}/verzending";
/// Closing a wave.
pub const CLOSE: &str = "/lichtingen/{lichting}/sluiten";
/// Carrying over who has no place.
pub const CARRY: &str = "/lichtingen/{lichting}/overdragen";
/// The letters of a wave.
pub const LETTERS_PDF: &str = "/lichtingen/{lichting}/brieven.pdf";
/// The printed list of a wave.
pub const LIST_PDF: &str = "/lichtingen/{lichting}/lijst.pdf";
/// The days of a wave for a calendar.
pub const WAVE_DAYS: &str = "/lichtingen/{lichting}/agenda.ics";
/// The own board.
pub const OWN_BOARD: &str = "/bestuur";
/// What happened to the seats of the own board.
pub const OWN_HISTORY: &str = "/bestuur/geschiedenis";
/// All boards.
pub const BOARDS: &str = "/besturen";
/// Boards are asked to confirm their seats for a wave.
pub const ROUND: &str = "/besturen/opvraag/{lichting}";
/// Boards are reminded.
pub const ROUND_REMIND: &str = "/besturen/opvraag/{lichting}/herinneren";
/// The desk of a board.
pub const BOARD: &str = "/besturen/van/{bestuur}";
/// A board confirms its seats.
pub const BOARD_CONFIRM: &str = "/besturen/van/{bestuur}/bevestigen";
/// A board changes its seats.
pub const BOARD_SEATS: &str = "/besturen/van/{bestuur}/plekken";
/// A board adds one seat.
pub const BOARD_ADD: &str = "/besturen/van/{bestuur}/erbij";
/// A school of a board.
pub const BOARD_SCHOOL: &str = "/besturen/van/{bestuur}/scholen/{school}";
/// A seat of a school falls out.
pub const BOARD_REPORT: &str = "/besturen/van/{bestuur}/scholen/{school}/melden";
/// What happened to the seats of a board.
pub const BOARD_HISTORY: &str = "/besturen/van/{bestuur}/geschiedenis";
/// Proposals for the own schools.
pub const PROPOSALS: &str = "/voorstellen";
/// One question to a board or a coach.
pub const ANSWER: &str = "/vragen/{lichting}/{kandidaat}";
/// The own desk of a coach.
pub const COACH: &str = "/coach";
/// The desk of a coach.
pub const COACH_DESK: &str = "/coaches/{coach}";
/// The hours that a coach gave.
pub const COACH_HOURS: &str = "/coaches/{coach}/uren";
/// The days off of a coach.
pub const COACH_OFF: &str = "/coaches/{coach}/vrije-dagen";
/// A coach reports a change.
pub const COACH_REPORT: &str = "/coaches/{coach}/melden";
/// The printed list of a coach.
pub const COACH_LIST: &str = "/coaches/{coach}/lijst.pdf";
/// The days of a coach for a calendar.
pub const COACH_DAYS: &str = "/coaches/{coach}/agenda.ics";
/// A personal link.
pub const PERSONAL: &str = "/koppeling/{geheim}";
/// "Ik stop", by a personal link.
pub const PERSONAL_STOP: &str = "/koppeling/{geheim}/stoppen";
/// The own letter, by a personal link.
pub const PERSONAL_LETTER: &str = "/koppeling/{geheim}/brief.pdf";
/// The own days for a calendar, by a personal link.
pub const PERSONAL_DAYS: &str = "/koppeling/{geheim}/agenda.ics";

/// A path with these in the place of its words in braces, in order.
fn filled(path: &str, parts: &[&str]) -> String {
    let mut parts = parts.iter();
    let piece = |it: &str| if it.starts_with('{') { parts.next().map(|part| segment(part)).unwrap_or_default() } else { it.to_owned() };
    path.split('/').map(piece).collect::<Vec<_>>().join("/")
}

macro_rules! filled {
    ($($(#[$says:meta])* $name:ident($($part:ident),+) = $path:ident;)*) => {
        $($(#[$says])* pub fn $name($($part: &str),+) -> String {
            filled($path, &[$($part),+])
        })*
    };
}

filled! {
    /// Asking for answers.
    answers_ask(wave) = ANSWERS_ASK;
    /// Reminding who did not answer.
    answers_remind(wave) = ANSWERS_REMIND;
    /// The answers about one placement.
    answers_of(wave, candidate) = ANSWERS_OF;
    /// Noting the answer of a party.
    answer_note(wave, candidate, party) = ANSWER_NOTE;
    /// Making a personal link.
    answer_link(wave, candidate, party) = ANSWER_LINK;
    /// A message as a file.
    message_file(message) = MESSAGE_FILE;
    /// A message was sent by hand.
    message_handled(message) = MESSAGE_HANDLED;
    /// A message is sent after all.
    message_again(message) = MESSAGE_AGAIN;
    /// Closing a wave.
    close(wave) = CLOSE;
    /// Carrying over who has no place.
    carry(wave) = CARRY;
    /// The letters of a wave.
    letters_pdf(wave) = LETTERS_PDF;
    /// The printed list of a wave.
    list_pdf(wave) = LIST_PDF;
    /// The days of a wave for a calendar.
    wave_days(wave) = WAVE_DAYS;
    /// Boards are asked to confirm their seats for a wave.
    round(wave) = ROUND;
    /// Boards are reminded.
    round_remind(wave) = ROUND_REMIND;
    /// The desk of a board.
    board(board) = BOARD;
    /// A board confirms its seats.
    board_confirm(board) = BOARD_CONFIRM;
    /// A board changes its seats.
    board_seats(board) = BOARD_SEATS;
    /// A board adds one seat.
    board_add(board) = BOARD_ADD;
    /// A school of a board.
    board_school(board, school) = BOARD_SCHOOL;
    /// A seat of a school falls out.
    board_report(board, school) = BOARD_REPORT;
    /// What happened to the seats of a board.
    board_history(board) = BOARD_HISTORY;
    /// One question to a board or a coach.
    answer(wave, candidate) = ANSWER;
    /// The desk of a coach.
    coach_desk(coach) = COACH_DESK;
    /// The hours that a coach gave.
    coach_hours(coach) = COACH_HOURS;
    /// The days off of a coach.
    coach_off(coach) = COACH_OFF;
    /// A coach reports a change.
    coach_report(coach) = COACH_REPORT;
    /// The printed list of a coach.
    coach_list(coach) = COACH_LIST;
    /// The days of a coach for a calendar.
    coach_days(coach) = COACH_DAYS;
    /// A personal link.
    personal(secret) = PERSONAL;
    /// "Ik stop", by a personal link.
    personal_stop(secret) = PERSONAL_STOP;
    /// The own letter, by a personal link.
    personal_letter(secret) = PERSONAL_LETTER;
    /// The own days for a calendar, by a personal link.
    personal_days(secret) = PERSONAL_DAYS;
}

/// All boards, for a wave.
pub fn boards_for(wave: &str) -> String {
    with(BOARDS.to_owned(), &[("lichting", wave)])
}

/// The workbook of a run.
pub fn run_book(run: &str) -> String {
    path(&["berekeningen", run, "werkmap"])
}

/// The lists of a wave as a workbook: per board, school or coach.
pub fn lists_book(wave: &str, per: &str) -> String {
    with(path(&["lichtingen", wave, "lijsten", "werkmap"]), &[("per", per)])
}
