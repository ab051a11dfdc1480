//! Administration as pages: invitations, roles, tokens, settings, policies of another person, and the log with its check.

use loket_service::access::Role;

use super::Browser;
use crate::desk::{Desk, YEAR, small_wave};

#[tokio::test]
async fn an_administrator_begins_with_what_waits_and_sees_no_candidate() {
    let desk = Desk::open("pages-admin").await;
    desk.solved(small_wave("w", 2, &["Z1", "Z2"]), YEAR).await;
    let karin = Browser::signed(&desk, Role::Beheerder, "").await;
    let home = karin.follow("/").await.expect(200);
    assert!(home.says("Beheer") && home.says("Noor Bakker (u)"), "{}", home.words());
    for place in [
        "/beheer",
        "/beheer/accounts",
        "/beheer/uitnodigen",
        "/beheer/sleutels",
        "/beheer/beleid",
        "/beheer/instellingen",
        "/beheer/logboek",
    ] {
        let page = karin.get(place).await.expect(200);
        assert!(!page.text.contains("style=\""), "{place}: nothing inline");
    }
    let checked = karin.get("/beheer/logboek?nakijken=ja").await.expect(200);
    assert!(checked.says("Het logboek klopt."), "{}", checked.words());
    karin.get("/beheer/logboek?wat=bestaat-niet").await.expect(404);
    let noor = Browser::signed(&desk, Role::Intermediair, "").await;
    noor.get("/beheer").await.expect(403);
    let log = noor.get("/logboek?wat=lichting-ingediend").await.expect(200);
    assert!(!log.says("Kijk nu na"), "only an administrator checks");
    desk.close().await;
}

#[tokio::test]
async fn somebody_is_invited_gets_other_roles_and_is_ended() {
    let desk = Desk::open("pages-admin-invite").await;
    desk.solved(small_wave("w", 2, &["Z1"]), YEAR).await;
    let karin = Browser::signed(&desk, Role::Beheerder, "").await;
    karin.get("/beheer/uitnodigen").await.expect(200);
    let wrong = karin.post("/beheer/uitnodigen", &[("naam", "Ans"), ("adres", "geen adres"), ("rol", "lezer")]).await.expect(400);
    assert!(wrong.says("schrijf een adres") && wrong.text.contains("value=\"geen adres\""), "{}", wrong.words());
    let none = karin.post("/beheer/uitnodigen", &[("naam", "Ans"), ("adres", "ans@vaart.example")]).await.expect(400);
    assert!(none.says("ten minste één rol"), "{}", none.words());
    let board = [("naam", "Ans Terpstra"), ("adres", "ans@vaart.example"), ("rol", "bestuur"), ("van-bestuur", "B1")];
    let told = karin.post("/beheer/uitnodigen", &board).await.expect(200);
    assert!(told.says("Koppeling voor Ans Terpstra") && told.text.contains("class=\"secret\""), "{}", told.words());
    let again = karin.post("/beheer/uitnodigen", &board).await.expect(409);
    assert!(again.says("Er is al een account met dit adres"), "{}", again.words());
    let list = karin.get("/beheer/accounts").await.expect(200);
    let place = list.text.split("href=\"/beheer/accounts/").find(|it| it.contains(">Ans Terpstra<")).and_then(|it| it.split('"').next());
    let place = format!("/beheer/accounts/{}", place.expect("the account is listed"));
    karin.get(&place).await.expect(200);
    // Name and address are corrected on the account's own page.
    let wrong = karin.post(&place, &[("wat", "gegevens"), ("versie", "1"), ("naam", "Ans T."), ("adres", "geen")]).await.expect(400);
    assert!(wrong.says("schrijf een adres") && wrong.text.contains("value=\"Ans T.\""), "{}", wrong.words());
    let taken = [("wat", "gegevens"), ("versie", "1"), ("naam", "Ans T."), ("adres", "")];
    assert!(karin.post(&place, &taken).await.expect(400).says("dit account heeft een adres nodig"));
    let right = [("wat", "gegevens"), ("versie", "1"), ("naam", "Ans Terpstra-Vos"), ("adres", "ans@sluis.example")];
    karin.post(&place, &right).await.leads(&place);
    let now = karin.get(&place).await.expect(200);
    assert!(now.says("naam en adres zijn verbeterd") && now.says("Ans Terpstra-Vos") && now.says("ans@sluis.example"), "{}", now.words());
    karin.post(&place, &[("wat", "rollen"), ("versie", "2"), ("rol", "lezer")]).await.leads(&place);
    let stale = karin.post(&place, &[("wat", "rollen"), ("versie", "1"), ("rol", "coach"), ("van-coach", "K1")]).await.expect(412);
    assert!(stale.says("Iemand anders veranderde dit net"), "{}", stale.words());
    karin.post(&place, &[("wat", "einde"), ("versie", "3")]).await.expect(400);
    karin.post(&place, &[("wat", "einde"), ("versie", "3"), ("zeker", "ja")]).await.leads(&place);
    karin.get("/beheer/accounts/niemand").await.expect(404);
    desk.sound_log().await;
    desk.close().await;
}

