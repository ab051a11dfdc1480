//! Multi-year plans from file to outcome: the sample files beside the project, the plan of 2020 to the cent, random tiny plans against brute
//! force, mutated outcomes, malformed files, the funnel monitor.

mod brute;
mod cases;
mod common;
mod monitor;
mod outcomes;
mod refusals;
mod report;
mod seed;
mod sheets;
mod sizes;
