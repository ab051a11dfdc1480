//! What is written can be read again and is the same: a policy through its echo, an outcome through its file.

use loket_instances::generate;
use loket_instances::matching::outcome::{compose, read_outcome, to_json};
use loket_instances::matching::read::policy_json;
use loket_solver::matching::facts::wave::Wave;
use proptest::prelude::*;

use crate::honest::{plain_outcome, technique};
use crate::support::load;

/// The wave with what a shuffled or rewritten file may change taken out: nothing else may differ.
fn same_wave(one: &Wave, other: &Wave) -> bool {
    one == other
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 96,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn a_wave_with_its_policys_echo_is_the_same_wave(wave_seed in any::<u64>()) {
        let mut json = generate::tiny(wave_seed);
        let first = load(&json);
        json["beleid"] = policy_json(&first.wave);
        let second = load(&json);
        prop_assert!(same_wave(&first.wave, &second.wave));
        prop_assert_eq!(policy_json(&first.wave), policy_json(&second.wave));
    }

    #[test]
    fn the_same_bytes_are_read_as_the_same_wave(wave_seed in any::<u64>()) {
        let json = generate::small(wave_seed);
        let (first, second) = (load(&json), load(&json));
        prop_assert!(same_wave(&first.wave, &second.wave));
        prop_assert_eq!(first.sha256, second.sha256);
    }

    #[test]
    fn an_outcome_that_is_written_is_read_back_the_same(wave_seed in any::<u64>()) {
        let loaded = load(&generate::tiny(wave_seed));
        let file = compose(&loaded, &plain_outcome(&loaded.wave), &technique(&loaded.wave));
        let written = to_json(&file);
        let bytes = serde_json::to_vec_pretty(&written).expect("a JSON value is written");
        match read_outcome(&bytes) {
            Ok(read) => {
                prop_assert_eq!(&to_json(&read), &written);
                prop_assert_eq!(read, file);
            }
            Err(refusal) => {
                let what: Vec<_> = refusal.problems.iter().map(|it| (&it.pointer, &it.what)).collect();
                prop_assert!(false, "an outcome of our own is refused: {what:?}\n{written}");
            }
        }
    }
}
