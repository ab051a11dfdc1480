//! The mail server among the settings: where it is, how it is spoken to, and in whose name.

use std::path::PathBuf;

/// How what goes over the line is kept from others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Secrecy {
    /// It begins in the open and is then encrypted (STARTTLS), or nothing is sent.
    Starttls,
    /// It is encrypted from the beginning.
    Tls,
    /// It is not: for a mail server on this machine itself.
    None,
}

/// A mail server that takes messages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MailServer {
    /// Its name, also in its certificate.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// How it is spoken to.
    pub secrecy: Secrecy,
    /// The file with the roots (PEM) that its certificate is checked with; those that this machine trusts where there is none.
    pub root: Option<PathBuf>,
    /// Who we are to it, and the file in which the password stands; nothing where it does not ask.
    pub login: Option<(String, PathBuf)>,
}

/// What was set about mail.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Post {
    /// The server; without one every message is a draft.
    pub server: Option<MailServer>,
    /// In whose name messages are sent: an address.
    pub from: Option<String>,
    /// Where people find the service, without a slash at the end.
    pub base: Option<String>,
}

/// What was set, as it was typed.
#[derive(Clone, Debug, Default)]
pub struct Typed {
    /// `post_server`.
    pub server: Option<String>,
    /// `post_beveiliging`.
    pub secrecy: Option<String>,
    /// `post_wortel`.
    pub root: Option<PathBuf>,
    /// `post_gebruiker`.
    pub user: Option<String>,
    /// `post_wachtwoord`.
    pub password: Option<PathBuf>,
    /// `post_van`.
    pub from: Option<String>,
    /// `buitenadres`.
    pub base: Option<String>,
}

/// Whether this looks like one address: nothing in it that ends a line, or begins another address.
fn is_address(text: &str) -> bool {
    let fine = |it: char| it.is_ascii_alphanumeric() || "!#$%&'*+-/=?^_`{|}~.@".contains(it);
    let parts: Vec<&str> = text.split('@').collect();
    text.len() <= 254 && text.chars().all(fine) && matches!(parts[..], [who, place] if !who.is_empty() && !place.is_empty())
}

fn server(typed: &str) -> Option<(String, u16)> {
    let (host, port) = typed.rsplit_once(':')?;
    let fine = !host.is_empty() && host.chars().all(|it| it.is_ascii_alphanumeric() || ".-:[]".contains(it));
    let port = port.parse().ok().filter(|it| *it > 0)?;
    fine.then(|| (host.trim_matches(['[', ']']).to_owned(), port))
}

/// Whether a name is this machine itself.
fn is_here(host: &str) -> bool {
    host == "localhost" || host.parse::<std::net::IpAddr>().is_ok_and(|it| it.is_loopback())
}

