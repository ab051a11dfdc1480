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
