//! The sender of messages: one letter at a time, each said to be sent only once the mail server has it.

use std::collections::HashMap;
use std::error::Error;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use lettre::address::Envelope;
use lettre::transport::smtp::authentication::{Credentials, DEFAULT_MECHANISMS};
use lettre::transport::smtp::client::{Certificate, CertificateStore, SmtpConnection, TlsParameters};
use lettre::transport::smtp::extension::ClientId;
use tokio::time::{MissedTickBehavior, interval};
use tokio_util::sync::CancellationToken;

use crate::access::secret::Secret;
use crate::actions::Refused;
use crate::actions::outbox::{self, HELD, Letter, Tried};
use crate::present::mail::{Frame, letter};
use crate::serve::post::{MailServer, Post, Secrecy};
use crate::serve::settings::Settings;
use crate::store::{Store, ids};

/// How often it looks for messages.
const BEAT: Duration = Duration::from_secs(1);
/// Longest silence of a mail server.
const SILENCE: Duration = Duration::from_secs(30);
/// Longest pause after a mail server was not there.
const LONGEST: u32 = 30;

/// Sends until `ending`. Without a mail server what waits becomes a draft.
pub async fn send(store: Store, settings: Arc<Settings>, ending: CancellationToken) {
    let mut beat = interval(BEAT);
    beat.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut sender =
        Sender { name: format!("post-{}-{}", std::process::id(), ids::new()), store, post: settings.post.clone(), links: HashMap::new() };
    let (mut pause, mut rest) = (0, 0_u32);
    loop {
        tokio::select! {
            _ = beat.tick() => {}
            () = ending.cancelled() => return,
        }
        if rest > 0 {
            rest -= 1;
            continue;
        }
        match sender.round(&ending).await {
            Ok(true) => pause = 0,
            Ok(false) => {
                pause = (pause * 2).clamp(1, LONGEST);
                rest = pause;
            }
            Err(why) => tracing::warn!(waarom = ?why, "berichten versturen"),
        }
    }
}

struct Sender {
    name: String,
    store: Store,
    post: Post,
    /// Links of letters that were not surely sent yet: the same letter holds the same link. They are kept nowhere else.
    links: HashMap<String, Secret>,
}

