//! What people read: answers, summaries and reports, each as text and as JSON.

pub mod algorithm_register;
pub mod book;
pub mod calendar;
pub mod chart;
pub mod day;
pub mod dossier;
pub mod dutch;
pub mod elsewhere;
pub mod explain;
pub mod found;
pub mod ground;
pub mod letter;
pub mod logline;
pub mod mail;
pub mod meetings;
pub mod names;
pub mod open;
pub mod pdf;
pub mod plan;
pub mod report;
pub mod rerun;
pub mod sheet;
pub mod stress;
pub mod summary;
pub mod trial;
