//! Accounts over HTTP: links, signing in, the second factor, tokens, roles, and what an attacker learns of all that.

use loket_service::access::{Caller, Role, factor};
use loket_service::actions::Asked;
use loket_service::actions::accounts::{self, Invited};
use loket_service::records::account::Held;
use reqwest::Method;
use serde_json::{Value, json};

use crate::desk::{Desk, Heard};

const WORDS: &str = "zeven blauwe fietsen bij de brug";
const MINUTE: i64 = 60_000;

fn held(role: Role, of: &str) -> Held {
    Held { role, of: of.into() }
}

/// An account as `loket toegang account` makes it; the secret of its link.
async fn invited(desk: &Desk, address: &str, roles: Vec<Held>) -> (String, String) {
    let asked = Asked { caller: Caller::machine("toegang"), key: None };
    let invited = Invited { name: "Iemand Verzonnen".into(), address: Some(address.into()), roles };
    let made = accounts::invite(&desk.store, &asked, invited).await.expect("an account");
    (made.made.id, made.secret.told().to_owned())
}

/// A token as `loket toegang token` makes it.
async fn token(desk: &Desk, role: Role, of: &str) -> String {
    let asked = Asked { caller: Caller::machine("toegang"), key: None };
    let invited = Invited { name: "script".into(), address: None, roles: vec![held(role, of)] };
    accounts::script(&desk.store, &asked, invited, None).await.expect("a token").secret.told().to_owned()
}

async fn post(desk: &Desk, who: Option<&str>, path: &str, body: Value) -> Heard {
    desk.send_as(who, Method::POST, path, &[], Some(body)).await
}

async fn get(desk: &Desk, who: &str, path: &str) -> Heard {
    desk.send_as(Some(who), Method::GET, path, &[], None).await
}

/// Somebody who began with a link: id and session.
async fn begun(desk: &Desk, address: &str, roles: Vec<Held>) -> (String, String) {
    let (id, link) = invited(desk, address, roles).await;
    let done = post(desk, None, "/koppelingen", json!({ "koppeling": link, "wachtwoord": WORDS })).await.expect(200);
    (id, done["sleutel"].as_str().expect("a session").to_owned())
}

async fn try_in(desk: &Desk, address: &str, more: Value) -> Heard {
    let mut body = json!({ "adres": address, "wachtwoord": WORDS });
    for (key, value) in more.as_object().expect("keys") {
        body[key] = value.clone();
    }
    post(desk, None, "/aanmelding", body).await
}

fn pass(desk: &Desk, milliseconds: i64) {
    desk.clock.fetch_add(milliseconds, std::sync::atomic::Ordering::SeqCst);
}

fn secret(body: &Value) -> String {
    body["sleutel"].as_str().expect("a session").to_owned()
}

#[tokio::test]
async fn a_link_begins_an_account_once_and_an_unknown_one_is_told_alike() {
    let desk = Desk::open("accounts-link").await;
    let (id, link) = invited(&desk, "Bea@voorbeeld.example", vec![held(Role::Beheerder, "")]).await;
    let weak = post(&desk, None, "/koppelingen", json!({ "koppeling": link, "wachtwoord": "te kort" })).await;
    assert_eq!((weak.status, weak.wrong()), (400, vec![("wachtwoord", "/wachtwoord")]));
    let done = post(&desk, None, "/koppelingen", json!({ "koppeling": link, "wachtwoord": WORDS })).await;
    assert!(done.header("set-cookie").starts_with("__Host-loket="), "{:?}", done.headers);
    for word in ["Secure", "HttpOnly", "SameSite=Lax", "Path=/"] {
        assert!(done.header("set-cookie").contains(word), "{word}");
    }
    let done = done.expect(200);
    assert_eq!((done["rol"].as_str(), done["account"].as_str()), (Some("beheerder"), Some(id.as_str())));
    let me = get(&desk, &secret(&done), "/ik").await.expect(200);
    assert_eq!(
        (me["wie"].as_str(), me["rol"].as_str(), me["naam"].as_str()),
        (Some(id.as_str()), Some("beheerder"), Some("Iemand Verzonnen"))
    );
    let again = post(&desk, None, "/koppelingen", json!({ "koppeling": link, "wachtwoord": WORDS })).await;
    let unknown = post(&desk, None, "/koppelingen", json!({ "koppeling": "bestaat niet", "wachtwoord": WORDS })).await;
    assert_eq!((again.status, &again.body), (401, &unknown.body));
    // A first administrator has an hour.
    let (_, late) = invited(&desk, "laat@voorbeeld.example", vec![held(Role::Beheerder, "")]).await;
    pass(&desk, 61 * MINUTE);
    let over = post(&desk, None, "/koppelingen", json!({ "koppeling": late, "wachtwoord": WORDS })).await;
    assert_eq!((over.status, &over.body), (401, &unknown.body));
    // Somebody who signs in may type the address as they like.
    try_in(&desk, " bea@VOORBEELD.example", json!({})).await.expect(200);
    desk.sound_log().await;
    desk.close().await;
}

