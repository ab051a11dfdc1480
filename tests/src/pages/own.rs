//! The own account: a second factor that begins with a code, and sessions elsewhere that end.

use loket_service::access::{Role, factor};

use super::Browser;
use crate::desk::Desk;

/// The secret that a page shows in groups of four, as an app has it.
fn shown(text: &str) -> Vec<u8> {
    let typed = text.split("<code>").nth(1).and_then(|it| it.split("</code>").next()).expect("a secret");
    let mut bits = 0_u64;
    let (mut held, mut bytes) = (0, Vec::new());
    for letter in typed.bytes().filter(|it| *it != b' ') {
        let value = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".iter().position(|it| *it == letter).expect("base 32");
        bits = (bits << 5) | value as u64;
        held += 5;
        if held >= 8 {
            held -= 8;
            bytes.push((bits >> held) as u8);
        }
    }
    bytes
}

#[tokio::test]
async fn a_second_factor_counts_once_its_code_was_given_and_recovery_codes_are_shown_once() {
    let desk = Desk::open("pages-own").await;
    let browser = Browser::signed(&desk, Role::Lezer, "").await;
    let own = browser.get("/ik").await.expect(200);
    assert!(own.says("Noor Bakker") && own.says("met alleen een wachtwoord") && own.says("deze browser"), "{}", own.words());
    let made = browser.post("/ik/tweede-factor", &[]).await.expect(200);
    assert!(made.text.contains("<path class=\"ink\" d=\"M4 4h1v1h-1z"), "there is a square");
    let secret = shown(&made.text);
    let wrong = browser.post("/ik/tweede-factor/code", &[("code", "000000")]).await.expect(400);
    assert!(wrong.says("geldt nog niet"), "{}", wrong.words());
    assert!(browser.get("/ik").await.says("met alleen een wachtwoord"));
    let now = desk.clock.load(std::sync::atomic::Ordering::SeqCst) / 30_000;
    let code = factor::code(&secret, now).expect("a code");
    let codes = browser.post("/ik/tweede-factor/code", &[("code", &code)]).await.expect(200);
    assert_eq!(codes.text.matches("<li><code>").count(), 10, "{}", codes.words());
    let own = browser.get("/ik").await;
    assert!(own.says("een wachtwoord en een code") && !own.text.contains("<li><code>"), "{}", own.words());
    desk.close().await;
}

#[tokio::test]
async fn another_password_is_chosen_with_the_old_one_and_neither_comes_back() {
    let desk = Desk::open("pages-own-password").await;
    let browser = Browser::signed(&desk, Role::Lezer, "").await;
    let own = browser.get("/ik").await.expect(200);
    assert!(own.says("Wachtwoord van nu") && own.says("Ten minste 15 tekens"), "{}", own.words());
    let wrong = browser.post("/ik/wachtwoord", &[("oud", "iets heel anders"), ("nieuw", "acht groene fietsen bij de sluis")]).await;
    let wrong = wrong.expect(400);
    assert!(wrong.says("dit is niet het wachtwoord van dit account") && wrong.text.contains("href=\"#oud\""), "{}", wrong.words());
    assert!(!wrong.text.contains("fietsen") && !wrong.text.contains("iets heel anders"));
    let weak = browser.post("/ik/wachtwoord", &[("oud", super::WORDS), ("nieuw", "kort")]).await.expect(400);
    assert!(weak.says("minder dan 15 tekens") && weak.text.contains("href=\"#nieuw\""), "{}", weak.words());
    let fields = [("oud", super::WORDS), ("nieuw", "acht groene fietsen bij de sluis")];
    browser.post("/ik/wachtwoord", &fields).await.leads("/ik");
    assert!(browser.get("/ik").await.expect(200).says("uw nieuwe wachtwoord geldt"));
    desk.close().await;
}
