//! Files of open data as typed rows, ready to be held against the register.

use loket_instances::sheets::open::OpenKind;
use loket_instances::sheets::open::centroids::{Centroids, read_centroids};
use loket_instances::sheets::open::grid::Grid;
use loket_instances::sheets::open::locations::{Location, read_locations};
use loket_instances::sheets::open::pupils::{Pupils, read_pupils};
use loket_instances::sheets::open::scores::{Scores, read_scores};
use loket_instances::sheets::problem::{CODES as SHEET_CODES, Found};
use loket_instances::strict::problem::{CODES, Problem, Refusal};
use loket_solver::matching::facts::words::Word;
use serde::{Deserialize, Serialize};

/// What an import brings.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Incoming {
    /// Where schools are.
    pub locations: Option<Vec<Location>>,
    /// How many pupils they have.
    pub pupils: Option<Vec<Pupils>>,
    /// Their scores, with the year.
    pub scores: Option<(Scores, i64)>,
    /// Middles of postcode areas.
    pub centroids: Option<Centroids>,
    /// Only schools of this municipality; none for all of them.
    pub municipality: Option<String>,
    /// What is worth knowing of the files, in Dutch.
    pub notices: Vec<String>,
}

/// What one file brings. `year` is that of scores, where the file does not say it.
///
/// # Errors
/// Everything that is wrong with the file.
pub fn read(kind: OpenKind, bytes: &[u8], year: Option<i64>) -> Result<Incoming, Refusal> {
    let mut into = Incoming::default();
    let grid = Grid::read(kind.code(), bytes).map_err(refusal)?;
    let notices = match kind {
        OpenKind::Vestigingen => {
            let read = read_locations(&grid).map_err(refusal)?;
            into.locations = Some(read.rows);
            read.notices
        }
        OpenKind::Leerlingen => {
            let read = read_pupils(&grid).map_err(refusal)?;
            into.pupils = Some(read.rows);
            read.notices
        }
        OpenKind::Scores => {
            let read = read_scores(&grid).map_err(refusal)?;
            let Some(year) = year.or(read.rows.year.map(i64::from)) else {
                let what = "van welk jaar deze scores zijn, staat niet in de namen van de kolommen";
                return Err(one("ontbreekt", "jaar", what, "geef het jaar mee"));
            };
            if read.rows.without > 0 {
                into.notices.push(format!("{} scholen in het scorebestand hebben geen score", read.rows.without));
            }
            into.scores = Some((read.rows, year));
            read.notices
        }
        OpenKind::Pc4 => {
            let read = read_centroids(&grid).map_err(refusal)?;
            into.centroids = Some(read.rows);
            read.notices
        }
    };
    into.notices.extend(notices.into_iter().map(|it| format!("{}: {}", it.at.words(), it.text)));
    Ok(into)
}

/// What files bring together.
///
/// # Errors
/// Everything that is wrong with them, of every file.
pub fn together(files: impl IntoIterator<Item = Result<Incoming, Refusal>>, municipality: Option<String>) -> Result<Incoming, Refusal> {
    let mut all = Incoming { municipality, ..Incoming::default() };
    let mut wrong: Option<Refusal> = None;
    for file in files {
        match (file, &mut wrong) {
            (Ok(one), _) => {
                all.locations = one.locations.or(all.locations);
                all.pupils = one.pupils.or(all.pupils);
                all.scores = one.scores.or(all.scores);
                all.centroids = one.centroids.or(all.centroids);
                all.notices.extend(one.notices);
            }
            (Err(found), None) => wrong = Some(found),
            (Err(found), Some(before)) => {
                before.problems.extend(found.problems);
                before.more += found.more;
            }
        }
    }
    wrong.map_or(Ok(all), Err)
}

/// What a file brought, as one process tells it to another.
#[derive(Serialize, Deserialize)]
enum Told {
    /// Its rows.
    Read(Incoming),
    /// What is wrong with it: code, pointer, place, what, remedy; and how much is not listed.
    Refused(Vec<[String; 5]>, usize),
}

