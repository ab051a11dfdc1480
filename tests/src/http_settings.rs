//! Settings that people change while the service runs: typed, within bounds, at a version, with what they were.

use loket_service::access::{Caller, Role};
use loket_service::actions::Asked;
use loket_service::actions::accounts::{self, Invited};
use loket_service::records::account::Held;
use loket_service::records::setting::{Name, ONE_PERSON_TEAM, REPLY_DAYS};
use loket_solver::matching::facts::words::Word;
use reqwest::Method;
use serde_json::json;

use crate::desk::{Desk, Heard};

async fn token(desk: &Desk, role: Role) -> String {
    let asked = Asked { caller: Caller::machine("toegang"), key: None };
    let invited = Invited { name: "script".into(), address: None, roles: vec![Held { role, of: String::new() }] };
    accounts::script(&desk.store, &asked, invited, None).await.expect("a token").secret.told().to_owned()
}

#[tokio::test]
async fn a_setting_is_changed_at_its_version_and_what_it_was_is_kept() {
    let desk = Desk::open("settings").await;
    let admin = token(&desk, Role::Beheerder).await;
    let get = async |path: &str| desk.send_as(Some(&admin), Method::GET, path, &[], None).await;
    let put = async |name: &str, tag: &str, body: serde_json::Value| -> Heard {
        desk.send_as(Some(&admin), Method::PUT, &format!("/instellingen/{name}"), &[("if-match", tag)], Some(body)).await
    };
    assert_eq!(desk.store.read().setting(REPLY_DAYS).await.expect("a store"), 10);
    let first = get("/instellingen/antwoorddagen").await;
    assert_eq!((first.tag().as_str(), &first.body["eerder"]), ("\"v1\"", &json!([])));
    let set = put("antwoorddagen", "\"v1\"", json!({ "getal": 14 })).await;
    assert_eq!(set.tag(), "\"v2\"");
    let set = set.expect(200);
    assert_eq!((&set["waarde"], &set["gewoon"]), (&json!({ "getal": 14, "aan": null }), &json!({ "getal": 10, "aan": null })));
    assert_eq!(desk.store.read().setting(REPLY_DAYS).await.expect("a store"), 14);
    // Somebody else was first; both values are told.
    let stale = put("antwoorddagen", "\"v1\"", json!({ "getal": 21 })).await;
    assert_eq!((stale.status, &stale.body["huidig"]["waarde"]["getal"], &stale.body["uw"]["getal"]), (412, &json!(14), &json!(21)));
    // The same again changes nothing.
    assert_eq!(put("antwoorddagen", "\"v2\"", json!({ "getal": 14 })).await.tag(), "\"v2\"");
    desk.clock.fetch_add(1_000, std::sync::atomic::Ordering::SeqCst);
    put("antwoorddagen", "\"v2\"", json!({ "getal": 7 })).await.expect(200);
    let past = get("/instellingen/antwoorddagen").await.expect(200)["eerder"].clone();
    let values: Vec<_> = past.as_array().expect("rows").iter().map(|it| (it["versie"].as_i64(), it["waarde"]["getal"].as_i64())).collect();
    assert_eq!(values, [(Some(3), Some(7)), (Some(2), Some(14))]);
    assert_ne!(past[0]["op"], past[1]["op"]);
    // Of another kind, beyond its bounds, both at once, nothing, and one that is not there.
    for (name, body, wrong) in [
        ("antwoorddagen", json!({ "aan": true }), ("soort", "/aan")),
        ("antwoorddagen", json!({ "getal": 91 }), ("grens", "/getal")),
        ("eenpersoonsteam", json!({ "getal": 1 }), ("soort", "/getal")),
        ("eenpersoonsteam", json!({ "getal": 1, "aan": true }), ("ontbreekt", "")),
        ("eenpersoonsteam", json!({}), ("ontbreekt", "")),
    ] {
        let refused = put(name, "\"v1\"", body).await;
        assert_eq!((refused.status, refused.wrong()), (400, vec![wrong]), "{name}: {}", refused.body);
    }
    assert_eq!(put("bestaat-niet", "\"v1\"", json!({ "getal": 1 })).await.status, 404);
    put("eenpersoonsteam", "\"v1\"", json!({ "aan": true })).await.expect(200);
    assert!(desk.store.read().setting(ONE_PERSON_TEAM).await.expect("a store"));
    let lines: Vec<_> = desk.log().await.into_iter().filter(|(what, ..)| what == "instelling-gezet").collect();
    assert_eq!(lines.len(), 3);
    assert_eq!((lines[0].1.as_str(), &lines[0].2), ("antwoorddagen", &json!({ "was": 10, "wordt": 14 })));
    desk.sound_log().await;
    desk.close().await;
}

#[tokio::test]
async fn the_list_has_every_setting_and_no_secret_of_the_service() {
    let desk = Desk::open("settings-list").await;
    let admin = token(&desk, Role::Beheerder).await;
    let list = desk.send_as(Some(&admin), Method::GET, "/instellingen", &[], None).await.expect(200);
    let names: Vec<_> = list["instellingen"].as_array().expect("rows").iter().filter_map(|it| it["naam"].as_str()).collect();
    assert_eq!(names, Name::ALL.iter().map(|it| it.code()).collect::<Vec<_>>());
    let started: Vec<_> = list["dienst"].as_array().expect("rows").iter().filter_map(|it| it["naam"].as_str()).collect();
    assert!(started.contains(&"adres") && !started.contains(&"sleutel"), "{started:?}");
    assert!(!list.to_string().contains("proef-proef"), "the key of the settings is told");
    let other = token(&desk, Role::Intermediair).await;
    assert_eq!(desk.send_as(Some(&other), Method::GET, "/instellingen", &[], None).await.status, 403);
    let page = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/api.md")).expect("the handbook");
    for name in Name::ALL {
        assert!(page.contains(&format!("| `{}` |", name.code())), "docs/api.md does not have {}", name.code());
    }
    desk.close().await;
}
