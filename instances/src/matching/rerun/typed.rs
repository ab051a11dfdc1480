//! Reads which seats go as somebody typed it: `SCHOOL:PLEK`, `SCHOOL:PLEK=N` or `SCHOOL:PLEK:N`.
//!
//! So is who moves where: `KANDIDAAT:SCHOOL:PLEK:COACH`.
//!
//! No id holds ":", but an id may hold "=": of two readings the one with the longest known id counts, and the other is told.

use loket_solver::matching::facts::wave::Wave;

use super::{FewerSeats, Moved};
use crate::strict::spot::show_id;

/// Most seats that can be named.
const MOST: u32 = 100_000;

/// Seats that were typed, as one wave reads them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TypedSeats {
    /// What is meant. Whether the wave has it is for the check of the whole request.
    pub seats: FewerSeats,
    /// That another reading was possible, and how that one is typed; Dutch.
    pub remark: Option<String>,
}

/// Whether this is a school, a seat group and perhaps a number, whatever wave it is for.
pub fn is_seats(text: &str) -> bool {
    match text.split(':').collect::<Vec<_>>()[..] {
        [school, seat] => !school.is_empty() && !seat.is_empty(),
        [school, seat, count] => !school.is_empty() && !seat.is_empty() && number(count).is_some(),
        _ => false,
    }
}

/// Who moves where, as it was typed.
pub fn moved(text: &str) -> Option<Moved> {
    match text.split(':').collect::<Vec<_>>()[..] {
        [candidate, school, seat, coach] if [candidate, school, seat, coach].iter().all(|it| !it.is_empty()) => {
            let [candidate, school, seat, coach] = [candidate, school, seat, coach].map(str::to_owned);
            Some(Moved { candidate, school, seat, coach })
        }
        _ => None,
    }
}

fn number(text: &str) -> Option<u32> {
    let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|count| digits && (1..=MOST).contains(count))
}

/// What was typed, read with the ids of this wave.
pub fn seats(text: &str, wave: &Wave) -> TypedSeats {
    let (school, rest) = text.split_once(':').unwrap_or((text, ""));
    let fewer = |seat: &str, count| FewerSeats { school: school.to_owned(), seat: seat.to_owned(), count };
    let known = |seat: &str| wave.seats.iter().any(|group| group.id == seat && wave.schools[group.school].id == school);
    if let Some((seat, count)) = rest.split_once(':') {
        return TypedSeats { seats: fewer(seat, number(count).unwrap_or(0)), remark: None };
    }
    let split = rest.rsplit_once('=').and_then(|(seat, count)| Some((seat, number(count)?)));
    match split {
        Some((seat, count)) if known(rest) && known(seat) => {
            let (school, whole, part) = (show_id(school), show_id(rest), show_id(seat));
            let remark = format!(
                "{school}:{whole} is gelezen als 1 plek minder van plek {whole}; {count} minder van plek {part} is {school}:{part}:{count}."
            );
            TypedSeats { seats: fewer(rest, 1), remark: Some(remark) }
        }
        Some((seat, count)) if !known(rest) => TypedSeats { seats: fewer(seat, count), remark: None },
        _ => TypedSeats { seats: fewer(rest, 1), remark: None },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::matching::read::read_wave;

    fn wave(groups: &[&str]) -> Wave {
        let seats: Vec<String> = groups.iter().map(|id| format!(r#"{{ "id": "{id}", "bouw": "onderbouw", "aantal": 5 }}"#)).collect();
        let text = format!(
            r#"{{ "formaat": "loket-lichting/1", "id": "w", "fase": "opleiding", "besturen": [{{ "id": "B1" }}], "coaches": [], "kandidaten": [],
            "scholen": [{{ "id": "S1", "bestuur": "B1", "plekken": [{}] }}] }}"#,
            seats.join(",")
        );
        read_wave(text.as_bytes()).expect("a wave").wave
    }

    #[test]
    fn the_longest_known_id_counts_and_the_other_reading_is_told() {
        let read = |text: &str, groups: &[&str]| {
            let TypedSeats { seats, remark } = seats(text, &wave(groups));
            (seats.seat, seats.count, remark.is_some())
        };
        let both = ["groep", "groep=3"];
        assert_eq!(read("S1:groep=3", &both), ("groep=3".into(), 1, true));
        assert_eq!(read("S1:groep:3", &both), ("groep".into(), 3, false));
        assert_eq!(read("S1:groep=3=2", &both), ("groep=3".into(), 2, false));
        assert_eq!(read("S1:groep=3:2", &both), ("groep=3".into(), 2, false));
        assert_eq!(read("S1:groep=2", &both), ("groep".into(), 2, false));
        assert_eq!(read("S1:groep", &both), ("groep".into(), 1, false));
        assert_eq!(read("S1:groep=3", &["groep=3"]), ("groep=3".into(), 1, false));
        assert_eq!(read("S1:groep=3", &["groep"]), ("groep".into(), 3, false));
        assert_eq!(read("S1:groep=3", &[]), ("groep".into(), 3, false));
        assert_eq!(read("S1:groep=x", &["groep"]), ("groep=x".into(), 1, false), "no number: an id that the wave does not have");
        let told = seats("S1:groep=3", &wave(&both)).remark.expect("two readings");
        assert_eq!(told, "S1:groep=3 is gelezen als 1 plek minder van plek groep=3; 3 minder van plek groep is S1:groep:3.");
    }

    #[test]
    fn who_moves_where_has_four_ids() {
        let read = moved("Z1:S1:a=b:K1").expect("four ids");
        assert_eq!([read.candidate, read.school, read.seat, read.coach], ["Z1", "S1", "a=b", "K1"]);
        assert!(["", "Z1:S1:a", "Z1:S1::K1", "Z1:S1:a:K1:x"].into_iter().all(|it| moved(it).is_none()));
    }

    #[test]
    fn what_has_no_school_and_seat_is_not_seats() {
        assert!(["S1:groep", "S1:groep=3", "S1:groep:3", "S1:=", "a=b:c=d"].into_iter().all(is_seats));
        assert!(
            !["", "S1", "S1:", ":groep", "S1:groep:", "S1:groep:0", "S1:groep:x", "S1:groep:+1", "S1:groep:1:2"].into_iter().any(is_seats)
        );
    }
}
