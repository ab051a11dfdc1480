//! The made-up city of the demo: boards with names, and waves that share no person, school or coach.

use loket_instances::generate::{Options, Preset, generate};
use loket_solver::matching::facts::words::Phase;
use serde_json::{Value, json};

use super::days::Term;

/// Boards in the order of their numbers; all names are made up.
const BOARDS: [&str; 37] = [
    "De Kade",
    "Vaart",
    "De Linde",
    "Tuinstad",
    "De Bron",
    "De Werf",
    "Vaart en Veld",
    "De Brug",
    "Meerzicht",
    "De Sluis",
    "Waterkant",
    "De Haven",
    "Oosterlicht",
    "De Molen",
    "Zuiderpark",
    "De Anker",
    "Noorderlicht",
    "De Gracht",
    "Westerhof",
    "De Dijk",
    "Plantage",
    "De Polder",
    "Rietveld",
    "De Ster",
    "Eikenlaan",
    "De Toren",
    "Kompas",
    "De Veste",
    "Horizon",
    "De Kolk",
    "Lindehof",
    "De Schans",
    "Parkstad",
    "De Zeven",
    "Ringvaart",
    "De Baken",
    "Het Eiland",
];

/// The board that the demo is looked at as, and its person of human resources.
pub const BOARD: &str = "B06";
/// The coach that the demo is looked at as, in the wave under review.
pub const COACH: &str = "K12";

/// Which wave of the city.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Began: published, and a coach falls out.
    Began,
    /// Under review: the wave of the command `generate --preset amsterdam --candidates 150 --seed 1`.
    Next,
    /// Being solved, which takes a while.
    Soon,
}

impl Part {
    fn options(self) -> Options {
        let mut options = Options::new(Preset::Amsterdam);
        match self {
            Self::Began => (options.candidates, options.seed, options.schools) = (Some(90), 2, Some(60)),
            Self::Next => (options.candidates, options.seed) = (Some(150), 1),
            Self::Soon => {
                (options.candidates, options.seed) = (Some(260), 1);
                // Hours so scarce that it takes minutes to prove what is best.
                (options.phase, options.tightness) = (Phase::Werkervaring, 92);
            }
        }
        options
    }

    /// What is put before the numbers of people, schools and coaches, so that no two parts have the same.
    fn apart(self) -> &'static str {
        match self {
            Self::Began => "1",
            Self::Next => "",
            Self::Soon => "2",
        }
    }
}

/// A wave of the city.
pub fn wave(part: Part, term: &Term) -> Value {
    let mut wave = generate(&part.options());
    if part != Part::Next {
        renumber(&mut wave, part.apart());
    }
    // One list of boards for all, so that each row of the register is what every wave says.
    let mut boards = generate(&Part::Next.options())["besturen"].take();
    for (board, name) in boards.as_array_mut().into_iter().flatten().zip(BOARDS) {
        board["naam"] = json!(format!("Stichting {name}"));
        if let Some(board) = board.as_object_mut() {
            board.remove("maximum");
        }
    }
    wave["besturen"] = boards;
    (wave["id"], wave["naam"]) = (json!(term.id), json!(term.name));
    wave
}

/// Puts a figure into every id of a candidate, school or coach.
fn renumber(value: &mut Value, apart: &str) {
    match value {
        Value::String(text) if is_id(text) => text.insert_str(1, apart),
        Value::Array(all) => all.iter_mut().for_each(|it| renumber(it, apart)),
        Value::Object(all) => all.values_mut().for_each(|it| renumber(it, apart)),
        _ => {}
    }
}

fn is_id(text: &str) -> bool {
    let mut letters = text.chars();
    letters.next().is_some_and(|it| "ZSK".contains(it)) && text.len() > 2 && letters.all(|it| it.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::serve::demo::days::Terms;

    fn ids(wave: &Value) -> BTreeSet<String> {
        let all = ["kandidaten", "scholen", "coaches"].into_iter().flat_map(|list| wave[list].as_array().into_iter().flatten());
        all.filter_map(|it| it["id"].as_str().map(str::to_owned)).collect()
    }

    #[test]
    fn the_waves_share_boards_and_nobody() {
        let terms = Terms::on("2026-11-25".parse().unwrap());
        let [began, next, soon] =
            [(Part::Began, &terms.began), (Part::Next, &terms.next), (Part::Soon, &terms.soon)].map(|(part, term)| wave(part, term));
        assert_eq!(began["besturen"], soon["besturen"]);
        assert_eq!(next["besturen"][5], json!({ "id": BOARD, "naam": "Stichting De Werf", "noodplan": true }));
        for (one, other) in [(&began, &next), (&began, &soon), (&next, &soon)] {
            assert!(ids(one).is_disjoint(&ids(other)));
        }
        assert!(ids(&next).contains(COACH));
    }
}
