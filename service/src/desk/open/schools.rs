//! An import held against the register: which boards and schools are new, changed and gone, and what keeps it from being taken over.

use std::collections::{BTreeMap, BTreeSet};

use loket_instances::sheets::open::centroids::Centroids;
use loket_instances::sheets::open::locations::{Location, same_name};
use loket_instances::sheets::open::pupils::{Count, Pupils};
use loket_instances::sheets::open::scores::{Score, ranked};
use loket_instances::strict::problem::Problem;
use loket_solver::matching::facts::words::Word;
use serde_json::{Map, Value};

use super::gone::Standing;
use super::merge::{Settled, field, settle};
use super::{Incoming, Known, Plan, by_code, gone};
use crate::records::open::{Difference, DifferenceKind, Field, PlaceFrom, Source, SourcePlace, SourcePupils, SourceScore};
use crate::records::register::Row;

/// A school at work.
struct Work<'k> {
    was: Option<&'k Row>,
    row: Row,
    last: Option<&'k Source>,
    source: Source,
    fields: Vec<Field>,
    remarks: Vec<String>,
}

/// Everything at work.
struct Desk<'k> {
    known: &'k Known,
    centroids: Centroids,
    /// Ids by code, also of schools that are made.
    ids: BTreeMap<String, String>,
    rows: BTreeMap<&'k str, &'k Row>,
    works: BTreeMap<String, Work<'k>>,
    boards: Boards,
    plan: Plan,
}

/// Boards of the register by number.
#[derive(Default)]
struct Boards {
    ids: BTreeMap<String, String>,
    new: BTreeMap<String, Option<String>>,
}

/// Holds an import against the register. `standing` is what stands with the schools that are [`gone`].
pub fn compare(incoming: &Incoming, known: &Known, standing: &Standing) -> Plan {
    let mut desk = Desk {
        known,
        centroids: known.centroids.clone(),
        ids: by_code(known),
        rows: known.schools.iter().map(|it| (it.id.as_str(), it)).collect(),
        works: BTreeMap::new(),
        boards: Boards::default(),
        plan: Plan { notices: incoming.notices.clone(), ..Plan::default() },
    };
    let mut areas = desk.areas(incoming);
    if let Some(locations) = &incoming.locations {
        desk.locations(locations, incoming.municipality.as_deref());
    }
    if let Some(pupils) = &incoming.pupils {
        pupils.iter().for_each(|it| desk.pupils(it));
    }
    if let Some((scores, year)) = &incoming.scores {
        desk.scores(&scores.schools, *year, incoming);
    }
    desk.one_board_each();
    let (mut plan, works) = (desk.plan, desk.works);
    let mut differences = boards(&mut plan, desk.boards);
    differences.extend(schools(&mut plan, works));
    differences.extend(missing(&mut plan, incoming, known, standing));
    differences.append(&mut areas);
    plan.differences = differences;
    plan
}

impl<'k> Desk<'k> {
    /// Postcode areas that are new or lie elsewhere.
    fn areas(&mut self, incoming: &Incoming) -> Vec<Difference> {
        let mut differences = Vec::new();
        let Some(centroids) = &incoming.centroids else { return differences };
        for (pc4, place) in centroids.iter() {
            let was = self.known.centroids.place(pc4);
            if was == Some(place) {
                continue;
            }
            let shown = |it: loket_instances::sheets::open::numbers::Place| place_text(it.lat, it.lon);
            let fields = vec![field("plaats", was.map(shown), shown(place), Settled::Changes)];
            differences.push(Difference { kind: DifferenceKind::Pc4, id: pc4.into(), name: None, fields, remarks: Vec::new() });
            self.plan.centroids.push((pc4.into(), place.lat, place.lon));
        }
        self.plan.counts.pc4 = count(differences.len());
        let known = self.known.centroids.iter().map(|(pc4, place)| (pc4.to_owned(), place));
        let new = centroids.iter().map(|(pc4, place)| (pc4.to_owned(), place));
        self.centroids = Centroids::of(known.chain(new));
        differences
    }

