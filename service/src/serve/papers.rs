//! Answers that are files, for programs and for people alike: letters, lists, days and messages, each with a name that says nothing of anybody.

use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use loket_solver::matching::facts::words::Word;

use super::app::App;
use super::problem::Problem;
use crate::access::secret::Secret;
use crate::actions::answers::places;
use crate::actions::papers::agenda::Agenda;
use crate::actions::papers::letters::{self, Letters};
use crate::actions::papers::lists::List;
use crate::actions::papers::own;
use crate::actions::{Asked, outbox, sendings};
use crate::desk::roster::meetings::Appointment;
use crate::present::archive::archive;
use crate::present::letter::Paper;
use crate::present::letter::candidate::paper as letter_paper;
use crate::present::letter::list::paper as list_paper;
use crate::present::mail::{Enclosed, Frame, enclosing, letter, worded};
use crate::present::pdf;
use crate::present::{self, calendar};
use crate::records::mail::{Mail, MailKind};
use crate::store::ids;
use crate::store::sendings::Sought;

/// A file of this kind, under this name.
pub fn file(kind: &'static str, name: &'static str, bytes: impl IntoResponse) -> Response {
    let mut response = bytes.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    if let Ok(told) = HeaderValue::try_from(format!("attachment; filename=\"{name}\"")) {
        headers.insert(header::CONTENT_DISPOSITION, told);
    }
    response
}

/// Papers as one PDF, drawn on a thread of its own once there is room.
///
/// # Errors
/// When there is no room in time, or it cannot be drawn.
pub async fn drawn(app: &App, title: String, papers: Vec<Paper>, at: i64) -> Result<Vec<u8>, Problem> {
    let made = app.gates.answers.work(1, move || pdf::many(&title, &papers, at)).await?;
    made.map_err(|why| {
        tracing::error!(waarom = %why.0, "een PDF is niet gemaakt");
        Problem::busy("De PDF kon niet gemaakt worden; waarschuw de beheerder.")
    })
}

fn papers(letters: &Letters) -> Vec<Paper> {
    letters.letters.values().map(|letter| letter_paper(letter, &letters.frame)).collect()
}

/// Whom to ask, for a letter that this caller sends: the own address, or that of the service.
async fn contact(app: &App, asked: &Asked) -> Result<Option<String>, Problem> {
    let own = match asked.caller.account_id() {
        Some(account) => app.store.read().account(account).await?.and_then(|it| it.address),
        None => None,
    };
    Ok(own.or_else(|| app.settings.post.from.clone()))
}

/// All letters of a wave as one PDF.
///
/// # Errors
/// When nobody gets one.
pub async fn letters(app: &App, asked: &Asked, wave: &str) -> Result<Response, Problem> {
    let found = letters::of_wave(&app.store, asked, wave, contact(app, asked).await?).await?;
    if found.letters.is_empty() {
        return Err(Problem::conflict(
            "In deze lichting is er nu niemand die een brief krijgt: er is geen plan, of niemand is akkoord met een voorstel.",
        ));
    }
    let pdf = drawn(app, format!("Brieven, {}", found.frame.wave), papers(&found), found.at).await?;
    Ok(file("application/pdf", "brieven.pdf", pdf))
}

/// The letter to one candidate as a PDF.
///
/// # Errors
/// When there is none.
pub async fn letter_to(app: &App, asked: &Asked, (wave, candidate): (&str, &str)) -> Result<Response, Problem> {
    let found = letters::to_one(&app.store, asked, wave, candidate, contact(app, asked).await?).await?;
    letter_file(app, &found).await
}

/// The own letter of whoever has a personal link.
///
/// # Errors
/// When the link does not count.
pub async fn letter_by_link(app: &App, told: &str) -> Result<Response, Problem> {
    let contact = app.settings.post.from.clone();
    let found = match places::told_so(told) {
        true => own::letter_by_link(&app.store, told, contact).await?,
        false => letters::by_link(&app.store, told, contact).await?,
    };
    letter_file(app, &found).await
}

async fn letter_file(app: &App, found: &Letters) -> Result<Response, Problem> {
    let papers = papers(found);
    let title = papers.first().map_or_else(String::new, |it| it.title.clone());
    let pdf = drawn(app, title, papers, found.at).await?;
    Ok(file("application/pdf", "brief.pdf", pdf))
}

/// The letter to one candidate as a message with the PDF, to be sent by hand.
///
/// # Errors
/// When there is none, or no address is known.
pub async fn letter_message(app: &App, asked: &Asked, (wave, candidate): (&str, &str)) -> Result<Response, Problem> {
    let contact = contact(app, asked).await?;
    let found = letters::to_one(&app.store, asked, wave, candidate, contact.clone()).await?;
    let to = letters::address(&app.store, candidate).await?;
    let kind = found.letters.get(candidate).ok_or_else(Problem::unknown)?.news.message();
    let papers = papers(&found);
    let (text, title) = papers.first().map(|it| (it.text(), it.title.clone())).unwrap_or_default();
    let pdf = drawn(app, title, papers, found.at).await?;
    let frame = by_hand(&to, contact.as_deref());
    let enclosed = Enclosed { text: &text, name: "brief.pdf", pdf: &pdf };
    let message = enclosing(kind, &ids::new(), enclosed, &frame).map_err(|_| bad_address())?;
    Ok(file("message/rfc822", "brief.eml", message.formatted()))
}

