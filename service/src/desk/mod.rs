//! What the service does with wave files before anything is solved: names apart, decisions written in, waves made from the register,
//! without asking or changing the database.

pub mod agreements;
pub mod asking;
pub mod choice;
pub mod days;
pub mod decision;
pub mod differences;
pub mod dossier;
pub mod dropout;
pub mod figures;
pub mod fits;
pub mod hours;
pub mod life;
pub mod named;
pub mod noes;
pub mod offer;
pub mod placing;
pub mod plan;
pub mod policy;
pub mod prefill;
pub mod prepare;
pub mod refresh;
pub mod register;
pub mod room;
pub mod sketch;
pub mod small;
pub mod sound;
pub mod stages;
pub mod whole;
