//! Rosters from file to plan: the sample files beside the project, brute force, random tiny rosters, mutated plans, malformed files.

mod brute;
mod cases;
mod examples;
mod outcomes;
mod random;
mod reasons;
mod refusals;
mod reruns;
mod scarcity;
mod sizes;
mod wild;
mod wild_visits;
