//! Addresses of the pages about rosters.

use super::paths::path;

/// Every roster.
pub const ROSTERS: &str = "/rooster";
/// A new one.
pub const NEW_ROSTER: &str = "/rooster/nieuw";
/// A new one of a file.
pub const NEW_ROSTER_FILE: &str = "/rooster/nieuw/bestand";
/// A roster: who meets whom in a week.
pub const ROSTER: &str = "/rooster/{rooster}";
/// Asking for a run of it.
pub const ROSTER_RUN: &str = "/rooster/{rooster}/berekenen";
/// Stopping that.
pub const ROSTER_STOP: &str = "/rooster/{rooster}/stoppen";
/// Deciding about somebody's meeting.
pub const ROSTER_DECIDE: &str = "/rooster/{rooster}/besluit";
/// Asking what another moment would cost somebody.
pub const ROSTER_ELSEWHERE: &str = "/rooster/{rooster}/anders";
/// Who falls out.
pub const ROSTER_FALLOUT: &str = "/rooster/{rooster}/uitval";
/// A plan after somebody fell out.
pub const ROSTER_PROPOSAL: &str = "/rooster/{rooster}/voorstel/{berekening}";
/// Telling people.
pub const ROSTER_PUBLISH: &str = "/rooster/{rooster}/publiceren";
/// The coach of an interview becomes the candidate's own.
pub const ROSTER_GUIDES: &str = "/rooster/{rooster}/coaches";
/// Taking it away.
pub const ROSTER_REMOVE: &str = "/rooster/{rooster}/weghalen";
/// Lists to print.
pub const ROSTER_LISTS: &str = "/rooster/{rooster}/lijsten";
/// The meetings of somebody.
pub const ROSTER_PERSON: &str = "/rooster/{rooster}/mensen/{persoon}";
/// The same for a calendar.
pub const ROSTER_CALENDAR: &str = "/rooster/{rooster}/mensen/{persoon}/agenda";
/// Whom it asks when they can and whether they come.
pub const ROSTER_INVITATIONS: &str = "/rooster/{rooster}/uitnodigingen";
/// What it asks of somebody.
pub const ROSTER_INVITED: &str = "/rooster/{rooster}/uitnodigingen/{persoon}";
/// A personal link of somebody.
pub const ROSTER_INVITED_LINK: &str = "/rooster/{rooster}/uitnodigingen/{persoon}/koppeling";
/// Somebody's own meetings for a calendar.
pub const ROSTER_INVITED_DAYS: &str = "/rooster/{rooster}/uitnodigingen/{persoon}/afspraken.ics";
/// What a roster asks of whoever has the link.
pub const MEETING: &str = "/afspraak/{geheim}";
/// Their meetings for a calendar.
pub const MEETING_DAYS: &str = "/afspraak/{geheim}/afspraken.ics";
/// The meetings of a coach for a calendar.
pub const COACH_MEETINGS: &str = "/coaches/{coach}/afspraken.ics";

/// A roster.
pub fn roster(id: &str) -> String {
    path(&["rooster", id])
}

/// One of the pages of a roster: the last part of its address.
pub fn roster_at(id: &str, what: &str) -> String {
    path(&["rooster", id, what])
}

/// A plan after somebody fell out.
pub fn roster_proposal(id: &str, run: &str) -> String {
    path(&["rooster", id, "voorstel", run])
}

/// The meetings of somebody in a roster.
pub fn roster_person(id: &str, person: &str) -> String {
    path(&["rooster", id, "mensen", person])
}

/// The same for a calendar.
pub fn roster_calendar(id: &str, person: &str) -> String {
    path(&["rooster", id, "mensen", person, "agenda"])
}

/// The meetings of a coach for a calendar.
pub fn coach_meetings(coach: &str) -> String {
    path(&["coaches", coach, "afspraken.ics"])
}

/// What a roster asks of somebody.
pub fn roster_invited(id: &str, person: &str) -> String {
    path(&["rooster", id, "uitnodigingen", person])
}

/// A personal link of somebody.
pub fn roster_invited_link(id: &str, person: &str) -> String {
    path(&["rooster", id, "uitnodigingen", person, "koppeling"])
}

/// Somebody's own meetings for a calendar.
pub fn roster_invited_days(id: &str, person: &str) -> String {
    path(&["rooster", id, "uitnodigingen", person, "afspraken.ics"])
}

/// What a roster asks of whoever has the link.
pub fn meeting(secret: &str) -> String {
    path(&["afspraak", secret])
}

/// Their meetings for a calendar.
pub fn meeting_days(secret: &str) -> String {
    path(&["afspraak", secret, "afspraken.ics"])
}
