//! What the service does with wave files before anything is solved: names apart, decisions written in, all without a database.

pub mod apart;
pub mod decision;
pub mod dropout;
pub mod prepare;
