//! The people of the demo: accounts in every role, made by hand as an administrator would, and their sessions.

use axum::Router;

use super::api::Api;
use super::city::{BOARD, COACH};
use super::doors::{Door, Doors};
use crate::access::secret::Secret;
use crate::access::{Caller, Role};
use crate::actions::Asked;
use crate::actions::accounts::{self, Invited};
use crate::actions::signing;
use crate::records::account::Held;
use crate::store::Store;

/// Somebody with an account.
#[derive(Clone, Debug)]
pub struct Person {
    /// Whose it is.
    pub name: String,
    /// The account.
    pub account: String,
    /// The role that is looked at first.
    pub role: Role,
}

/// Everybody.
#[derive(Clone, Debug)]
pub struct People {
    /// Gives roles and approves policies.
    pub administrator: Person,
    /// Places people.
    pub noor: Person,
    /// Places people as well, and reads figures.
    pub samir: Person,
    /// Reads figures.
    pub reader: Person,
}

/// Those who are of a board or a coach, once the register has these.
#[derive(Clone, Debug)]
pub struct Parties {
    /// Of the board that the demo is looked at as.
    pub board: Person,
    /// The coach that the demo is looked at as.
    pub coach: Person,
    /// The coach who falls out.
    pub leaving: Person,
}

fn held(role: Role, of: &str) -> Held {
    Held { role, of: of.to_owned() }
}

async fn made(store: &Store, name: &str, roles: Vec<Held>) -> Result<Person, String> {
    let asked = Asked { caller: Caller::machine("demo"), key: None };
    let letters = name.to_lowercase().replace(". ", ".").replace(' ', ".");
    let role = roles.first().map_or(Role::Lezer, |it| it.role);
    let invited = Invited { name: name.into(), address: Some(format!("{letters}@voorbeeld.example")), roles };
    let account = accounts::invite(store, &asked, invited).await.map_err(|why| format!("{name}: {why:?}"))?.made.id;
    Ok(Person { name: name.into(), account, role })
}

impl People {
    /// Makes those who are of no board and no coach.
    ///
    /// # Errors
    /// Why it could not be done.
    pub async fn make(store: &Store) -> Result<Self, String> {
        Ok(Self {
            administrator: made(store, "Karin Smit", vec![held(Role::Beheerder, "")]).await?,
            noor: made(store, "Noor Bakker", vec![held(Role::Intermediair, "")]).await?,
            samir: made(store, "Samir Vos", vec![held(Role::Intermediair, ""), held(Role::Lezer, "")]).await?,
            reader: made(store, "Fatima Aydin", vec![held(Role::Lezer, "")]).await?,
        })
    }
}

impl Parties {
    /// Makes those who are of boards and coaches; `leaving` is the coach who falls out, by id and name.
    ///
    /// # Errors
    /// Why it could not be done.
    pub async fn make(store: &Store, (leaving, called): (&str, &str)) -> Result<Self, String> {
        made(store, "M. Lindhout", vec![held(Role::Bestuur, "B01")]).await?;
        made(store, "Wim de Boer", vec![held(Role::Bestuur, "B02")]).await?;
        Ok(Self {
            board: made(store, "Ans Terpstra", vec![held(Role::Bestuur, BOARD)]).await?,
            coach: made(store, "Ilias Poelgeest", vec![held(Role::Coach, COACH)]).await?,
            leaving: made(store, called, vec![held(Role::Coach, leaving)]).await?,
        })
    }
}

impl Person {
    /// Signs in and calls the API of this process.
    ///
    /// # Errors
    /// Why it could not be done.
    pub async fn at(&self, store: &Store, router: &Router) -> Result<Api, String> {
        let signed = signing::enter(store, &self.account, self.role).await.map_err(|why| format!("{}: {why:?}", self.name))?;
        Ok(Api::new(router, signed.secret.told()))
    }

    /// An address with which a browser comes in once.
    ///
    /// # Errors
    /// The machine gives no randomness.
    pub fn door(&self, doors: &Doors) -> Result<Secret, String> {
        let door = Door { account: self.account.clone(), role: self.role };
        doors.make(door).map_err(|_| "deze machine geeft geen toeval".to_owned())
    }
}
