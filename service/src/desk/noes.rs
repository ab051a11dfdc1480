//! What a no makes of the next run's file: prohibitions, seats that are not open, and a coach who takes fewer people.

use std::collections::BTreeMap;

use loket_instances::matching::rows::BanRow;
use loket_instances::matching::wave_file::WaveFile;
use loket_solver::matching::facts::words::{Bouw, Word};

use super::asking::NoScope;
use super::decision::BY_DECISION;

/// A no that counts: this candidate where everything that is named agrees.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ban {
    /// In which wave it was said.
    pub wave: String,
    /// How far it reaches.
    pub scope: NoScope,
    /// Who may not come there.
    pub candidate: String,
    /// At this school.
    pub school: Option<String>,
    /// On these seats.
    pub seat: Option<String>,
    /// In this bouw.
    pub bouw: Option<String>,
    /// With this coach.
    pub coach: Option<String>,
    /// Of seats that are not open, and of a coach without room: how many there were before the first no.
    pub of: Option<i64>,
}

/// Puts what the parties refused into the file of a wave's next run. What was fixed and is refused now is no longer fixed. However often the
/// same is written in, the file stays the same.
pub fn obey(file: &mut WaveFile, bans: &[Ban]) {
    let here: Vec<&Ban> = bans.iter().filter(|ban| file.candidates.iter().any(|it| it.id == ban.candidate)).collect();
    let rows: Vec<BanRow> = here.iter().flat_map(|ban| rows(file, ban)).collect();
    let groups = file.schools.iter().flat_map(|school| school.seats.iter().map(move |it| (school, it)));
    let bouwen: Bouwen = groups.map(|(school, it)| ((school.id.clone(), it.id().to_owned()), it.bouw.code())).collect();
    if let Some(locks) = &mut file.locks {
        locks.retain(|it| !here.iter().any(|ban| ban.refuses(&it.candidate, (&it.school, &it.seat, &it.coach), &bouwen)));
    }
    if let Some(previous) = &mut file.previous {
        previous.retain(|it| !here.iter().any(|ban| ban.refuses(&it.candidate, (&it.school, &it.seat, &it.coach), &bouwen)));
    }
    file.locks = file.locks.take().filter(|rows| !rows.is_empty());
    file.previous = file.previous.take().filter(|rows| !rows.is_empty());
    file.decide(Vec::new(), rows, None);
    fewer(file, &here);
}

/// The bouw of each seat group, by school and group.
type Bouwen = BTreeMap<(String, String), &'static str>;

impl Ban {
    /// Whether everything that a row allows is refused.
    fn refuses(&self, candidate: &str, (school, seat, coach): (&Option<String>, &Option<String>, &Option<String>), all: &Bouwen) -> bool {
        let agrees = |named: &Option<String>, there: &Option<String>| named.is_none() || named == there;
        let bouw = school.clone().zip(seat.clone()).and_then(|group| all.get(&group)).map(|it| (*it).to_owned());
        self.candidate == candidate
            && agrees(&self.school, school)
            && agrees(&self.seat, seat)
            && agrees(&self.bouw, &bouw)
            && agrees(&self.coach, coach)
    }
}

fn rows(file: &WaveFile, ban: &Ban) -> Vec<BanRow> {
    let row = BanRow {
        candidate: ban.candidate.clone(),
        school: ban.school.clone(),
        seat: ban.seat.clone(),
        bouw: ban.bouw.as_deref().and_then(Bouw::parse),
        coach: ban.coach.clone(),
        reason: BY_DECISION.to_owned(),
        ..BanRow::default()
    };
    if ban.scope != NoScope::All {
        return vec![row];
    }
    // A prohibition names something: every board is everywhere.
    file.boards.iter().map(|board| BanRow { board: Some(board.id.clone()), ..row.clone() }).collect()
}

/// How many are left of something of which there were so many, with a no for each of these.
fn left(bans: &[&Ban]) -> u32 {
    let of = bans.iter().filter_map(|ban| ban.of).max().unwrap_or_default();
    u32::try_from(of - i64::try_from(bans.len()).unwrap_or(i64::MAX)).unwrap_or(0)
}