#[tokio::test]
async fn a_wrong_password_an_unknown_address_and_an_ended_account_are_told_alike_and_close_the_door_alike() {
    let desk = Desk::open("accounts-tries").await;
    begun(&desk, "bea@voorbeeld.example", vec![held(Role::Beheerder, "")]).await;
    let (ended, _) = begun(&desk, "weg@voorbeeld.example", vec![held(Role::Lezer, "")]).await;
    let asked = Asked { caller: Caller::machine("toegang"), key: None };
    let version = desk.store.read().account(&ended).await.expect("a store").expect("an account").version;
    accounts::end(&desk.store, &asked, &ended, version).await.expect("it ends");
    let wrong = json!({ "wachtwoord": "een heel ander wachtwoord" });
    let mut bodies = Vec::new();
    for address in ["bea@voorbeeld.example", "niemand@voorbeeld.example"] {
        for _ in 0..10 {
            let heard = try_in(&desk, address, wrong.clone()).await;
            assert_eq!(heard.status, 401, "{address}");
            bodies.push(heard.body);
        }
        let closed = try_in(&desk, address, wrong.clone()).await;
        assert_eq!((closed.status, closed.header("retry-after")), (429, "900"), "{address}");
    }
    bodies.push(try_in(&desk, "weg@voorbeeld.example", json!({})).await.body);
    assert!(bodies.iter().all(|it| *it == bodies[0]), "{bodies:?}");
    // The right password does not open a closed door, and once it is open again it counts.
    assert_eq!(try_in(&desk, "bea@voorbeeld.example", json!({})).await.status, 429);
    pass(&desk, 15 * MINUTE);
    try_in(&desk, "bea@voorbeeld.example", json!({})).await.expect(200);
    // An administrator opens it sooner; of a door that is open nothing is noted.
    let (_, karin) = begun(&desk, "karin@voorbeeld.example", vec![held(Role::Beheerder, "")]).await;
    let bea = desk.store.read().account_at("bea@voorbeeld.example").await.expect("the store").expect("an account").id;
    let unlock = format!("/accounts/{bea}/ontgrendeling");
    let lines = || async { get(&desk, &karin, "/logboek?wat=account-ontgrendeld").await.body["totaal"].clone() };
    desk.send_as(Some(&karin), Method::POST, &unlock, &[], None).await.expect(200);
    assert_eq!(lines().await, 0);
    for _ in 0..10 {
        assert_eq!(try_in(&desk, "bea@voorbeeld.example", wrong.clone()).await.status, 401);
    }
    assert_eq!(try_in(&desk, "bea@voorbeeld.example", json!({})).await.status, 429);
    assert_eq!(desk.send_as(Some(&karin), Method::POST, "/accounts/niemand/ontgrendeling", &[], None).await.status, 404);
    desk.send_as(Some(&karin), Method::POST, &unlock, &[], None).await.expect(200);
    assert_eq!(lines().await, 1);
    try_in(&desk, "bea@voorbeeld.example", json!({})).await.expect(200);
    // Who got in begins to count anew.
    for _ in 0..9 {
        assert_eq!(try_in(&desk, "bea@voorbeeld.example", wrong.clone()).await.status, 401);
    }
    try_in(&desk, "bea@voorbeeld.example", json!({})).await.expect(200);
    desk.sound_log().await;
    desk.close().await;
}