/// A question to a candidate as a message, to be sent by hand.
///
/// # Errors
/// When no address is known.
pub async fn question(app: &App, asked: &Asked, candidate: &str, text: &str) -> Result<Response, Problem> {
    let contact = contact(app, asked).await?;
    let to = letters::address(&app.store, candidate).await?;
    let frame = by_hand(&to, contact.as_deref());
    let message = worded(MailKind::Vraag, &ids::new(), text, &frame).map_err(|_| bad_address())?;
    Ok(file("message/rfc822", "vraag.eml", message.formatted()))
}

/// Around a message that somebody sends in the own name.
fn by_hand<'a>(to: &'a str, from: Option<&'a str>) -> Frame<'a> {
    let from = from.unwrap_or("loket@localhost.localdomain");
    Frame { to, from, base: None, link: None, signs_in: true, at: std::time::SystemTime::now(), unsent: true }
}

fn bad_address() -> Problem {
    Problem::conflict("Dit adres kan niet in een brief staan; verbeter het eerst.")
}

/// A list of placements as a PDF.
///
/// # Errors
/// When it cannot be drawn.
pub async fn printed(app: &App, list: List) -> Result<Response, Problem> {
    let paper = list_paper(&list.lines, &list.left, &list.whose, &list.stand);
    let pdf = drawn(app, paper.title.clone(), vec![paper], list.at).await?;
    Ok(file("application/pdf", "lijst.pdf", pdf))
}

/// Days for a calendar.
pub fn days(agenda: &Agenda) -> Response {
    let entries = calendar::entries(&agenda.reader, &agenda.moments);
    file("text/calendar; charset=utf-8", "agenda.ics", calendar::file("Loket", &entries, agenda.at))
}

/// Meetings of somebody for a calendar.
pub fn meetings(app: &App, person: &str, own: &[Appointment]) -> Response {
    let told = present::meetings::file(person, own, app.store.clock().now());
    file("text/calendar; charset=utf-8", "afspraken.ics", told)
}

/// Whether nobody sends from here: what waits is a draft.
pub fn drafts(app: &App) -> bool {
    app.settings.post.server.is_none()
}

/// The drafts of a list as letters in one file, to be sent by hand; links that they need are made now. A text in the file names those that
/// say something that is not so any more, and those whose address cannot stand in a letter.
///
/// # Errors
/// When there is none, or there is no room to pack them.
pub async fn messages(app: &App, asked: &Asked, sought: &Sought) -> Result<Response, Problem> {
    let (letters, lapsed) = sendings::letters(&app.store, asked, sought).await?;
    let from = contact(app, asked).await?;
    let base = app.settings.post.base.as_deref();
    let mut left: Vec<String> = lapsed.iter().map(|it| skipped(&it.mail, "dit is niet meer aan de orde")).collect();
    let mut files = Vec::new();
    for (number, it) in (1..).zip(&letters) {
        let frame = Frame { base, link: it.link.as_ref().map(Secret::told), ..by_hand(&it.address, from.as_deref()) };
        match letter(&it.mail, &frame) {
            Ok(message) => {
                let to = it.mail.message.to.kind.code();
                let name = format!("{number:04}-{}-{to}-{}.eml", it.mail.message.kind.code(), it.mail.id);
                files.push((name, message.formatted()));
            }
            Err(_) => left.push(skipped(&it.mail, "dit adres kan niet in een brief staan")),
        }
    }
    if files.is_empty() {
        return Err(Problem::conflict("Er is hier geen concept dat de deur uit kan: vul eerst een adres in, of kies een ander filter."));
    }
    if !left.is_empty() {
        let text = format!("Deze berichten zitten er niet bij:\r\n\r\n{}\r\n", left.join("\r\n"));
        files.push(("niet-meegenomen.txt".to_owned(), text.into_bytes()));
    }
    let packed = app.gates.answers.work(1, move || archive(&files)).await?.map_err(|why| {
        tracing::error!(waarom = %why, "een bestand met berichten is niet gemaakt");
        Problem::busy("Het bestand kon niet gemaakt worden; waarschuw de beheerder.")
    })?;
    Ok(file("application/zip", "berichten.zip", packed))
}

/// A message that is not among the others, by its id and without a name.
fn skipped(mail: &Mail, why: &str) -> String {
    format!("{} aan {} {}: {why}", mail.message.kind.code(), mail.message.to.kind.code(), mail.message.to.id)
}

/// A draft as a message to be sent by hand; a link that it needs is made now.
///
/// # Errors
/// When there is no such draft, or nobody knows where it goes.
pub async fn message(app: &App, asked: &Asked, id: &str) -> Result<Response, Problem> {
    let it = outbox::by_hand(&app.store, asked, id, drafts(app)).await?;
    // Whoever sends it by hand sends it in the own name.
    let from = contact(app, asked).await?;
    let post = &app.settings.post;
    let link = it.link.as_ref().map(Secret::told);
    let frame = Frame { base: post.base.as_deref(), link, signs_in: it.signs_in, ..by_hand(&it.address, from.as_deref()) };
    let letter = letter(&it.mail, &frame).map_err(|_| bad_address())?;
    let name = HeaderValue::try_from(format!("attachment; filename=\"bericht-{}.eml\"", it.mail.id)).map_err(|_| Problem::unknown())?;
    let headers = [(header::CONTENT_TYPE, HeaderValue::from_static("message/rfc822")), (header::CONTENT_DISPOSITION, name)];
    Ok((headers, letter.formatted()).into_response())
}
