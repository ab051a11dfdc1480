//! A message as a letter: subject without personal data, a text that holds an address of this service, and headers that hold one line each.

use std::time::SystemTime;

use lettre::Address;
use lettre::message::header::{ContentType, HeaderName, HeaderValue};
use lettre::message::{Attachment, Mailbox, Message, MessageBuilder, MultiPart, SinglePart};

use crate::records::mail::{Mail, MailKind, Message as About};

/// What a letter is made of beside the message.
#[derive(Clone, Copy, Debug)]
pub struct Frame<'a> {
    /// Where it goes.
    pub to: &'a str,
    /// In whose name.
    pub from: &'a str,
    /// Where people find the service, without a slash at the end.
    pub base: Option<&'a str>,
    /// A secret with which its reader comes in.
    pub link: Option<&'a str>,
    /// Whether its reader can sign in.
    pub signs_in: bool,
    /// When it is written.
    pub at: SystemTime,
    /// Whether somebody sends it by hand: mail programs then open it to be sent.
    pub unsent: bool,
}

/// An address cannot stand in a header: it is no address, or more than one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoAddress;

/// What the text says first.
fn says(message: &About) -> &'static str {
    match message.kind {
        MailKind::Vraag if message.meets() => "Wij willen graag weten wanneer u kunt, en of u komt. Wilt u dat zeggen?",
        MailKind::PlekkenBevestigen => "Wilt u nakijken of de plekken van uw scholen kloppen, en ze bevestigen?",
        MailKind::Vraag => "Er ligt een vraag voor u klaar over een plaatsing. Wilt u die beantwoorden?",
        MailKind::Herinnering => "Wij wachten nog op uw antwoord. Wilt u dat alsnog geven?",
        MailKind::Gewijzigd => "Er is iets gewijzigd in een plaatsing waar u bij betrokken bent.",
        MailKind::Vastgesteld => "De plaatsingen zijn vastgesteld. U kunt zien wat dat voor u betekent.",
        MailKind::Uitval if message.settles() => "De intermediair heeft uw melding gezien en afgehandeld.",
        MailKind::Uitval => "Er is een melding over een plaatsing waar u bij betrokken bent.",
        MailKind::Agenda => "Er is een afspraak voor u gemaakt of veranderd.",
        MailKind::Account => "Er is iets veranderd aan uw account bij Loket.",
    }
}

/// A link with which a question is answered begins so; others begin an account.
const ANSWER: &str = "antwoord-";

/// One to what was published begins so.
const PLACE: &str = "plaats-";

/// One with which somebody says when they can be there begins so.
const MEETING: &str = "afspraak-";

/// The text of a letter.
fn text(mail: &Mail, frame: &Frame<'_>) -> String {
    let alone = "De koppeling is alleen voor u. Geef haar aan niemand anders.";
    let place = match (frame.base, frame.link) {
        (Some(base), Some(link)) if link.starts_with(ANSWER) => format!("Open deze koppeling:\n\n{base}/koppeling/{link}\n\n{alone}"),
        (Some(base), Some(link)) if link.starts_with(PLACE) => format!(
            "Open deze koppeling:\n\n{base}/koppeling/{link}\n\n{alone} Zij geldt zolang uw plaatsing loopt, en zonder plaatsing vier weken."
        ),
        (Some(base), Some(link)) if link.starts_with(MEETING) => format!("Open deze koppeling:\n\n{base}/afspraak/{link}\n\n{alone}"),
        (Some(base), Some(link)) => format!("Ga naar {base}/welkom en vul daar deze koppeling in:\n\n{link}\n\n{alone}"),
        (None, Some(link)) => format!("Vul in Loket deze koppeling in:\n\n{link}\n\n{alone}"),
        // Who has no account and no link can ask.
        (_, None) if !frame.signs_in => format!("Hebt u vragen? Stuur dan een bericht aan {}.", frame.from),
        // Where it is follows from who signs in: what asks for something stands first there.
        (Some(base), None) => format!("Log in op Loket. Wat u kunt doen staat dan bovenaan:\n\n{base}/"),
        (None, None) => "Log in op Loket. Wat u kunt doen staat dan bovenaan.".to_owned(),
    };
    format!(
        "Beste lezer,\n\n{}\n\n{place}\n\nDit bericht is gemaakt door Loket. Om u te beschermen staat er niet in waar het over gaat.\n",
        says(&mail.message)
    )
}

fn mailbox(address: &str) -> Result<Mailbox, NoAddress> {
    // What ends a line, or begins another address, is none.
    let sound = !address.chars().any(|it| it.is_control() || it.is_whitespace() || "<>,;:\"".contains(it));
    let parsed = address.parse::<Address>().ok().filter(|_| sound).ok_or(NoAddress)?;
    Ok(Mailbox::new(None, parsed))
}