#[tokio::test]
async fn a_second_factor_is_asked_and_each_code_counts_once() {
    let desk = Desk::open("accounts-factor").await;
    let (id, session) = begun(&desk, "bea@voorbeeld.example", vec![held(Role::Beheerder, "")]).await;
    let shown = post(&desk, Some(&session), "/ik/tweede-factor", json!({})).await;
    assert_eq!(shown.status, 201, "{}", shown.body);
    // Until a code of it was given it does not count.
    try_in(&desk, "bea@voorbeeld.example", json!({})).await.expect(200);
    let key = desk.store.change().await.expect("a store").offered_factor(&id).await.expect("a store").expect("an offered factor");
    let now = || desk.clock.load(std::sync::atomic::Ordering::SeqCst);
    let code = |at: i64| factor::code(&key, at / 30_000).expect("a code");
    let wrong = post(&desk, Some(&session), "/ik/tweede-factor/bevestiging", json!({ "code": "0" })).await;
    assert_eq!((wrong.status, wrong.wrong()), (400, vec![("code", "/code")]));
    let codes = post(&desk, Some(&session), "/ik/tweede-factor/bevestiging", json!({ "code": code(now()) })).await.expect(200);
    let recovery: Vec<&str> = codes["herstelcodes"].as_array().expect("codes").iter().filter_map(Value::as_str).collect();
    assert_eq!(recovery.len(), 10);
    let asked = try_in(&desk, "bea@voorbeeld.example", json!({})).await;
    assert_eq!((asked.status, asked.body["type"].as_str()), (401, Some("/v1/problemen/code-nodig")));
    // The code that confirmed it was used.
    assert_eq!(try_in(&desk, "bea@voorbeeld.example", json!({ "code": code(now()) })).await.status, 401);
    pass(&desk, 30_000);
    let fresh = code(now());
    try_in(&desk, "bea@voorbeeld.example", json!({ "code": fresh })).await.expect(200);
    assert_eq!(try_in(&desk, "bea@voorbeeld.example", json!({ "code": fresh })).await.status, 401, "replayed");
    try_in(&desk, "bea@voorbeeld.example", json!({ "herstelcode": recovery[3] })).await.expect(200);
    assert_eq!(try_in(&desk, "bea@voorbeeld.example", json!({ "herstelcode": recovery[3] })).await.status, 401, "used");
    desk.sound_log().await;
    desk.close().await;
}