    /// The row with this code at work; none when it ended, or when it is at work for another code.
    fn work(&mut self, code: &str) -> Option<&mut Work<'k>> {
        let id = self.ids.get(code)?.clone();
        let work = match self.works.entry(id) {
            std::collections::btree_map::Entry::Occupied(work) => work.into_mut(),
            std::collections::btree_map::Entry::Vacant(free) => {
                let was = *self.rows.get(free.key().as_str())?;
                if was.until.is_some() {
                    return None;
                }
                let last = self.known.sources.get(free.key());
                let source = Source { vestigingscode: code.to_owned(), ..last.cloned().unwrap_or_default() };
                let row = was.clone();
                free.insert(Work { was: Some(was), row, last, source, fields: Vec::new(), remarks: Vec::new() })
            }
        };
        (work.source.vestigingscode == code).then_some(work)
    }

    fn locations(&mut self, all: &[Location], municipality: Option<&str>) {
        let here: Vec<&Location> = all.iter().filter(|it| municipality.is_none_or(|area| it.is_in(area))).collect();
        if let (Some(area), true) = (municipality, here.is_empty()) {
            let named = all.iter().any(|it| it.municipality.is_some());
            let what = match named {
                true => format!("er is geen enkele school in gemeente {area}"),
                false => "in dit bestand staan geen gemeenten".into(),
            };
            self.wrong("leeg", String::new(), "vestigingen".into(), what, "verbeter de naam van de gemeente, of laat haar weg");
        }
        self.plan.counts.scholen = count(here.len());
        self.four_letter_brins(&here);
        let named: BTreeSet<&String> = all.iter().filter_map(|it| self.ids.get(&it.code)).collect();
        let outside = |it: &&Row| it.until.is_none() && !named.contains(&it.id) && !self.known.sources.contains_key(&it.id);
        self.plan.counts.scholen_buiten = count(self.known.schools.iter().filter(outside).count());
        self.known_boards(&here);
        here.into_iter().for_each(|it| self.location(it));
    }

    /// A school whose BRIN has no number of a building is the one school of that institution, where there is only one.
    fn four_letter_brins(&mut self, here: &[&Location]) {
        let mut of: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        here.iter().for_each(|it| of.entry(it.code.get(..4).unwrap_or_default()).or_default().push(&it.code));
        for (institution, codes) in of {
            let mut rows = self.known.schools.iter().filter(|it| it.brin.as_deref() == Some(institution));
            if let ([code], Some(row), None) = (&codes[..], rows.next(), rows.next()) {
                self.ids.entry((*code).to_owned()).or_insert_with(|| row.id.clone());
            }
        }
    }

    /// Which board of the register has which number: its id says so, or every school that it has in the files does.
    fn known_boards(&mut self, here: &[&Location]) {
        let mut votes: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for it in here {
            let id = self.ids.get(&it.code);
            let Some(row) = id.and_then(|id| self.rows.get(id.as_str())) else { continue };
            let last = self.known.sources.get(&row.id).and_then(|source| source.bevoegd_gezag.as_deref());
            if let Some(board) = row.board.as_deref().filter(|_| last.is_none_or(|last| last == it.board)) {
                votes.entry(&it.board).or_default().insert(board);
            }
        }
        for it in here {
            if self.boards.ids.contains_key(&it.board) {
                continue;
            }
            let voted = votes.get(it.board.as_str()).filter(|all| all.len() == 1).and_then(|all| all.iter().next());
            let id = match (self.known.boards.contains(&it.board), voted) {
                (false, Some(voted)) => {
                    let text = format!("bevoegd gezag {} is bestuur {voted} van het register", it.board);
                    self.plan.notices.push(text);
                    (*voted).to_owned()
                }
                (there, _) => {
                    if !there {
                        self.boards.new.insert(it.board.clone(), it.board_name.clone());
                    }
                    it.board.clone()
                }
            };
            self.boards.ids.insert(it.board.clone(), id);
        }
    }

    fn location(&mut self, it: &Location) {
        let ended = self.ids.get(&it.code).and_then(|id| self.rows.get(id.as_str())).is_some_and(|row| row.until.is_some());
        if ended {
            self.plan.counts.scholen_beeindigd += 1;
            return;
        }
        let board = self.boards.ids.get(&it.board).cloned().unwrap_or_else(|| it.board.clone());
        if !self.ids.contains_key(&it.code) {
            self.ids.insert(it.code.clone(), it.code.clone());
            let row = Row { board: Some(board.clone()), brin: Some(it.code.clone()), ..Row::new(&it.code, Map::new()) };
            let source = Source { vestigingscode: it.code.clone(), ..Source::default() };
            let fields = vec![
                field("bestuur", Value::Null, board.clone(), Settled::Changes),
                field("brin", Value::Null, it.code.clone(), Settled::Changes),
            ];
            let new = Work { was: None, row, last: None, source, fields, remarks: Vec::new() };
            self.works.insert(it.code.clone(), new);
        }
        let place = self.place(it);
        let last_board = self.ids.get(&it.code).and_then(|id| self.known.sources.get(id)).and_then(|it| it.bevoegd_gezag.clone());
        let last_board = last_board.map(|number| self.boards.ids.get(&number).cloned().unwrap_or(number));
        let Some(work) = self.work(&it.code) else {
            let what = format!("vestiging {} hoort bij een school van het register die al bij een andere vestiging hoort", it.code);
            return self.wrong("dubbel", at(it, "VESTIGINGSCODE"), row_words(it), what, "verbeter de BRIN van die school in het register");
        };
        work.text("naam", "naam", |source| &mut source.naam, Some(&it.name));
        if work.last.is_none_or(|last| last.bevoegd_gezag.as_deref() != Some(it.board.as_str())) && work.was.is_some() {
            let settled = settle(last_board.as_ref(), work.row.board.as_ref(), &board);
            work.change("bestuur", work.row.board.clone(), board.clone(), settled);
            if settled == Settled::Changes {
                work.row.board = Some(board);
            }
        }
        if work.row.brin.is_none() {
            work.change("brin", Value::Null, it.code.clone(), Settled::Changes);
            work.row.brin = Some(it.code.clone());
        }
        work.text("denominatie", "denominatie", |source| &mut source.denominatie, it.denomination.as_ref());
        work.kind(it.kind.map(Word::code));
        work.source.bevoegd_gezag = Some(it.board.clone());
        work.source.postcode = it.postcode.clone().or(work.source.postcode.take());
        work.source.gemeente = it.municipality.clone().or(work.source.gemeente.take());
        let placed = work.placed(place, it.pc4());
        let without = work.row_place().is_none();
        match placed {
            true => self.plan.counts.plaats_pc4 += 1,
            false if without => {
                self.plan.counts.zonder_plaats += 1;
                if let (Some(pc4), false) = (it.pc4(), self.centroids.is_empty()) {
                    let what = format!("postcode {pc4} staat niet in de tabel met postcodes, en de school heeft geen plaats");
                    let remedy = "lees een nieuwere tabel in met loket import pc4, of geef lat en lon in kolommen mee";
                    self.wrong("postcode", at(it, "POSTCODE"), row_words(it), what, remedy);
                }
            }
            false => {}
        }
    }

    /// Where a school is: as the file says, or the middle of its postcode area.
    fn place(&self, it: &Location) -> Option<SourcePlace> {
        let own = it.place.map(|place| (place, PlaceFrom::Bestand));
        let middle = || Some((self.centroids.place(it.postcode.as_deref()?)?, PlaceFrom::Pc4));
        own.or_else(middle).map(|(place, van)| SourcePlace { lat: place.lat, lon: place.lon, van })
    }

    fn pupils(&mut self, it: &Pupils) {
        let Some(work) = self.work(&it.code) else {
            self.plan.counts.onbekend += 1;
            return;
        };
        if let Some((jaar, many)) = it.latest() {
            let new = SourcePupils { jaar, aantal: many.most(), verborgen: many == Count::Hidden };
            if work.source.leerlingen != Some(new) {
                let settled = Settled::Changes;
                work.change("leerlingen", work.source.leerlingen.as_ref().map(pupils_text), pupils_text(&new), settled);
                work.source.leerlingen = Some(new);
                if many == Count::Closed {
                    work.remarks.push(format!("heeft in {jaar} geen leerlingen: gesloten, of nog niet open"));
                }
            }
        }
        work.kind(it.kind.map(Word::code));
    }

    fn scores(&mut self, all: &[Score], year: i64, incoming: &Incoming) {
        let area = incoming.municipality.as_deref();
        let codes: Option<BTreeSet<&str>> = area.map(|area| match &incoming.locations {
            Some(locations) => locations.iter().filter(|it| it.is_in(area)).map(|it| it.code.as_str()).collect(),
            None => {
                let there = self.known.sources.values().filter(|it| it.gemeente.as_deref().is_some_and(|it| same_name(it, area)));
                there.map(|it| it.vestigingscode.as_str()).collect()
            }
        });
        let among: Vec<&Score> = all.iter().filter(|it| codes.as_ref().is_none_or(|codes| codes.contains(it.code.as_str()))).collect();
        if let (Some(area), true) = (area, among.is_empty()) {
            let what = format!("van geen enkele school in gemeente {area} is een score bekend");
            self.wrong("leeg", String::new(), "scores".into(), what, "lees eerst de vestigingen in, of laat de gemeente weg");
        }
        for (code, rank) in ranked(&among) {
            let Some(work) = self.work(&code) else {
                self.plan.counts.onbekend += 1;
                continue;
            };
            let register = work.row.number("doelgroep");
            let last = work.last.and_then(|it| it.score.as_ref()).map(|it| i64::from(it.doelgroep));
            let new = i64::from(rank.target_group);
            let settled = settle(last.as_ref(), register.as_ref(), &new);
            work.change("doelgroep", register, new, settled);
            if settled == Settled::Changes {
                work.row.data.insert("doelgroep".into(), new.into());
            }
            if !rank.reliable && settled != Settled::Same {
                work.remarks.push("de score zegt weinig: de school heeft 40 leerlingen of minder".into());
            }
            // As the list of schools writes it, so that another way to type it is no news.
            let listed = work.source.gemeente.clone().filter(|it| area.is_some_and(|area| same_name(it, area)));
            let gemeente = listed.or_else(|| area.map(str::to_owned));
            let score = SourceScore { jaar: year, doelgroep: rank.target_group, betrouwbaar: rank.reliable, gemeente };
            work.source.score = Some(score);
            self.plan.counts.score_onbetrouwbaar += i64::from(!rank.reliable);
        }
    }

    /// All buildings of one BRIN belong to one board: whoever signs in through a school is known by it.
    fn one_board_each(&mut self) {
        let touched = |it: &Work<'_>| it.was.is_none_or(|was| (&was.board, &was.brin) != (&it.row.board, &it.row.brin));
        let institution = |row: &Row| row.brin.as_deref().and_then(|it| it.get(..4)).map(str::to_owned);
        let brins: BTreeSet<String> = self.works.values().filter(|it| touched(it)).filter_map(|it| institution(&it.row)).collect();
        let mut boards: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        let others = self.known.schools.iter().filter(|it| !self.works.contains_key(&it.id));
        for row in others.chain(self.works.values().map(|it| &it.row)) {
            if let (Some(brin), Some(board)) = (institution(row).filter(|it| brins.contains(it)), &row.board) {
                boards.entry(brin).or_default().insert(board.clone());
            }
        }
        for (brin, boards) in boards.into_iter().filter(|it| it.1.len() > 1) {
            let boards: Vec<String> = boards.into_iter().collect();
            let what = format!("de vestigingen van BRIN {brin} zouden bij verschillende besturen horen: {}", boards.join(", "));
            let remedy = "zet in het register het bestuur van deze scholen gelijk, of haal de BRIN weg bij wie hem niet heeft";
            self.wrong("dubbel", String::new(), format!("BRIN {brin}"), what, remedy);
        }
    }

    fn wrong(&mut self, code: &'static str, pointer: String, place: String, what: String, remedy: &str) {
        if self.plan.problems.len() < loket_instances::strict::problem::MOST_PROBLEMS {
            self.plan.problems.push(Problem { code, pointer, place, what, remedy: remedy.into() });
        }
    }
}

