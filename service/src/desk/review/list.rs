//! The list to review: everybody in the plan with what was decided, whom to look at first, and the choices by which it is narrowed and sorted.

use std::collections::{BTreeMap, BTreeSet};

use loket_solver::matching::facts::ids::CandidateId;
use loket_solver::matching::facts::words::{Bouw, words};

use super::sight::{Focus, Sight, Tag};
use crate::desk::decision::Said;
use crate::records::decision::Decided;

words! {
    /// Where the decision about a proposal is.
    pub enum State {
        /// Nothing that stands was decided.
        ToDo = "te-doen",
        /// Agreed with.
        Agreed = "akkoord",
        /// Fixed.
        Fixed = "vast",
        /// Another place was chosen.
        Otherwise = "anders",
        /// Rejected.
        Rejected = "afgewezen",
    }
}

words! {
    /// Whose rows are shown.
    pub enum Shown {
        /// About whom there is something to do.
        ToDo = "te-doen",
        /// Everybody.
        All = "alles",
        /// About whom was decided.
        Done = "besloten",
        /// [`State::Agreed`].
        Agreed = "akkoord",
        /// [`State::Fixed`].
        Fixed = "vast",
        /// [`State::Otherwise`].
        Otherwise = "anders",
        /// [`State::Rejected`].
        Rejected = "afgewezen",
    }
}

impl Shown {
    fn has(self, state: State) -> bool {
        match self {
            Self::All => true,
            Self::ToDo => state == State::ToDo,
            Self::Done => state != State::ToDo,
            Self::Agreed => state == State::Agreed,
            Self::Fixed => state == State::Fixed,
            Self::Otherwise => state == State::Otherwise,
            Self::Rejected => state == State::Rejected,
        }
    }
}

words! {
    /// By what the list is sorted.
    pub enum Order {
        /// Whom to look at first.
        Attention = "aandacht",
        /// By name.
        Name = "naam",
        /// By school.
        School = "school",
        /// The longest journey first.
        Travel = "reis",
        /// The longest waiting first.
        Waiting = "wachttijd",
    }
}

words! {
    /// A part of the list.
    pub enum Section {
        /// Whom to look at well.
        Attention = "aandacht",
        /// Ordinary proposals.
        Ordinary = "gewoon",
        /// Who has no place.
        NoPlace = "geen-plaats",
    }
}

/// How the list is narrowed and sorted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Narrowed {
    /// Whose rows.
    pub shown: Shown,
    /// Only who asks for this kind of attention.
    pub focus: Option<Focus>,
    /// Only in this bouw.
    pub bouw: Option<Bouw>,
    /// Only at this school.
    pub school: Option<String>,
    /// Only at schools of this board.
    pub board: Option<String>,
    /// Only with this coach.
    pub coach: Option<String>,
    /// By what.
    pub order: Order,
    /// Rows that were decided about after this number of decisions stay where they were.
    pub since: Option<i64>,
}

impl Default for Narrowed {
    fn default() -> Self {
        Self { shown: Shown::ToDo, focus: None, bouw: None, school: None, board: None, coach: None, order: Order::Attention, since: None }
    }
}

/// One row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Who.
    pub id: CandidateId,
    /// By id.
    pub candidate: String,
    /// In which part.
    pub section: Section,
    /// What was decided.
    pub state: State,
    /// Whether what was decided was about another proposal.
    pub renewed: bool,
    /// The version of the decision there is, whether it stands or not; 0 for none.
    pub version: i64,
    /// Why to look.
    pub tag: Option<Tag>,
}

/// How many are where.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Everybody.
    pub all: usize,
    /// Agreed with.
    pub agreed: usize,
    /// Fixed.
    pub fixed: usize,
    /// Otherwise.
    pub otherwise: usize,
    /// Rejected.
    pub rejected: usize,
    /// In each section, in their order: still to do, and all.
    pub sections: [(usize, usize); 3],
}

impl Counts {
    /// About how many was decided.
    pub fn done(&self) -> usize {
        self.agreed + self.fixed + self.otherwise + self.rejected
    }

    /// Still to do, and all, of a section.
    pub fn of(&self, section: Section) -> (usize, usize) {
        let [attention, ordinary, none] = self.sections;
        match section {
            Section::Attention => attention,
            Section::Ordinary => ordinary,
            Section::NoPlace => none,
        }
    }
}

