//! A certificate as the `certificaat` of a goal in an outcome file: the wave's own ids in, typed ids out (docs/certificates.md).

use std::collections::HashMap;

use loket_solver::matching::facts::certificate::{Certificate, ClassWeight, FloorPrice, Rest, Row, RowPrice, Stage};
use loket_solver::matching::facts::codes::RuleCode;
use loket_solver::matching::facts::ids::{CandidateId, CoachId, SeatId};
use loket_solver::matching::facts::plan::{Placement, Plan, empty};
use loket_solver::matching::facts::together::{Half, Share, Together};
use loket_solver::matching::facts::wave::Wave;
use loket_solver::matching::facts::words::{HalfDay, Word};
use serde_json::{Map, Value, json};

/// Something in a certificate that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unreadable {
    /// JSON pointer from the certificate.
    pub place: String,
    /// What is wrong, Dutch.
    pub what: String,
}

const RESTS: &[(Rest, &str)] = &[(Rest::Prices, "prijzen"), (Rest::Search, "zoeken"), (Rest::Branching, "vertakken"), (Rest::Open, "open")];

/// Rules about people together.
const TOGETHER: [RuleCode; 5] = [RuleCode::PaarSamen, RuleCode::PaarApart, RuleCode::PaarCoach, RuleCode::PaarCoaches, RuleCode::DuoDelen];

/// The certificate as JSON.
pub fn certificate_json(wave: &Wave, certificate: &Certificate) -> Value {
    let rest = RESTS.iter().find(|(rest, _)| *rest == certificate.rest).map_or("open", |(_, word)| word);
    let mut file = json!({
        "eenheid": certificate.unit,
        "schaal": certificate.scale,
        "grens": certificate.bound,
        "bewijs": rest,
        "rijen": certificate.rows.iter().map(|row| row_json(wave, row)).collect::<Value>(),
        "belasting": certificate.loads.iter().map(|(coach, price)| json!({ "coach": wave.coaches[*coach].id, "prijs": price })).collect::<Value>(),
        "ondergrenzen": certificate.floors.iter().map(|floor| floor_json(wave, floor)).collect::<Value>(),
    });
    if let Some(plan) = &certificate.witness {
        file["getuige"] = witness_json(wave, plan);
    }
    if let Some(before) = &certificate.before {
        file["wijzigingen"] = certificate_json(wave, before);
    }
    file
}

fn row_json(wave: &Wave, priced: &RowPrice) -> Value {
    let seat = |seat: SeatId| format!("{}:{}", wave.school_of(seat).id, wave.seats[seat].id);
    let price = priced.price;
    match &priced.row {
        Row::Seat(at) => json!({ "rij": "plek", "van": seat(*at), "prijs": price }),
        Row::School(at) => json!({ "rij": "school", "van": wave.schools[*at].id, "prijs": price }),
        Row::Board(at) => json!({ "rij": "bestuur", "van": wave.boards[*at].id, "prijs": price }),
        Row::External => json!({ "rij": "extern", "prijs": price }),
        Row::Budget => json!({ "rij": "budget", "prijs": price }),
        Row::Together(row) => together_json(wave, *row, price),
        Row::Coach { coach, weights, at_most } => {
            let weights: Value =
                weights.iter().map(|it| json!({ "uren": it.hours, "vervolguren": it.next_hours, "gewicht": it.weight })).collect();
            json!({ "rij": "coach", "van": wave.coaches[*coach].id, "gewichten": weights, "hoogstens": at_most, "prijs": price })
        }
    }
}

fn together_json(wave: &Wave, row: Together, price: i64) -> Value {
    let mut written = json!({ "rij": row.rule().code(), "prijs": price });
    let mut put = |key: &str, value: Value| written[key] = value;
    let id = |it: CandidateId| &wave.candidates[it].id;
    let seat = |seat: SeatId| json!(format!("{}:{}", wave.school_of(seat).id, wave.seats[seat].id));
    let half = |half: Half| json!({ "cijfer": half.digit, "is": u32::from(half.set) });
    let share = |share: Share| {
        let days: Vec<&str> = HalfDay::ALL.iter().filter(|&&day| share.days.has(day)).map(|day| day.code()).collect();
        json!({ "dagdelen": days, "gevraagd": share.asks })
    };
    match row {
        Together::Schools(one, other, it) | Together::Coaches(one, other, it) => {
            put("kandidaten", json!([id(one), id(other)]));
            put("helft", half(it));
        }
        Together::School(one, other, school) => {
            put("kandidaten", json!([id(one), id(other)]));
            put("school", json!(wave.schools[school].id));
        }
        Together::Coach(one, other, coach) => {
            put("kandidaten", json!([id(one), id(other)]));
            put("coach", json!(wave.coaches[coach].id));
        }
        Together::Shares(at, one, other) => {
            put("van", seat(at));
            put("delen", json!([share(one), share(other)]));
        }
        Together::ShareWith(at, person, other) => {
            put("van", seat(at));
            put("kandidaten", json!([id(person)]));
            put("delen", json!([share(other)]));
        }
    }
    written
}

