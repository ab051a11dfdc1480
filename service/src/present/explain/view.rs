//! Who asks, and what they may see: the one door to names and ids for everything an explanation shows.

use loket_instances::matching::read::Loaded;
use loket_solver::matching::facts::ids::{BoardId, CandidateId, CoachId, SchoolId, SeatId};
use loket_solver::matching::facts::plan::{Placement, Plan};
use loket_solver::matching::facts::policy::Policy;
use loket_solver::matching::facts::words::Word;

pub use crate::view::View;

/// Names things as far as a view allows. What shows an explanation has a lens and not the file, so it cannot name more.
#[derive(Clone, Copy, Debug)]
pub struct Lens<'a> {
    loaded: &'a Loaded,
    view: View,
    /// The coach a candidate already knows of: the one of the plan shown.
    own_coach: Option<CoachId>,
}

impl<'a> Lens<'a> {
    /// A lens on a wave and the plan shown.
    pub fn new(loaded: &'a Loaded, plan: &Plan, view: View) -> Self {
        let own_coach = match view {
            View::Candidate(candidate) => plan[candidate].map(|placement| placement.coach),
            View::Intermediary | View::Board(_) => None,
        };
        Self { loaded, view, own_coach }
    }

    /// Who asks.
    pub fn view(&self) -> View {
        self.view
    }