#[tokio::test]
async fn a_setting_is_set_within_its_bounds_and_a_token_is_made_and_ended() {
    let desk = Desk::open("pages-admin-settings").await;
    let karin = Browser::signed(&desk, Role::Beheerder, "").await;
    karin.get("/beheer/instellingen").await.expect(200);
    let place = "/beheer/instellingen";
    let wrong = karin.post(place, &[("instelling", "antwoorddagen"), ("versie", "1"), ("waarde", "veel")]).await.expect(400);
    assert!(wrong.says("schrijf een geheel getal") && wrong.text.contains("value=\"veel\""), "{}", wrong.words());
    karin.post(place, &[("instelling", "antwoorddagen"), ("versie", "1"), ("waarde", "91")]).await.expect(400);
    karin.post(place, &[("instelling", "antwoorddagen"), ("versie", "1"), ("waarde", "14")]).await.leads(place);
    let stale = karin.post(place, &[("instelling", "antwoorddagen"), ("versie", "1"), ("waarde", "20")]).await.expect(412);
    assert!(stale.says("Nu staat er: 14") && stale.text.contains("value=\"20\""), "{}", stale.words());
    karin.post(place, &[("instelling", "bestaat-niet"), ("versie", "1"), ("waarde", "1")]).await.expect(404);
    let made = karin.post("/beheer/sleutels", &[("naam", "dashboard")]).await.expect(200);
    assert!(made.text.contains("loket_"), "the key is told once");
    let list = karin.get("/beheer/sleutels").await.expect(200);
    assert!(list.says("dashboard") && !list.text.contains("loket_"), "and never again");
    let end = list.text.split("action=\"/beheer/sleutels/").nth(1).and_then(|it| it.split('"').next()).expect("a key");
    karin.post(&format!("/beheer/sleutels/{end}"), &[]).await.leads("/beheer/sleutels");
    desk.close().await;
}

#[tokio::test]
async fn a_policy_is_approved_by_somebody_who_did_not_draft_it() {
    let desk = Desk::open("pages-admin-policy").await;
    let body = serde_json::json!({ "naam": "reis-korter", "fase": "opleiding", "inhoud": { "dagdelen_samen": 3 } });
    let made = desk.post("/beleid", body).await;
    assert_eq!(made.status, 201, "{}", made.body);
    let karin = Browser::signed(&desk, Role::Beheerder, "").await;
    let home = karin.get("/beheer").await.expect(200);
    assert!(home.says("Wacht op een tweede persoon") && home.says("reis korter, 1"), "{}", home.words());
    let place = "/beheer/beleid/reis-korter/1";
    let page = karin.get(place).await.expect(200);
    assert!(page.says("dagdelen samen") && page.says("Keur goed"), "{}", page.words());
    karin.post(place, &[("wat", "goedkeuren"), ("versie", "9")]).await.expect(412);
    karin.post(place, &[("wat", "goedkeuren"), ("versie", "1")]).await.leads(place);
    assert!(!karin.get(place).await.expect(200).says("Keur goed"), "it was approved");
    karin.get("/beheer/beleid/niets/1").await.expect(404);
    desk.close().await;
}

#[tokio::test]
async fn a_policy_that_came_along_is_of_no_day_and_one_that_counts_is_read_and_retired() {
    let desk = Desk::open("pages-admin-policies").await;
    desk.solved(small_wave("w", 2, &["Z1"]), YEAR).await;
    let karin = Browser::signed(&desk, Role::Beheerder, "").await;
    let noor = Browser::signed(&desk, Role::Intermediair, "").await;
    for list in [karin.get("/beheer/beleid").await.expect(200), noor.get("/beleid").await.expect(200)] {
        assert!(list.says("vanaf het begin") && !list.says("1970") && list.says("opleiding jaar 2"), "{}", list.words());
    }
    let usual = karin.get("/beheer/beleid/standaard-opleiding/1").await.expect(200);
    for words in ["Dit beleid is er vanaf het begin.", "In 1 lichting", "te beoordelen", "Alles wat dit beleid zegt", "dagdelen samen"] {
        assert!(usual.says(words), "{words}: {}", usual.words());
    }
    assert!(!usual.says("Trek in") && !usual.says("1970"), "the usual one stays: {}", usual.words());
    let run = noor.get("/lichtingen/w/berekenen").await.expect(200);
    assert!(run.says("standaard-opleiding, versie 1 vanaf het begin"), "{}", run.words());
    let body = serde_json::json!({ "naam": "reis-korter", "fase": "opleiding", "inhoud": { "dagdelen_samen": 3 } });
    desk.post("/beleid", body).await.expect(201);
    let place = "/beheer/beleid/reis-korter/1";
    karin.get(place).await.expect(200);
    karin.post(place, &[("wat", "goedkeuren"), ("versie", "1")]).await.leads(place);
    let counts = karin.get(place).await.expect(200);
    assert!(counts.says("Trek in") && counts.says("Geen lichting heeft dit beleid."), "{}", counts.words());
    karin.post(place, &[("wat", "intrekken"), ("versie", "2")]).await.leads(place);
    assert!(!karin.get(place).await.expect(200).says("Trek in"), "it was retired");
    desk.close().await;
}

