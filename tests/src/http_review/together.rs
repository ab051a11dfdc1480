//! Several people, and several candidates at once: undo, groups after a sample, and who sees whose work.

use std::time::Duration;

use loket_service::access::Role;
use reqwest::Method;
use serde_json::{Value, json};

use super::{Person, of, outdated, placement, two_boards};
use crate::desk::{Desk, YEAR};

#[tokio::test]
async fn undo_takes_back_ones_own_newest_first_and_never_what_another_built_on() {
    let desk = Desk::open("review-undo").await;
    desk.solved(two_boards(3), YEAR).await;
    let (ann, bob) = (Person::new(&desk, Role::Intermediair, "Ans", "").await, Person::new(&desk, Role::Intermediair, "Bob", "").await);
    let nothing = ann.get("/lichtingen/w/ongedaan").await;
    assert_eq!((nothing.tag().as_str(), &nothing.body["kan"], &nothing.body["nummer"]), ("\"v0\"", &json!(false), &json!(0)));
    assert_eq!(ann.undoes().await.status, 409);
    assert_eq!(ann.send(Method::POST, "/lichtingen/w/ongedaan", &[], None).await.status, 428);

    bob.decides("Z1", json!({ "besluit": "vast" })).await.expect(200);
    ann.decides("Z1", json!({ "besluit": "afwijzen", "reden": "anders", "reikwijdte": "coach" })).await.expect(200);
    ann.decides("Z2", json!({ "besluit": "akkoord" })).await.expect(200);
    assert!(outdated(&desk).await);
    let seen = ann.get("/lichtingen/w/ongedaan").await;
    assert_eq!(
        (&seen.body["nummer"], &seen.body["besluiten"][0]["kandidaat"], &seen.body["besluiten"][0]["wordt"]),
        (&json!(3), &json!("Z2"), &Value::Null)
    );
    let done = ann.undoes().await.expect(200);
    assert_eq!((&done["nummer"], &done["besluiten"][0]["besluit"]), (&json!(4), &Value::Null));
    let stale = ann.send(Method::POST, "/lichtingen/w/ongedaan", &[("if-match", &seen.tag())], None).await;
    assert_eq!((stale.status, &stale.body["huidig"]["nummer"], &stale.body["uw"]["nummer"]), (412, &json!(2), &json!(3)));
    let done = ann.undoes().await.expect(200);
    let again = &done["besluiten"][0]["besluit"];
    assert_eq!(
        (&again["besluit"], &again["door"], &again["versie"]),
        (&json!("vast"), &json!(bob.id), &json!(5)),
        "what was there before, by who made it"
    );
    assert!(!outdated(&desk).await, "nothing is decided that the plan does not do");
    assert_eq!(ann.undoes().await.status, 409, "nothing is left of her own");
    let words: Vec<String> = desk.log().await.into_iter().map(|it| it.0).filter(|it| it == "besluit-ongedaan").collect();
    assert_eq!(words.len(), 2);

    // Another's later decision on the same candidate.
    ann.decides("Z1", json!({ "besluit": "akkoord" })).await.expect(200);
    bob.decides("Z1", json!({ "besluit": "vast" })).await.expect(200);
    let refused = ann.undoes().await;
    assert_eq!(refused.status, 409);
    let point = &refused.body["conflicten"][0];
    assert_eq!(
        (&point["rol"], &point["soort"], &point["door"], &point["kandidaat"]),
        (&json!("intermediair"), &json!("besluit"), &json!(bob.id), &json!("Z1"))
    );
    assert_eq!(refused.body["huidig"]["kan"], false);
    // Who takes that back again built nothing.
    bob.undoes().await.expect(200);
    ann.undoes().await.expect(200);
    assert_eq!(desk.get(&of("Z1")).await.expect(200)["door"], json!(bob.id));

    // A run that another asked on it; one's own is no obstacle.
    ann.decides("Z3", json!({ "besluit": "vast" })).await.expect(200);
    ann.send(Method::POST, "/lichtingen/w/berekeningen", &[], None).await.expect(202);
    desk.work().await;
    assert_eq!(ann.get("/lichtingen/w/ongedaan").await.expect(200)["kan"], true);
    ann.decides("Z2", json!({ "besluit": "afwijzen", "reden": "anders", "reikwijdte": "school" })).await.expect(200);
    let run = bob.send(Method::POST, "/lichtingen/w/berekeningen", &[], None).await.expect(202)["id"].clone();
    let refused = ann.undoes().await;
    assert_eq!((refused.status, &refused.body["conflicten"][0]["berekening"]), (409, &run), "{}", refused.body);
    desk.work().await;
    assert_eq!(ann.undoes().await.status, 409);

    // Of an hour ago.
    bob.decides("Z2", json!({ "besluit": "akkoord" })).await;
    desk.clock.fetch_add(3_600_001, std::sync::atomic::Ordering::SeqCst);
    assert_eq!(bob.get("/lichtingen/w/ongedaan").await.expect(200)["nummer"], 0);
    desk.sound_log().await;
    desk.close().await;
}

