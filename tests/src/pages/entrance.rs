//! Coming in and going out.

use loket_service::access::Role;

use super::{Browser, WORDS};
use crate::desk::Desk;

#[tokio::test]
async fn who_is_not_signed_in_goes_to_signing_in_and_from_there_to_the_own_start() {
    let desk = Desk::open("pages-entrance").await;
    let asked = loket_service::actions::Asked { caller: loket_service::access::Caller::machine("toegang"), key: None };
    let roles = vec![loket_service::records::account::Held { role: Role::Intermediair, of: String::new() }];
    let invited =
        loket_service::actions::accounts::Invited { name: "Noor Bakker".into(), address: Some("noor@voorbeeld.example".into()), roles };
    let made = loket_service::actions::accounts::invite(&desk.store, &asked, invited).await.expect("an account");
    let browser = Browser::new(&desk);
    browser.get("/start").await.leads("/aanmelden");
    browser.get("/aanmelden").await.expect(200);
    // The link is used once, with a password that will do.
    let weak = browser.sent("/welkom", &[("koppeling", made.secret.told()), ("wachtwoord", "kort")]).await.expect(400);
    assert!(weak.says("Fout") && weak.text.contains(made.secret.told()), "what was typed stays: {}", weak.words());
    assert!(!weak.text.contains("kort\""), "a password never comes back");
    browser.sent("/welkom", &[("koppeling", made.secret.told()), ("wachtwoord", WORDS)]).await.leads("/");
    let start = browser.follow("/").await.expect(200);
    assert!(start.says("Noor Bakker"), "{}", start.words());
    browser.sent("/welkom", &[("koppeling", made.secret.told()), ("wachtwoord", WORDS)]).await.expect(422);
    browser.follow("/").await.expect(200);
    browser.post("/afmelden", &[]).await.leads("/aanmelden");
    assert!(browser.get("/aanmelden").await.says("U bent afgemeld."));
    assert!(!browser.get("/aanmelden").await.says("U bent afgemeld."), "it is said once");
    browser.get("/start").await.leads("/aanmelden");

    let wrong = browser.sent("/aanmelden", &[("adres", "noor@voorbeeld.example"), ("wachtwoord", "iets anders")]).await.expect(422);
    assert!(wrong.says("horen niet bij elkaar") && wrong.text.contains("noor@voorbeeld.example"), "{}", wrong.words());
    browser.sent("/aanmelden", &[("adres", "noor@voorbeeld.example"), ("wachtwoord", WORDS)]).await.leads("/");
    assert!(browser.follow("/").await.says("Noor Bakker"));
    desk.close().await;
}

#[tokio::test]
async fn a_form_post_elsewhere_or_without_what_the_page_gave_changes_nothing() {
    let desk = Desk::open("pages-forms").await;
    let browser = Browser::signed(&desk, Role::Intermediair, "").await;
    browser.get("/start").await.expect(200);
    let told = browser.post_elsewhere("/afmelden", &[]).await.expect(403);
    assert!(told.says("Dit formulier is niet meer geldig") && told.says("niets kwijt"), "{}", told.words());
    browser.sent("/afmelden", &[("formulier", "geraden")]).await.expect(403);
    browser.sent("/afmelden", &[]).await.expect(403);
    browser.get("/start").await.expect(200);
    let guest = Browser::new(&desk);
    guest.post_elsewhere("/aanmelden", &[("adres", "a@b.example"), ("wachtwoord", WORDS)]).await.expect(403);
    desk.close().await;
}

#[tokio::test]
async fn the_pages_speak_english_in_a_browser_that_asks_for_it() {
    let desk = Desk::open("pages-english").await;
    let browser = Browser::new(&desk);
    assert!(browser.get("/aanmelden").await.says("Wachtwoord vergeten?"));
    browser.get("/taal/en").await.leads("/");
    let english = browser.get("/aanmelden").await.expect(200);
    assert!(english.says("Forgot your password?") && english.text.contains("<html lang=\"en\">"), "{}", english.words());
    browser.get("/taal/xx").await.leads("/");
    assert!(browser.get("/aanmelden").await.says("Forgot your password?"));
    desk.close().await;
}

#[tokio::test]
async fn a_form_with_a_file_needs_what_the_page_gave_as_well() {
    let desk = Desk::open("pages-files").await;
    let browser = Browser::signed(&desk, Role::Intermediair, "").await;
    let file = ("bestand", "lijst.xlsx", vec![b'x'; 100_000]);
    // Read, with its token, and then it is what signing out needs and no more.
    browser.upload("/afmelden", &[("rest", "ja")], file.clone()).await.leads("/aanmelden");
    let other = Browser::signed(&desk, Role::Intermediair, "").await;
    other.sent("/afmelden", &[]).await.expect(403);
    let stranger = Browser::new(&desk);
    stranger.upload("/afmelden", &[], file).await.leads("/aanmelden");
    desk.close().await;
}