/// Everybody in the plan, in the order of attention.
pub fn rows(sight: &Sight, decided: &[Decided], today: &str) -> (Vec<Row>, Counts) {
    let decided: BTreeMap<&str, &Decided> = decided.iter().map(|it| (it.candidate.as_str(), it)).collect();
    let mut rows: Vec<Row> = Vec::with_capacity(sight.wave.candidates.len());
    for id in sight.wave.candidates_by_row() {
        let Some(person) = sight.person(id) else { continue };
        let candidate = sight.wave.candidates[id].id.clone();
        let found = decided.get(candidate.as_str());
        let (state, renewed) = found.map_or((State::ToDo, false), |it| stands(sight, id, it, today));
        let section = match (sight.plan[id].is_some(), person.tags.is_empty()) {
            (false, _) => Section::NoPlace,
            (true, false) => Section::Attention,
            (true, true) if renewed => Section::Attention,
            (true, true) => Section::Ordinary,
        };
        let version = found.map_or(0, |it| it.version);
        rows.push(Row { id, candidate, section, state, renewed, version, tag: person.tags.first().cloned() });
    }
    let mut counts = Counts { all: rows.len(), ..Counts::default() };
    for row in &rows {
        let [attention, ordinary, none] = &mut counts.sections;
        let (todo, all) = match row.section {
            Section::Attention => attention,
            Section::Ordinary => ordinary,
            Section::NoPlace => none,
        };
        *all += 1;
        match row.state {
            State::ToDo => *todo += 1,
            State::Agreed => counts.agreed += 1,
            State::Fixed => counts.fixed += 1,
            State::Otherwise => counts.otherwise += 1,
            State::Rejected => counts.rejected += 1,
        }
    }
    rows.sort_by_key(|row| (row.section, !row.renewed, row.tag.as_ref().map(rankings)));
    (rows, counts)
}

/// Within a kind of attention the heaviest first.
fn rankings(tag: &Tag) -> (Focus, i64) {
    let weight = match tag {
        Tag::NoPlace(_, far) => far.unwrap_or(0),
        Tag::NearLimit { minutes, .. } => -i64::from(*minutes),
        Tag::Choice(rank) => i64::try_from(*rank).unwrap_or(i64::MAX),
        Tag::LeavesSchool | Tag::FitsLess | Tag::OtherCoach | Tag::FewDays { .. } => 0,
    };
    (tag.focus(), weight)
}

/// What a decision comes to with this plan: where it is, and whether it was about another proposal.
pub fn stands(sight: &Sight, id: CandidateId, it: &Decided, today: &str) -> (State, bool) {
    if it.lapsed.is_some() || it.decision.expired(today) {
        return (State::ToDo, false);
    }
    if it.decision.asks_again(sight.proposal(id).as_ref()) {
        return (State::ToDo, true);
    }
    let state = match it.decision.said() {
        Said::Akkoord => State::Agreed,
        Said::Vast => State::Fixed,
        Said::Afwijzen => State::Rejected,
        Said::Alternatief => State::Otherwise,
    };
    (state, false)
}

/// The rows that are meant, sorted. `found` are those whose name was searched for; `name` gives the name of who is shown.
pub fn narrowed(sight: &Sight, rows: &[Row], by: &Narrowed, found: Option<&BTreeSet<String>>, name: impl Fn(&str) -> String) -> Vec<Row> {
    let meant = |row: &&Row| {
        let place = sight.plan[row.id].map(|it| (it, &sight.wave.seats[it.seat]));
        let school = place.map(|(_, seat)| &sight.wave.schools[seat.school]);
        let stays = by.since.is_some_and(|since| row.version > since);
        (by.shown.has(row.state) || stays)
            && by.focus.is_none_or(|it| sight.person(row.id).is_some_and(|person| person.tags.iter().any(|tag| tag.focus() == it)))
            && by.bouw.is_none_or(|it| place.is_some_and(|(_, seat)| seat.bouw == it))
            && by.school.as_ref().is_none_or(|it| school.is_some_and(|school| school.id == *it))
            && by.board.as_ref().is_none_or(|it| school.is_some_and(|school| sight.wave.boards[school.board].id == *it))
            && by.coach.as_ref().is_none_or(|it| place.is_some_and(|(at, _)| sight.wave.coaches[at.coach].id == *it))
            && found.is_none_or(|it| it.contains(&row.candidate))
    };
    let mut rows: Vec<Row> = rows.iter().filter(meant).cloned().collect();
    let minutes = |row: &Row| sight.plan[row.id].map_or(0, |it| sight.wave.travel.candidate(row.id, it.school(&sight.wave)));
    match by.order {
        Order::Attention => {}
        Order::Name => rows.sort_by_cached_key(|row| name(&row.candidate).to_lowercase()),
        Order::School => {
            rows.sort_by_cached_key(|row| sight.plan[row.id].map(|it| sight.wave.school_of(it.seat).id.clone()).unwrap_or("~".into()));
        }
        Order::Travel => rows.sort_by_key(|row| std::cmp::Reverse(minutes(row))),
        Order::Waiting => rows.sort_by_key(|row| std::cmp::Reverse(sight.wave.candidates[row.id].waited)),
    }
    rows
}

/// Who comes before and after somebody in a list, and who is next to do: after this one, else from the top.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Around {
    /// Before.
    pub previous: Option<String>,
    /// After.
    pub next: Option<String>,
    /// Next to do.
    pub to_do: Option<String>,
}

/// Who is around somebody.
pub fn around(rows: &[Row], candidate: &str) -> Around {
    let id = |row: &Row| row.candidate.clone();
    let Some(at) = rows.iter().position(|row| row.candidate == candidate) else {
        return Around { to_do: rows.iter().find(|row| row.state == State::ToDo).map(id), ..Around::default() };
    };
    let to_do = |row: &&Row| row.state == State::ToDo && row.candidate != candidate;
    Around {
        previous: at.checked_sub(1).and_then(|at| rows.get(at)).map(id),
        next: rows.get(at + 1).map(id),
        to_do: rows.iter().skip(at + 1).find(to_do).or_else(|| rows.iter().find(to_do)).map(id),
    }
}
