//! Where the rows of a wave file stand, so that what is found while building can be told with its place.

use crate::matching::rows::SchoolRow;
use crate::matching::rows::WaveFile;
use crate::strict::spot::Spot;

/// Where rows stand. Of a sound file, and of one made here, every row stands where its list has it: the default says so. Of a broken file
/// some rows could not be read; it is only built to find what else is wrong.
#[derive(Debug, Default)]
pub(crate) struct Places {
    pub(crate) boards: Rows,
    pub(crate) schools: Rows,
    pub(crate) coaches: Rows,
    pub(crate) candidates: Rows,
    pub(crate) travel: Rows,
    pub(crate) locks: Rows,
    pub(crate) bans: Rows,
    pub(crate) previous: Rows,
    pub(crate) pairs: Rows,
    pub(crate) goals: Rows,
    /// By school; empty when every row of every school could be read.
    pub(crate) within: Vec<Within>,
}

/// What of one school's row could not be read.
#[derive(Debug, Default)]
pub(crate) struct Within {
    pub(crate) seats: Rows,
    /// The school's board is not there, or is no text: that is told already.
    pub(crate) no_board: bool,
}

/// Where the rows of one list stand.
#[derive(Debug, Default)]
pub(crate) struct Rows {
    /// Positions in the file of what could not be read, in order.
    left_out: Vec<usize>,
    /// Whether a row, or its id, could not be read: then nothing that points into the list can be checked.
    pub(crate) broken: bool,
}

impl Rows {
    /// A list that could not be read.
    pub(crate) fn unread() -> Self {
        Self { left_out: Vec::new(), broken: true }
    }

    /// Splits a list into the rows that could be read and where the others stood.
    pub(crate) fn split<T>(list: Vec<Option<T>>) -> (Vec<T>, Self) {
        let left_out: Vec<usize> = list.iter().enumerate().filter(|(_, row)| row.is_none()).map(|(at, _)| at).collect();
        let broken = !left_out.is_empty();
        (list.into_iter().flatten().collect(), Self { left_out, broken })
    }

    /// Where a row stands in the file.
    fn at(&self, row: usize) -> usize {
        self.left_out.iter().fold(row, |at, &gone| if gone <= at { at + 1 } else { at })
    }

    fn spot(&self, list: Spot, row: usize, label: &str) -> Spot {
        list.item(self.at(row), Some(label).filter(|label| !label.is_empty()))
    }
}

impl Places {
    pub(crate) fn board(&self, file: &WaveFile, row: usize) -> Spot {
        self.boards.spot(list("besturen"), row, &file.boards[row].id)
    }
    pub(crate) fn school(&self, file: &WaveFile, row: usize) -> Spot {
        self.schools.spot(list("scholen"), row, &file.schools[row].id)
    }
    pub(crate) fn coach(&self, file: &WaveFile, row: usize) -> Spot {
        self.coaches.spot(list("coaches"), row, &file.coaches[row].id)
    }
    pub(crate) fn candidate(&self, file: &WaveFile, row: usize) -> Spot {
        self.candidates.spot(list("kandidaten"), row, &file.candidates[row].id)
    }
    pub(crate) fn travel(&self, row: usize) -> Spot {
        self.travel.spot(list("reistijden"), row, "")
    }
    pub(crate) fn lock(&self, row: usize) -> Spot {
        self.locks.spot(list("vast"), row, "")
    }
    pub(crate) fn ban(&self, row: usize) -> Spot {
        self.bans.spot(list("verboden"), row, "")
    }
    pub(crate) fn previous(&self, row: usize) -> Spot {
        self.previous.spot(list("vorig_plan"), row, "")
    }
    pub(crate) fn pair(&self, row: usize) -> Spot {
        self.pairs.spot(list("paren"), row, "")
    }
    pub(crate) fn goal(&self, row: usize, name: &str) -> Spot {
        self.goals.spot(list("beleid").key("doelen"), row, name)
    }
    /// A seat group of a school.
    pub(crate) fn seat(&self, file: &WaveFile, school: usize, row: usize) -> Spot {
        let list = self.school(file, school).key("plekken");
        match self.within.get(school) {
            Some(within) => within.seats.spot(list, row, ""),
            None => Rows::default().spot(list, row, ""),
        }
    }
    /// Whether a school names its board.
    pub(crate) fn has_board(&self, school: usize) -> bool {
        self.within.get(school).is_none_or(|within| !within.no_board)
    }
    /// Whether every seat group of a school could be read.
    pub(crate) fn seats_known(&self, school: usize, row: &SchoolRow) -> bool {
        let read = self.within.get(school).is_none_or(|within| !within.seats.broken);
        read && row.seats.iter().all(|seat| !seat.id().is_empty())
    }
}

/// A list of the file.
pub(crate) fn list(key: &'static str) -> Spot {
    Spot::default().key(key)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_stand_where_the_file_has_them_also_behind_rows_that_could_not_be_read() {
        let (rows, places) = Rows::split(vec![None, Some('a'), None, None, Some('b')]);
        assert_eq!((rows, places.at(0), places.at(1)), (vec!['a', 'b'], 1, 4));
        assert_eq!(Rows::default().at(7), 7);
    }
}
