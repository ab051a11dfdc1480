//! Letters over a line that is kept secret: with a certificate that holds, with one that does not, with a server that no longer offers to
//! encrypt, and with a password that is right or wrong. The certificates are made here, with the machine's `openssl`, and hold for two days.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use std::time::Duration;

use loket_service::records::mail::{MailKind, Recipient};
use loket_service::serve::settings::Layer;
use serde_json::{Value, json};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};

use crate::desk::Desk;
use crate::http_mail::{Sender, candidate, posted, until};
use crate::mailbox::{Line, Mailbox};

/// Runs `openssl` in a folder; `false` when there is none.
fn openssl(folder: &Path, words: &str) -> bool {
    let Ok(done) = Command::new("openssl").args(words.split(' ')).current_dir(folder).output() else { return false };
    assert!(done.status.success(), "openssl {words}: {}", String::from_utf8_lossy(&done.stderr));
    true
}

/// A root, a certificate of it for this address and its key, as files; nothing without `openssl`.
struct Made {
    root: PathBuf,
    tls: TlsAcceptor,
}

fn made(folder: &Path, name: &str, holds_for: &str) -> Option<Made> {
    let folder = folder.join(name);
    std::fs::create_dir_all(&folder).expect("a folder");
    std::fs::write(
        folder.join("blad.ext"),
        format!("subjectAltName={holds_for}\nbasicConstraints=CA:FALSE\nextendedKeyUsage=serverAuth\n"),
    )
    .expect("a file");
    let key = "-newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes";
    let own =
        format!("req -x509 {key} -keyout wortel.key -out wortel.pem -days 2 -subj /CN={name} -addext basicConstraints=critical,CA:TRUE");
    if !openssl(&folder, &own) {
        eprintln!("\n*** openssl is not on this machine: letters over TLS are NOT TESTED ***\n");
        return None;
    }
    openssl(&folder, &format!("req {key} -keyout blad.key -out blad.csr -subj /CN=proef"));
    openssl(&folder, "x509 -req -in blad.csr -CA wortel.pem -CAkey wortel.key -CAcreateserial -out blad.pem -days 2 -extfile blad.ext");
    let leaf = CertificateDer::from_pem_file(folder.join("blad.pem")).expect("a certificate");
    let secret = PrivateKeyDer::from_pem_file(folder.join("blad.key")).expect("a key");
    let config = ServerConfig::builder().with_no_client_auth().with_single_cert(vec![leaf], secret).expect("a server");
    Some(Made { root: folder.join("wortel.pem"), tls: TlsAcceptor::from(Arc::new(config)) })
}

fn settings(secrecy: &str, root: &Path) -> Layer {
    Layer { post_beveiliging: Some(secrecy.into()), post_wortel: Some(root.to_owned()), ..Layer::default() }
}

/// A desk with one message that waits.
async fn waiting(name: &str) -> (Desk, String) {
    let desk = Desk::open(name).await;
    candidate(&desk, "Z1", Some("kanarie@voorbeeld.example")).await;
    let id = posted(&desk, "een", MailKind::Vraag, Recipient::candidate("Z1")).await;
    (desk, id)
}

