//! What was otherwise in the file of a wave than in an earlier one, as people remember it: who came and went, and whose seats changed.

use std::collections::BTreeMap;

use loket_instances::matching::wave_file::WaveFile;

/// One thing that is otherwise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Changed {
    /// A board has more seats or fewer.
    Seats {
        /// The board.
        board: String,
        /// How many more; fewer when it is below 0.
        by: i64,
    },
    /// Seats changed places within a board: as many as before.
    SeatsElsewhere {
        /// The board.
        board: String,
    },
    /// Candidates came in.
    Came(usize),
    /// Candidates are gone.
    Went(usize),
    /// The rows of candidates changed.
    CandidatesOtherwise(usize),
    /// Coaches came in.
    CoachesCame(usize),
    /// Coaches are gone.
    CoachesWent(usize),
    /// The rows of coaches changed.
    CoachesOtherwise(usize),
    /// The policy is another.
    Policy,
    /// Something else of the file.
    Rest,
}

/// What is otherwise in `after` than in `before`, what most people notice first; nothing when the files say the same.
pub fn changed(before: &WaveFile, after: &WaveFile) -> Vec<Changed> {
    if before == after {
        return Vec::new();
    }
    let mut all = Vec::new();
    let people = |file: &WaveFile| file.candidates.iter().map(|row| (row.id.clone(), row.clone())).collect();
    let coaches = |file: &WaveFile| file.coaches.iter().map(|row| (row.id.clone(), row.clone())).collect();
    let [came, went, otherwise] = counts(&people(before), &people(after));
    all.extend((came > 0).then_some(Changed::Came(came)));
    all.extend((went > 0).then_some(Changed::Went(went)));
    all.extend(seats(before, after));
    let [coaches_came, coaches_went, coaches_otherwise] = counts(&coaches(before), &coaches(after));
    all.extend((coaches_came > 0).then_some(Changed::CoachesCame(coaches_came)));
    all.extend((coaches_went > 0).then_some(Changed::CoachesWent(coaches_went)));
    all.extend((before.policy != after.policy).then_some(Changed::Policy));
    all.extend((otherwise > 0).then_some(Changed::CandidatesOtherwise(otherwise)));
    all.extend((coaches_otherwise > 0).then_some(Changed::CoachesOtherwise(coaches_otherwise)));
    if all.is_empty() {
        all.push(Changed::Rest);
    }
    all
}

/// How many came, went, and are otherwise.
fn counts<T: PartialEq>(before: &BTreeMap<String, T>, after: &BTreeMap<String, T>) -> [usize; 3] {
    let came = after.keys().filter(|id| !before.contains_key(*id)).count();
    let went = before.keys().filter(|id| !after.contains_key(*id)).count();
    let otherwise = after.iter().filter(|(id, row)| before.get(*id).is_some_and(|was| was != *row)).count();
    [came, went, otherwise]
}

/// The seats of each board, by school and group.
fn offered(file: &WaveFile) -> BTreeMap<&str, BTreeMap<(&str, &str), i64>> {
    let mut all: BTreeMap<&str, BTreeMap<(&str, &str), i64>> = BTreeMap::new();
    for school in &file.schools {
        let own = all.entry(school.board.as_str()).or_default();
        for seats in school.seats.iter().filter(|it| it.count > 0) {
            *own.entry((school.id.as_str(), seats.id())).or_default() += i64::from(seats.count);
        }
    }
    all
}

fn seats(before: &WaveFile, after: &WaveFile) -> Vec<Changed> {
    let (was, now) = (offered(before), offered(after));
    let nothing = BTreeMap::new();
    let mut boards: Vec<&str> = was.keys().chain(now.keys()).copied().collect();
    boards.sort_unstable();
    boards.dedup();
    let one = |board: &str| {
        let (was, now) = (was.get(board).unwrap_or(&nothing), now.get(board).unwrap_or(&nothing));
        let by = now.values().sum::<i64>() - was.values().sum::<i64>();
        match (by, was == now) {
            (0, true) => None,
            (0, false) => Some(Changed::SeatsElsewhere { board: board.to_owned() }),
            (by, _) => Some(Changed::Seats { board: board.to_owned(), by }),
        }
    };
    boards.into_iter().filter_map(one).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn file(candidates: &[&str], seats: [u32; 2], extra: Value) -> WaveFile {
        let person = |id: &&str| json!({ "id": id, "bouwen": ["onderbouw"] });
        let school = |id: &str, count: u32| json!({ "id": id, "bestuur": "B1", "plekken": [{ "bouw": "onderbouw", "aantal": count }] });
        let mut file = json!({
            "formaat": "loket-lichting/1", "id": "w", "fase": "opleiding", "besturen": [{ "id": "B1" }],
            "scholen": [school("S1", seats[0]), school("S2", seats[1])], "coaches": [{ "id": "K1", "maximum": 5, "uren": 100 }],
            "kandidaten": candidates.iter().map(person).collect::<Vec<_>>(),
        });
        file.as_object_mut().unwrap().extend(extra.as_object().unwrap().clone());
        WaveFile::read(file.to_string().as_bytes()).unwrap()
    }

    #[test]
    fn who_came_and_went_and_whose_seats_changed_is_counted() {
        let was = file(&["Z1", "Z2"], [2, 1], json!({}));
        assert_eq!(changed(&was, &was), []);
        let now = file(&["Z2", "Z3", "Z4"], [2, 3], json!({}));
        assert_eq!(changed(&was, &now), [Changed::Came(2), Changed::Went(1), Changed::Seats { board: "B1".into(), by: 2 }]);
        let elsewhere = file(&["Z1", "Z2"], [1, 2], json!({}));
        assert_eq!(changed(&was, &elsewhere), [Changed::SeatsElsewhere { board: "B1".into() }]);
        let policy = file(&["Z1", "Z2"], [2, 1], json!({ "beleid": { "max_wijzigingen": 3 } }));
        assert_eq!(changed(&was, &policy), [Changed::Policy]);
        let coach = file(&["Z1", "Z2"], [2, 1], json!({ "coaches": [{ "id": "K1", "maximum": 6, "uren": 100 }] }));
        assert_eq!(changed(&was, &coach), [Changed::CoachesOtherwise(1)]);
        let rest = file(&["Z1", "Z2"], [2, 1], json!({ "reistijden": [{ "van": "Z1", "naar": "S1", "minuten": 9 }] }));
        assert_eq!(changed(&was, &rest), [Changed::Rest]);
    }
}
