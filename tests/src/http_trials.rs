//! Policies on trial over HTTP: asked for on waves of before, told in counts, judged by limits that a person sets, and without counts of a few
//! people for whoever does not see those.

use loket_instances::matching::row::read_policy;
use loket_instances::matching::trial::{compose, pair, tell};
use loket_service::access::Role;
use loket_service::actions::jobs;
use loket_service::records::job::{Finish, State};
use loket_service::work::Lane;
use loket_solver::common::control::Unhurried;
use loket_solver::matching::solve::Options;
use reqwest::Method;
use serde_json::{Value, json};

use crate::desk::{Desk, small_wave};
use crate::http_policies::tokens;

/// Does the trials that wait, as a worker would; how many.
async fn worked(desk: &Desk) -> usize {
    let mut done = 0;
    while let Some(claim) = jobs::claim(&desk.store, Lane::Heavy, "proef").await.expect("a claim") {
        let bytes = desk.store.read().part(&claim.parts[0]).await.expect("a part").expect("a wave");
        let asked = claim.question.without_time();
        assert_eq!(asked.as_object().expect("keys").keys().filter(|key| *key != "oud").collect::<Vec<_>>(), ["nieuw"]);
        let line = tokio::task::spawn_blocking(move || {
            let policy = |key: &str| asked.get(key).map(|it| read_policy(it.to_string().as_bytes()).expect("a policy"));
            let pair = pair(&bytes, policy("oud").as_ref(), &policy("nieuw").expect("a policy")).expect("a wave under both");
            compose(&tell(pair, &Options::default(), &Unhurried))
        });
        let result = Some(serde_json::to_vec(&line.await.expect("a line")).expect("JSON"));
        let finish = Finish { state: State::Klaar, result, status: None, message: None };
        assert!(jobs::finish(&desk.store, &claim, finish).await.expect("an end"));
        done += 1;
    }
    done
}

async fn drafted(desk: &Desk, name: &str, policy: Value) {
    desk.post("/beleid", json!({ "naam": name, "inhoud": policy })).await.expect(201);
}

#[tokio::test]
async fn a_policy_is_tried_on_waves_and_judged_before_somebody_approves_it() {
    let desk = Desk::open("trials").await;
    let [b] = &tokens(&desk, &[Role::Beheerder]).await[..] else { panic!("one") };
    for id in ["v", "w"] {
        desk.post("/lichtingen", small_wave(id, 1, &[&format!("Z{id}")])).await.expect(201);
    }
    drafted(&desk, "nieuwer", json!({ "bouw_punten": [100, 50] })).await;
    let path = "/beleid/nieuwer/1/beleidsproeven";
    let wish = json!({
        "lichtingen": ["v", "w"],
        "drempels": [{ "wat": "geplaatst", "minstens": 0 }, { "wat": "plaats_kwijt", "hoogstens": 0 }],
    });
    let asked = desk.post(path, wish.clone()).await;
    let told = asked.expect(202);
    assert_eq!((&told["toestand"], &told["oordeel"]), (&json!("wachtrij"), &json!("onbeslist")), "{told}");
    assert_eq!(told["beleid"], json!({ "naam": "nieuwer", "nummer": 1 }));
    let place = format!("{path}/{}", told["id"].as_str().expect("an id"));
    assert_eq!(worked(&desk).await, 2);
    let told = desk.get(&place).await.expect(200);
    assert_eq!((&told["toestand"], &told["oordeel"]), (&json!("klaar"), &json!("doen")), "{told}");
    for (at, id) in ["v", "w"].into_iter().enumerate() {
        let line = &told["lichtingen"][at];
        assert_eq!((&line["lichting"], &line["uitkomst"]["oud"]["bewezen"]), (&json!(id), &json!(true)), "{line}");
        assert_eq!(line["uitkomst"]["oud"]["cijfers"]["geplaatst"], line["uitkomst"]["nieuw"]["cijfers"]["geplaatst"]);
    }
    assert_eq!(told["drempels"][0]["gemeten"], 0);
    // Whoever approves reads the judgement, and no counts of a few people.
    let seen = desk.send_as(Some(b), Method::GET, &place, &[], None).await.expect(200);
    assert_eq!((&seen["oordeel"], &seen["drempels"][0]["gehaald"]), (&json!("doen"), &json!(true)));
    assert_eq!((&seen["drempels"][0]["gemeten"], &seen["lichtingen"][0]["uitkomst"]), (&Value::Null, &Value::Null));
    assert_eq!(desk.send_as(Some(b), Method::POST, path, &[], Some(wish)).await.status, 403, "an administrator tries nothing");
    let list = desk.get(path).await.expect(200);
    assert_eq!((&list["totaal"], &list["resultaten"][0]["id"]), (&json!(1), &told["id"]));
    // A trial is of one policy.
    drafted(&desk, "ander", json!({})).await;
    assert_eq!(desk.get(&place.replace("/nieuwer/", "/ander/")).await.status, 404);
    // A wave that is taken away leaves its counts.
    let tag = desk.get("/lichtingen/v").await.tag();
    assert_eq!(desk.drop("/lichtingen/v", &tag).await.status, 200);
    assert_eq!(desk.get(&place).await.expect(200)["lichtingen"][0]["uitkomst"]["lichting"], "v");
    let log = desk.log().await;
    let line = log.iter().find(|it| it.0 == "beleid-op-proef").expect("a line");
    assert_eq!((line.1.as_str(), &line.2["lichtingen"]), ("nieuwer/1", &json!(["v", "w"])));
    desk.sound_log().await;
    desk.close().await;
}