fn floor_json(wave: &Wave, floor: &FloorPrice) -> Value {
    let mut row = match floor.stage {
        Stage::Changes => json!({ "wijzigingen": true }),
        Stage::Goal(number) => json!({ "doel": wave.policy.goals.get(number).map(|goal| goal.name.as_str()) }),
    };
    row["deler"] = floor.divisor.into();
    row["prijs"] = floor.price.into();
    row
}

fn witness_json(wave: &Wave, plan: &Plan) -> Value {
    let rows = wave.candidates_by_row().into_iter();
    rows.filter_map(|candidate| {
        let placement = plan[candidate]?;
        let seat = &wave.seats[placement.seat];
        Some(json!({
            "kandidaat": wave.candidates[candidate].id,
            "school": wave.schools[seat.school].id,
            "plek": seat.id,
            "coach": wave.coaches[placement.coach].id,
        }))
    })
    .collect()
}

/// Reads certificates of one wave.
pub struct CertificateReader<'a> {
    wave: &'a Wave,
    seats: HashMap<String, SeatId>,
    coaches: HashMap<&'a str, CoachId>,
    candidates: HashMap<&'a str, CandidateId>,
}

type Read<T> = Result<T, Unreadable>;

fn wrong<T>(place: &str, what: impl Into<String>) -> Read<T> {
    Err(Unreadable { place: place.into(), what: what.into() })
}

/// The fields of an object that has no other keys than these (and `toelichting`).
fn fields<'v>(value: &'v Value, place: &str, keys: &[&str]) -> Read<&'v Map<String, Value>> {
    let Some(fields) = value.as_object() else { return wrong(place, "Dit moet een object zijn.") };
    match fields.keys().find(|key| !keys.contains(&key.as_str()) && *key != "toelichting") {
        Some(key) => wrong(&format!("{place}/{key}"), "Deze sleutel hoort hier niet."),
        None => Ok(fields),
    }
}

fn integer(fields: &Map<String, Value>, place: &str, key: &str) -> Read<i64> {
    match fields.get(key).and_then(Value::as_i64) {
        Some(number) => Ok(number),
        None => wrong(&format!("{place}/{key}"), "Hier moet een geheel getal staan."),
    }
}

fn word<'v>(fields: &'v Map<String, Value>, place: &str, key: &str) -> Read<&'v str> {
    match fields.get(key).and_then(Value::as_str) {
        Some(word) => Ok(word),
        None => wrong(&format!("{place}/{key}"), "Hier moet tekst staan."),
    }
}

fn list<T>(fields: &Map<String, Value>, place: &str, key: &str, read: impl Fn(&Value, &str) -> Read<T>) -> Read<Vec<T>> {
    let place = format!("{place}/{key}");
    let Some(rows) = fields.get(key).and_then(Value::as_array) else { return wrong(&place, "Hier moet een lijst staan.") };
    rows.iter().enumerate().map(|(number, row)| read(row, &format!("{place}/{number}"))).collect()
}

impl<'a> CertificateReader<'a> {
    /// Knows the wave's ids.
    pub fn new(wave: &'a Wave) -> Self {
        Self {
            wave,
            seats: wave.seats.pairs().map(|(id, seat)| (format!("{}:{}", wave.school_of(id).id, seat.id), id)).collect(),
            coaches: wave.coaches.pairs().map(|(id, coach)| (coach.id.as_str(), id)).collect(),
            candidates: wave.candidates.pairs().map(|(id, candidate)| (candidate.id.as_str(), id)).collect(),
        }
    }

    /// Reads a `certificaat`.
    ///
    /// # Errors
    /// The first thing that has not the right form, or names something that the wave has not.
    pub fn read(&self, value: &Value) -> Result<Certificate, Unreadable> {
        self.certificate(value, "", true)
    }

