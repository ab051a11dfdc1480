//! Where every page is: an address is written here and nowhere else.

pub use super::paths_answers::*;
pub use super::paths_figures::*;
pub use super::paths_planning::*;
pub use super::paths_review::*;
pub use super::paths_rosters::*;
use crate::records::address::segment;

/// Looking for somebody or something by name.
pub const SEARCH: &str = "/zoeken";
/// Where each role begins.
pub const HOME: &str = "/";
/// Signing in.
pub const SIGN_IN: &str = "/aanmelden";
/// Off to sign in with the account of one's organisation.
pub const PROVIDER: &str = "/aanmelden/werkaccount";
/// Back from there.
pub const PROVIDER_BACK: &str = "/aanmelden/werkaccount/terug";
/// Signing out.
pub const SIGN_OUT: &str = "/afmelden";
/// A password that was forgotten.
pub const FORGOT: &str = "/wachtwoord-vergeten";
/// A one-time link with which a password is chosen.
pub const LINK: &str = "/welkom";
/// The pages in another language.
pub const LANGUAGE: &str = "/taal/{taal}";
/// Coming into a demo, once.
pub const DOOR: &str = "/demo/{geheim}";
/// Help for a role.
pub const HELP: &str = "/hulp";
/// How everybody can work with the pages.
pub const ACCESS: &str = "/toegankelijkheid";
/// What is kept of people.
pub const PRIVACY: &str = "/privacy";
/// How a proposal comes to be.
pub const HOW: &str = "/hoe-loket-rekent";
/// Acting in another role.
pub const ROLE: &str = "/rol";
/// The start of an intermediary.
pub const START: &str = "/start";
/// The own account.
pub const OWN: &str = "/ik";
/// Another password for it.
pub const OWN_PASSWORD: &str = "/ik/wachtwoord";
/// A second factor for it.
pub const OWN_FACTOR: &str = "/ik/tweede-factor";
/// A code of that second factor.
pub const OWN_CODE: &str = "/ik/tweede-factor/code";
/// Sessions of it.
pub const OWN_SESSIONS: &str = "/ik/sessies";
/// Where style, script and logo are.
pub const STATIC: &str = "/static/{name}";

/// The address of these parts.
pub(super) fn path(parts: &[&str]) -> String {
    parts.iter().fold(String::new(), |text, part| format!("{text}/{}", segment(part)))
}

/// Style, script or logo by its name.
pub fn file(name: &str) -> String {
    path(&["static", name])
}

/// The address of a door of a demo.
pub fn door(secret: &str) -> String {
    path(&["demo", secret])
}

/// Back from the account of one's organisation, with what was brought along.
pub fn provider_back(brought: [(&str, &Option<String>); 3]) -> String {
    let pairs = brought.iter().filter_map(|(key, value)| value.as_ref().map(|value| format!("{key}={}", segment(value))));
    format!("{PROVIDER_BACK}?{}", pairs.collect::<Vec<_>>().join("&"))
}

/// The pages in this language.
pub fn language(code: &str) -> String {
    path(&["taal", code])
}

/// Every wave.
pub const WAVES: &str = "/lichtingen";
/// A wave: what it is and where it is in its life.
pub const WAVE: &str = "/lichtingen/{lichting}";
/// What was sent in.
pub const WAVE_INPUT: &str = "/lichtingen/{lichting}/gegevens";
/// Its runs.
pub const WAVE_RUNS: &str = "/lichtingen/{lichting}/berekenen";
/// Review.
pub const WAVE_REVIEW: &str = "/lichtingen/{lichting}/beoordelen";
/// One candidate under review.
pub const WAVE_REVIEWED: &str = "/lichtingen/{lichting}/beoordelen/{kandidaat}";
/// Answers.
pub const WAVE_ANSWERS: &str = "/lichtingen/{lichting}/antwoorden";
/// The map.
pub const WAVE_MAP: &str = "/lichtingen/{lichting}/kaart";
/// The report.
pub const WAVE_REPORT: &str = "/lichtingen/{lichting}/rapport";
/// Publication.
pub const WAVE_PUBLISH: &str = "/lichtingen/{lichting}/vaststellen";

/// A wave.
pub fn wave(id: &str) -> String {
    path(&["lichtingen", id])
}

/// What was sent in of a wave.
pub fn wave_input(id: &str) -> String {
    path(&["lichtingen", id, "gegevens"])
}

/// Runs of a wave.
pub fn wave_runs(id: &str) -> String {
    path(&["lichtingen", id, "berekenen"])
}

/// Review of a wave.
pub fn wave_review(id: &str) -> String {
    path(&["lichtingen", id, "beoordelen"])
}

/// One candidate of a wave under review.
pub fn wave_reviewed(id: &str, candidate: &str) -> String {
    path(&["lichtingen", id, "beoordelen", candidate])
}

/// Answers of a wave.
pub fn wave_answers(id: &str) -> String {
    path(&["lichtingen", id, "antwoorden"])
}

/// The map of a wave.
pub fn wave_map(id: &str) -> String {
    path(&["lichtingen", id, "kaart"])
}

/// The report of a wave.
pub fn wave_report(id: &str) -> String {
    path(&["lichtingen", id, "rapport"])
}

/// Publication of a wave.
pub fn wave_publish(id: &str) -> String {
    path(&["lichtingen", id, "vaststellen"])
}

