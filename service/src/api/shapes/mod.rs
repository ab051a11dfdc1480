//! What more than one resource answers with, as the API writes it. Routes take these from here and never from each other.

pub mod account;
pub mod answer;
pub mod carry;
pub mod decision;
pub mod file;
pub mod history;
pub mod invitation;
pub mod line;
pub mod lists;
pub mod names;
pub mod open;
pub mod outcome;
pub mod party;
pub mod placement;
pub mod policy;
pub mod proposal;
pub mod question;
pub mod remark;
pub mod roster;
pub mod roster_question;
pub mod row;
pub mod signed;
pub mod tryout;
pub mod wave;
pub mod work;