/// The letter. Its Message-ID follows from the message: however often it is sent, it is one letter.
///
/// # Errors
/// When one of the addresses cannot stand in a header.
pub fn letter(mail: &Mail, frame: &Frame<'_>) -> Result<Message, NoAddress> {
    plain(mail.message.subject(), &mail.id, &text(mail, frame), frame)
}

/// A message with a text of its own, for whoever sends it by hand; headers as those of [`letter`].
///
/// # Errors
/// When one of the addresses cannot stand in a header.
pub fn worded(kind: MailKind, id: &str, text: &str, frame: &Frame<'_>) -> Result<Message, NoAddress> {
    plain(kind.subject(), id, text, frame)
}

fn plain(subject: &str, id: &str, text: &str, frame: &Frame<'_>) -> Result<Message, NoAddress> {
    headed(subject, id, frame)?.header(ContentType::TEXT_PLAIN).body(text.to_owned()).map_err(|_| NoAddress)
}

/// What a message of its own holds: a text, and the same as a PDF.
#[derive(Clone, Copy, Debug)]
pub struct Enclosed<'a> {
    /// The text.
    pub text: &'a str,
    /// The name of the file; it names nobody.
    pub name: &'a str,
    /// The PDF.
    pub pdf: &'a [u8],
}

/// A message with a text of its own and the same as a PDF, for whoever sends it by hand; headers as those of [`letter`].
///
/// # Errors
/// When one of the addresses cannot stand in a header.
pub fn enclosing(kind: MailKind, id: &str, enclosed: Enclosed<'_>, frame: &Frame<'_>) -> Result<Message, NoAddress> {
    let pdf = ContentType::parse("application/pdf").map_err(|_| NoAddress)?;
    let parts = MultiPart::mixed()
        .singlepart(SinglePart::plain(enclosed.text.to_owned()))
        .singlepart(Attachment::new(enclosed.name.to_owned()).body(enclosed.pdf.to_vec(), pdf));
    headed(kind.subject(), id, frame)?.multipart(parts).map_err(|_| NoAddress)
}

fn headed(subject: &str, id: &str, frame: &Frame<'_>) -> Result<MessageBuilder, NoAddress> {
    let (from, to) = (mailbox(frame.from)?, mailbox(frame.to)?);
    let id = format!("<{id}@{}>", from.email.domain());
    let header = |name: &'static str, value: &str| HeaderValue::new(HeaderName::new_from_ascii_str(name), value.to_owned());
    let letter = Message::builder()
        .from(from)
        .to(to)
        .subject(subject)
        .date(frame.at)
        .message_id(Some(id))
        .raw_header(header("Auto-Submitted", "auto-generated"));
    Ok(if frame.unsent { letter.raw_header(header("X-Unsent", "1")) } else { letter })
}

#[cfg(test)]
mod tests {
    use loket_solver::matching::facts::words::Word;

    use super::*;
    use crate::records::mail::{MailState, Recipient};

    fn mail(kind: MailKind) -> Mail {
        Mail {
            id: "4k2m9x7c1d0a8h3t".into(),
            message: About { kind, to: Recipient::candidate("Z1"), about: "/v1/lichtingen/w".into() },
            board: None,
            state: MailState::Wachtend,
            reason: None,
            tries: 1,
            next: 0,
            made: 0,
            sent: None,
            ended: None,
        }
    }

    fn frame<'a>(to: &'a str, link: Option<&'a str>) -> Frame<'a> {
        Frame {
            to,
            from: "loket@voorbeeld.nl",
            base: Some("https://loket.voorbeeld.nl"),
            link,
            signs_in: true,
            at: SystemTime::UNIX_EPOCH,
            unsent: false,
        }
    }

