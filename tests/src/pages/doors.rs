//! The addresses of a demo: each lets in once, as the account it was made for, and a service that is no demo has none.

use loket_service::access::{Caller, Role};
use loket_service::actions::Asked;
use loket_service::actions::accounts::{self, Invited};
use loket_service::records::account::Held;
use loket_service::serve::demo::doors::Door;
use loket_solver::matching::facts::words::Word;

use super::Browser;
use crate::desk::Desk;

#[tokio::test]
async fn an_address_of_a_demo_lets_in_once_and_only_in_its_role() {
    let desk = Desk::open("pages-doors").await;
    let asked = Asked { caller: Caller::machine("demo"), key: None };
    let invited = |name: &str, role| {
        let roles = vec![Held { role, of: String::new() }];
        Invited { name: name.into(), address: Some(format!("{}@voorbeeld.example", role.code())), roles }
    };
    // Somebody is left who can give roles when an account ends.
    accounts::invite(&desk.store, &asked, invited("Karin Smit", Role::Beheerder)).await.expect("an account");
    let made = accounts::invite(&desk.store, &asked, invited("Noor Bakker", Role::Intermediair)).await.expect("an account").made;
    let door = |role| desk.app.doors.make(Door { account: made.id.clone(), role }).expect("a door").told().to_owned();

    let browser = Browser::new(&desk);
    browser.get("/demo/niets").await.expect(404);
    let address = format!("/demo/{}", door(Role::Intermediair));
    browser.get(&address).await.leads("/");
    let shown = browser.follow("/").await.expect(200);
    assert!(shown.says("Noor Bakker"), "{}", shown.words());
    let other = Browser::new(&desk);
    other.get(&address).await.expect(404);
    other.get("/start").await.leads("/aanmelden");

    // A role that the account does not have, and an account that ended in the meantime.
    other.get(&format!("/demo/{}", door(Role::Beheerder))).await.expect(404);
    let late = door(Role::Intermediair);
    accounts::end(&desk.store, &asked, &made.id, 1).await.expect("it ends");
    other.get(&format!("/demo/{late}")).await.expect(404);
    other.get("/start").await.leads("/aanmelden");
    desk.close().await;
}
