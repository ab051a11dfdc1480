//! What the three parties are asked about a placement, what they may say, and when what they said still counts.

use jiff::civil::Date;
use loket_solver::matching::facts::words::{Word, words};

words! {
    /// Who is asked about a placement.
    pub enum Party {
        /// The candidate.
        Candidate = "kandidaat",
        /// The board of the school.
        Board = "bestuur",
        /// The coach.
        Coach = "coach",
    }
}

words! {
    /// What somebody answers.
    pub enum Reply {
        /// Yes.
        Yes = "ja",
        /// No.
        No = "nee",
    }
}

words! {
    /// How far an answer is.
    pub enum Stance {
        /// Nobody asked, or what was asked about is another placement now.
        NotAsked = "niet-gevraagd",
        /// Asked, and there is time left.
        Asked = "gevraagd",
        /// Yes.
        Yes = "ja",
        /// No.
        No = "nee",
        /// Asked, and the day to answer is over. That is no answer.
        Late = "te-laat",
    }
}

words! {
    /// How an answer came.
    pub enum How {
        /// In the party's own account.
        Account = "account",
        /// By a personal link.
        Link = "koppeling",
        /// By telephone, noted by the intermediary.
        Phone = "telefoon",
        /// By mail, noted by the intermediary.
        Mail = "mail",
        /// In a conversation, noted by the intermediary.
        Talk = "gesprek",
    }
}

impl How {
    /// How the intermediary may have heard an answer.
    pub const HEARD: [Self; 3] = [Self::Phone, Self::Mail, Self::Talk];
}

words! {
    /// Why somebody says no.
    pub enum NoReason {
        /// Too far.
        Far = "te-ver",
        /// The days do not suit.
        Days = "dagen-passen-niet",
        /// The school does not suit.
        School = "school-past-niet",
        /// The coach does not suit.
        Coach = "coach-past-niet",
        /// Another bouw is wanted.
        Bouw = "andere-bouw",
        /// Another job.
        Job = "andere-baan",
        /// This person does not suit.
        Person = "persoon-past-niet",
        /// An earlier experience.
        Experience = "eerdere-ervaring",
        /// There is no duo colleague.
        NoColleague = "geen-duo-collega",
        /// The team is full.
        Full = "team-vol",
        /// The group is no more.
        GroupGone = "groep-vervalt",
        /// Building works.
        Works = "verbouwing",
        /// The coach has no room.
        NoRoom = "geen-ruimte",
        /// Something else.
        Other = "anders",
    }
}

words! {
    /// How far a no reaches.
    pub enum NoScope {
        /// This candidate at this school, on these seats, with this coach.
        Placement = "plaatsing",
        /// This candidate on these seats, with whatever coach.
        Seat = "plek",
        /// This candidate at this school.
        School = "school",
        /// This candidate in this bouw.
        Bouw = "bouw",
        /// This candidate with this coach.
        Coach = "coach",
        /// This candidate anywhere.
        All = "alles",
        /// One seat of this group is not open, whoever would come there.
        SeatClosed = "plek-dicht",
        /// The coach takes one person less, whoever that would be.
        NoRoom = "geen-ruimte",
    }
}

impl Party {
    /// Why this party may say no, each with how far that reaches when nothing else is said.
    pub fn reasons(self) -> &'static [(NoReason, NoScope)] {
        match self {
            Self::Candidate => &[
                (NoReason::Far, NoScope::School),
                (NoReason::Days, NoScope::Seat),
                (NoReason::School, NoScope::School),
                (NoReason::Coach, NoScope::Coach),
                (NoReason::Bouw, NoScope::Bouw),
                (NoReason::Job, NoScope::All),
                (NoReason::Other, NoScope::Placement),
            ],
            Self::Board => &[
                (NoReason::Person, NoScope::School),
                (NoReason::Experience, NoScope::School),
                (NoReason::Days, NoScope::Seat),
                (NoReason::NoColleague, NoScope::SeatClosed),
                (NoReason::Full, NoScope::SeatClosed),
                (NoReason::GroupGone, NoScope::SeatClosed),
                (NoReason::Works, NoScope::SeatClosed),
                (NoReason::Other, NoScope::School),
            ],
            Self::Coach => &[
                (NoReason::Far, NoScope::Coach),
                (NoReason::Person, NoScope::Coach),
                (NoReason::Experience, NoScope::Coach),
                (NoReason::NoRoom, NoScope::NoRoom),
                (NoReason::Other, NoScope::Coach),
            ],
        }
    }

    /// How far a no of this party may reach.
    pub fn scopes(self) -> &'static [NoScope] {
        match self {
            Self::Candidate => &[NoScope::Placement, NoScope::Seat, NoScope::School, NoScope::Bouw, NoScope::Coach, NoScope::All],
            Self::Board => &[NoScope::School, NoScope::Seat, NoScope::SeatClosed],
            Self::Coach => &[NoScope::Coach, NoScope::NoRoom],
        }
    }
}