    #[test]
    fn a_letter_is_one_letter_however_often_it_is_made_and_its_subject_names_nobody() {
        for kind in MailKind::ALL {
            let made = letter(&mail(*kind), &frame("z@voorbeeld.nl", None)).unwrap();
            let text = String::from_utf8(made.formatted()).unwrap();
            assert!(text.contains("Message-ID: <4k2m9x7c1d0a8h3t@voorbeeld.nl>\r\n"), "{text}");
            assert!(text.contains(&format!("Subject: {}\r\n", kind.subject())), "{text}");
            assert!(text.contains("\r\nhttps://loket.voorbeeld.nl/\r\n"), "{text}");
            assert!(kind.subject().is_ascii() && !text.contains("Z1"), "{text}");
        }
        let about = About { about: "/v1/roosters/r/uitnodigingen/Z1".into(), ..mail(MailKind::Vraag).message };
        for (kind, subject, says) in [
            (MailKind::Vraag, "Een vraag over een afspraak", "wanneer u kunt"),
            (MailKind::Agenda, "Een afspraak voor u", "Er is een afspraak"),
        ] {
            let one = Mail { message: About { kind, ..about.clone() }, ..mail(kind) };
            let text = String::from_utf8(letter(&one, &frame("z@voorbeeld.nl", None)).unwrap().formatted()).unwrap();
            assert!(text.contains(&format!("Subject: {subject}\r\n")) && text.contains(says), "{text}");
            assert!(!text.contains("plaatsing") && !text.contains("Z1"), "{text}");
        }
        let made = letter(&mail(MailKind::Account), &frame("z@voorbeeld.nl", Some("geheim-woord"))).unwrap();
        let text = String::from_utf8(made.formatted()).unwrap();
        assert!(text.contains("\r\n\r\ngeheim-woord\r\n"), "{text}");
        assert_eq!(text.split("\r\n\r\n").next().map(|head| head.contains("geheim-woord")), Some(false), "no secret in a header");
        let made = letter(&mail(MailKind::Vraag), &frame("z@voorbeeld.nl", Some("antwoord-geheim"))).unwrap();
        let text = String::from_utf8(made.formatted()).unwrap();
        assert!(text.contains("\r\n\r\nhttps://loket.voorbeeld.nl/koppeling/antwoord-geheim\r\n"), "{text}");
        let made = letter(&mail(MailKind::Vastgesteld), &frame("z@voorbeeld.nl", Some("plaats-geheim"))).unwrap();
        let text = String::from_utf8(made.formatted()).unwrap();
        assert!(text.contains("\r\n\r\nhttps://loket.voorbeeld.nl/koppeling/plaats-geheim\r\n") && !text.contains("Log in"), "{text}");
        let about = About { about: "/v1/uitvalmeldingen/4k2m9x7c1d0a8h3t/afhandeling".into(), ..mail(MailKind::Uitval).message };
        let made = letter(&Mail { message: about, ..mail(MailKind::Uitval) }, &frame("z@voorbeeld.nl", None)).unwrap();
        let text = String::from_utf8(made.formatted()).unwrap();
        assert!(text.contains("Subject: Uw melding is afgehandeld\r\n") && text.contains("uw melding gezien"), "{text}");
        // Who has no account is never told to sign in.
        let made = letter(&mail(MailKind::Gewijzigd), &Frame { signs_in: false, ..frame("z@voorbeeld.nl", None) }).unwrap();
        let text = String::from_utf8(made.formatted()).unwrap();
        assert!(!text.contains("Log in") && text.contains("een bericht aan loket@voorbeeld.nl"), "{text}");
    }

    #[test]
    fn a_message_with_a_letter_has_the_text_and_the_file_and_no_header_of_others() {
        let text = format!("Beste Gülsen Yıldız\r\nBcc: x@y.nl\r\n{}", "a".repeat(3_000));
        let enclosed = Enclosed { text: &text, name: "brief.pdf", pdf: b"%PDF-1.7 niets" };
        let frame = Frame { unsent: true, ..frame("z@voorbeeld.nl", None) };
        let made = enclosing(MailKind::Vastgesteld, "brief-1", enclosed, &frame).unwrap();
        let told = String::from_utf8(made.formatted()).unwrap();
        let (head, body) = told.split_once("\r\n\r\n").unwrap();
        assert!(head.contains("Subject: De plaatsingen zijn vastgesteld") && head.contains("X-Unsent: 1"), "{head}");
        assert!(head.contains("Message-ID: <brief-1@voorbeeld.nl>") && !head.contains("Bcc") && !head.contains("lsen"), "{head}");
        assert!(body.contains("Content-Disposition: attachment; filename=\"brief.pdf\"") && body.contains("application/pdf"), "{body}");
        assert!(told.is_ascii() && told.split("\r\n").all(|line| line.len() <= 998), "{told}");
    }

    #[test]
    fn no_address_ends_a_header() {
        for to in [
            "z@voorbeeld.nl\r\nBcc: x@y.nl",
            "z@voorbeeld.nl, x@y.nl",
            "Iemand <z@voorbeeld.nl>",
            "z@voorbeeld.nl\nX: y",
            "z",
            "",
            "\"a\r\nb\"@voorbeeld.nl",
        ] {
            assert_eq!(letter(&mail(MailKind::Vraag), &frame(to, None)).map(|_| ()), Err(NoAddress), "{to:?}");
        }
    }
}
