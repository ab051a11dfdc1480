//! The register: four lists of boards, schools, coaches and candidates, a row beside its list with its history, and what changes it.

mod card;
mod data;
mod edit;
mod ending;
mod list;
mod requests;
mod words;

use axum::routing::{get, post};
use loket_solver::matching::facts::words::{Word, words};

use super::declared::Pages;
use super::paths;
use crate::access::Role;
use crate::records::register::Kind;
use crate::serve::problem::Problem;

const I: &[Role] = &[Role::Intermediair];

/// The pages of this area.
pub fn pages() -> Pages {
    Pages::new()
        .at(I, paths::REGISTER, get(list::first))
        .at(I, paths::REGISTER_LIST, get(list::show).post(list::search))
        .at(I, paths::REGISTER_NEW, get(edit::blank).post(edit::add))
        .at(I, paths::REGISTER_ROW, get(list::beside))
        .at(I, paths::REGISTER_EDIT, get(edit::form).post(edit::save))
        .at(I, paths::REGISTER_END, get(ending::form).post(ending::end))
        .at(I, paths::REGISTER_DATA, get(data::show).post(data::act))
        .at(I, paths::REGISTER_DOSSIER, get(data::dossier))
        .at(I, paths::REQUESTS, get(requests::show))
        .at(I, paths::REGISTER_BAN, post(card::revoke))
}

words! {
    /// A list of the register, by its name in an address.
    pub enum Tab {
        /// Boards.
        Boards = "besturen",
        /// Schools.
        Schools = "scholen",
        /// Coaches.
        Coaches = "coaches",
        /// Candidates.
        Candidates = "kandidaten",
    }
}

impl Tab {
    /// The list of this name.
    fn read(text: &str) -> Result<Self, Problem> {
        Self::parse(text).ok_or_else(Problem::unknown)
    }

    /// What its rows are of.
    fn kind(self) -> Kind {
        match self {
            Self::Boards => Kind::Board,
            Self::Schools => Kind::School,
            Self::Coaches => Kind::Coach,
            Self::Candidates => Kind::Candidate,
        }
    }
}