#[tokio::test]
async fn a_session_ends_by_itself_by_hand_and_with_its_role() {
    let desk = Desk::open("accounts-session").await;
    let both = vec![held(Role::Beheerder, ""), held(Role::Intermediair, "")];
    let (id, link) = invited(&desk, "bea@voorbeeld.example", both).await;
    let choose = post(&desk, None, "/koppelingen", json!({ "koppeling": link, "wachtwoord": WORDS })).await;
    assert_eq!((choose.status, &choose.body["rollen"]), (400, &json!(["beheerder", "intermediair"])));
    let in_role = json!({ "koppeling": link, "wachtwoord": WORDS, "rol": "beheerder" });
    let first = secret(&post(&desk, None, "/koppelingen", in_role).await.expect(200));
    // Another role is another session with another secret; the one before is gone.
    let second = secret(&post(&desk, Some(&first), "/rolwissel", json!({ "rol": "intermediair" })).await.expect(200));
    assert_ne!(first, second);
    assert_eq!(get(&desk, &first, "/ik").await.status, 401);
    assert_eq!(get(&desk, &second, "/ik").await.expect(200)["rol"], "intermediair");
    // An hour without use, and half a day whatever happens.
    pass(&desk, 59 * MINUTE);
    get(&desk, &second, "/ik").await.expect(200);
    pass(&desk, 60 * MINUTE);
    assert_eq!(get(&desk, &second, "/ik").await.status, 401);
    assert_eq!(get(&desk, &second, "/ik").await.status, 401, "a use does not revive it");
    let third = secret(&try_in(&desk, "bea@voorbeeld.example", json!({ "rol": "beheerder" })).await.expect(200));
    for _ in 0..14 {
        pass(&desk, 50 * MINUTE);
        get(&desk, &third, "/ik").await.expect(200);
    }
    pass(&desk, 21 * MINUTE);
    assert_eq!(get(&desk, &third, "/ik").await.status, 401);
    let fourth = secret(&try_in(&desk, "bea@voorbeeld.example", json!({ "rol": "beheerder" })).await.expect(200));
    let out = desk.send_as(Some(&fourth), Method::POST, "/afmelding", &[], None).await;
    assert!(out.status == 204 && out.header("set-cookie").contains("Max-Age=0"), "{out:?}");
    assert_eq!(get(&desk, &fourth, "/ik").await.status, 401);
    // A role that is taken away takes its sessions along.
    let fifth = secret(&try_in(&desk, "bea@voorbeeld.example", json!({ "rol": "intermediair" })).await.expect(200));
    let admin = secret(&try_in(&desk, "bea@voorbeeld.example", json!({ "rol": "beheerder" })).await.expect(200));
    let now = get(&desk, &admin, &format!("/accounts/{id}")).await;
    let body = json!({ "rollen": [{ "rol": "beheerder" }] });
    desk.send_as(Some(&admin), Method::PUT, &format!("/accounts/{id}/rollen"), &[("if-match", &now.tag())], Some(body)).await.expect(200);
    assert_eq!(get(&desk, &fifth, "/ik").await.status, 401);
    desk.sound_log().await;
    desk.close().await;
}

#[tokio::test]
async fn tokens_are_told_once_kept_as_a_hash_and_end() {
    let desk = Desk::open("accounts-tokens").await;
    let (_, session) = begun(&desk, "ida@voorbeeld.example", vec![held(Role::Intermediair, "")]).await;
    let refused = post(&desk, Some(&session), "/ik/sleutels", json!({ "naam": "x", "rol": "beheerder", "tot": "2031-01-01" })).await;
    assert_eq!(refused.wrong(), [("rol", "/rol"), ("grens", "/tot")]);
    let wanted = json!({ "naam": "nachtwerk", "rol": "intermediair", "tot": "2026-08-01" });
    let made = post(&desk, Some(&session), "/ik/sleutels", wanted).await.expect(201);
    let (told, id) = (made["geheim"].as_str().expect("a secret").to_owned(), made["sleutel"]["id"].as_str().expect("an id").to_owned());
    assert!(told.starts_with("loket_") && told.len() == 38, "{told}");
    get(&desk, &told, "/lichtingen").await.expect(200);
    let listed = get(&desk, &session, "/ik/sleutels").await.expect(200);
    assert_eq!((listed[0]["id"].as_str(), listed[0]["gebruikt_op"].is_string()), (Some(id.as_str()), true));
    assert!(!listed.to_string().contains(&told));
    // Another's token is not there to end; one's own ends at once.
    let other = token(&desk, Role::Intermediair, "").await;
    let end = |who: String| {
        let path = format!("/sleutels/{id}");
        let desk = &desk;
        async move { desk.send_as(Some(&who), Method::DELETE, &path, &[], None).await.status }
    };
    assert_eq!(end(other.clone()).await, 404);
    assert_eq!(end(session.clone()).await, 204);
    assert_eq!(get(&desk, &told, "/lichtingen").await.status, 401);
    // Ninety days when nobody says.
    pass(&desk, 90 * 24 * 60 * MINUTE);
    assert_eq!(get(&desk, &other, "/ik").await.status, 401);
    let lines = desk.log().await;
    assert!(lines.iter().all(|line| !format!("{line:?}").contains(&told[6..])));
    desk.sound_log().await;
    desk.close().await;
}

