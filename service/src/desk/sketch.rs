//! The ids in a wave file: all that a decision needs to know of it.

use serde::{Deserialize, Serialize};

use crate::store::Error;

/// One id of a wave file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Named {
    /// What has it: kandidaat, coach, school or plek.
    #[serde(rename = "soort")]
    pub kind: &'static str,
    /// The school of a seat group; empty otherwise.
    #[serde(rename = "van")]
    pub of: String,
    /// The id.
    pub id: String,
}

#[derive(Deserialize)]
struct File {
    #[serde(default)]
    scholen: Vec<School>,
    #[serde(default)]
    coaches: Vec<Row>,
    #[serde(default)]
    kandidaten: Vec<Row>,
}

#[derive(Deserialize)]
struct Row {
    id: String,
}

#[derive(Deserialize)]
struct School {
    id: String,
    #[serde(default)]
    plekken: Vec<Seats>,
}

/// A seat group without an id is called after its bouw.
#[derive(Deserialize)]
struct Seats {
    id: Option<String>,
    bouw: String,
}

/// The ids in a wave file as it is kept.
///
/// # Errors
/// When what was kept is no wave file.
pub fn sketch(file: &[u8]) -> Result<Vec<Named>, Error> {
    let File { scholen, coaches, kandidaten } = serde_json::from_slice(file)?;
    let own = |kind: &'static str, rows: Vec<Row>| rows.into_iter().map(move |row| Named { kind, of: String::new(), id: row.id });
    let mut all: Vec<Named> = own("kandidaat", kandidaten).chain(own("coach", coaches)).collect();
    for school in scholen {
        let of = |seats: Seats| Named { kind: "plek", of: school.id.clone(), id: seats.id.unwrap_or(seats.bouw) };
        all.extend(school.plekken.into_iter().map(of));
        all.push(Named { kind: "school", of: String::new(), id: school.id });
    }
    Ok(all)
}

#[cfg(test)]
mod tests {
    use loket_instances::matching::wave_file::WaveFile;
    use serde_json::json;

    use super::*;

    #[test]
    fn every_id_of_a_file_as_it_is_kept_is_found_also_of_seats_that_name_none() {
        let file = json!({
            "formaat": "loket-lichting/1", "id": "w", "fase": "opleiding", "besturen": [{ "id": "B1" }],
            "scholen": [{ "id": "S1", "bestuur": "B1", "lat": 52.0, "lon": 4.0,
                "plekken": [{ "bouw": "onderbouw", "aantal": 1 }, { "id": "p", "bouw": "bovenbouw", "aantal": 2 }] }],
            "coaches": [{ "id": "K1", "lat": 52.0, "lon": 4.0, "maximum": 9, "uren": 540 }],
            "kandidaten": [{ "id": "Z1", "lat": 52.0, "lon": 4.0, "bouwen": ["onderbouw"] }],
        });
        let kept = WaveFile::read(file.to_string().as_bytes()).expect("a wave file").write();
        let found = sketch(&kept).expect("what was kept can be read");
        let told: Vec<_> = found.iter().map(|it| (it.kind, it.of.as_str(), it.id.as_str())).collect();
        let wanted = [("kandidaat", "", "Z1"), ("coach", "", "K1"), ("plek", "S1", "onderbouw"), ("plek", "S1", "p"), ("school", "", "S1")];
        assert_eq!(told, wanted);
        assert!(sketch(b"7").is_err());
    }
}
