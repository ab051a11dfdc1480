//! The service as whole processes: killed at any moment, with children that misbehave, asked the same thing at once, stopped, and shown.

mod abuse;
mod away;
mod client;
mod dropouts;
mod entrance;
mod example;
mod fake;
mod full;
mod hundred;
mod installed;
mod journey;
mod kills;
mod ledger;
mod line;
mod machines;
mod namesakes;
mod outage;
mod preparing;
pub(crate) mod processes;
mod pulses;
mod stopping;
mod story;
mod told;
mod trials;
mod turns;
mod waves;
mod workbooks;