#[tokio::test]
async fn the_last_administrator_stays_and_roles_are_for_somebody_there_is() {
    let desk = Desk::open("accounts-last").await;
    let (id, admin) = begun(&desk, "bea@voorbeeld.example", vec![held(Role::Beheerder, "")]).await;
    let path = format!("/accounts/{id}");
    let tag = get(&desk, &admin, &path).await.tag();
    let lose = json!({ "rollen": [{ "rol": "lezer" }] });
    let lost = desk.send_as(Some(&admin), Method::PUT, &format!("{path}/rollen"), &[("if-match", &tag)], Some(lose)).await;
    assert_eq!(lost.status, 409, "{}", lost.body);
    assert_eq!(desk.send_as(Some(&admin), Method::POST, &format!("{path}/einde"), &[("if-match", &tag)], None).await.status, 409);
    assert_eq!(get(&desk, &admin, &path).await.tag(), tag, "nothing happened");
    let wrong = json!({ "naam": "Bo", "adres": "geen adres", "rollen": [{ "rol": "bestuur", "van": "B9" }, { "rol": "lezer", "van": "B1" }, { "rol": "coach" }] });
    let refused = post(&desk, Some(&admin), "/accounts", wrong).await;
    assert_eq!((refused.status, refused.wrong()), (400, vec![("adres", "/adres")]));
    let wrong = json!({ "naam": "Bo", "adres": "bo@voorbeeld.example", "rollen": [{ "rol": "bestuur", "van": "B9" }, { "rol": "lezer", "van": "B1" }, { "rol": "coach" }] });
    let refused = post(&desk, Some(&admin), "/accounts", wrong).await;
    let places = refused.wrong();
    assert_eq!(places.len(), 3, "{}", refused.body);
    let made = post(
        &desk,
        Some(&admin),
        "/accounts",
        json!({ "naam": "Bo", "adres": "bo@voorbeeld.example", "rollen": [{ "rol": "beheerder" }] }),
    )
    .await;
    let (second, made) = (made.header("location").to_owned(), made.expect(201));
    assert_eq!(second, format!("/v1/accounts/{}", made["account"]["id"].as_str().expect("an id")));
    let twice =
        post(&desk, Some(&admin), "/accounts", json!({ "naam": "Bo", "adres": "BO@voorbeeld.example", "rollen": [{ "rol": "lezer" }] }))
            .await;
    assert_eq!(twice.status, 409);
    desk.send_as(Some(&admin), Method::POST, &format!("{path}/einde"), &[("if-match", &tag)], None).await.expect(200);
    assert_eq!(get(&desk, &admin, "/ik").await.status, 401, "who ended is signed out");
    desk.sound_log().await;
    desk.close().await;
}