/// A new wave.
pub const NEW_WAVE: &str = "/lichtingen/nieuw";
/// An empty workbook.
pub const NEW_WAVE_TEMPLATE: &str = "/lichtingen/nieuw/sjabloon";
/// The workbook that was refused, with what is wrong marked in it.
pub const NEW_WAVE_COPY: &str = "/lichtingen/nieuw/kopie";
/// The days of a wave whose workbook does not say them.
pub const NEW_WAVE_PERIOD: &str = "/lichtingen/nieuw/periode";
/// A new wave from the register.
pub const NEW_WAVE_REGISTER: &str = "/lichtingen/nieuw/register";
/// Taking a wave away.
pub const WAVE_WITHDRAW: &str = "/lichtingen/{lichting}/intrekken";
/// Looking the file of a wave through.
pub const WAVE_CHECK: &str = "/lichtingen/{lichting}/gegevens/nakijken";
/// The file of a wave that was refused, with what is wrong marked in it.
pub const WAVE_COPY: &str = "/lichtingen/{lichting}/gegevens/kopie";
/// The file of a wave as a workbook.
pub const WAVE_BOOK: &str = "/lichtingen/{lichting}/gegevens/werkmap";
/// Filling a wave again from the register.
pub const WAVE_REFRESH: &str = "/lichtingen/{lichting}/gegevens/verversing";

/// Taking a wave away.
pub fn wave_withdraw(id: &str) -> String {
    path(&["lichtingen", id, "intrekken"])
}

/// Looking the file of a wave through.
pub fn wave_check(id: &str) -> String {
    path(&["lichtingen", id, "gegevens", "nakijken"])
}

/// The refused file of a wave with what is wrong marked.
pub fn wave_copy(id: &str) -> String {
    path(&["lichtingen", id, "gegevens", "kopie"])
}

/// The file of a wave as a workbook.
pub fn wave_book(id: &str) -> String {
    path(&["lichtingen", id, "gegevens", "werkmap"])
}

/// Filling a wave again.
pub fn wave_refresh(id: &str) -> String {
    path(&["lichtingen", id, "gegevens", "verversing"])
}

/// A run of a wave, by its number.
pub const RUN: &str = "/lichtingen/{lichting}/berekenen/{nummer}";
/// Stopping a run.
pub const RUN_STOP: &str = "/lichtingen/{lichting}/berekenen/{nummer}/stop";
/// What differs between two runs of a wave.
pub const COMPARE: &str = "/lichtingen/{lichting}/vergelijken";
/// What if a coach drops out.
pub const TRIAL: &str = "/lichtingen/{lichting}/proefuitval";
/// Who could exchange after publication, and who comes in first.
pub const AFTERWARDS: &str = "/lichtingen/{lichting}/ruil-en-wachtlijst";
/// Making a proposal of an exchange.
pub const EXCHANGE: &str = "/lichtingen/{lichting}/ruil";
/// Drop-outs and late arrivals of a wave.
pub const DROPOUTS: &str = "/lichtingen/{lichting}/uitval";
/// A late arrival.
pub const LATE: &str = "/lichtingen/{lichting}/nakomers";
/// Drop-outs and late arrivals of every wave.
pub const ALL_DROPOUTS: &str = "/uitval";
/// What somebody reported who drops out.
pub const REPORT: &str = "/uitval/{melding}";
/// The proposals after a drop-out.
pub const BATCH: &str = "/herberekeningen/{herberekening}";
/// Accepting them.
pub const BATCH_ACCEPT: &str = "/herberekeningen/{herberekening}/aanvaarding";
/// Declining them.
pub const BATCH_DECLINE: &str = "/herberekeningen/{herberekening}/afwijzing";
/// What more moves would bring them.
pub const BATCH_MORE: &str = "/herberekeningen/{herberekening}/meer";

/// A run of a wave, by its number.
pub fn run(id: &str, number: i64) -> String {
    path(&["lichtingen", id, "berekenen", &number.to_string()])
}

/// Stopping a run.
pub fn run_stop(id: &str, number: i64) -> String {
    path(&["lichtingen", id, "berekenen", &number.to_string(), "stop"])
}

/// Runs of a wave, after so many of them.
pub fn wave_runs_after(id: &str, skip: i64) -> String {
    format!("{}?na={skip}", wave_runs(id))
}

/// What differs between two runs of a wave.
pub fn compare(id: &str) -> String {
    path(&["lichtingen", id, "vergelijken"])
}

/// What differs between a run of a wave and the one before it.
pub fn compare_with(id: &str, number: i64) -> String {
    format!("{}?nu={number}", compare(id))
}

/// What if a coach of a wave drops out.
pub fn trial(id: &str) -> String {
    path(&["lichtingen", id, "proefuitval"])
}

/// Who could exchange after publication of a wave, and who comes in first.
pub fn afterwards(id: &str) -> String {
    path(&["lichtingen", id, "ruil-en-wachtlijst"])
}

/// Making a proposal of an exchange in a wave.
pub fn exchange(id: &str) -> String {
    path(&["lichtingen", id, "ruil"])
}

/// Drop-outs and late arrivals of a wave.
pub fn dropouts(id: &str) -> String {
    path(&["lichtingen", id, "uitval"])
}

/// A late arrival in a wave.
pub fn late(id: &str) -> String {
    path(&["lichtingen", id, "nakomers"])
}

/// What somebody reported who drops out.
pub fn report(id: &str) -> String {
    path(&["uitval", id])
}

/// The proposals after a drop-out.
pub fn batch(id: &str) -> String {
    path(&["herberekeningen", id])
}

/// The proposal for one wave after a drop-out.
pub fn batch_in(id: &str, wave: &str) -> String {
    format!("{}?lichting={}", batch(id), segment(wave))
}

/// Accepting them.
pub fn batch_accept(id: &str) -> String {
    path(&["herberekeningen", id, "aanvaarding"])
}

/// Declining them.
pub fn batch_decline(id: &str) -> String {
    path(&["herberekeningen", id, "afwijzing"])
}

/// What more moves would bring them.
pub fn batch_more(id: &str) -> String {
    path(&["herberekeningen", id, "meer"])
}
