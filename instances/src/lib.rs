//! Wave, roster and outcome files: reads them strictly with every problem at once, makes a `Wave` or `Roster` of a checked file, writes outcomes;
//! generates waves by seed.

pub mod generate;
pub mod matching;
pub mod outcomes;
pub mod outlines;
pub mod planning;
pub mod programs;
pub mod scheduling;
pub mod sheets;
pub mod strict;
pub mod words;
