//! Letters and lists over HTTP: who gets which, and whom they name.

use loket_instances::generate::{Options, Preset, generate};
use loket_service::access::Role;
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use super::reading::{Read, close, together};
use crate::desk::{Desk, TOKEN, YEAR, small_wave};
use crate::foreign::story::{NAMES, PLACED, PROPOSED, Place, name, token};

/// An answer that is a file: status, kind, name and bytes.
pub async fn file(desk: &Desk, who: Option<&str>, method: Method, path: &str, body: Option<Value>) -> (StatusCode, [String; 3], Vec<u8>) {
    let mut request = desk.client.request(method, format!("{}/v1{path}", desk.base()));
    if let Some(who) = who {
        request = request.bearer_auth(who);
    }
    if let Some(body) = body {
        request = request.json(&body);
    }
    let response = request.send().await.expect("an answer");
    let header = |name: &str| response.headers().get(name).and_then(|it| it.to_str().ok()).unwrap_or_default().to_owned();
    let (status, headers) = (response.status(), ["content-type", "content-disposition", "cache-control"].map(header));
    (status, headers, response.bytes().await.expect("a body").to_vec())
}

/// A PDF that somebody may have, read.
async fn pdf(desk: &Desk, who: &str, path: &str, named: &str) -> Read {
    let (status, [kind, disposition, cache], bytes) = file(desk, Some(who), Method::GET, path, None).await;
    assert_eq!(status, 200, "{path}: {}", String::from_utf8_lossy(&bytes));
    assert_eq!([kind.as_str(), cache.as_str()], ["application/pdf", "no-store"], "{path}");
    assert_eq!(disposition, format!("attachment; filename=\"{named}\""), "{path}");
    Read::of(&bytes)
}

