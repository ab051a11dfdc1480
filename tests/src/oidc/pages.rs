//! Signing in through the provider in a browser: every end of a round is a page, and an administrator confirms on one.

use loket_service::access::Role;
use reqwest::Url;
use serde_json::json;

use super::both;
use super::provider::Browser as Elsewhere;
use crate::pages::{Browser, Shown};

/// The way there and back in this browser: the page where the round ends.
async fn through(browser: &Browser, person: &str) -> Shown {
    let begun = browser.get("/aanmelden/werkaccount").await.leads("http://127.0.0.1:");
    let back = Elsewhere::new().sign_in(&begun.place, person).await;
    returned(browser, &back).await
}

/// The browser comes back to the one address that the provider knows, and goes on to a page.
async fn returned(browser: &Browser, back: &Url) -> Shown {
    let path = format!("/v1/oidc/terug?{}", back.query().unwrap_or_default());
    let on = browser.get(&path).await.leads("/aanmelden/werkaccount/terug?");
    browser.get(&on.place).await
}

fn page_like(shown: &Shown) {
    assert_eq!(shown.headers["content-type"], "text/html; charset=utf-8", "{}", shown.text);
    assert!(shown.text.contains("<html") && !shown.text.contains("sleutel\""), "{}", shown.text);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn in_a_browser_a_round_ends_on_pages_and_an_administrator_confirms_on_one() {
    let (service, provider) = both("oidc-pages").await;
    let anna = json!({ "name": "Anna Verzonnen", "email": "anna@voorbeeld.example", "email_verified": true, "groups": ["loket-werk"] });
    provider.knows(json!({ "anna": anna })).await;
    let browser = Browser::at(service.address.clone());
    assert!(browser.get("/aanmelden").await.expect(200).text.contains("href=\"/aanmelden/werkaccount\""));
    // Somebody new waits, and reads that.
    let waits = through(&browser, "anna").await.expect(403);
    page_like(&waits);
    assert!(waits.says("dit account wacht nog op de beheerder"), "{}", waits.words());
    browser.get("/").await.leads("/aanmelden");
    // The administrator sees who it is and in which role, and confirms it with one press.
    let admin = Browser::at(service.address.clone()).known_to(&service.store, Role::Beheerder, "").await;
    let overview = admin.get("/beheer").await.expect(200);
    assert!(overview.says("1 persoon wacht op bevestiging") && overview.text.contains("/beheer/identiteiten"), "{}", overview.words());
    let list = admin.get("/beheer/identiteiten").await.expect(200);
    assert!(list.says("Anna Verzonnen") && list.says("anna@voorbeeld.example") && list.says("intermediair"), "{}", list.words());
    let value = |name: &str| {
        let rest = list.text.split_once(&format!("name=\"{name}\" value=\"")).expect("a field").1;
        rest.split('"').next().unwrap_or_default().to_owned()
    };
    let (account, version) = (value("account"), value("versie"));
    let stale = admin.post("/beheer/identiteiten", &[("account", account.as_str()), ("versie", "77")]).await.expect(412);
    assert!(stale.says("Anna Verzonnen"), "{}", stale.words());
    admin.post("/beheer/identiteiten", &[("account", "niets"), ("versie", "1")]).await.expect(404);
    admin.post("/beheer/identiteiten", &[("account", account.as_str()), ("versie", version.as_str())]).await.leads("/beheer/identiteiten");
    let none = admin.get("/beheer/identiteiten").await.expect(200);
    assert!(none.says("Bewaard: deze persoon kan nu inloggen") && none.says("Er wacht niemand op bevestiging"), "{}", none.words());
    // From now on the round ends where the role begins.
    through(&browser, "anna").await.leads("/");
    assert!(browser.follow("/").await.expect(200).says("Anna Verzonnen"));
    // Several roles: the choice is a page, and the first of them is acted in until then.
    provider.knows(json!({ "anna": { "groups": ["loket-werk", "loket-beheer"] } })).await;
    through(&browser, "anna").await.leads("/rol");
    let choice = browser.get("/rol").await.expect(200);
    assert!(choice.says("Waarmee gaat u aan het werk?") && choice.says("intermediair") && choice.says("beheerder"), "{}", choice.words());
    browser.post("/rol", &[("rol", "intermediair")]).await.leads("/");
    browser.get("/start").await.expect(200);
    browser.post("/rol", &[("rol", "beheerder")]).await.leads("/");
    browser.get("/beheer").await.expect(200);
    // No role any more.
    provider.knows(json!({ "anna": { "groups": [] } })).await;
    let none = through(&browser, "anna").await.expect(403);
    page_like(&none);
    assert!(none.says("uw organisatie geeft u geen rol"), "{}", none.words());
    browser.get("/beheer").await.leads("/aanmelden");
    provider.end().await;
    service.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn in_a_browser_what_does_not_fit_is_told_on_the_page_for_signing_in() {
    let (service, provider) = both("oidc-pages-not").await;
    provider.knows(json!({ "anna": { "groups": ["loket-werk"] } })).await;
    let browser = Browser::at(service.address.clone());
    through(&browser, "anna").await.expect(403);
    service.confirm().await;
    let not = |shown: Shown| {
        let shown = shown.expect(422);
        assert!(shown.says("het inloggen met uw werkaccount is niet gelukt") && shown.says("Begin opnieuw"), "{}", shown.words());
        assert!(!shown.text.contains("aria-invalid"), "nothing that was typed is wrong");
    };
    // Somebody turned back at the provider; the round is over.
    let begun = browser.get("/aanmelden/werkaccount").await;
    let state = Url::parse(&begun.place).expect("an address");
    let state = state.query_pairs().find(|(key, _)| key == "state").expect("a state").1.into_owned();
    let on = browser.get(&format!("/v1/oidc/terug?error=access_denied&error_description=nee&iets=anders&state={state}")).await;
    not(browser.get(&on.place).await);
    // Nothing was begun in this browser, or in another one.
    not(browser.get("/aanmelden/werkaccount/terug?code=x&state=y").await);
    let begun = browser.get("/aanmelden/werkaccount").await;
    let back = Elsewhere::new().sign_in(&begun.place, "anna").await;
    let stranger = Browser::at(service.address.clone());
    let raw = stranger.get(&format!("/v1/oidc/terug?{}", back.query().unwrap_or_default())).await.expect(401);
    assert!(
        raw.headers["content-type"].to_str().is_ok_and(|it| it.contains("json")),
        "whoever began it by no page is answered as a program"
    );
    // Where the page began it, it ends there, once.
    returned(&browser, &back).await.leads("/");
    not(browser.get(&format!("/aanmelden/werkaccount/terug?{}", back.query().unwrap_or_default())).await);
    // The provider is gone: before the round, and within it.
    let late = Browser::at(service.address.clone());
    let begun = late.get("/aanmelden/werkaccount").await;
    let back = Elsewhere::new().sign_in(&begun.place, "anna").await;
    provider.end().await;
    let gone = returned(&late, &back).await.expect(503);
    assert!(gone.says("de inlogpagina van uw organisatie antwoordt nu niet"), "{}", gone.words());
    service.close().await;
}

#[tokio::test]
async fn without_a_provider_there_is_no_such_way_in() {
    let desk = crate::desk::Desk::open("oidc-pages-none").await;
    let browser = Browser::new(&desk);
    assert!(!browser.get("/aanmelden").await.text.contains("werkaccount"));
    browser.get("/aanmelden/werkaccount").await.expect(404);
    browser.get("/aanmelden/werkaccount/terug?code=x&state=y").await.expect(404);
    let admin = Browser::signed(&desk, Role::Beheerder, "").await;
    assert!(!admin.get("/beheer").await.expect(200).text.contains("/beheer/identiteiten"));
    admin.get("/beheer/identiteiten").await.expect(200);
    admin.get("/rol").await.leads("/");
    desk.close().await;
}