    /// The policy; it says nothing of people.
    pub fn policy(&self) -> &'a Policy {
        &self.loaded.wave.policy
    }

    /// The wave's own name.
    pub fn title(&self) -> &'a str {
        &self.loaded.title
    }

    /// Minutes from a candidate to a seat group, where the view is about this person or sees everybody.
    pub fn minutes(&self, candidate: CandidateId, seat: SeatId) -> Option<u32> {
        let may = match self.view {
            View::Intermediary => true,
            View::Candidate(own) => own == candidate,
            View::Board(_) => false,
        };
        may.then(|| self.loaded.wave.travel.candidate(candidate, self.loaded.wave.seats[seat].school))
    }

    /// The seats of a seat group.
    pub fn seats(&self, seat: SeatId) -> u32 {
        self.loaded.wave.seats[seat].count
    }

    /// Whether a seat group may be named.
    pub fn sees_seat(&self, seat: SeatId) -> bool {
        self.sees_school(self.loaded.wave.seats[seat].school)
    }

    /// Whether people may be named one by one.
    pub fn names_people(&self) -> bool {
        self.view == View::Intermediary
    }

    /// Whether a school may be named.
    pub fn sees_school(&self, school: SchoolId) -> bool {
        match self.view {
            View::Intermediary | View::Candidate(_) => true,
            View::Board(board) => self.loaded.wave.schools[school].board == board,
        }
    }

    /// A person, by id and name where that may be.
    pub fn person(&self, candidate: CandidateId) -> String {
        let id = &self.loaded.wave.candidates[candidate].id;
        match self.view {
            View::Intermediary => match self.loaded.names.candidates.get(id) {
                Some(name) => format!("{id} {name}"),
                None => id.clone(),
            },
            View::Candidate(own) if own == candidate => "u".into(),
            View::Board(_) | View::Candidate(_) => "iemand anders".into(),
        }
    }

    /// A person by id alone, where that may be.
    pub fn short(&self, candidate: CandidateId) -> String {
        match self.view {
            View::Intermediary => self.loaded.wave.candidates[candidate].id.clone(),
            View::Board(_) | View::Candidate(_) => self.person(candidate),
        }
    }

    /// A school, by name where it has one and where that may be.
    pub fn school(&self, school: SchoolId) -> String {
        let id = &self.loaded.wave.schools[school].id;
        match (self.view, self.loaded.names.schools.get(id)) {
            (View::Board(_), _) if !self.sees_school(school) => "een school van een ander bestuur".into(),
            (View::Intermediary, Some(name)) => format!("{name} ({id})"),
            (_, Some(name)) => name.clone(),
            (_, None) => format!("school {id}"),
        }
    }

    /// A seat group: its bouw (and its own id where that differs) at its school.
    pub fn seat(&self, seat: SeatId) -> String {
        let row = &self.loaded.wave.seats[seat];
        let bouw = row.bouw.code();
        let group = if row.id == bouw || !self.sees_school(row.school) { bouw.to_string() } else { format!("{bouw} (plek {})", row.id) };
        format!("{group} bij {}", self.school(row.school))
    }

    /// A coach, where that may be.
    pub fn coach(&self, coach: CoachId) -> String {
        let id = &self.loaded.wave.coaches[coach].id;
        let named = || match self.loaded.names.coaches.get(id) {
            Some(name) => format!("coach {id} {name}"),
            None => format!("coach {id}"),
        };
        match self.view {
            View::Intermediary => named(),
            View::Candidate(_) if self.own_coach == Some(coach) => match self.loaded.names.coaches.get(id) {
                Some(name) => format!("coach {name}"),
                None => named(),
            },
            View::Candidate(_) if self.own_coach.is_some() => "een andere coach".into(),
            View::Board(_) | View::Candidate(_) => "een coach".into(),
        }
    }

    /// A placement: the seat group and the coach.
    pub fn place(&self, placement: Placement) -> String {
        format!("{}, met {}", self.seat(placement.seat), self.coach(placement.coach))
    }

    /// A placement with how long a candidate travels to it, where that may be known.
    pub fn place_for(&self, candidate: CandidateId, placement: Placement) -> String {
        let place = self.place(placement);
        self.minutes(candidate, placement.seat).map_or(place.clone(), |minutes| format!("{place}, {minutes} min reizen"))
    }

    /// A board, where that may be.
    pub fn board(&self, board: BoardId) -> String {
        let id = &self.loaded.wave.boards[board].id;
        match self.view {
            View::Board(own) if own != board => "een ander bestuur".into(),
            View::Candidate(_) | View::Board(_) | View::Intermediary => match self.loaded.names.boards.get(id) {
                Some(name) => format!("bestuur {name}"),
                None => format!("bestuur {id}"),
            },
        }
    }

    /// The name of a person, where that may be and is known.
    pub fn name(&self, candidate: CandidateId) -> Option<String> {
        let named = self.loaded.names.candidates.get(&self.loaded.wave.candidates[candidate].id);
        named.filter(|_| self.names_people()).cloned()
    }

    /// The name of a coach, where that may be and is known.
    pub fn coach_name(&self, coach: CoachId) -> Option<String> {
        let named = self.loaded.names.coaches.get(&self.loaded.wave.coaches[coach].id);
        named.filter(|_| self.names_people() || self.own_coach == Some(coach)).cloned()
    }

    /// The id of a school, where that may be: a board has its own.
    pub fn school_id(&self, school: SchoolId) -> Option<&'a str> {
        let may = match self.view {
            View::Intermediary => true,
            View::Board(_) => self.sees_school(school),
            View::Candidate(_) => false,
        };
        may.then(|| self.loaded.wave.schools[school].id.as_str())
    }

    /// The name of a school, where that may be and is known.
    pub fn school_name(&self, school: SchoolId) -> Option<String> {
        self.loaded.names.schools.get(&self.loaded.wave.schools[school].id).filter(|_| self.sees_school(school)).cloned()
    }

    /// The school of a seat group, where it may be named.
    pub fn school_of(&self, seat: SeatId) -> Option<SchoolId> {
        Some(self.loaded.wave.seats[seat].school).filter(|&school| self.sees_school(school))
    }

    /// Ids of a seat group's school and of the group itself, where they may be.
    pub fn seat_ids(&self, seat: SeatId) -> Option<(&'a str, &'a str)> {
        let row = &self.loaded.wave.seats[seat];
        Some((self.school_id(row.school)?, row.id.as_str()))
    }

    /// The bouw of a seat group.
    pub fn bouw(&self, seat: SeatId) -> &'static str {
        self.loaded.wave.seats[seat].bouw.code()
    }

    /// The id of a board, where that may be.
    pub fn board_id(&self, board: BoardId) -> Option<&'a str> {
        let may = match self.view {
            View::Intermediary => true,
            View::Board(own) => own == board,
            View::Candidate(_) => false,
        };
        may.then(|| self.loaded.wave.boards[board].id.as_str())
    }

    /// The name of a board, where that may be and is known.
    pub fn board_name(&self, board: BoardId) -> Option<String> {
        let id = self.board_id(board)?;
        self.loaded.names.boards.get(id).cloned()
    }

    /// Ids for machines, where they may be.
    pub fn ids(&self) -> Option<Ids<'a>> {
        self.names_people().then_some(Ids(self.loaded))
    }
}

/// Ids of everything: for the intermediary only.
#[derive(Clone, Copy, Debug)]
pub struct Ids<'a>(&'a Loaded);

impl Ids<'_> {
    /// Of a candidate.
    pub fn candidate(&self, candidate: CandidateId) -> &str {
        &self.0.wave.candidates[candidate].id
    }
    /// Of a coach.
    pub fn coach(&self, coach: CoachId) -> &str {
        &self.0.wave.coaches[coach].id
    }
}
