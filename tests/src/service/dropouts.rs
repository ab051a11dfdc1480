//! Schools, seats and candidates that drop out and people who come late, in a published wave: nothing changes before it is accepted.

use crate::support::kept_in;
use loket_service::access::Caller;
use loket_service::actions::{Asked, persons};
use loket_service::records::dossier::Who;
use loket_service::records::register::Kind;
use loket_service::store::{Clock, Store};
use serde_json::{Value, json};

use super::client::{Call, Client};
use super::hundred::solved;
use super::ledger::BOUND;
use super::processes::{Process, folder};
use super::waves;
use crate::http_untold::untold;

fn machine() -> Asked {
    Asked { caller: Caller::machine("beheerder"), key: None }
}

/// Settles a batch under a key, loses the answer as a service does that goes down, and asks again: the same answer.
async fn settled(client: &Client, store: &Store, path: &str) {
    let call = Call::post(path).at(1).key(Some(path.into()));
    let first = client.sure(&call).await.1.expect(200);
    untold(store, path).await;
    assert_eq!(client.sure(&call).await.1.expect(200), first);
}

/// Has a batch made, sees that nothing changed yet, and accepts it; the difference with the plan before.
async fn accepted((client, store): (&Client, &Store), path: &str, body: &Value, wave: &str) -> Value {
    let before = client.read(&format!("/lichtingen/{wave}")).await;
    let batch = client.sure(&Call::post(path).json(body)).await.1.expect(202);
    let place = format!("/herberekeningen/{}", batch["id"].as_str().expect("a batch has an id"));
    let ended = client.ended(&place, BOUND).await;
    assert_eq!((&ended["toestand"], ended["lichtingen"][0]["besluit"].as_str()), (&json!("klaar"), Some("voorstel")), "{ended}");
    assert_eq!(client.read(&format!("/lichtingen/{wave}")).await, before, "nothing changes before it is accepted");
    let link = ended["lichtingen"][0]["verschil"].as_str().expect("there is a difference to look at");
    let difference = client.read(link.strip_prefix("/v1").expect("a path of the API")).await;
    settled(client, store, &format!("{place}/aanvaarding")).await;
    let again = client.sure(&Call::post(format!("{place}/aanvaarding")).at(1)).await.1.expect(412);
    assert_eq!(again["huidig"]["lichtingen"][0]["besluit"], "aanvaard", "{again}");
    difference
}

/// Published placements that still count, by candidate.
async fn standing(client: &Client, wave: &str) -> Vec<Value> {
    let list = client.read(&format!("/lichtingen/{wave}/plaatsingen?paginaGrootte=200")).await;
    let rows = list["resultaten"].as_array().expect("a list").clone();
    rows.into_iter().filter(|row| row["einde_reden"].is_null()).collect()
}

/// The register follows published placements: whoever has a place does not wait, everybody else waits one round longer than the file says.
async fn registered(client: &Client, wave: &str, file: &Value, stopped: Option<&str>) {
    let rows = standing(client, wave).await;
    for row in file["kandidaten"].as_array().expect("candidates") {
        let id = row["id"].as_str().expect("an id");
        let kept = client.read(&format!("/kandidaten/{id}")).await;
        if stopped == Some(id) {
            assert_eq!(kept["toestand"], "gestopt");
            continue;
        }
        let (state, rounds) = match rows.iter().any(|row| row["kandidaat"] == id) {
            true => ("geplaatst", 0),
            false => ("wacht", 1),
        };
        let waited = row["wachtrondes"].as_i64().unwrap_or(0) + rounds;
        assert_eq!((kept["toestand"].as_str(), kept["wachtrondes"].as_i64().unwrap_or(0)), (Some(state), waited), "{id}");
    }
}

