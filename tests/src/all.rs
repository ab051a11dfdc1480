//! The proofs of rightness: independent answers that must agree, mutations that must be refused, and the house's invariants.
//!
//! `LOKET_SEED` picks the random waves (printed, so that a run can be repeated), `LOKET_TINY` how many tiny ones there are.

mod agreement;
mod believed;
mod brute;
mod cases;
mod certificates;
mod compare;
mod described;
mod desk;
mod differential;
mod explain;
mod fairness;
mod false_engine;
mod honest;
mod http;
mod http_accounts;
mod http_capacity;
mod http_decisions;
mod http_deeds;
mod http_known;
mod http_lists;
mod http_log;
mod http_mail;
mod http_names;
mod http_persons;
mod http_publication;
mod http_reach;
mod http_refresh;
mod http_register;
mod http_rounds;
mod http_settings;
mod http_tryouts;
mod http_untold;
mod invariants;
mod liars;
mod mailbox;
mod mutated;
mod permuted;
mod rerun;
mod roundtrip;
mod service;
mod spa;
mod stops;
mod stress;
mod support;
