//! The index beside the programs of a wave (`loket-model/1`): per file what is sought, and what we say comes of it.

use loket_solver::matching::facts::outcome::Verdict;
use loket_solver::matching::facts::words::Word;
use serde_json::{Map, Value, json};

use super::Format;

/// The format's name with its version.
pub const FORMAT: &str = "loket-model/1";

/// The whole index.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Index {
    /// `lichting`: the wave's id.
    pub wave: String,
    /// `invoer_sha256`: hash of the wave file's bytes, hexadecimal.
    pub input_sha256: String,
    /// `status` of our outcome.
    pub status: Verdict,
    /// `formaat_bestanden`: how the programs are written.
    pub format: Format,
    /// `bestanden`, in the order in which they build on each other.
    pub files: Vec<File>,
    /// `namen`: names that were too long, by what stands in their place.
    pub names: Vec<(String, String)>,
}

/// One program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// `bestand`: the file's name in the folder.
    pub name: String,
    /// `doel`: what is sought; `None` where only is asked whether there is a plan.
    pub goal: Option<String>,
    /// `kolommen` and `rijen`: how many columns and rows it has.
    pub size: (usize, usize),
    /// What we say comes of it; `None` where we say that no plan exists.
    pub known: Option<Known>,
}

/// What we say of a program: its most points.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Known {
    /// `beste`: V_i as found.
    pub best: i64,
    /// `bovengrens`: what is proven that it cannot exceed.
    pub bound: i64,
    /// `ondergrens`: what the files after this one keep of it.
    pub floor: i64,
}

impl Index {
    /// The index as its file has it.
    pub fn to_json(&self) -> Value {
        let names: Map<String, Value> = self.names.iter().map(|(short, whole)| (short.clone(), json!(whole))).collect();
        json!({
            "formaat": FORMAT,
            "lichting": self.wave,
            "invoer_sha256": self.input_sha256,
            "status": self.status.code(),
            "formaat_bestanden": self.format.code(),
            "bestanden": self.files.iter().map(|file| file.to_json(self.format)).collect::<Vec<_>>(),
            "namen": names,
        })
    }
}

impl File {
    fn to_json(&self, format: Format) -> Value {
        let mut row = json!({
            "bestand": self.name,
            "doel": self.goal,
            "richting": format.sense(),
            "kolommen": self.size.0,
            "rijen": self.size.1,
            "mogelijk": self.known.is_some(),
        });
        if let Some(Known { best, bound, floor }) = self.known {
            row["beste"] = json!(best);
            row["bovengrens"] = json!(bound);
            row["bewezen"] = json!(best == bound);
            row["ondergrens"] = json!(floor);
            row["optimum"] = json!(format.shown(best));
        }
        row
    }
}
