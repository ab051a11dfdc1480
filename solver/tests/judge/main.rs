//! Tests of rules, terms, facts, judge and reasons: facts first, then the number.

mod builder;
mod halves;
mod handbook;
mod pair_rules;
mod prices;
mod reasons;
mod reruns;
mod shared_rules;
mod swaps;
mod terms;
mod together;
mod waiting;
