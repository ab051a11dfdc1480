//! The thin house around the solver: the command line `loket`, its files, its summary in Dutch, and the independent verification.

pub mod access;
pub mod actions;
pub mod api;
pub mod commands;
pub mod console;
pub mod desk;
pub mod exit;
pub mod files;
pub mod listed;
pub mod memory;
pub mod outcome;
pub mod pages;
pub mod present;
pub mod progress;
pub mod provider;
pub mod records;
pub mod refusal;
pub mod serve;
pub mod store;
pub mod trouble;
pub mod usage;
pub mod verify;
pub mod view;
pub mod watch;
pub mod work;