/// What a placement is about, as the parties are asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The school.
    pub school: String,
    /// Its board.
    pub board: String,
    /// The seat group.
    pub seat: String,
    /// Its bouw.
    pub bouw: String,
    /// The coach.
    pub coach: String,
    /// Half-days that candidate and duo colleague are both there, by code, with commas.
    pub half_days: String,
}

impl Place {
    /// Whether this is the same placement in everything that a party is asked about: another school asks all three again, another coach the
    /// candidate and the coach, another bouw or other half-days the candidate and the board.
    pub fn same_for(&self, party: Party, other: &Self) -> bool {
        let (school, coach) = (self.school == other.school, self.coach == other.coach);
        let days = self.bouw == other.bouw && self.half_days == other.half_days;
        match party {
            Party::Candidate => school && coach && days,
            Party::Board => school && days,
            Party::Coach => school && coach,
        }
    }
}

/// What is known of a question: what it was about, what was said, and the last day to answer.
#[derive(Clone, Copy, Debug)]
pub struct Known<'a> {
    /// What was asked about.
    pub about: &'a Place,
    /// What was said.
    pub said: Option<Reply>,
    /// The last day to answer, yyyy-mm-dd.
    pub by: &'a str,
}

/// How far the answer of a party about a placement is on a day.
pub fn stance(party: Party, place: &Place, known: Option<Known<'_>>, today: Date) -> Stance {
    match known.filter(|it| it.about.same_for(party, place)) {
        None => Stance::NotAsked,
        Some(Known { said: Some(Reply::Yes), .. }) => Stance::Yes,
        Some(Known { said: Some(Reply::No), .. }) => Stance::No,
        Some(Known { by, .. }) if by < today.to_string().as_str() => Stance::Late,
        Some(_) => Stance::Asked,
    }
}

/// What somebody says to a question, as it was sent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Given {
    /// Yes or no.
    pub reply: Option<Reply>,
    /// Why not.
    pub reason: Option<NoReason>,
    /// How far that reaches; what goes with the reason when it is not said.
    pub scope: Option<NoScope>,
    /// The last day that the no counts.
    pub until: Option<String>,
    /// In own words.
    pub note: Option<String>,
    /// How the intermediary heard it.
    pub how: Option<How>,
}

/// A no as it counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct No {
    /// Why.
    pub reason: NoReason,
    /// How far it reaches.
    pub scope: NoScope,
}

/// One thing that is wrong with what was said: its code, its key, what and remedy.
pub type Wrong = (&'static str, &'static str, String, String);

/// What a party says comes to: yes, or a no with its reach.
///
/// # Errors
/// Everything that is wrong with it.
pub fn settled(party: Party, given: &Given) -> Result<Option<No>, Vec<Wrong>> {
    let mut wrong: Vec<Wrong> = Vec::new();
    let loose = |key: &'static str| ("onbekende-sleutel", key, format!("{key} hoort niet bij ja"), "haal de sleutel weg".to_owned());
    if given.reply != Some(Reply::No) {
        let keys = [("reden", given.reason.is_some()), ("reikwijdte", given.scope.is_some()), ("tot", given.until.is_some())];
        wrong.extend(keys.into_iter().filter(|it| it.1).map(|it| loose(it.0)));
        return if wrong.is_empty() { Ok(None) } else { Err(wrong) };
    }
    let own = party.reasons();
    let found = given.reason.and_then(|reason| own.iter().find(|it| it.0 == reason));
    if found.is_none() {
        let all: Vec<&str> = own.iter().map(|it| it.0.code()).collect();
        let (code, what) = match given.reason {
            None => ("ontbreekt", "bij nee hoort een reden".to_owned()),
            Some(reason) => ("woord", format!("{} is geen reden van {}", reason.code(), of(party))),
        };
        wrong.push((code, "reden", what, format!("kies uit {}", all.join(", "))));
    }
    if let Some(scope) = given.scope.filter(|it| !party.scopes().contains(it)) {
        let all: Vec<&str> = party.scopes().iter().map(|it| it.code()).collect();
        wrong.push(("woord", "reikwijdte", format!("{} is niet aan {}", scope.code(), of(party)), format!("kies uit {}", all.join(", "))));
    }
    match found {
        Some((reason, usual)) if wrong.is_empty() => Ok(Some(No { reason: *reason, scope: given.scope.unwrap_or(*usual) })),
        _ => Err(wrong),
    }
}

