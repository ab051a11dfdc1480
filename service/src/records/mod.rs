//! What is kept, as people know it: typed rows, closed word lists, and what happened.

pub mod account;
pub mod address;
pub mod answer;
pub mod attention;
pub mod batch;
pub mod carry;
pub mod decision;
pub mod deed;
pub mod dossier;
pub mod history;
pub mod job;
pub mod mail;
pub mod placement;
pub mod policy;
pub mod privacy;
pub mod publication;
pub mod register;
pub mod remark;
pub mod round;
pub mod run;
pub mod school_year;
pub mod seats;
pub mod setting;
pub mod stage;
pub mod wave;
pub mod what;