/// Somebody comes late and the proposal is declined: the register has them from the moment of asking, they wait there, under their name
/// until it is erased.
async fn declined_but_known((client, store): (&Client, &Store), wave: &str, like: &Value) {
    let id = "TE-LAAT";
    let mut row = like.clone();
    (row["id"], row["naam"]) = (json!(id), json!("Iemand Te Laat"));
    let asked = Call::post(format!("/lichtingen/{wave}/nakomers")).json(&json!({ "kandidaat": row }));
    let batch = client.sure(&asked).await.1.expect(202);
    let known = async || {
        let kept = client.read(&format!("/kandidaten/{id}")).await;
        (kept["toestand"].clone(), kept["naam"].clone(), kept["versie"].as_i64().expect("a version"))
    };
    assert_eq!(known().await, (json!("wacht"), json!("Iemand Te Laat"), 1), "before anybody decides");
    let place = format!("/herberekeningen/{}", batch["id"].as_str().expect("a batch has an id"));
    client.ended(&place, BOUND).await;
    client.sure(&Call::post(format!("{place}/afwijzing")).at(1)).await.1.expect(200);
    assert_eq!(known().await, (json!("wacht"), json!("Iemand Te Laat"), 1));
    persons::erase(store, &machine(), &Who::new(Kind::Candidate, id), 1).await.expect("who is known can be erased");
    assert_eq!(known().await, (json!("wacht"), Value::Null, 2));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whatever_drops_out_of_a_published_wave_its_placements_follow_once_accepted() {
    let folder = folder("uitval");
    let service = Process::serve(&folder, &[]);
    let client = Client::new(service.url());
    let store = kept_in(&folder.join("loket.sqlite"), Clock::default()).await;
    let both = (&client, &store);
    let mut file = waves::small("a", 30, 1);
    let (wave, _) = solved(&client, &file).await;
    let version = client.read(&format!("/lichtingen/{wave}")).await["versie"].as_i64().expect("a version");
    client
        .sure(&Call::post(format!("/lichtingen/{wave}/vaststelling")).at(version).json(&json!({ "bevestigd": true })))
        .await
        .1
        .expect(200);
    let later = json!({ "vanaf": "2027-03-01" });
    registered(&client, &wave, &file, None).await;

    let school = standing(&client, &wave).await[0]["school"].as_str().expect("a school").to_owned();
    let difference = accepted(both, &format!("/scholen/{school}/uitval"), &later, &wave).await;
    assert!(difference["gedwongen"].as_i64() > Some(0), "{difference}");
    let rows = standing(&client, &wave).await;
    assert!(rows.iter().all(|row| row["school"] != school.as_str()), "nobody stays at {school}");
    let all = client.read(&format!("/lichtingen/{wave}/plaatsingen?paginaGrootte=200")).await;
    let ended: Vec<&Value> = all["resultaten"].as_array().expect("a list").iter().filter(|row| row["school"] == school.as_str()).collect();
    assert!(!ended.is_empty());
    assert!(ended.iter().all(|row| row["tot"] == "2027-02-28" && row["einde_reden"] == "school"), "{ended:?}");
    registered(&client, &wave, &file, None).await;

    let (school, seat) = (rows[0]["school"].as_str().expect("a school"), rows[0]["plek"].as_str().expect("a seat"));
    let count = |rows: &[Value]| rows.iter().filter(|row| row["school"] == school && row["plek"] == seat).count();
    let groups = file["scholen"].as_array().expect("schools").iter().find(|row| row["id"] == school).expect("the school");
    let groups = groups["plekken"].as_array().expect("seats");
    let group = groups.iter().find(|row| row["id"] == seat || row["bouw"] == seat).expect("the group");
    let fewer = json!({ "vanaf": "2027-03-01", "aantal": group["aantal"] });
    accepted(both, &format!("/scholen/{school}/plekken/{seat}/uitval"), &fewer, &wave).await;
    assert_eq!(count(&standing(&client, &wave).await), 0, "no seat is left in that group");
    registered(&client, &wave, &file, None).await;
    let periods = store.read().seat_group(machine().caller.scope(), school, seat).await.expect("a store");
    let periods: Vec<_> = periods.iter().map(|it| (it.from.as_str() < "2027-03-01", it.until.as_deref(), it.count)).collect();
    let offered = group["aantal"].as_i64().expect("a number");
    assert_eq!((periods.len(), periods[0]), (2, (true, Some("2027-02-28"), offered)), "until that day nothing changes");
    assert_eq!((periods[1].0, periods[1].2), (false, 0), "{periods:?}");

    let candidate = standing(&client, &wave).await[0]["kandidaat"].as_str().expect("somebody").to_owned();
    let difference = accepted(both, &format!("/kandidaten/{candidate}/uitval"), &later, &wave).await;
    assert_eq!(difference["vertrokken"][0]["kandidaat"], candidate.as_str(), "{difference}");
    let rows = standing(&client, &wave).await;
    assert!(rows.iter().all(|row| row["kandidaat"] != candidate.as_str()));
    registered(&client, &wave, &file, Some(&candidate)).await;

    let mut late = file["kandidaten"][0].clone();
    late["id"] = json!("NAKOMER");
    file["kandidaten"].as_array_mut().expect("candidates").push(late.clone());
    let difference = accepted(both, &format!("/lichtingen/{wave}/nakomers"), &json!({ "kandidaat": late }), &wave).await;
    assert_eq!(difference["gewijzigd"], 0, "{difference}");
    let after = standing(&client, &wave).await;
    assert!(rows.iter().all(|row| after.contains(row)), "everybody else stays");
    registered(&client, &wave, &file, Some(&candidate)).await;

    declined_but_known((&client, &store), &wave, &late).await;

    let mut double = file["kandidaten"][1].clone();
    double["naam"] = json!("Iemand Anders");
    let known = double["id"].as_str().expect("an id").to_owned();
    let before = client.read(&format!("/kandidaten/{known}")).await;
    client.sure(&Call::post(format!("/lichtingen/{wave}/nakomers")).json(&json!({ "kandidaat": double }))).await.1.expect(400);
    assert_eq!(client.read(&format!("/kandidaten/{known}")).await, before, "a refused row changes nobody's name");

    let unwanted = after[0]["coach"].as_str().expect("a coach");
    let batch = client.sure(&Call::post(format!("/coaches/{unwanted}/uitval")).json(&later)).await.1.expect(202);
    let place = format!("/herberekeningen/{}", batch["id"].as_str().expect("a batch has an id"));
    client.ended(&place, BOUND).await;
    settled(&client, &store, &format!("{place}/afwijzing")).await;
    assert_eq!(client.read(&place).await["lichtingen"][0]["besluit"], "afgewezen");
    assert_eq!(standing(&client, &wave).await, after, "declined: everything stays");

    accepted(both, &format!("/coaches/{unwanted}/uitval"), &later, &wave).await;
    assert!(standing(&client, &wave).await.len() < after.len(), "somebody has no place without that coach");
    registered(&client, &wave, &file, Some(&candidate)).await;

    client.sure(&Call::post("/coaches/bestaat-niet/uitval")).await.1.expect(404);
    store.close().await;
    assert_eq!(service.end(), 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_a_batch_one_wave_is_accepted_and_the_other_later_and_a_seat_is_gone_once() {
    let folder = folder("uitval-deels");
    let service = Process::serve(&folder, &[]);
    let client = Client::new(service.url());
    let store = kept_in(&folder.join("loket.sqlite"), Clock::default()).await;
    let file = waves::small("b", 12, 2);
    let (one, _) = solved(&client, &file).await;
    let (other, _) = solved(&client, &waves::sister(&file)).await;
    let school = file["scholen"].as_array().expect("schools").iter().find(|it| it["plekken"][0].is_object()).expect("a school with seats");
    let group = &school["plekken"][0];
    let school = school["id"].as_str().expect("a school");
    let seat = group["id"].as_str().or(group["bouw"].as_str()).expect("a seat group");
    let left = async || {
        let periods = store.read().seat_group(machine().caller.scope(), school, seat).await.expect("a store");
        periods.last().expect("the group is there").count
    };
    let offered = left().await;
    assert_eq!(Some(offered), group["aantal"].as_i64());

    let path = format!("/scholen/{school}/plekken/{seat}/uitval");
    let batch = client.sure(&Call::post(path).json(&json!({ "vanaf": "2027-03-01" }))).await.1.expect(202);
    let place = format!("/herberekeningen/{}", batch["id"].as_str().expect("a batch has an id"));
    assert_eq!(client.ended(&place, BOUND).await["totaal"], 2);
    let decided = async || {
        let batch = client.read(&place).await;
        let rows = batch["lichtingen"].as_array().expect("waves").iter();
        rows.map(|row| (row["lichting"].as_str().expect("an id").to_owned(), row["besluit"].clone())).collect::<Vec<_>>()
    };
    let accepting = format!("{place}/aanvaarding");
    client.sure(&Call::post(&accepting).at(1).json(&json!({ "lichtingen": [one] }))).await.1.expect(200);
    assert_eq!(decided().await, [(one.clone(), json!("aanvaard")), (other.clone(), json!("voorstel"))]);
    assert_eq!(left().await, offered - 1);
    client.sure(&Call::post(&accepting).at(2).json(&json!({ "lichtingen": [one] }))).await.1.expect(409);
    client.sure(&Call::post(&accepting).at(2)).await.1.expect(200);
    assert_eq!(decided().await, [(one, json!("aanvaard")), (other, json!("aanvaard"))]);
    assert_eq!(left().await, offered - 1, "the seat is gone once, not once for each wave");
    store.close().await;
    assert_eq!(service.end(), 0);
}
