//! The thin house around the solver: the command line `loket`, its files, its summary in Dutch, and the independent verification.

pub mod arguments;
pub mod commands;
pub mod desk;
pub mod dispatch;
pub mod dutch;
pub mod exit;
pub mod explain;
pub mod files;
pub mod memory;
pub mod progress;
pub mod refusal;
pub mod report;
pub mod rerun;
pub mod serve;
pub mod store;
pub mod stress;
pub mod summary;
pub mod usage;
pub mod verify;
pub mod view;
pub mod watch;
pub mod work;
