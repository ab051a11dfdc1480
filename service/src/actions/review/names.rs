//! Names beside ids, for an intermediary: what is kept of plans and decisions has ids only.

use std::collections::BTreeMap;

use crate::access::Caller;
use crate::records::register::Kind;
use crate::store::{Error, Session};

/// What is known by name, by id; an id without a name is told as it is.
#[derive(Clone, Debug, Default)]
pub struct Names {
    candidates: BTreeMap<String, String>,
    coaches: BTreeMap<String, String>,
    schools: BTreeMap<String, String>,
    boards: BTreeMap<String, String>,
    accounts: BTreeMap<String, String>,
}

fn of<'a>(names: &'a BTreeMap<String, String>, id: &'a str) -> &'a str {
    names.get(id).map_or(id, String::as_str)
}

impl Names {
    /// Every name that this caller may see; of people only for who may see everybody.
    pub(super) async fn seen_by(reading: &mut Session, caller: &Caller) -> Result<Self, Error> {
        let scope = caller.scope();
        let mut names = Self {
            schools: reading.names_of(Kind::School, scope).await?,
            boards: reading.names_of(Kind::Board, scope).await?,
            ..Self::default()
        };
        if scope.boards().is_none() {
            names.candidates = reading.names(Kind::Candidate).await?;
            names.coaches = reading.names(Kind::Coach).await?;
            names.accounts = reading.account_names().await?;
        }
        Ok(names)
    }

    /// Of a candidate.
    pub fn candidate<'a>(&'a self, id: &'a str) -> &'a str {
        of(&self.candidates, id)
    }

    /// The first word of a candidate's name.
    pub fn first<'a>(&'a self, id: &'a str) -> &'a str {
        let name = self.candidate(id);
        name.split_whitespace().next().unwrap_or(name)
    }

    /// Of a coach.
    pub fn coach<'a>(&'a self, id: &'a str) -> &'a str {
        of(&self.coaches, id)
    }

    /// Of a school.
    pub fn school<'a>(&'a self, id: &'a str) -> &'a str {
        of(&self.schools, id)
    }

    /// Of a board.
    pub fn board<'a>(&'a self, id: &'a str) -> &'a str {
        of(&self.boards, id)
    }

    /// Of an account; nothing for one that is no more.
    pub fn account(&self, id: &str) -> Option<&str> {
        self.accounts.get(id).map(String::as_str)
    }
}