/// Seats and coaches of this very wave: what the register keeps of it is the register's own.
fn fewer(file: &mut WaveFile, bans: &[&Ban]) {
    let (mut seats, mut coaches) = (BTreeMap::<(&str, &str), Vec<&Ban>>::new(), BTreeMap::<&str, Vec<&Ban>>::new());
    for ban in bans.iter().filter(|ban| ban.wave == file.id && ban.of.is_some()) {
        match (ban.scope, &ban.school, &ban.seat, &ban.coach) {
            (NoScope::SeatClosed, Some(school), Some(seat), _) => seats.entry((school, seat)).or_default().push(ban),
            (NoScope::NoRoom, _, _, Some(coach)) => coaches.entry(coach).or_default().push(ban),
            _ => {}
        }
    }
    for school in &mut file.schools {
        for group in &mut school.seats {
            if let Some(bans) = seats.get(&(school.id.as_str(), group.id())) {
                group.count = group.count.min(left(bans));
            }
        }
    }
    for coach in &mut file.coaches {
        if let Some(bans) = coaches.get(coach.id.as_str()) {
            coach.maximum = coach.maximum.min(left(bans));
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn file() -> WaveFile {
        let text = json!({
            "formaat": "loket-lichting/1", "id": "w", "fase": "opleiding", "besturen": [{ "id": "B1" }, { "id": "B2" }],
            "scholen": [{ "id": "S1", "bestuur": "B1", "lat": 52.0, "lon": 4.0, "plekken": [{ "bouw": "onderbouw", "aantal": 2 }] }],
            "coaches": [{ "id": "K1", "lat": 52.0, "lon": 4.0, "maximum": 5, "uren": 300 }],
            "kandidaten": [{ "id": "Z1", "lat": 52.0, "lon": 4.0, "bouwen": ["onderbouw"] }, { "id": "Z2", "lat": 52.0, "lon": 4.0, "bouwen": ["onderbouw"] }],
            "vast": [{ "kandidaat": "Z1", "school": "S1", "plek": "onderbouw", "coach": "K1" }, { "kandidaat": "Z2", "coach": "K1" }],
            "vorig_plan": [{ "kandidaat": "Z1", "school": "S1", "plek": "onderbouw", "coach": "K1", "status": "akkoord" }],
        });
        WaveFile::read(text.to_string().as_bytes()).unwrap()
    }

    fn ban(scope: NoScope, candidate: &str) -> Ban {
        Ban { wave: "w".into(), scope, candidate: candidate.into(), school: None, seat: None, bouw: None, coach: None, of: None }
    }

    #[test]
    fn a_no_forbids_takes_a_lock_away_and_is_written_once() {
        let mut once = file();
        let school = Ban { school: Some("S1".into()), ..ban(NoScope::School, "Z1") };
        let elsewhere = Ban { school: Some("S1".into()), ..ban(NoScope::School, "Z9") };
        obey(&mut once, &[school.clone(), elsewhere]);
        let told = once.to_json();
        assert_eq!(told["verboden"], json!([{ "kandidaat": "Z1", "school": "S1", "reden": "besluit" }]));
        assert_eq!(told["vast"], json!([{ "kandidaat": "Z2", "coach": "K1" }]), "a lock of somebody else stays");
        assert!(told.get("vorig_plan").is_none(), "{told}");
        let mut twice = once.clone();
        obey(&mut twice, &[school]);
        assert_eq!(twice, once);
    }

    #[test]
    fn no_place_at_all_is_every_board() {
        let mut file = file();
        obey(&mut file, &[ban(NoScope::All, "Z2")]);
        let told = file.to_json();
        assert_eq!(
            told["verboden"],
            json!([{ "kandidaat": "Z2", "bestuur": "B1", "reden": "besluit" }, { "kandidaat": "Z2", "bestuur": "B2", "reden": "besluit" }])
        );
        assert_eq!(told["vast"].as_array().map(Vec::len), Some(1));
    }

    #[test]
    fn a_seat_that_is_not_open_and_a_coach_without_room_are_fewer_once_for_each_no_in_the_wave_where_it_was_said() {
        let seat =
            |who: &str| Ban { school: Some("S1".into()), seat: Some("onderbouw".into()), of: Some(2), ..ban(NoScope::SeatClosed, who) };
        let room = |who: &str| Ban { coach: Some("K1".into()), of: Some(2), ..ban(NoScope::NoRoom, who) };
        let counts = |bans: &[Ban]| {
            let mut file = file();
            obey(&mut file, bans);
            obey(&mut file, bans);
            (file.schools[0].seats[0].count, file.coaches[0].maximum)
        };
        assert_eq!(counts(&[seat("Z1")]), (1, 5));
        assert_eq!(counts(&[seat("Z1"), seat("Z2")]), (0, 5));
        assert_eq!(counts(&[room("Z1")]), (2, 1));
        assert_eq!(counts(&[Ban { wave: "elders".into(), ..seat("Z1") }]), (2, 5));
    }
}