impl Work<'_> {
    /// Notes a value that changes, or that stays although the file says otherwise.
    fn change(&mut self, name: &str, was: impl Into<Value>, now: impl Into<Value>, settled: Settled) {
        if settled != Settled::Same {
            self.fields.push(field(name, was, now, settled));
        }
    }

    /// A text of the row; a file that does not have it says nothing.
    fn text(&mut self, name: &str, key: &str, of: impl Fn(&mut Source) -> &mut Option<String>, new: Option<&String>) {
        let Some(new) = new else { return };
        let last = self.last.cloned().and_then(|mut it| of(&mut it).take());
        let register = self.row.data.get(key).and_then(Value::as_str).map(str::to_owned);
        let settled = settle(last.as_ref(), register.as_ref(), new);
        self.change(name, register, new.clone(), settled);
        if settled == Settled::Changes {
            self.row.data.insert(key.into(), new.clone().into());
        }
        *of(&mut self.source) = Some(new.clone());
    }

    /// The kind of the school; a row without one is bo.
    fn kind(&mut self, new: Option<&'static str>) {
        let Some(new) = new.map(str::to_owned) else { return };
        let last = self.last.and_then(|it| it.soort.clone());
        let register = self.row.data.get("soort").and_then(Value::as_str).unwrap_or("bo").to_owned();
        let settled = settle(last.as_ref(), Some(&register), &new);
        self.change("soort", register, new.clone(), settled);
        if settled == Settled::Changes {
            self.row.data.insert("soort".into(), new.clone().into());
        }
        self.source.soort = Some(new);
    }

    /// The place of the row, in units of 0.00001 degree.
    fn row_place(&self) -> Option<(i64, i64)> {
        let units = |key: &str| self.row.data.get(key).and_then(Value::as_f64).map(|it| (it * 100_000.0).round() as i64);
        Some((units("lat")?, units("lon")?))
    }

    /// Puts the place; whether the school is at the middle of its postcode area. Such a middle never takes the place of a better one.
    fn placed(&mut self, new: Option<SourcePlace>, pc4: Option<&str>) -> bool {
        let (last, register) = (self.last.and_then(|it| it.plaats), self.row_place());
        let Some(new) = new else { return false };
        let pair = |it: SourcePlace| (it.lat, it.lon);
        let worse = new.van == PlaceFrom::Pc4 && register.is_some() && last.is_none_or(|it| it.van == PlaceFrom::Bestand);
        if worse {
            return false;
        }
        let settled = settle(last.map(pair).as_ref(), register.as_ref(), &pair(new));
        self.change("plaats", register.map(|(lat, lon)| place_text(lat, lon)), place_text(new.lat, new.lon), settled);
        if settled == Settled::Changes {
            for (key, units) in [("lat", new.lat), ("lon", new.lon)] {
                self.row.data.insert(key.into(), (units as f64 / 100_000.0).into());
            }
            if let (PlaceFrom::Pc4, Some(pc4)) = (new.van, pc4) {
                self.remarks.push(format!("de plaats is het midden van postcode {pc4}"));
            }
        }
        self.source.plaats = Some(new);
        new.van == PlaceFrom::Pc4 && self.row_place() == Some(pair(new))
    }
}

