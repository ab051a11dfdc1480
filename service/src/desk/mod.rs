//! What the service does with wave files before anything is solved: names apart, decisions written in, waves made from the register,
//! without asking or changing the database.

pub mod choice;
pub mod days;
pub mod decision;
pub mod differences;
pub mod dossier;
pub mod dropout;
pub mod fits;
pub mod hours;
pub mod offer;
pub mod plan;
pub mod prefill;
pub mod prepare;
pub mod refill;
pub mod refresh;
pub mod register;
pub mod room;
pub mod sketch;
pub mod sound;
pub mod tryout;
pub mod whole;
