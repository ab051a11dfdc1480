//! A row that is put in the place of another says all that the other says: what was left out by mistake does not go in silence.

use loket_instances::strict::problem::Problem;

/// What was said along with a row: the keys that it named, also those that it made empty, and whether what is unlikely was confirmed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Said {
    /// The keys.
    pub keys: Vec<String>,
    /// Whether what is unlikely was confirmed to be meant.
    pub confirmed: bool,
}

/// Keys that the row says now and that were not named: each would go.
pub fn unsaid<'a>(now: impl Iterator<Item = &'a str>, said: &Said) -> Vec<Problem> {
    let lost = now.filter(|key| !said.keys.iter().any(|it| it == key));
    let one = |key: &str| Problem {
        code: "ontbreekt",
        pointer: format!("/{key}"),
        place: key.to_owned(),
        what: format!("{key} staat er nu wel en zou verdwijnen; een rij wordt als geheel vervangen"),
        remedy: format!("stuur {key} mee zoals u het las, of als null om het weg te halen"),
    };
    lost.map(one).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_there_and_was_not_named_is_told_also_when_it_may_be_absent() {
        let said = Said { keys: vec!["bouw".into(), "tot".into()], confirmed: true };
        let lost = unsaid(["bouw", "dagdelen", "tot", "reden"].into_iter(), &said);
        let told: Vec<_> = lost.iter().map(|it| (it.code, it.pointer.as_str())).collect();
        assert_eq!(told, [("ontbreekt", "/dagdelen"), ("ontbreekt", "/reden")]);
        assert_eq!(unsaid(std::iter::empty(), &said), []);
    }
}
