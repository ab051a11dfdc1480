//! What is kept, as people know it: typed rows, closed word lists, and what happened.

pub mod account;
pub mod address;
pub mod batch;
pub mod decision;
pub mod deed;
pub mod dossier;
pub mod job;
pub mod mail;
pub mod placement;
pub mod publication;
pub mod register;
pub mod remark;
pub mod round;
pub mod run;
pub mod seats;
pub mod setting;
pub mod tryout;
pub mod wave;
pub mod what;