/// The settings that follow; what is wrong goes to `wrong`, in Dutch, and quotes nothing.
pub fn settle(typed: Typed, wrong: &mut Vec<String>) -> Post {
    let mut post = Post { base: typed.base.map(|it| it.trim_end_matches('/').to_owned()), ..Post::default() };
    if let Some(base) = &post.base {
        let rest = base.strip_prefix("https://").or_else(|| base.strip_prefix("http://"));
        if !rest.is_some_and(|it| !it.is_empty() && it.bytes().all(|byte| byte.is_ascii_graphic()) && !it.contains(['?', '#', '@', '"'])) {
            wrong.push("buitenadres: schrijf het adres waar mensen Loket vinden, als https://loket.voorbeeld.nl.".into());
        }
    }
    if let Some(from) = typed.from {
        if !is_address(&from) {
            wrong.push("post_van: schrijf één e-mailadres, als loket@voorbeeld.nl.".into());
        }
        post.from = Some(from);
    }
    let secrecy = match typed.secrecy.as_deref() {
        None | Some("starttls") => Secrecy::Starttls,
        Some("tls") => Secrecy::Tls,
        Some("geen") => Secrecy::None,
        Some(_) => {
            wrong.push("post_beveiliging: kies uit starttls, tls en geen.".into());
            Secrecy::Starttls
        }
    };
    let login = match (typed.user, typed.password) {
        (Some(user), Some(file)) => Some((user, file)),
        (None, None) => None,
        _ => {
            wrong.push("post_gebruiker en post_wachtwoord horen bij elkaar: geef ze allebei, of geen van beide.".into());
            None
        }
    };
    let typed_root = typed.root;
    let Some(typed) = typed.server else { return post };
    let Some((host, port)) = server(&typed) else {
        wrong.push("post_server: schrijf naam en poort van de mailserver, als mail.voorbeeld.nl:587.".into());
        return post;
    };
    if secrecy == Secrecy::None && !is_here(&host) {
        wrong.push("post_beveiliging: geen kan alleen met een mailserver op deze machine zelf; kies starttls of tls.".into());
    }
    if post.from.is_none() || post.base.is_none() {
        wrong.push("post_server: geef ook post_van en buitenadres; zonder die twee is er geen bericht te maken.".into());
    }
    if secrecy == Secrecy::None && typed_root.is_some() {
        wrong.push("post_wortel: hoort bij post_beveiliging starttls of tls; laat het anders weg.".into());
    }
    post.server = Some(MailServer { host, port, secrecy, root: typed_root, login });
    post
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(server: &str) -> Typed {
        Typed {
            server: Some(server.into()),
            from: Some("loket@voorbeeld.nl".into()),
            base: Some("https://loket.voorbeeld.nl/".into()),
            ..Typed::default()
        }
    }

    fn faults(typed: Typed) -> usize {
        let mut wrong = Vec::new();
        settle(typed, &mut wrong);
        wrong.len()
    }

    #[test]
    fn a_mail_server_is_spoken_to_in_secret_unless_it_is_this_machine() {
        let mut wrong = Vec::new();
        let post = settle(typed("mail.voorbeeld.nl:587"), &mut wrong);
        let right = MailServer { host: "mail.voorbeeld.nl".into(), port: 587, secrecy: Secrecy::Starttls, root: None, login: None };
        assert_eq!((post.server, post.base.as_deref(), wrong.len()), (Some(right), Some("https://loket.voorbeeld.nl"), 0));
        let bare = |server| Typed { secrecy: Some("geen".into()), ..typed(server) };
        assert_eq!((faults(bare("mail.voorbeeld.nl:25")), faults(bare("127.0.0.1:25")), faults(bare("[::1]:25"))), (1, 0, 0));
        assert_eq!(faults(Typed { secrecy: Some("tls".into()), ..typed("m.nl:465") }), 0);
        assert_eq!(faults(Typed { secrecy: Some("soms".into()), ..typed("m.nl:465") }), 1);
        let rooted = |server| Typed { root: Some("wortel.pem".into()), ..bare(server) };
        assert_eq!(faults(rooted("127.0.0.1:25")), 1, "there is no certificate to check");
    }

    #[test]
    fn what_is_half_or_could_hold_another_line_is_refused() {
        for server in ["mail.nl", "mail.nl:0", ":25", "mail nl:25", "mail.nl\r\n:25"] {
            assert_eq!(faults(typed(server)), 1, "{server:?}");
        }
        for from in ["loket", "a@b@c", "a@b.nl\r\nBcc: x@y.nl", "a b@c.nl", "Loket <a@b.nl>", "@b.nl"] {
            assert_eq!(faults(Typed { from: Some(from.into()), ..typed("m.nl:25") }), 1, "{from:?}");
        }
        for base in ["loket.nl", "https://", "https://a.nl?x=1", "ftp://a.nl", "https://a.nl/ b"] {
            assert_eq!(faults(Typed { base: Some(base.into()), ..typed("m.nl:25") }), 1, "{base:?}");
        }
        assert_eq!(faults(Typed { user: Some("loket".into()), ..typed("m.nl:25") }), 1);
        assert_eq!(faults(Typed { from: None, ..typed("m.nl:25") }), 1);
        assert_eq!(faults(Typed { server: None, from: None, base: None, ..Typed::default() }), 0);
    }
}