fn of(party: Party) -> &'static str {
    match party {
        Party::Candidate => "de kandidaat",
        Party::Board => "het bestuur",
        Party::Coach => "de coach",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place() -> Place {
        let text = |it: &str| it.to_owned();
        Place {
            school: text("S1"),
            board: text("B1"),
            seat: text("p"),
            bouw: text("onderbouw"),
            coach: text("K1"),
            half_days: text("ma-o,ma-m"),
        }
    }

    #[test]
    fn another_school_asks_all_another_coach_two_and_other_days_or_bouw_the_other_two() {
        let again = |other: &Place| -> Vec<&str> {
            Party::ALL.iter().filter(|party| !place().same_for(**party, other)).map(|party| party.code()).collect()
        };
        assert_eq!(again(&Place { school: "S2".into(), ..place() }), ["kandidaat", "bestuur", "coach"]);
        assert_eq!(again(&Place { coach: "K2".into(), ..place() }), ["kandidaat", "coach"]);
        assert_eq!(again(&Place { bouw: "bovenbouw".into(), ..place() }), ["kandidaat", "bestuur"]);
        assert_eq!(again(&Place { half_days: "ma-o".into(), ..place() }), ["kandidaat", "bestuur"]);
        assert_eq!(again(&Place { seat: "q".into(), ..place() }), Vec::<&str>::new());
    }

    #[test]
    fn an_answer_counts_for_what_was_asked_and_late_is_no_answer() {
        let (here, elsewhere) = (place(), Place { school: "S2".into(), ..place() });
        let day = |text: &str| text.parse::<Date>().unwrap();
        let known = |about, said| Some(Known { about, said, by: "2026-07-10" });
        let told = |known, on: &str| stance(Party::Coach, &place(), known, day(on)).code();
        assert_eq!(told(None, "2026-07-01"), "niet-gevraagd");
        assert_eq!(told(known(&here, None), "2026-07-10"), "gevraagd");
        assert_eq!(told(known(&here, None), "2026-07-11"), "te-laat");
        assert_eq!(told(known(&here, Some(Reply::Yes)), "2026-07-11"), "ja");
        assert_eq!(told(known(&here, Some(Reply::No)), "2026-07-01"), "nee");
        assert_eq!(told(known(&elsewhere, Some(Reply::Yes)), "2026-07-01"), "niet-gevraagd");
    }

    #[test]
    fn each_party_has_reasons_of_its_own_and_each_reason_a_reach_that_is_the_partys() {
        for party in Party::ALL {
            for (reason, scope) in party.reasons() {
                assert!(party.scopes().contains(scope), "{party:?} {reason:?}");
                let given = Given { reply: Some(Reply::No), reason: Some(*reason), ..Given::default() };
                assert_eq!(settled(*party, &given), Ok(Some(No { reason: *reason, scope: *scope })));
            }
        }
        let no = |reason, scope| Given { reply: Some(Reply::No), reason, scope, ..Given::default() };
        let keys = |given: &Given| settled(Party::Coach, given).unwrap_err().iter().map(|it| it.1).collect::<Vec<_>>();
        assert_eq!(keys(&no(None, None)), ["reden"]);
        assert_eq!(keys(&no(Some(NoReason::Works), Some(NoScope::All))), ["reden", "reikwijdte"]);
        let yes = Given { reply: Some(Reply::Yes), reason: Some(NoReason::Other), until: Some("2027-01-01".into()), ..Given::default() };
        assert_eq!(keys(&yes), ["reden", "tot"]);
    }
}
