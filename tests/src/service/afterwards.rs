//! After publication, by a real worker and its child: who could exchange and who comes in first is asked, and an exchange is a proposal that
//! the published placements follow once it is accepted.

use std::collections::BTreeMap;

use loket_service::access::Caller;
use loket_service::actions::{Asked, policies};
use loket_service::records::policy::Named;
use loket_service::store::Clock;
use serde_json::{Value, json};

use super::client::{Call, Client};
use super::ledger::BOUND;
use super::processes::{Process, folder};
use super::waves;
use crate::support::kept_in;

/// Asks a question about a run and gives the answer.
async fn answered(client: &Client, run: &str, question: &Value) -> Value {
    let asked = client.sure(&Call::post(format!("/berekeningen/{run}/vragen")).json(question)).await.1.expect(202);
    let place = format!("/vragen/{}", asked["id"].as_str().expect("an id"));
    let ended = client.ended(&place, BOUND).await;
    assert_eq!(ended["toestand"], "klaar", "{ended}");
    ended["antwoord"].clone()
}

/// Where everybody is by what was published.
async fn standing(client: &Client, wave: &str) -> BTreeMap<String, [String; 3]> {
    let list = client.read(&format!("/lichtingen/{wave}/plaatsingen?paginaGrootte=200")).await;
    let rows = list["resultaten"].as_array().expect("a list").iter().filter(|row| row["einde_reden"].is_null());
    let text = |row: &Value, key: &str| row[key].as_str().expect("an id").to_owned();
    rows.map(|row| (text(row, "kandidaat"), ["school", "plek", "coach"].map(|key| text(row, key)))).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn after_publication_people_exchange_and_others_wait_in_order() {
    let folder = folder("na-bekendmaken");
    let service = Process::serve(&folder, &[]);
    let client = Client::new(service.url());
    let mut file = waves::small("a", 24, 1);
    // Only how many are placed counts, so that some would rather have the place of another; and two coaches are missing, so that some wait.
    file["beleid"] = json!({ "doelen": [{ "naam": "geplaatst", "punten": { "geplaatst": 1 } }] });
    file["coaches"].as_array_mut().expect("coaches").truncate(2);
    let wave = waves::id(&file);
    let made = client.sure(&Call::post("/lichtingen?van=2027-08-01&tot=2028-07-31").json(&file)).await.1.expect(201);
    let version = made["versie"].as_i64().expect("a version");
    client.sure(&Call::post(format!("/lichtingen/{wave}/indiening")).at(version)).await.1.expect(200);
    let run = client.sure(&Call::post(format!("/lichtingen/{wave}/berekeningen"))).await.1.expect(202);
    let run = run["id"].as_str().expect("a run has an id").to_owned();
    assert_eq!(client.ended(&format!("/berekeningen/{run}"), BOUND).await["toestand"], "klaar");
    let nobody = json!({ "mensen": [] });
    client.sure(&Call::post(format!("/lichtingen/{wave}/ruil")).json(&nobody)).await.1.expect(409);
    let store = kept_in(&folder.join("loket.sqlite"), Clock::default()).await;
    let machine = Asked { caller: Caller::machine("beheerder"), key: None };
    let own = Named { name: format!("lichting-{wave}"), number: 1 };
    policies::approve(&store, &machine, &own, 1).await.expect("the wave's own policy is approved");
    store.close().await;
    let version = client.read(&format!("/lichtingen/{wave}")).await["versie"].as_i64().expect("a version");
    let publish = Call::post(format!("/lichtingen/{wave}/vaststelling")).at(version).json(&json!({ "bevestigd": true }));
    client.sure(&publish).await.1.expect(200);
    let before = standing(&client, &wave).await;

    // Who comes in first: fewer than everybody are placed, one in five falls out, and the list is as long as that makes likely.
    let wrong = json!({ "soort": "wachtlijst", "vraag": { "uitval": { "opleiding": 1001 } } });
    client.sure(&Call::post(format!("/berekeningen/{run}/vragen")).json(&wrong)).await.1.expect(400);
    let phase = file["fase"].as_str().expect("a phase");
    let rates = |rate: i64| json!({ "soort": "wachtlijst", "vraag": { "uitval": { phase: rate } } });
    let list = answered(&client, &run, &rates(200)).await["wachtlijst"].clone();
    let expected = (before.len() * 200).div_ceil(1_000);
    assert_eq!((&list["naar_verwachting_uitval"], &list["volledig"]), (&json!(expected), &json!(true)), "{list}");
    let people = list["wachtlijst"].as_array().expect("a list");
    assert!(!people.is_empty() && people.len() <= expected, "{list}");
    for it in people {
        assert!(!before.contains_key(it["kandidaat"].as_str().expect("an id")), "who waits has no place: {list}");
        assert_eq!(it["verwacht_per_duizend"], json!(it["plaats_bij_uitval_van"].as_i64().expect("a number") * 200), "{list}");
    }
    assert_eq!(answered(&client, &run, &rates(0)).await["wachtlijst"]["wachtlijst"], json!([]), "nobody is expected to fall out");

    // Who could exchange: everybody takes the place of another and nobody gets worse.
    let found = answered(&client, &run, &json!({ "soort": "ruil", "vraag": {} })).await["ruil"].clone();
    let rounds = found["rondes"].as_array().expect("rounds");
    assert!(!rounds.is_empty() && found["passing"]["na"].as_i64() > found["passing"]["voor"].as_i64(), "{found}");
    let all: Vec<&Value> = rounds.iter().flat_map(|round| round["mensen"].as_array().expect("people")).collect();
    let spot = |at: &Value| ["school", "plek", "coach"].map(|key| at[key].as_str().expect("an id").to_owned());
    let takes = |it: &&Value| {
        let mut row = json!({ "kandidaat": it["kandidaat"] });
        ["school", "plek", "coach"].into_iter().for_each(|key| row[key] = it["naar"][key].clone());
        row
    };
    let mut people: Vec<Value> = all.iter().map(takes).collect();

    // One of them alone takes a place that is not free, whoever is named twice is told, and so is who gets worse.
    let refused = async |people: &[Value]| {
        let call = Call::post(format!("/lichtingen/{wave}/ruil")).json(&json!({ "mensen": people }));
        let told = client.sure(&call).await.1.expect(400);
        let all = told["fouten"].as_array().expect("problems").clone();
        all.iter().map(|it| it["code"].as_str().expect("a code").to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(refused(&people[..1]).await, ["leeg"]);
    assert_eq!(refused(&[&people[..], &people[..1]].concat()).await, ["dubbel-id"]);
    let mut stranger = people.clone();
    stranger[0]["kandidaat"] = json!("NIEMAND");
    assert_eq!(refused(&stranger).await, ["onbekende-verwijzing"]);
    let [school, seat, coach] = before.values().find(|at| all.iter().all(|it| spot(&it["van"]) != **at)).expect("a place of who stays");
    let mut elsewhere = people.clone();
    (elsewhere[0]["school"], elsewhere[0]["plek"], elsewhere[0]["coach"]) = (json!(school), json!(seat), json!(coach));
    assert_eq!(refused(&elsewhere).await, ["past-niet"]);

    // Nothing changes before it is accepted; then exactly they have the places that were found.
    let asked = Call::post(format!("/lichtingen/{wave}/ruil")).json(&json!({ "mensen": people }));
    let batch = client.sure(&asked).await.1.expect(202);
    assert_eq!((&batch["aanleiding"]["soort"], &batch["aanleiding"]["id"]), (&json!("ruil"), &json!(wave)), "{batch}");
    let place = format!("/herberekeningen/{}", batch["id"].as_str().expect("a batch has an id"));
    let ended = client.ended(&place, BOUND).await;
    assert_eq!((&ended["toestand"], &ended["lichtingen"][0]["besluit"]), (&json!("klaar"), &json!("voorstel")), "{ended}");
    assert_eq!(standing(&client, &wave).await, before);
    client.sure(&Call::post(format!("{place}/aanvaarding")).at(1)).await.1.expect(200);
    let mut wanted = before.clone();
    for it in &all {
        assert_eq!(before[it["kandidaat"].as_str().expect("an id")], spot(&it["van"]), "{found}");
        wanted.insert(it["kandidaat"].as_str().expect("an id").to_owned(), spot(&it["naar"]));
    }
    assert_eq!(standing(&client, &wave).await, wanted);
    let file = client.read(&format!("/lichtingen/{wave}/invoer")).await;
    assert!(file["vast"].as_array().is_none_or(Vec::is_empty), "locks were for the proposal only: {file}");

    // Of the plan that counts now there is nothing left to gain, and back again nobody wants.
    let now = client.read(&format!("/lichtingen/{wave}")).await["geldende_berekening"].as_str().expect("a run").to_owned();
    assert_eq!(answered(&client, &now, &json!({ "soort": "ruil", "vraag": {} })).await["ruil"]["rondes"], json!([]));
    for (row, it) in people.iter_mut().zip(&all) {
        ["school", "plek", "coach"].into_iter().for_each(|key| row[key] = it["van"][key].clone());
    }
    let codes = refused(&people).await;
    assert!(!codes.is_empty() && codes.iter().all(|code| code == "past-niet"), "{codes:?}");
    assert_eq!(service.end(), 0);
}
