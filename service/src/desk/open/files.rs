//! Files of open data as typed rows, ready to be held against the register.

use loket_instances::sheets::open::OpenKind;
use loket_instances::sheets::open::centroids::{Centroids, read_centroids};
use loket_instances::sheets::open::grid::Grid;
use loket_instances::sheets::open::locations::{Location, read_locations};
use loket_instances::sheets::open::pupils::{Pupils, read_pupils};
use loket_instances::sheets::open::scores::{Scores, read_scores};
use loket_instances::sheets::problem::Found;
use loket_instances::strict::problem::{Problem, Refusal};
use loket_solver::matching::facts::words::Word;

/// What an import brings.
#[derive(Clone, Debug, Default)]
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

/// Reads one file into what an import brings. `year` is that of scores, where the file does not say it.
///
/// # Errors
/// Everything that is wrong with the file.
pub fn read(into: &mut Incoming, kind: OpenKind, bytes: &[u8], year: Option<i64>) -> Result<(), Refusal> {
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
    Ok(())
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
