//! The rules of the desk for rosters: a file as it is kept, what a decision makes of the next one, who meets whom, and what a week looks like.

pub mod dossier;
pub mod filled;
pub mod given;
pub mod meetings;
pub mod next;
pub mod sound;
pub mod week;