    fn certificate(&self, value: &Value, place: &str, first: bool) -> Read<Certificate> {
        let mut keys = vec!["eenheid", "schaal", "grens", "bewijs", "rijen", "belasting", "ondergrenzen", "getuige"];
        if first {
            keys.push("wijzigingen");
        }
        let file = fields(value, place, &keys)?;
        let says = word(file, place, "bewijs")?;
        let Some((rest, _)) = RESTS.iter().find(|(_, word)| *word == says) else {
            return wrong(&format!("{place}/bewijs"), format!("\"{says}\" is geen soort bewijs."));
        };
        Ok(Certificate {
            unit: integer(file, place, "eenheid")?,
            scale: integer(file, place, "schaal")?,
            rows: list(file, place, "rijen", |row, place| self.row(row, place))?,
            loads: list(file, place, "belasting", |row, place| self.load(row, place))?,
            floors: list(file, place, "ondergrenzen", |row, place| self.floor(row, place))?,
            bound: integer(file, place, "grens")?,
            rest: *rest,
            witness: file.get("getuige").map(|_| self.witness(file, place)).transpose()?,
            before: match file.get("wijzigingen") {
                Some(before) => Some(Box::new(self.certificate(before, &format!("{place}/wijzigingen"), false)?)),
                None => None,
            },
        })
    }

    fn coach(&self, fields: &Map<String, Value>, place: &str, key: &str) -> Read<CoachId> {
        let id = word(fields, place, key)?;
        match self.coaches.get(id) {
            Some(coach) => Ok(*coach),
            None => wrong(&format!("{place}/{key}"), format!("Coach {id} staat niet in de lichting.")),
        }
    }

    fn row(&self, value: &Value, place: &str) -> Read<RowPrice> {
        let kind = value.get("rij").and_then(Value::as_str).unwrap_or_default();
        let keys: &[&str] = match kind {
            "plek" | "school" | "bestuur" => &["rij", "van", "prijs"],
            "coach" => &["rij", "van", "gewichten", "hoogstens", "prijs"],
            _ => &["rij", "prijs"],
        };
        if let Some(rule) = RuleCode::parse(kind).filter(|it| TOGETHER.contains(it)) {
            return self.together(rule, value, place);
        }
        let row = fields(value, place, keys)?;
        let unknown = |id: &str| format!("{kind} {id} staat niet in de lichting.");
        let of = format!("{place}/van");
        let price = integer(row, place, "prijs")?;
        let row = match kind {
            "plek" => {
                let id = word(row, place, "van")?;
                self.seats.get(id).map(|&seat| Row::Seat(seat)).map_or_else(|| wrong(&of, unknown(id)), Ok)?
            }
            "school" => {
                let id = word(row, place, "van")?;
                let found = self.wave.schools.pairs().find(|(_, school)| school.id == id);
                found.map(|(school, _)| Row::School(school)).map_or_else(|| wrong(&of, unknown(id)), Ok)?
            }
            "bestuur" => {
                let id = word(row, place, "van")?;
                let found = self.wave.boards.pairs().find(|(_, board)| board.id == id);
                found.map(|(board, _)| Row::Board(board)).map_or_else(|| wrong(&of, unknown(id)), Ok)?
            }
            "coach" => Row::Coach {
                coach: self.coach(row, place, "van")?,
                weights: list(row, place, "gewichten", class_weight)?,
                at_most: integer(row, place, "hoogstens")?,
            },
            "extern" => Row::External,
            "budget" => Row::Budget,
            _ => return wrong(&format!("{place}/rij"), format!("\"{kind}\" is geen soort rij.")),
        };
        Ok(RowPrice { row, price })
    }

    /// A row about people together.
    fn together(&self, rule: RuleCode, value: &Value, place: &str) -> Read<RowPrice> {
        let row = fields(value, place, &["rij", "kandidaten", "helft", "school", "coach", "van", "delen", "prijs"])?;
        let people = match row.get("kandidaten") {
            Some(_) => list(row, place, "kandidaten", |it, place| self.person(it, place))?,
            None => Vec::new(),
        };
        let half = || -> Read<Half> {
            let (half, place) = (row.get("helft").unwrap_or(&Value::Null), format!("{place}/helft"));
            let half = fields(half, &place, &["cijfer", "is"])?;
            let digit = integer(half, &place, "cijfer")?;
            let Ok(digit) = u32::try_from(digit) else { return wrong(&format!("{place}/cijfer"), "Dit getal is te klein of te groot.") };
            Ok(Half { digit, set: integer(half, &place, "is")? == 1 })
        };
        let found = match (rule, &people[..]) {
            (RuleCode::PaarSamen, &[one, other]) => Together::Schools(one, other, half()?),
            (RuleCode::PaarCoach, &[one, other]) => Together::Coaches(one, other, half()?),
            (RuleCode::PaarApart, &[one, other]) => {
                let id = word(row, place, "school")?;
                let found = self.wave.schools.pairs().find(|(_, school)| school.id == id);
                let Some((school, _)) = found else {
                    return wrong(&format!("{place}/school"), format!("School {id} staat niet in de lichting."));
                };
                Together::School(one, other, school)
            }
            (RuleCode::PaarCoaches, &[one, other]) => Together::Coach(one, other, self.coach(row, place, "coach")?),
            (RuleCode::DuoDelen, people) => {
                let id = word(row, place, "van")?;
                let Some(&seat) = self.seats.get(id) else {
                    return wrong(&format!("{place}/van"), format!("Plek {id} staat niet in de lichting."));
                };
                match (people, &list(row, place, "delen", share)?[..]) {
                    ([], &[one, other]) => Together::Shares(seat, one, other),
                    (&[person], &[other]) => Together::ShareWith(seat, person, other),
                    _ => return wrong(place, "Hier horen twee keer \"delen\", of een kandidaat en een keer."),
                }
            }
            _ => return wrong(&format!("{place}/kandidaten"), "Hier horen twee kandidaten."),
        };
        Ok(RowPrice { row: Row::Together(found), price: integer(row, place, "prijs")? })
    }