/// A file that was read, in bytes that [`heard`] takes.
///
/// # Errors
/// None that these rows have.
pub fn told(read: Result<Incoming, Refusal>) -> serde_json::Result<Vec<u8>> {
    let five = |it: Problem| [it.code.to_owned(), it.pointer, it.place, it.what, it.remedy];
    serde_json::to_vec(&match read {
        Ok(incoming) => Told::Read(incoming),
        Err(refusal) => Told::Refused(refusal.problems.into_iter().map(five).collect(), refusal.more),
    })
}

/// What another process told of a file; nothing when that is not it.
pub fn heard(bytes: &[u8]) -> Option<Result<Incoming, Refusal>> {
    let problem = |[code, pointer, place, what, remedy]: [String; 5]| {
        // Whoever asked gets a code that is known, whatever the child says.
        let code = CODES.iter().chain(SHEET_CODES).copied().find(|it| *it == code).unwrap_or("bestand");
        Problem { code, pointer, place, what, remedy }
    };
    Some(match serde_json::from_slice(bytes).ok()? {
        Told::Read(incoming) => Ok(incoming),
        Told::Refused(problems, more) if !problems.is_empty() => {
            Err(Refusal { problems: problems.into_iter().map(problem).collect(), more, notices: Vec::new() })
        }
        Told::Refused(..) => return None,
    })
}

fn one(code: &'static str, pointer: &str, what: &str, remedy: &str) -> Refusal {
    let problem = Problem { code, pointer: pointer.into(), place: pointer.into(), what: what.into(), remedy: remedy.into() };
    Refusal { problems: vec![problem], more: 0, notices: Vec::new() }
}

/// What was found in a file as every refusal has it: a place is `/rij/kolom`.
pub fn refusal(found: Found) -> Refusal {
    let more = found.more;
    let problem = |it: loket_instances::sheets::problem::SheetProblem| {
        let column = it.at.header.as_deref().map(|it| format!("/{}", it.replace('~', "~0").replace('/', "~1"))).unwrap_or_default();
        let pointer = it.at.row.map(|row| format!("/{row}{column}")).unwrap_or_default();
        Problem { code: it.code, pointer, place: it.at.words(), what: it.what, remedy: it.remedy }
    };
    let mut problems: Vec<Problem> = found.problems.into_iter().map(problem).collect();
    if more > 0 {
        problems.push(Problem {
            code: "meer",
            pointer: String::new(),
            place: "het hele bestand".into(),
            what: format!("er zijn nog {more} problemen die hier niet staan"),
            remedy: "los eerst de problemen hierboven op en lees het bestand opnieuw in".into(),
        });
    }
    Refusal { problems, more, notices: Vec::new() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_one_process_tells_another_hears() {
        let list = "VESTIGINGSCODE;VESTIGINGSNAAM;BEVOEGD GEZAG NUMMER;SOORT;lat;lon;extra\n98XA00;Een;98001;sbo;52,37;4,89;x\n98XB00;Twee;98001;;;;\n";
        let pupils = "VESTIGINGSCODE;LEERLINGEN_2024;LEERLINGEN_2025\n98XA00;<5;0\n98XB00;;210\n";
        let scores = "vestiging;leerlingen_bekostigd_2019;achterstandsscore_zonder_drempel_2019\n98XA00;100;12,34\n98XB00;;\n";
        let middles = "pc4;lat;lon\n1012;52,37;4,89\n";
        let files = [(OpenKind::Vestigingen, list), (OpenKind::Leerlingen, pupils), (OpenKind::Scores, scores), (OpenKind::Pc4, middles)];
        for (kind, text) in files {
            let read = read(kind, text.as_bytes(), None);
            assert!(read.is_ok(), "{read:?}");
            assert_eq!(heard(&told(read.clone()).expect("bytes")), Some(read), "{}", kind.code());
            let wrong = super::read(kind, text.replace("98XA00", "?").replace("1012", "?").as_bytes(), None);
            assert!(wrong.as_ref().is_err_and(|it| ["brin", "postcode"].contains(&it.problems[0].code)), "{wrong:?}");
            assert_eq!(heard(&told(wrong.clone()).expect("bytes")), Some(wrong), "{}", kind.code());
        }
        for nothing in [&b""[..], b"{}", b"{\"Refused\":[[],0]}", b"[1]"] {
            assert_eq!(heard(nothing), None);
        }
    }
}