#[tokio::test]
async fn an_account_is_corrected_by_an_administrator_and_the_log_says_which_fields_only() {
    let desk = Desk::open("accounts-corrected").await;
    let (_, admin) = begun(&desk, "bea@voorbeeld.example", vec![held(Role::Beheerder, "")]).await;
    let (id, link) = invited(&desk, "ana@voorbeld.example", vec![held(Role::Lezer, "")]).await;
    let path = format!("/accounts/{id}");
    let put = async |tag: &str, body: Value| desk.send_as(Some(&admin), Method::PUT, &path, &[("if-match", tag)], Some(body)).await;
    let right = json!({ "naam": "Anna Verzonnen", "adres": "Anna@voorbeeld.example" });
    let tag = get(&desk, &admin, &path).await.tag();
    assert_eq!(desk.send_as(Some(&admin), Method::PUT, &path, &[], Some(right.clone())).await.status, 428);
    assert_eq!(put("\"v9\"", right.clone()).await.status, 412);
    assert_eq!(put(&tag, json!({ "naam": "Anna", "adres": "geen adres" })).await.wrong(), [("adres", "/adres")]);
    assert_eq!(put(&tag, json!({ "naam": "Anna" })).await.wrong(), [("ontbreekt", "/adres")]);
    assert_eq!(put(&tag, json!({ "naam": "Anna", "adres": "BEA@voorbeeld.example" })).await.status, 409);
    let reader = token(&desk, Role::Lezer, "").await;
    let refused = desk.send_as(Some(&reader), Method::PUT, &path, &[("if-match", &tag)], Some(right.clone())).await;
    assert_eq!(refused.status, 403);
    assert_eq!(get(&desk, &admin, &path).await.tag(), tag, "nothing happened");
    let done = put(&tag, right.clone()).await;
    let (now, done) = (done.tag(), done.expect(200));
    assert_eq!((&done["naam"], &done["adres"], now != tag), (&json!("Anna Verzonnen"), &json!("anna@voorbeeld.example"), true));
    // The link went to a stranger, and lets nobody in any more; a new one does, at the new address.
    let used = |link: &str| json!({ "koppeling": link, "wachtwoord": WORDS });
    assert_eq!(post(&desk, None, "/koppelingen", used(&link)).await.status, 401);
    let again = post(&desk, Some(&admin), &format!("{path}/koppeling"), json!({})).await.expect(201);
    post(&desk, None, "/koppelingen", used(again["koppeling"].as_str().expect("a link"))).await.expect(200);
    try_in(&desk, "anna@voorbeeld.example", json!({})).await.expect(200);
    assert_eq!(try_in(&desk, "ana@voorbeld.example", json!({})).await.status, 401);
    // The same again changes nothing; a name alone leaves links as they are.
    let tag = get(&desk, &admin, &path).await.tag();
    assert_eq!(put(&tag, right).await.tag(), tag);
    put(&tag, json!({ "naam": "Anna van Verzonnen", "adres": "anna@voorbeeld.example" })).await.expect(200);
    let lines = desk.log().await;
    let told: Vec<&Value> = lines.iter().filter(|it| it.0 == "account-veranderd").map(|it| &it.2).collect();
    assert_eq!(told, [&json!({ "velden": ["naam", "adres"] }), &json!({ "velden": ["naam"] })]);
    assert!(!format!("{lines:?}").contains("voorbeeld.example") && !format!("{lines:?}").contains("Verzonnen"));
    desk.sound_log().await;
    desk.close().await;
}

#[tokio::test]
async fn another_password_needs_the_old_one_and_signs_everybody_else_out() {
    let desk = Desk::open("accounts-password").await;
    let other = "acht groene fietsen bij de sluis";
    let (id, first) = begun(&desk, "eva@voorbeeld.example", vec![held(Role::Lezer, "")]).await;
    let second = secret(&try_in(&desk, "eva@voorbeeld.example", json!({})).await.expect(200));
    let kept = post(&desk, Some(&first), "/ik/sleutels", json!({ "naam": "x", "rol": "lezer" })).await.expect(201);
    let kept = kept["geheim"].as_str().expect("a token").to_owned();
    let choose =
        async |who: &str, old: &str, new: &str| post(&desk, Some(who), "/ik/wachtwoord", json!({ "oud": old, "nieuw": new })).await;
    assert_eq!(choose(&kept, WORDS, other).await.status, 409, "a token chooses no password");
    assert_eq!(choose(&first, "iets anders dan dat", other).await.wrong(), [("wachtwoord", "/oud")]);
    assert_eq!(choose(&first, WORDS, "te kort").await.wrong(), [("wachtwoord", "/nieuw")]);
    get(&desk, &second, "/ik").await.expect(200);
    let done = choose(&first, WORDS, other).await.expect(200);
    assert_eq!(done["aantal"], 1);
    assert_eq!(get(&desk, &second, "/ik").await.status, 401);
    get(&desk, &first, "/ik").await.expect(200);
    get(&desk, &kept, "/ik").await.expect(200);
    assert_eq!(try_in(&desk, "eva@voorbeeld.example", json!({})).await.status, 401);
    try_in(&desk, "eva@voorbeeld.example", json!({ "wachtwoord": other })).await.expect(200);
    // Whoever sits at a session that was left open does not guess on: tries count as tries to sign in.
    for _ in 0..10 {
        assert_eq!(choose(&first, "geraden wachtwoord", WORDS).await.status, 400);
    }
    assert_eq!(choose(&first, other, WORDS).await.status, 429);
    assert_eq!(try_in(&desk, "eva@voorbeeld.example", json!({ "wachtwoord": other })).await.status, 429);
    pass(&desk, 16 * MINUTE);
    choose(&first, other, "negen gele fietsen op de dijk").await.expect(200);
    let lines = desk.log().await;
    let chosen = lines.iter().filter(|it| it.0 == "wachtwoord-gekozen" && it.1 == id).count();
    assert!(chosen == 3 && !format!("{lines:?}").contains("fietsen"), "{chosen}");
    desk.sound_log().await;
    desk.close().await;
}