    fn person(&self, value: &Value, place: &str) -> Read<CandidateId> {
        let id = value.as_str().unwrap_or_default();
        match self.candidates.get(id) {
            Some(candidate) => Ok(*candidate),
            None => wrong(place, format!("Kandidaat {id} staat niet in de lichting.")),
        }
    }

    fn load(&self, value: &Value, place: &str) -> Read<(CoachId, i64)> {
        let row = fields(value, place, &["coach", "prijs"])?;
        Ok((self.coach(row, place, "coach")?, integer(row, place, "prijs")?))
    }

    fn floor(&self, value: &Value, place: &str) -> Read<FloorPrice> {
        let row = fields(value, place, &["doel", "wijzigingen", "deler", "prijs"])?;
        let stage = match (row.get("doel"), row.get("wijzigingen")) {
            (Some(_), None) => {
                let name = word(row, place, "doel")?;
                match self.wave.policy.goals.iter().position(|goal| goal.name == name) {
                    Some(number) => Stage::Goal(number),
                    None => return wrong(&format!("{place}/doel"), format!("Het beleid heeft geen doel {name}.")),
                }
            }
            (None, Some(Value::Bool(true))) => Stage::Changes,
            _ => return wrong(place, "Hier moet een doel staan, of \"wijzigingen\": true."),
        };
        Ok(FloorPrice { stage, divisor: integer(row, place, "deler")?, price: integer(row, place, "prijs")? })
    }

    fn witness(&self, file: &Map<String, Value>, place: &str) -> Read<Plan> {
        let rows = list(file, place, "getuige", |row, place| {
            let fields = fields(row, place, &["kandidaat", "school", "plek", "coach"])?;
            let id = word(fields, place, "kandidaat")?;
            let Some(&candidate) = self.candidates.get(id) else {
                return wrong(&format!("{place}/kandidaat"), format!("Kandidaat {id} staat niet in de lichting."));
            };
            let seat = format!("{}:{}", word(fields, place, "school")?, word(fields, place, "plek")?);
            let Some(&seat) = self.seats.get(&seat) else {
                return wrong(&format!("{place}/plek"), format!("Plek {seat} staat niet in de lichting."));
            };
            Ok((candidate, Placement { seat, coach: self.coach(fields, place, "coach")? }))
        })?;
        let mut plan = empty(self.wave);
        for (number, (candidate, placement)) in rows.into_iter().enumerate() {
            if plan[candidate].replace(placement).is_some() {
                return wrong(&format!("{place}/getuige/{number}"), "Deze kandidaat staat er al.");
            }
        }
        Ok(plan)
    }
}

fn share(value: &Value, place: &str) -> Read<Share> {
    let row = fields(value, place, &["dagdelen", "gevraagd"])?;
    let day = |it: &Value, place: &str| match it.as_str().and_then(HalfDay::parse) {
        Some(day) => Ok(day),
        None => wrong(place, "Dit is geen dagdeel."),
    };
    let days = list(row, place, "dagdelen", day)?.into_iter().collect();
    match u32::try_from(integer(row, place, "gevraagd")?) {
        Ok(asks) if asks <= 10 => Ok(Share { days, asks }),
        _ => wrong(&format!("{place}/gevraagd"), "Dit getal is te klein of te groot."),
    }
}

fn class_weight(value: &Value, place: &str) -> Read<ClassWeight> {
    let row = fields(value, place, &["uren", "vervolguren", "gewicht"])?;
    Ok(ClassWeight {
        hours: integer(row, place, "uren")?,
        next_hours: integer(row, place, "vervolguren")?,
        weight: integer(row, place, "gewicht")?,
    })
}
