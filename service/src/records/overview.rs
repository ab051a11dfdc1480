//! A wave as people look at it from afar: where it stands, how far it is, and what comes next.

use super::wave::{Life, Wave};

/// How far the answers about the placements of a wave are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Replies {
    /// Yes.
    pub yes: i64,
    /// No.
    pub no: i64,
    /// Asked, and in time.
    pub asked: i64,
    /// Asked, and late.
    pub late: i64,
}

impl Replies {
    /// Whether anybody was asked anything.
    pub fn any(self) -> bool {
        self != Self::default()
    }
}

/// A run that waits or is at work.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AtWork {
    /// Its id.
    pub id: String,
    /// From 1 within its wave.
    pub number: i64,
    /// Whether it still waits for a worker.
    pub waits: bool,
}

/// A wave with how far it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Overview {
    /// The wave.
    pub wave: Wave,
    /// How many candidates its file has.
    pub candidates: i64,
    /// How many of them the plan that counts places; nothing when there is no plan.
    pub placed: Option<i64>,
    /// About how many somebody decided.
    pub decided: i64,
    /// Whether something was decided or changed that the plan does not have.
    pub outdated: bool,
    /// How many runs there are.
    pub runs: i64,
    /// The run that waits or is at work.
    pub at_work: Option<AtWork>,
    /// How far the answers are.
    pub replies: Replies,
}

/// What comes next in the life of a wave.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    /// It is to be looked through and submitted.
    Submit,
    /// A run is to be asked.
    Run,
    /// A run is at work.
    Follow,
    /// Proposals are to be decided about.
    Review,
    /// Something was decided that the plan does not have.
    Again,
    /// Placements can be asked about.
    Ask,
    /// Somebody said no.
    Refused,
    /// Answers are late.
    Remind,
    /// Answers are awaited.
    Await,
    /// It can be published.
    Publish,
    /// It is over and can be closed.
    Close,
    /// Nothing: it goes on by itself.
    Nothing,
}

impl Overview {
    /// How many have no place in the plan that counts.
    pub fn unplaced(&self) -> i64 {
        self.placed.map_or(0, |placed| (self.candidates - placed).max(0))
    }

    /// What comes next, today being this day (yyyy-mm-dd).
    pub fn next(&self, today: &str) -> Next {
        if self.at_work.is_some() {
            return Next::Follow;
        }
        match self.wave.life {
            Life::Concept => Next::Submit,
            Life::Ingediend => Next::Run,
            Life::Berekend | Life::InBeoordeling if self.replies.no > 0 => Next::Refused,
            Life::Berekend | Life::InBeoordeling if self.decided < self.candidates => Next::Review,
            Life::Berekend | Life::InBeoordeling if self.outdated => Next::Again,
            Life::Berekend | Life::InBeoordeling if !self.replies.any() => Next::Ask,
            Life::Berekend | Life::InBeoordeling | Life::Vastgesteld if self.replies.late > 0 => Next::Remind,
            Life::Berekend | Life::InBeoordeling => Next::Publish,
            Life::Vastgesteld if self.replies.asked > 0 => Next::Await,
            Life::Vastgesteld if self.wave.until.as_str() < today => Next::Close,
            Life::Vastgesteld | Life::Gesloten => Next::Nothing,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(life: Life, change: impl Fn(&mut Overview)) -> Next {
        let mut wave = Wave::concept("w", "Voorjaar", "opleiding", ("2027-02-01", "2028-01-31"), "0".into(), 0);
        wave.life = life;
        let mut it = Overview {
            wave,
            candidates: 3,
            placed: Some(2),
            decided: 0,
            outdated: false,
            runs: 1,
            at_work: None,
            replies: Replies::default(),
        };
        change(&mut it);
        it.next("2027-03-01")
    }

    #[test]
    fn what_comes_next_follows_the_life_of_a_wave() {
        assert_eq!(at(Life::Concept, |_| ()), Next::Submit);
        assert_eq!(at(Life::Ingediend, |_| ()), Next::Run);
        assert_eq!(at(Life::Berekend, |_| ()), Next::Review);
        assert_eq!(at(Life::InBeoordeling, |it| it.decided = 3), Next::Ask);
        assert_eq!(at(Life::InBeoordeling, |it| (it.decided, it.outdated) = (3, true)), Next::Again);
        assert_eq!(at(Life::InBeoordeling, |it| (it.decided, it.replies.no) = (3, 1)), Next::Refused);
        assert_eq!(at(Life::InBeoordeling, |it| (it.decided, it.replies.late) = (3, 1)), Next::Remind);
        assert_eq!(at(Life::InBeoordeling, |it| (it.decided, it.replies.asked) = (3, 1)), Next::Publish);
        assert_eq!(at(Life::Vastgesteld, |it| it.replies.asked = 1), Next::Await);
        assert_eq!(at(Life::Vastgesteld, |it| it.wave.until = "2027-02-28".into()), Next::Close);
        assert_eq!(at(Life::Vastgesteld, |_| ()), Next::Nothing);
        assert_eq!(at(Life::Gesloten, |_| ()), Next::Nothing);
    }

    #[test]
    fn a_run_at_work_comes_before_everything_else() {
        let working = |it: &mut Overview| it.at_work = Some(AtWork { id: "b".into(), number: 2, waits: false });
        for life in [Life::Ingediend, Life::InBeoordeling] {
            assert_eq!(at(life, working), Next::Follow);
        }
    }
}