/// Boards to be made, as differences.
fn boards(plan: &mut Plan, boards: Boards) -> Vec<Difference> {
    let mut differences = Vec::new();
    for (id, name) in boards.new {
        let mut data = Map::new();
        data.extend(name.clone().map(|name| ("naam".to_owned(), Value::from(name))));
        plan.boards.push(Row::new(&id, data));
        let fields = name.iter().map(|name| field("naam", Value::Null, name.clone(), Settled::Changes)).collect();
        differences.push(Difference { kind: DifferenceKind::BestuurNieuw, id, name, fields, remarks: Vec::new() });
    }
    plan.counts.besturen_nieuw = count(differences.len());
    differences
}

/// Schools that are new or changed, as differences: the new ones first.
fn schools(plan: &mut Plan, works: BTreeMap<String, Work<'_>>) -> Vec<Difference> {
    let (mut new, mut changed) = (Vec::new(), Vec::new());
    for (id, mut work) in works {
        if work.last != Some(&work.source) {
            plan.sources.push((id.clone(), work.source.clone()));
        }
        plan.counts.velden_behouden += count(work.fields.iter().filter(|it| it.kept).count());
        let kind = if work.was.is_some() { DifferenceKind::SchoolGewijzigd } else { DifferenceKind::SchoolNieuw };
        if work.was.is_some_and(|was| *was != work.row) {
            work.row.version += 1;
        }
        if work.was != Some(&work.row) {
            plan.schools.push(work.row.clone());
        }
        if work.fields.is_empty() {
            plan.counts.scholen_ongewijzigd += 1;
            continue;
        }
        let name = work.row.data.get("naam").and_then(Value::as_str).map(str::to_owned);
        let line = Difference { kind, id, name, fields: work.fields, remarks: work.remarks };
        if work.was.is_some() { &mut changed } else { &mut new }.push(line);
    }
    (plan.counts.scholen_nieuw, plan.counts.scholen_gewijzigd) = (count(new.len()), count(changed.len()));
    new.append(&mut changed);
    new
}