#[tokio::test]
async fn what_cannot_be_tried_is_refused_with_every_reason_and_a_trial_is_stopped() {
    let desk = Desk::open("trials-refused").await;
    desk.post("/lichtingen", small_wave("v", 1, &["Z1"])).await.expect(201);
    drafted(&desk, "nieuwer", json!({ "dagdelen_samen": 3 })).await;
    let path = "/beleid/nieuwer/1/beleidsproeven";
    let wrong = desk
        .post(
            path,
            json!({ "lichtingen": ["v", "weg"], "tegen": { "naam": "nieuwer", "nummer": 1 }, "rekentijd": 86_400,
                    "drempels": [{ "wat": "geplaatst", "minstens": 1 }] }),
        )
        .await;
    let places: Vec<_> = wrong.wrong().into_iter().map(|it| it.1).collect();
    assert_eq!((wrong.status, places), (400, vec!["/rekentijd", "/tegen", "/lichtingen/1"]), "{}", wrong.body);
    let wrong = desk.post(path, json!({ "lichtingen": ["v"], "drempels": [{ "wat": "geluk" }, { "wat": "starters" }] })).await;
    assert_eq!(wrong.status, 400);
    assert!(wrong.wrong().len() >= 2, "{}", wrong.body);
    assert_eq!(desk.post(path, json!({ "lichtingen": [] })).await.status, 400);
    assert_eq!(desk.post("/beleid/geen/1/beleidsproeven", json!({ "lichtingen": ["v"] })).await.status, 404);
    // Compared with another policy; the same asking again is the same trial.
    drafted(&desk, "oud", json!({})).await;
    let wish = json!({ "lichtingen": ["v"], "tegen": { "naam": "oud", "nummer": 1 } });
    let key = [("idempotency-key", "een")];
    let first = desk.send(Method::POST, path, &key, Some(wish.clone())).await.expect(202);
    let again = desk.send(Method::POST, path, &key, Some(wish)).await.expect(202);
    assert_eq!((&first["id"], &first["tegen"]), (&again["id"], &json!({ "naam": "oud", "nummer": 1 })));
    assert_eq!(first["oordeel"], Value::Null, "nobody set a limit");
    let place = format!("{path}/{}", first["id"].as_str().expect("an id"));
    // Each trial on the list has its own waves.
    desk.post("/lichtingen", small_wave("w", 1, &["Z2"])).await.expect(201);
    let second = desk.post(path, json!({ "lichtingen": ["w", "v"] })).await.expect(202);
    let list = desk.get(path).await.expect(200);
    let rows = list["resultaten"].as_array().expect("trials");
    let named = |id: &Value| {
        let row = rows.iter().find(|it| it["id"] == *id).expect("a trial");
        row["lichtingen"].as_array().expect("waves").iter().map(|it| it["lichting"].clone()).collect::<Vec<_>>()
    };
    assert_eq!((named(&first["id"]), named(&second["id"])), (vec![json!("v")], vec![json!("w"), json!("v")]));
    let place_of_second = format!("{path}/{}/afbreking", second["id"].as_str().expect("an id"));
    desk.send(Method::POST, &place_of_second, &[], None).await.expect(202);
    let stopped = desk.send(Method::POST, &format!("{place}/afbreking"), &[], None).await.expect(202);
    assert_eq!(stopped["toestand"], "afgebroken", "{stopped}");
    assert!(desk.log().await.iter().any(|it| it.0 == "beleidsproef-afgebroken" && it.1 == "nieuwer/1"), "the log says what was stopped");
    assert_eq!(worked(&desk).await, 0, "what was stopped before it began is not done");
    desk.close().await;
}