#[tokio::test]
async fn a_group_is_agreed_with_only_after_its_sample_was_opened_by_who_agrees() {
    let desk = Desk::open("review-group").await;
    desk.solved(two_boards(12), YEAR).await;
    let (ann, bob) = (Person::new(&desk, Role::Intermediair, "Ans", "").await, Person::new(&desk, Role::Intermediair, "Bob", "").await);
    let drawn = async |who: &Person<'_>, filter: &str| {
        let told = who.get(&format!("/lichtingen/w/steekproef{filter}")).await.expect(200);
        let ids: Vec<String> =
            told["kandidaten"].as_array().expect("people").iter().map(|it| it["kandidaat"].as_str().expect("an id").to_owned()).collect();
        (ids, told)
    };
    let (sample, told) = drawn(&ann, "").await;
    assert_eq!((sample.len(), &told["totaal"], &told["open"], &told["bekeken"]), (8, &json!(12), &json!(12), &json!(false)));
    assert_eq!(drawn(&ann, "").await.0, sample, "the same whenever it is asked");
    assert_ne!(drawn(&bob, "").await.0, sample, "another for somebody else");
    let group = |filter: Value| json!({ "besluit": "akkoord", "filter": filter });
    let accept =
        async |who: &Person<'_>, filter: Value| who.send(Method::POST, "/lichtingen/w/beoordelingen", &[], Some(group(filter))).await;
    // Seven of eight are not enough, and what another opened does not count.
    for id in &sample[..7] {
        ann.opens(id, &["voorstel"]).await.expect(200);
    }
    for id in &sample {
        bob.opens(id, &["voorstel"]).await.expect(200);
    }
    let refused = accept(&ann, json!({})).await;
    assert_eq!((refused.status, refused.wrong()), (409, vec![("niet-bekeken", "")]));
    assert_eq!(refused.body["conflicten"][0]["kandidaat"], json!(sample[7]));
    assert_eq!(desk.get("/lichtingen/w/beoordelingen").await.expect(200)["totaal"], 0, "nothing was decided");
    // Who was decided about stays as decided.
    bob.decides(&sample[0], json!({ "besluit": "afwijzen", "reden": "anders", "reikwijdte": "coach" })).await.expect(200);
    ann.opens(&sample[7], &["voorstel", "redenen"]).await.expect(200);
    assert_eq!(drawn(&ann, "").await.0, sample);
    let done = accept(&ann, json!({})).await.expect(200);
    assert_eq!((done["akkoord"].as_array().map(Vec::len), &done["gelaten"]), (Some(11), &json!(1)));
    let all = desk.get("/lichtingen/w/beoordelingen").await.expect(200);
    assert_eq!((&all["totaal"], &all["afgeweken"], &all["nummer"]), (&json!(12), &json!(1), &json!(12)));
    let steps = desk.get(&format!("{}/geschiedenis", of(&sample[7]))).await.expect(200);
    assert_eq!(
        (&steps["resultaten"][0]["groep"], &steps["resultaten"][0]["getoond"]["geopend"]),
        (&done["groep"], &json!(["voorstel", "redenen"]))
    );
    assert_eq!(accept(&ann, json!({})).await.status, 409, "there is nobody left to decide about");
    let log = desk.log().await;
    assert_eq!(log.iter().filter(|it| it.0 == "besluit" && it.2["groep"] == done["groep"]).count(), 11);
    assert_eq!(log.iter().find(|it| it.0 == "groep-akkoord").expect("a line").2["akkoord"], 11);
    // A group is one step.
    let back = ann.undoes().await.expect(200);
    assert_eq!(back["besluiten"].as_array().map(Vec::len), Some(11));
    assert_eq!(desk.get("/lichtingen/w/beoordelingen").await.expect(200)["totaal"], 1);
    // A smaller filter has a sample of its own: all of it.
    let (few, told) = drawn(
        &ann,
        &format!(
            "?school=S1&bestuur=B1&bouw=onderbouw&voorkeurrang=1&zonderBesluit=true&coach={}",
            placement(&desk, "Z1").await["coach"].as_str().unwrap_or("K1")
        ),
    )
    .await;
    assert_eq!(Some(few.len() as u64), told["totaal"].as_u64().map(|all| all.min(8)));
    let wrong = ann.get("/lichtingen/w/steekproef?bouw=kelder&voorkeurrang=9&nog=1").await;
    assert_eq!(wrong.wrong(), [("woord", "bouw"), ("grens", "voorkeurrang"), ("onbekende-sleutel", "nog")]);
    // Of another plan nothing was opened.
    desk.run("/lichtingen/w").await;
    let told = drawn(&ann, "").await.1;
    assert_eq!(told["bekeken"], false, "{told}");
    desk.sound_log().await;
    desk.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_people_in_one_wave_see_each_others_work() {
    let desk = Desk::open("review-together").await;
    desk.solved(two_boards(3), YEAR).await;
    let (ann, bob) = (Person::new(&desk, Role::Intermediair, "Ans", "").await, Person::new(&desk, Role::Intermediair, "Bob", "").await);
    ann.opens("Z1", &["voorstel"]).await.expect(200);
    let list = async |since: i64| bob.get(&format!("/lichtingen/w/beoordelingen?sinds={since}")).await.expect(200);
    let seen = list(0).await;
    assert_eq!(seen["aanwezig"][0]["door_naam"], "Ans");
    assert_eq!(seen["aanwezig"][0]["kandidaat"], "Z1");
    ann.decides("Z1", json!({ "besluit": "akkoord" })).await.expect(200);
    ann.decides("Z2", json!({ "besluit": "akkoord" })).await.expect(200);
    let seen = list(1).await;
    let ids = |it: &Value| it.as_array().expect("rows").iter().map(|it| it["kandidaat"].clone()).collect::<Vec<_>>();
    assert_eq!((ids(&seen["resultaten"]), &seen["nummer"], &seen["totaal"]), (vec![json!("Z2")], &json!(2), &json!(2)));
    assert_eq!((&seen["aanwezig"], &seen["resultaten"][0]["door_naam"]), (&json!([]), &json!("Ans")), "who decided is done looking");
    ann.undoes().await.expect(200);
    let seen = list(2).await;
    assert_eq!((ids(&seen["resultaten"]), ids(&seen["weg"]), &seen["nummer"]), (vec![], vec![json!("Z2")], &json!(3)));
    assert_eq!(seen["weg"][0]["stap"], "ongedaan");
    // Nobody who left is told as being there.
    bob.opens("Z3", &["voorstel"]).await.expect(200);
    assert_eq!(ids(&list(3).await["aanwezig"]), ["Z3"]);
    desk.clock.fetch_add(5 * 60_000 + 1, std::sync::atomic::Ordering::SeqCst);
    assert_eq!(list(3).await["aanwezig"], json!([]));
    assert_eq!(bob.get("/lichtingen/w/beoordelingen?sinds=x").await.wrong(), [("grens", "sinds")]);
    // As it happens: from a number on, and then what comes.
    let mut stream = desk.stream(&bob.token, "/lichtingen/w/gebeurtenissen", "1").await;
    let first = stream.until("id: 3", Duration::from_secs(20)).await;
    assert!(first.contains("event: besluit") && first.contains("event: ongedaan"), "{first}");
    ann.decides("Z3", json!({ "besluit": "vast" })).await.expect(200);
    let next = stream.until("id: 4", Duration::from_secs(20)).await;
    assert!(next.contains("\"kandidaat\":\"Z3\"") && next.contains("\"door_naam\":\"Ans\""), "{next}");
    desk.close().await;
}