async fn letters(desk: &Desk, wave: &str) -> Vec<(String, String)> {
    let found = desk.get(&format!("/lichtingen/{wave}/brieven?paginaGrootte=200")).await.expect(200);
    let text = |it: &Value, key: &str| it[key].as_str().expect("a text").to_owned();
    found["resultaten"].as_array().expect("letters").iter().map(|it| (text(it, "kandidaat"), text(it, "soort"))).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_candidate_gets_a_true_letter_about_nobody_else() {
    let desk = Desk::open("letters-nobody-else").await;
    let mut options = Options::new(Preset::Amsterdam);
    (options.candidates, options.schools, options.scarcity, options.seed) = (Some(24), Some(10), 70, crate::support::seed() % 1_000);
    println!("a wave of seed {}", options.seed);
    let mut generated = generate(&options);
    generated["id"] = json!("w");
    let wave = desk.solved(generated.clone(), YEAR).await;
    assert_eq!(letters(&desk, "w").await, [], "nobody agreed with anything yet");
    let (status, _, _) = file(&desk, Some(TOKEN), Method::GET, "/lichtingen/w/brieven/pdf", None).await;
    assert_eq!(status, 409);
    desk.act_with("/lichtingen/w/vaststelling", &wave.tag(), json!({ "bevestigd": true })).await.expect(200);
    let run = wave.body["geldende_berekening"].as_str().expect("a run");
    let outcome = desk.get(&format!("/berekeningen/{run}/uitkomst")).await.expect(200);
    let all = letters(&desk, "w").await;
    assert_eq!(all.len(), 24, "everybody gets a letter");
    let rows = |key: &str| outcome[key].as_array().expect("rows").clone();
    let (placed, left) = (rows("plaatsingen"), rows("ongeplaatst"));
    assert!(!placed.is_empty() && !left.is_empty(), "the wave has both: {} {}", placed.len(), left.len());
    let named = |kind: &str| -> Vec<(String, String)> {
        let text = |it: &Value, key: &str| it[key].as_str().expect("a text").to_owned();
        generated[kind].as_array().expect("rows").iter().map(|it| (text(it, "id"), together(&text(it, "naam")))).collect()
    };
    let (people, schools, coaches) = (named("kandidaten"), named("scholen"), named("coaches"));
    for (candidate, kind) in &all {
        let read = pdf(&desk, TOKEN, &format!("/lichtingen/w/brieven/{candidate}/pdf"), "brief.pdf").await;
        assert_eq!(read.pages, 1, "{candidate}");
        let text = read.close();
        let place = placed.iter().find(|it| it["kandidaat"] == candidate.as_str());
        assert_eq!(kind, if place.is_some() { "geplaatst" } else { "niet-geplaatst" });
        let own: Vec<&str> = place.map(|it| ["school", "coach"].map(|key| it[key].as_str().expect("an id"))).unwrap_or_default().to_vec();
        let mine: Vec<&String> = [&people, &schools, &coaches]
            .into_iter()
            .flatten()
            .filter(|(id, _)| id == candidate || own.contains(&id.as_str()))
            .map(|it| &it.1)
            .collect();
        for name in &mine {
            assert!(text.contains(name.as_str()), "{candidate}: {name} is not in {text}");
        }
        for (_, other) in [&people, &schools, &coaches].into_iter().flatten() {
            let hidden = mine.iter().any(|it| it.contains(other.as_str()));
            assert!(hidden || !text.contains(other.as_str()), "{candidate}: {other} is in {text}");
        }
        match place {
            Some(it) => assert!(text.contains(&format!("{}minuten,enkelereis", it["reistijd"])), "{text}"),
            None => assert!(text.contains("Waaromisergeenplek?") && text.contains("Watkanhelpen?"), "{text}"),
        }
    }
    let whole = pdf(&desk, TOKEN, "/lichtingen/w/brieven/pdf", "brieven.pdf").await;
    assert_eq!((whole.pages, whole.roles("H1").len()), (24, 24));
    // Who stops is not told that there is no place yet.
    let gone = left[0]["kandidaat"].as_str().expect("an id");
    let tag = desk.get(&format!("/kandidaten/{gone}")).await.tag();
    let stops = json!({ "vanaf": "2026-07-02", "reden": "geen-plek" });
    desk.act_with(&format!("/kandidaten/{gone}/einde"), &tag, stops).await.expect(200);
    let all = letters(&desk, "w").await;
    assert!(all.len() == 23 && all.iter().all(|it| it.0 != gone), "{all:?}");
    let (status, _, _) = file(&desk, Some(TOKEN), Method::GET, "/lichtingen/w/brieven/Z-onbekend/pdf", None).await;
    assert_eq!(status, 404);
    desk.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_letter_goes_as_a_draft_with_the_file_to_the_address_of_the_register() {
    let desk = Desk::open("letters-draft").await;
    desk.solved(small_wave("w", 2, &["Z1", "Z2"]), YEAR).await;
    desk.put_new("/lichtingen/w/beoordelingen/Z1", json!({ "besluit": "akkoord" })).await.expect(200);
    let (status, _, body) = file(&desk, Some(TOKEN), Method::GET, "/lichtingen/w/brieven/Z1/eml", None).await;
    assert_eq!(status, 409, "no address: {}", String::from_utf8_lossy(&body));
    desk.edit("/kandidaten/Z1", json!({ "e_mail": "kanarie@voorbeeld.example" })).await.expect(200);
    let (_, _, body) = file(&desk, Some(TOKEN), Method::GET, "/lichtingen/w/brieven/Z1/eml", None).await;
    let text = String::from_utf8(body).expect("text");
    assert!(text.contains("Subject: Een vraag over een plaatsing\r\n"), "a proposal is not published: {text}");
    let wave = desk.get("/lichtingen/w").await;
    desk.act_with("/lichtingen/w/vaststelling", &wave.tag(), json!({ "bevestigd": true })).await.expect(200);
    let (status, [kind, disposition, cache], body) = file(&desk, Some(TOKEN), Method::GET, "/lichtingen/w/brieven/Z1/eml", None).await;
    assert_eq!((status.as_u16(), kind.as_str(), cache.as_str()), (200, "message/rfc822", "no-store"));
    assert_eq!(disposition, "attachment; filename=\"brief.eml\"");
    let text = String::from_utf8(body).expect("text");
    let (head, body) = text.split_once("\r\n\r\n").expect("a body");
    assert!(head.contains("To: kanarie@voorbeeld.example") && head.contains("X-Unsent: 1"), "{head}");
    assert!(head.contains("Subject: De plaatsingen zijn vastgesteld") && !head.contains("Kanarie Z1"), "{head}");
    assert!(body.contains("filename=\"brief.pdf\"") && body.contains("application/pdf"), "{body}");
    desk.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn lists_name_people_to_whom_they_may_be_named() {
    let desk = Desk::open("letters-lists").await;
    let place = Place { base: desk.base(), store: desk.store.clone(), token: TOKEN.into(), desk: Some(&desk) };
    let story = place.told().await;
    let there = |text: &str, id: &str| text.contains(&together(name(id)));
    let read = pdf(&desk, TOKEN, "/lichtingen/w-open/lijst/pdf", "lijst.pdf").await;
    let text = read.close();
    assert!(PROPOSED.iter().all(|id| there(&text, id)) && there(&text, "zij-los-9"), "{text}");
    assert!(text.contains("nognietvastgesteld") && text.contains("Nietgeplaatst:1kandidaat"), "{text}");
    let head = desk.store.read().log_head().await.expect("the log");
    assert!(text.contains(&head) && text.contains(&format!("logboek{}", &head[..12])), "{head}: {text}");
    for (part, one, other) in [("bestuur=bestuur-mus", 0, 1), ("school=school-uil", 1, 0), ("coach=coach-mus", 0, 1)] {
        let text = pdf(&desk, TOKEN, &format!("/lichtingen/w-open/lijst/pdf?{part}"), "lijst.pdf").await.close();
        assert!(there(&text, PROPOSED[one]) && !there(&text, PROPOSED[other]) && !there(&text, "zij-los-9"), "{part}: {text}");
    }
    // A board and a coach: published people by name, proposed ones after their own yes, and nobody of another.
    let named = |text: &str| -> Vec<&str> { NAMES.iter().filter(|(id, _)| there(text, id)).map(|it| it.0).collect() };
    let (board, coach) = (story.token(Role::Bestuur).to_owned(), story.token(Role::Coach).to_owned());
    let text = pdf(&desk, &board, "/besturen/bestuur-mus/lijst/pdf", "lijst.pdf").await.close();
    assert_eq!(named(&text), ["bestuur-mus", "school-mus", "coach-mus", "zij-mus-1"], "{text}");
    assert!(text.contains("naamnauwja"), "{text}");
    let text = pdf(&desk, &coach, "/coaches/coach-mus/lijst/pdf", "lijst.pdf").await.close();
    assert_eq!(named(&text), ["school-mus", "coach-mus", "zij-mus-1"], "{text}");
    for (who, party) in [(&board, "bestuur"), (&coach, "coach")] {
        let path = format!("/lichtingen/w-open/antwoorden/{}/{party}", PROPOSED[0]);
        let tag = desk.send_as(Some(who), Method::GET, &path, &[], None).await.tag();
        let yes = json!({ "antwoord": "ja" });
        desk.send_as(Some(who), Method::POST, &path, &[("if-match", &tag)], Some(yes)).await.expect(200);
    }
    let text = pdf(&desk, &board, "/besturen/bestuur-mus/lijst/pdf", "lijst.pdf").await.close();
    assert!(there(&text, PROPOSED[0]) && !text.contains("naamnauwja"), "{text}");
    let text = pdf(&desk, &coach, "/coaches/coach-mus/lijst/pdf", "lijst.pdf").await.close();
    assert!(there(&text, PROPOSED[0]) && !there(&text, PROPOSED[1]), "{text}");
    desk.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_personal_link_shows_the_own_letter_and_nothing_else() {
    let desk = Desk::open("letters-link").await;
    let place = Place { base: desk.base(), store: desk.store.clone(), token: TOKEN.into(), desk: Some(&desk) };
    place.told().await;
    let mut links = Vec::new();
    for party in ["kandidaat", "coach"] {
        let path = format!("/lichtingen/w-open/antwoorden/{}/{party}/koppeling", PROPOSED[0]);
        let made = desk.send(Method::POST, &path, &[], None).await.expect(201);
        links.push(json!({ "koppeling": made["koppeling"] }));
    }
    let (status, [kind, disposition, cache], bytes) =
        file(&desk, None, Method::POST, "/antwoordkoppelingen/brief", Some(links[0].clone())).await;
    assert_eq!((status.as_u16(), kind.as_str(), cache.as_str()), (200, "application/pdf", "no-store"));
    assert_eq!(disposition, "attachment; filename=\"brief.pdf\"");
    let text = close(&bytes);
    let named: Vec<&str> = NAMES.iter().filter(|it| text.contains(&together(it.1))).map(|it| it.0).collect();
    assert_eq!(named, ["bestuur-mus", "school-mus", "coach-mus", PROPOSED[0]], "{text}");
    assert!(text.contains("Onsvoorstelvooruwplek") && text.contains("uiterlijk"), "{text}");
    // A coach gets no letter, and a link that is none is as one that is over.
    let coach = file(&desk, None, Method::POST, "/antwoordkoppelingen/brief", Some(links[1].clone())).await;
    let none = file(&desk, None, Method::POST, "/antwoordkoppelingen/brief", Some(json!({ "koppeling": "antwoord-niets" }))).await;
    assert_eq!(coach.0, 404);
    assert_eq!(coach, none);
    desk.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn another_role_and_another_board_get_nothing() {
    let desk = Desk::open("letters-foreign").await;
    let place = Place { base: desk.base(), store: desk.store.clone(), token: TOKEN.into(), desk: Some(&desk) };
    let story = place.told().await;
    let board = story.token(Role::Bestuur).to_owned();
    let (other, _) = token(&desk.store, Role::Bestuur, "bestuur-uil").await;
    let of_wave = ["brieven", "brieven/pdf", "brieven/zij-mus-1/pdf", "brieven/zij-mus-1/eml", "lijst/pdf", "agenda"];
    for path in of_wave.map(|it| format!("/lichtingen/w-vast/{it}")) {
        for who in [Role::Bestuur, Role::Coach, Role::Lezer, Role::Beheerder] {
            assert_eq!(file(&desk, Some(story.token(who)), Method::GET, &path, None).await.0, 403, "{who:?} {path}");
        }
        assert_eq!(file(&desk, None, Method::GET, &path, None).await.0, 401, "{path}");
    }
    for path in ["lijst/pdf", "agenda"] {
        let (own, foreign) = (format!("/besturen/bestuur-mus/{path}"), format!("/besturen/bestuur-uil/{path}"));
        assert_eq!(file(&desk, Some(&board), Method::GET, &own, None).await.0, 200, "{own}");
        assert_eq!(file(&desk, Some(&other), Method::GET, &own, None).await.0, 404, "{own}");
        let refused = file(&desk, Some(&board), Method::GET, &foreign, None).await;
        let nothing = file(&desk, Some(&board), Method::GET, &format!("/besturen/bestuur-xxx/{path}"), None).await;
        let told = String::from_utf8_lossy(&refused.2).replace("bestuur-uil", "bestuur-xxx");
        assert_eq!((refused.0, told.as_bytes()), (StatusCode::NOT_FOUND, nothing.2.as_slice()));
    }
    assert!(!PLACED.is_empty());
    desk.close().await;
}