#[tokio::test]
async fn an_idempotency_key_is_its_callers_own_and_no_secret_is_kept_under_it() {
    let desk = Desk::open("accounts-keys").await;
    let (_, ida) = begun(&desk, "ida@voorbeeld.example", vec![held(Role::Intermediair, "")]).await;
    let (_, bea) = begun(&desk, "bea@voorbeeld.example", vec![held(Role::Intermediair, "")]).await;
    let key = [("idempotency-key", "dezelfde")];
    let board = json!({ "id": "B7", "naam": "Bestuur Verzonnen" });
    let put = |who: String, path: &'static str, body: Value| {
        let (desk, key) = (&desk, &key);
        async move { desk.send_as(Some(&who), Method::POST, path, key, Some(body)).await }
    };
    let made = put(ida.clone(), "/besturen", board.clone()).await;
    assert_eq!((made.status, made.header("idempotency-replayed")), (201, ""), "{}", made.body);
    let again = put(ida.clone(), "/besturen", board.clone()).await;
    assert_eq!((again.status, again.header("idempotency-replayed"), &again.body), (201, "true", &made.body));
    // Another's request with the same key is another request: it is answered by itself, and not with what was kept.
    let other = put(bea.clone(), "/besturen", board).await;
    assert_eq!(other.header("idempotency-replayed"), "", "{}", other.body);
    let unlike = put(bea.clone(), "/besturen", json!({ "id": "B8", "naam": "Nog Een Verzonnen" })).await;
    assert_eq!(unlike.status, 422, "one's own key is for one request: {}", unlike.body);
    let wanted = json!({ "naam": "nachtwerk", "rol": "intermediair" });
    let key = [("idempotency-key", "een andere")];
    let more = || desk.send_as(Some(&bea), Method::POST, "/ik/sleutels", &key, Some(wanted.clone()));
    let (one, two) = (more().await, more().await);
    assert_eq!((one.status, two.status, two.header("idempotency-replayed")), (201, 201, ""), "{}", two.body);
    assert_ne!(one.body["geheim"], two.body["geheim"]);
    desk.sound_log().await;
    desk.close().await;
}

#[tokio::test]
async fn a_board_sees_its_own_boards_and_no_other() {
    let desk = Desk::open("accounts-boards").await;
    for id in ["B7", "B8", "B9"] {
        let made = desk.send(Method::POST, "/besturen", &[], Some(json!({ "id": id, "naam": format!("Bestuur {id}") }))).await;
        assert_eq!(made.status, 201, "{}", made.body);
    }
    let (_, both) = begun(&desk, "bob@voorbeeld.example", vec![held(Role::Bestuur, "B7"), held(Role::Bestuur, "B9")]).await;
    let listed = get(&desk, &both, "/besturen").await.expect(200);
    let ids: Vec<&str> = listed["resultaten"].as_array().expect("rows").iter().filter_map(|it| it["id"].as_str()).collect();
    assert_eq!((ids, &listed["totaal"]), (vec!["B7", "B9"], &json!(2)));
    for (path, status) in [
        ("/besturen/B7", 200),
        ("/besturen/B8", 404),
        ("/besturen/B9/capaciteit", 200),
        ("/besturen/B8/capaciteit", 404),
        ("/kandidaten", 403),
        ("/lichtingen", 403),
        ("/logboek", 403),
    ] {
        assert_eq!(get(&desk, &both, path).await.status, status, "{path}");
    }
    desk.sound_log().await;
    desk.close().await;
}
