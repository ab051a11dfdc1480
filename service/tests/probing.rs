//! What signing in costs, counted in a process of its own: the same for whoever has an account and for whoever has none; and how long a door
//! stays shut, by a clock that the test gives.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use loket_service::access::{Caller, Role, password};
use loket_service::actions::Asked;
use loket_service::actions::accounts::{self, Invited};
use loket_service::actions::signing::{self, Given, Not};
use loket_service::records::account::Held;
use loket_service::store::{Clock, Store};

const WORDS: &str = "zeven blauwe fietsen bij de brug";

fn given(address: &str, password: &str) -> Given {
    Given { address: address.into(), password: password.into(), code: None, recovery: None, role: None }
}

fn place(name: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    folder.join("loket.sqlite")
}

/// Somebody with a password; somebody else who was invited and has none yet.
async fn people(store: &Store) {
    let asked = Asked { caller: Caller::machine("toegang"), key: None };
    for address in ["bea@voorbeeld.example", "nieuw@voorbeeld.example"] {
        let roles = vec![Held { role: Role::Lezer, of: String::new() }];
        let made = accounts::invite(store, &asked, Invited { name: "Iemand".into(), address: Some(address.into()), roles }).await.unwrap();
        if address.starts_with("bea") {
            signing::use_link(store, made.secret.told(), WORDS, None).await.unwrap();
        }
    }
}

// One test: what is counted is counted for the whole process.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_name_is_not_found_by_what_a_try_costs_and_a_shut_door_outlasts_the_service() {
    let (path, clock) = (place("probing"), Arc::new(AtomicI64::new(1_782_900_000_000)));
    let store = Store::open(&path, Clock::set(clock.clone())).await.unwrap();
    people(&store).await;
    // What is made once in a process, whoever comes first, is made before anything is counted.
    password::same("", None);
    let long = "x".repeat(1_000);
    for wrong in ["een heel ander wachtwoord", "", &long] {
        let mut costs = Vec::new();
        for address in ["bea@voorbeeld.example", "nieuw@voorbeeld.example", "niemand@voorbeeld.example", ""] {
            let (computed, lines) = (password::computed(), store.read().log_lines(0, 10_000).await.unwrap().len());
            assert!(matches!(signing::sign_in(&store, given(address, wrong)).await, Err(Not::Fitting)), "{address}");
            costs.push((password::computed() - computed, store.read().log_lines(0, 10_000).await.unwrap().len() - lines));
        }
        assert!(costs.iter().all(|it| *it == costs[0]), "{wrong:.30}: {costs:?}");
        assert_eq!(costs[0], (u64::from(wrong.len() <= password::MOST), 1), "{wrong:.30}");
    }
    // Seven more close the door of both; then nothing is computed for either.
    for address in ["bea@voorbeeld.example", "niemand@voorbeeld.example"] {
        for _ in 0..7 {
            assert!(matches!(signing::sign_in(&store, given(address, "een heel ander wachtwoord")).await, Err(Not::Fitting)), "{address}");
        }
        let computed = password::computed();
        assert!(matches!(signing::sign_in(&store, given(address, WORDS)).await, Err(Not::Now)), "{address}");
        assert_eq!(password::computed(), computed, "{address}");
    }
    store.close().await;
    // Another service on the same file: the door is still shut, to the end of its quarter of an hour.
    let store = Store::open(&path, Clock::set(clock.clone())).await.unwrap();
    clock.fetch_add(15 * 60_000 - 1, Ordering::SeqCst);
    assert!(matches!(signing::sign_in(&store, given("bea@voorbeeld.example", WORDS)).await, Err(Not::Now)));
    clock.fetch_add(1, Ordering::SeqCst);
    assert!(signing::sign_in(&store, given("bea@voorbeeld.example", WORDS)).await.is_ok());
    store.close().await;
}