impl Sender {
    /// Sends what waits, until nothing does; `false` when there is no server to send it to.
    async fn round(&mut self, ending: &CancellationToken) -> Result<bool, Refused> {
        let Some(server) = self.post.server.clone() else {
            outbox::drafts(&self.store, outbox::NO_SERVER).await?;
            return Ok(true);
        };
        while !ending.is_cancelled() {
            let known = &self.links;
            let Some(it) = outbox::take(&self.store, &self.name, |id| known.get(id).cloned()).await? else { return Ok(true) };
            if let Some(link) = &it.link {
                self.links.insert(it.mail.id.clone(), link.clone());
            }
            let tried = self.attempt(&server, &it).await?;
            if !matches!(tried, Tried::Later(_) | Tried::NoServer(_)) {
                self.links.remove(&it.mail.id);
            }
            outbox::tried(&self.store, it.mail.clone(), &self.name, &tried).await?;
            tracing::info!(bericht = %it.mail.id, uitkomst = told(&tried), "bericht");
            if matches!(tried, Tried::NoServer(_)) {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Tries one letter, and says now and then that it still has it.
    async fn attempt(&self, server: &MailServer, it: &Letter) -> Result<Tried, Refused> {
        let frame = Frame {
            to: &it.address,
            from: self.post.from.as_deref().unwrap_or_default(),
            base: self.post.base.as_deref(),
            link: it.link.as_ref().map(Secret::told),
            signs_in: it.signs_in,
            at: SystemTime::now(),
            unsent: false,
        };
        let Ok(letter) = letter(&it.mail, &frame) else { return Ok(Tried::Refused("adres".into())) };
        let (envelope, bytes, server) = (letter.envelope().clone(), letter.formatted(), server.clone());
        let mut trying = tokio::task::spawn_blocking(move || deliver(&server, &envelope, &bytes));
        let mut beat = interval(HELD / 4);
        loop {
            tokio::select! {
                done = &mut trying => return Ok(done.unwrap_or_else(|_| Tried::Later("afgebroken".into()))),
                _ = beat.tick() => drop(outbox::hold(&self.store, &it.mail.id, &self.name).await?),
            }
        }
    }
}

/// What came of a try, for the log of the program.
fn told(tried: &Tried) -> &str {
    match tried {
        Tried::Taken => "verstuurd",
        Tried::Refused(code) | Tried::Later(code) => code,
        Tried::NoServer(code) => code,
    }
}

/// Hands one letter to the server. What the server says of itself (no connection, no encryption, another password) is about all letters;
/// what it says once the letter is offered is about this one. A connection that breaks then leaves in doubt whether it has it: the letter
/// goes again, with the same Message-ID.
fn deliver(server: &MailServer, envelope: &Envelope, bytes: &[u8]) -> Tried {
    let mut connection = match connected(server) {
        Ok(connection) => connection,
        Err(why) => return Tried::NoServer(why),
    };
    match connection.send(envelope, bytes) {
        Ok(_) => {
            // It has the letter; how it says goodbye changes nothing.
            let _ = connection.quit();
            Tried::Taken
        }
        Err(error) => {
            connection.abort();
            match error.status() {
                Some(code) if error.is_permanent() => Tried::Refused(format!("smtp-{code}")),
                Some(code) => Tried::Later(format!("smtp-{code}")),
                None => Tried::Later("verbroken".into()),
            }
        }
    }
}

/// How the certificate of the server is checked: with the roots in the file that was set, otherwise with those that this machine trusts.
fn parameters(server: &MailServer) -> Result<TlsParameters, &'static str> {
    let mut checks = TlsParameters::builder(server.host.clone());
    if let Some(file) = &server.root {
        let root = std::fs::read(file).map_err(|_| "wortelbestand")?;
        let root = Certificate::from_pem(&root).map_err(|_| "wortelbestand")?;
        checks = checks.certificate_store(CertificateStore::None).add_root_certificate(root);
    }
    checks.build().map_err(|_| "beveiliging")
}

/// Whether a line was there and the two did not agree on how to encrypt it: the certificate does not hold, for one. What is said on such a line is
/// no data that can be read.
fn refuses(error: &(dyn Error + 'static)) -> bool {
    let unread = |it: &std::io::Error| it.kind() == std::io::ErrorKind::InvalidData;
    let mut why = Some(error);
    while let Some(it) = why {
        if it.downcast_ref::<std::io::Error>().is_some_and(unread) {
            return true;
        }
        why = it.source();
    }
    false
}

fn connected(server: &MailServer) -> Result<SmtpConnection, &'static str> {
    let hello = ClientId::default();
    let tls = || parameters(server);
    let at_once = if server.secrecy == Secrecy::Tls { Some(tls()?) } else { None };
    let place = (server.host.as_str(), server.port);
    let mut connection = SmtpConnection::connect(place, Some(SILENCE), &hello, at_once.as_ref(), None)
        .map_err(|error| if error.is_tls() || refuses(&error) { "beveiliging" } else { "onbereikbaar" })?;
    if server.secrecy == Secrecy::Starttls {
        connection.starttls(&tls()?, &hello).map_err(|_| "beveiliging")?;
    }
    if let Some((user, file)) = &server.login {
        let password = std::fs::read_to_string(file).map_err(|_| "wachtwoordbestand")?;
        let credentials = Credentials::new(user.clone(), password.trim_end_matches(['\r', '\n']).to_owned());
        connection.auth(DEFAULT_MECHANISMS, &credentials).map_err(|_| "aanmelden")?;
    }
    Ok(connection)
}
