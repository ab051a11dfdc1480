//! Open data about schools: DUO's locations and pupils, CBS's scores, places of postcodes, and travel times of route planners
//! (docs/open-data.md). Each reader finds its columns by name, so that one joined table can be read by several of them.

pub mod centroids;
mod columns;
pub mod grid;
mod kind_word;
pub mod locations;
pub mod numbers;
pub mod pupils;
pub mod roads;
pub mod scores;
pub mod travel;

use loket_solver::matching::facts::words::words;

use crate::sheets::problem::SheetNotice;

words! {
    /// What a file of open data is about.
    pub enum OpenKind {
        /// Where each school is, and which board it belongs to.
        Vestigingen = "vestigingen",
        /// How many pupils each school has, by year.
        Leerlingen = "leerlingen",
        /// The score of each school, from which its target-group pupils follow.
        Scores = "scores",
        /// The middle of each postcode area.
        Pc4 = "pc4",
    }
}

/// Rows that were read, with what is worth knowing of the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Read<T> {
    /// The rows, in the order of the file.
    pub rows: T,
    /// Columns that nothing reads, rows that are left out, and the like.
    pub notices: Vec<SheetNotice>,
}

#[cfg(test)]
mod tests;