/// Schools that are gone, as differences.
fn missing(plan: &mut Plan, incoming: &Incoming, known: &Known, standing: &Standing) -> Vec<Difference> {
    let names: BTreeMap<&str, Option<&str>> =
        known.schools.iter().map(|it| (it.id.as_str(), it.data.get("naam").and_then(Value::as_str))).collect();
    let mut differences = Vec::new();
    for id in gone(incoming, known) {
        let busy = standing.get(&id).copied().unwrap_or_default();
        let mut remarks = Vec::new();
        for (many, what) in [(busy.placements, "plaatsingen"), (busy.seats, "plekken")] {
            if many > 0 {
                remarks.push(format!("er zijn nog {what}: {many}"));
            }
        }
        let kind = if busy.is_some() { DifferenceKind::SchoolVerdwenenBezet } else { DifferenceKind::SchoolVerdwenen };
        if busy.is_some() {
            remarks.push("beëindig deze school zelf in het register, als dat klopt".into());
            plan.counts.scholen_verdwenen_bezet += 1;
        } else {
            plan.counts.scholen_verdwenen += 1;
            plan.gone.push(id.clone());
        }
        let name = names.get(id.as_str()).copied().flatten().map(str::to_owned);
        differences.push(Difference { kind, id, name, fields: Vec::new(), remarks });
    }
    differences
}

fn count(many: usize) -> i64 {
    i64::try_from(many).unwrap_or(i64::MAX)
}

/// A place as people read it, in degrees.
fn place_text(lat: i64, lon: i64) -> String {
    format!("{:.5}, {:.5}", lat as f64 / 100_000.0, lon as f64 / 100_000.0)
}

fn pupils_text(it: &SourcePupils) -> String {
    match it.verborgen {
        true => format!("minder dan 5 ({})", it.jaar),
        false => format!("{} ({})", it.aantal, it.jaar),
    }
}

/// Where a location stands in its file.
fn at(it: &Location, column: &str) -> String {
    format!("/{}/{column}", it.line)
}

fn row_words(it: &Location) -> String {
    format!("blad vestigingen, rij {}", it.line)
}