/// Sends until a server was tried, and what became of the message.
async fn tried(desk: &Desk, id: &str, mailbox: &Mailbox, layer: Layer) -> Value {
    let sender = Sender::start_with(desk, mailbox, 1, layer);
    for _ in 0..600 {
        if mailbox.met() > 0 {
            break;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    assert!(mailbox.met() > 0, "nobody came");
    // It ends once what it was doing is kept.
    sender.end().await;
    desk.get(&format!("/berichten/{id}")).await.expect(200)
}

/// That the message is not lost: it waits, no try was counted, and the server has not seen it.
fn stays(row: &Value, why: &str, mailbox: &Mailbox) {
    assert_eq!((&row["reden"], &row["pogingen"], &row["verstuurd_op"]), (&json!(why), &json!(0), &Value::Null), "{row}");
    assert!(row["einde_op"].is_null() && mailbox.letters().is_empty() && mailbox.offered("kanarie@") == 0, "{row}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_letter_goes_to_a_server_whose_certificate_holds_and_to_no_other() {
    let (desk, id) = waiting("mail-tls").await;
    let Some(good) = made(&desk.folder, "goed", "IP:127.0.0.1") else { return desk.close().await };
    let foreign = made(&desk.folder, "vreemd", "IP:127.0.0.1").expect("a certificate");
    let elsewhere = made(&desk.folder, "elders", "DNS:elders.example,IP:127.0.0.9").expect("a certificate");
    // Of another root; of the machine's own roots, which do not know it; and for another name.
    let unset = Layer { post_beveiliging: Some("tls".into()), ..Layer::default() };
    for (server, layer) in [(&foreign, settings("tls", &good.root)), (&good, unset), (&elsewhere, settings("tls", &elsewhere.root))] {
        let mailbox = Mailbox::open_on(Line::Tls(server.tls.clone()), false, &[]).await;
        stays(&tried(&desk, &id, &mailbox, layer).await, "beveiliging", &mailbox);
    }
    // A file with roots that is not there is told as that.
    let mailbox = Mailbox::open_on(Line::Tls(good.tls.clone()), false, &[]).await;
    let sender = Sender::start_with(&desk, &mailbox, 1, settings("tls", &desk.folder.join("niets.pem")));
    stays(&until(&desk, &id, |row| row["reden"] == "wortelbestand").await, "wortelbestand", &mailbox);
    sender.end().await;
    let sender = Sender::start_with(&desk, &mailbox, 1, settings("tls", &good.root));
    until(&desk, &id, |row| !row["verstuurd_op"].is_null()).await;
    sender.end().await;
    let letters = mailbox.letters();
    assert_eq!(letters.iter().map(|it| it.to.as_str()).collect::<Vec<_>>(), ["kanarie@voorbeeld.example"]);
    assert!(letters[0].text.contains("Subject: Een vraag over een plaatsing\r\n"), "{letters:?}");
    desk.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_that_does_not_offer_to_encrypt_gets_neither_the_letter_nor_the_password() {
    let (desk, id) = waiting("mail-starttls").await;
    let Some(good) = made(&desk.folder, "goed", "IP:127.0.0.1") else { return desk.close().await };
    let foreign = made(&desk.folder, "vreemd", "IP:127.0.0.1").expect("a certificate");
    let password = desk.folder.join("wachtwoord");
    std::fs::write(&password, "goed\n").expect("a file");
    let layer =
        || Layer { post_gebruiker: Some("loket".into()), post_wachtwoord: Some(password.clone()), ..settings("starttls", &good.root) };
    // Somebody on the line took the offer away; or answers it with a certificate of another root.
    for line in [Line::Open, Line::Starttls(foreign.tls.clone())] {
        let mailbox = Mailbox::open_on(line, true, &[]).await;
        stays(&tried(&desk, &id, &mailbox, layer()).await, "beveiliging", &mailbox);
        assert_eq!(mailbox.passwords(), 0);
    }
    let mailbox = Mailbox::open_on(Line::Starttls(good.tls.clone()), true, &[]).await;
    let sender = Sender::start_with(&desk, &mailbox, 1, layer());
    until(&desk, &id, |row| !row["verstuurd_op"].is_null()).await;
    sender.end().await;
    assert_eq!((mailbox.letters().len(), mailbox.passwords()), (1, 1));
    desk.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_password_that_the_server_does_not_take_is_told_and_the_next_one_is_read_anew() {
    let (desk, id) = waiting("mail-password").await;
    let Some(good) = made(&desk.folder, "goed", "IP:127.0.0.1") else { return desk.close().await };
    let password = desk.folder.join("wachtwoord");
    let mailbox = Mailbox::open_on(Line::Tls(good.tls.clone()), true, &[]).await;
    let layer = Layer { post_gebruiker: Some("loket".into()), post_wachtwoord: Some(password.clone()), ..settings("tls", &good.root) };
    let sender = Sender::start_with(&desk, &mailbox, 1, layer);
    stays(&until(&desk, &id, |row| row["reden"] == "wachtwoordbestand").await, "wachtwoordbestand", &mailbox);
    std::fs::write(&password, "fout").expect("a file");
    stays(&until(&desk, &id, |row| row["reden"] == "aanmelden").await, "aanmelden", &mailbox);
    std::fs::write(&password, "goed").expect("a file");
    until(&desk, &id, |row| !row["verstuurd_op"].is_null()).await;
    sender.end().await;
    assert!(mailbox.letters().len() == 1 && mailbox.passwords() >= 2);
    desk.close().await;
}