#[tokio::test]
async fn accounts_that_ended_have_a_list_and_one_that_is_shut_is_opened() {
    let desk = Desk::open("pages-admin-shut").await;
    let karin = Browser::signed(&desk, Role::Beheerder, "").await;
    let guest = [("naam", "Ans Terpstra"), ("adres", "ans@vaart.example"), ("rol", "lezer")];
    karin.get("/beheer/uitnodigen").await.expect(200);
    karin.post("/beheer/uitnodigen", &guest).await.expect(200);
    let of = |page: &super::Shown| {
        let id = page.text.split("href=\"/beheer/accounts/").find(|it| it.contains(">Ans Terpstra<")).and_then(|it| it.split('"').next());
        format!("/beheer/accounts/{}", id.expect("the account is listed"))
    };
    let place = of(&karin.get("/beheer/accounts").await.expect(200));
    assert!(karin.get(&place).await.expect(200).says("Trek de uitnodiging in"), "nobody began with it");
    let typed = serde_json::json!({ "adres": "ans@vaart.example", "wachtwoord": "een heel ander wachtwoord" });
    for _ in 0..10 {
        desk.send_as(None, reqwest::Method::POST, "/aanmelding", &[], Some(typed.clone())).await;
    }
    assert_eq!(desk.send_as(None, reqwest::Method::POST, "/aanmelding", &[], Some(typed.clone())).await.status, 429);
    assert!(karin.get("/beheer/accounts").await.expect(200).says("dicht tot"), "the list says it");
    let shut = karin.get(&place).await.expect(200);
    assert!(shut.says("dicht tot") && shut.says("Ontgrendel"), "{}", shut.words());
    karin.post(&place, &[("wat", "ontgrendelen")]).await.leads(&place);
    assert!(!karin.get(&place).await.expect(200).says("dicht tot"), "it is open");
    assert_eq!(desk.send_as(None, reqwest::Method::POST, "/aanmelding", &[], Some(typed)).await.status, 401);
    let log = karin.get("/beheer/logboek?wat=account-ontgrendeld").await.expect(200);
    assert!(log.says("1 regels") && log.says("is ontgrendeld"), "{}", log.words());
    karin.post(&place, &[("wat", "einde"), ("versie", "1"), ("zeker", "ja")]).await.leads(&place);
    assert!(!karin.get("/beheer/accounts").await.expect(200).says("Ans Terpstra"));
    let ended = karin.get("/beheer/accounts?beeindigd=ja").await.expect(200);
    assert!(ended.says("1 beëindigd account") && ended.says("Ans Terpstra"), "{}", ended.words());
    desk.sound_log().await;
    desk.close().await;
}

#[tokio::test]
async fn the_log_is_read_by_day_by_person_and_about_somebody_and_names_no_coach() {
    let desk = Desk::open("pages-admin-log").await;
    desk.solved(small_wave("w", 2, &["Z1"]), YEAR).await;
    let coach = Browser::signed(&desk, Role::Coach, "K1").await;
    coach.get("/coach").await;
    let noor = Browser::signed(&desk, Role::Intermediair, "").await;
    let all = noor.get("/logboek").await.expect(200);
    assert!(all.says("coach K1") && all.says("met startgetal") && !all.says("zaad"), "{}", all.words());
    assert!(all.text.contains(">lichting ingediend<") && !all.text.contains(">lichting-ingediend<"), "deeds have a title");
    // What a person is in is found by the number, also where the subject is something else.
    let of = |page: &super::Shown, who: &str| {
        let found = page.text.split("<option value=\"").find(|it| it.contains(&format!(">{who}</option>"))).map(str::to_owned);
        found.and_then(|it| it.split('"').next().map(str::to_owned)).expect("somebody in the list")
    };
    let by = of(&all, "coach K1");
    let own = noor.get(&format!("/logboek?wie={by}")).await.expect(200);
    assert!(!own.says("met startgetal"), "{}", own.words());
    desk.post("/lichtingen/w/beoordelingen/Z1/notities", serde_json::json!({ "tekst": "belt terug" })).await.expect(201);
    let about = noor.get("/logboek?onderwerp=Z1").await.expect(200);
    assert!(about.says("een notitie geschreven over kandidaat Z1"), "{}", about.words());
    let wave = noor.get("/logboek?onderwerp=w").await.expect(200);
    assert!(wave.says("lichting w is ingediend"), "{}", wave.words());
    assert!(noor.get("/logboek?van=2100-01-01").await.expect(200).says("Geen regels gevonden"));
    assert!(noor.get("/logboek?tot=2000-01-01").await.expect(200).says("Geen regels gevonden"));
    assert!(noor.get("/logboek?van=2000-01-01&tot=2100-01-01").await.expect(200).says("met startgetal"));
    noor.get("/logboek?van=morgen").await.expect(404);
    desk.close().await;
}
