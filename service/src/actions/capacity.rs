//! Seats: put, removed and confirmed, by a board or for it.

use jiff::civil::Date;

use super::{Asked, Clash, Refused, problem};
use crate::access::Scope;
use crate::desk::days::{Doubts, of_period};
use crate::desk::fits;
use crate::desk::offer::{Use, shortage};
use crate::desk::whole::{Said, unsaid};
use crate::records::deed::Deed;
use crate::records::register::Kind;
use crate::records::seats::{Confirmed, Seats, usual};
use crate::store::{Change, Session, Store};
use loket_solver::matching::facts::words::Word;

/// Seats in one group that nobody asks about; schools have some.
const USUAL: i64 = 50;

/// The scope of a board within the caller's own.
pub async fn board(store: &Store, asked: &Asked, id: &str) -> Result<Scope, Refused> {
    let scope = asked.caller.scope().of_board(id).ok_or(Refused::Unknown)?;
    store.read().register_row(Kind::Board, &scope, id).await?.ok_or(Refused::Unknown)?;
    Ok(scope)
}

/// What uses the seats of this scope from a day on. A placement holds a seat for so many months.
pub async fn use_of(reading: &mut Session, scope: &Scope, day: Date, months: u32) -> Result<Use, Refused> {
    let placed = reading.placements_from(&day.to_string()).await?;
    Ok(Use { placed, proposed: reading.proposed(scope).await?, months })
}

/// Changes the seats of one group, or adds a period to it; whether they are new. `new.from` empty stands for the period that counts today,
/// `version` is what it is now, 0 for nothing yet. What the seats say now and was not named is missing; what is unlikely must be confirmed.
/// A placement holds a seat for so many months. The same again on the same day changes nothing; else whoever puts seats confirms them.
pub async fn put(
    store: &Store,
    asked: &Asked,
    scope: &Scope,
    new: Seats,
    version: i64,
    (said, held_months): (&Said, u32),
) -> Result<(Seats, bool), Refused<Seats>> {
    let today = store.clock().today();
    // Read before the change, since it goes through every plan under review: nobody waits for that, and it only says what to ask about.
    let proposed = store.read().proposed(scope).await?;
    let mut change = store.change().await?;
    let used = Use { placed: change.placements_from(&today.to_string()).await?, proposed, months: held_months };
    let done = put_in(&mut change, asked, new, &Putting { scope, used: &used, said, version }).await?;
    if done.changed {
        change.commit().await?;
    }
    Ok((done.seats, done.fresh))
}

/// What seats that are put are held against.
#[derive(Clone, Copy, Debug)]
pub struct Putting<'a> {
    /// Whose they are.
    pub scope: &'a Scope,
    /// What uses the seats of this scope from today on.
    pub used: &'a Use,
    /// What was said along with them.
    pub said: &'a Said,
    /// The version of what they take the place of; 0 for nothing yet.
    pub version: i64,
}

/// Seats that were put.
#[derive(Clone, Debug)]
pub struct Done {
    /// As they are now.
    pub seats: Seats,
    /// Whether there was nothing before.
    pub fresh: bool,
    /// Whether anything is otherwise than it was.
    pub changed: bool,
}

/// The same within a change.
pub async fn put_in(change: &mut Change, asked: &Asked, mut new: Seats, putting: &Putting<'_>) -> Result<Done, Refused<Seats>> {
    let Putting { scope, used, said, version } = *putting;
    let clock = change.clock().clone();
    let today = clock.today();
    let school = change.register_row(Kind::School, scope, &new.school).await?.ok_or(Refused::Unknown)?;
    let rows = change.seat_group(scope, &new.school, &new.id).await?;
    let named = rows.iter().find(|row| row.from == new.from);
    // A new period has a day of its own; a change without that day may move the first day of the period that counts.
    let target = if version == 0 && !new.from.is_empty() { named } else { named.or_else(|| usual(&rows, &today.to_string())) };
    match target {
        None if version != 0 => return Err(Refused::Unknown),
        Some(row) if row.version != version => return Err(Refused::stale(row.clone())),
        _ => {}
    }
    let mut wrong = target.map_or_else(Vec::new, |row| unsaid(row.says(), said));
    if new.from.is_empty() {
        new.from = target.map_or(today.to_string(), |row| row.from.clone());
    }
    if new.until.as_ref().is_some_and(|until| *until < new.from) {
        wrong.push(problem("grens", "/tot", "tot ligt voor van", "kies een latere dag"));
    }
    if !wrong.is_empty() {
        return Err(wrong.into());
    }
    if let Some(last) = school.until.as_ref().filter(|last| new.open && new.count > 0 && new.until.as_ref().is_none_or(|it| it > *last)) {
        let what = format!("de school is er na {last} niet meer");
        return Err(Refused::wrong("grens", "/tot", what, format!("laat de plekken eindigen op {last} of eerder")));
    }
    let wanted = new.period()?;
    for row in rows.iter().filter(|row| target.is_none_or(|it| it.from != row.from)) {
        if row.period()?.meets(wanted) {
            let until = row.until.as_deref().unwrap_or("later");
            let what =
                format!("Van {} tot en met {until} staat deze plek er al; laat de ene periode eindigen voor de andere begint.", row.from);
            return Err(Refused::Clash(Box::new(Clash { what, points: Vec::new(), now: Some(row.clone()), waves: Vec::new() })));
        }
    }
    (new.confirmed, new.confirmed_by) = (Some(clock.now()), Some(asked.caller.role().code().to_owned()));
    let day = |row: &Seats| row.confirmed.and_then(|at| clock.day(at));
    if let Some(row) = target
        && day(row).is_some()
        && day(row) == day(&new)
        && *row == (Seats { confirmed: row.confirmed, version, ..new.clone() })
    {
        // As they stand, and confirmed today by the same side: nothing is new.
        return Ok(Done { seats: row.clone(), fresh: false, changed: false });
    }
    Refused::doubted(doubts(&rows, target, &new, used, today)?, said.confirmed)?;
    new.version = match target {
        Some(row) => row.version + 1,
        // A version of seats that were removed never comes back.
        None => change.seats_gone(scope).await? + 1,
    };
    if let Some(row) = target {
        change.drop_seats(row).await?;
    }
    change.put_seats(&new).await?;
    let board = school.board.unwrap_or_default();
    let was = target.map(Seats::logged);
    let by = asked.caller.role();
    let deed = Deed::SeatsPut { board: &board, school: &new.school, seat: &new.id, was, row: new.logged(), by };
    change.log(&asked.caller, &new.school, &deed).await?;
    change.wish_worth(&board).await?;
    Ok(Done { fresh: target.is_none(), seats: new, changed: true })
}

/// What is unlikely about seats that are put: days far away, very many of them, another bouw or fewer than are used where they are in use.
fn doubts(rows: &[Seats], target: Option<&Seats>, new: &Seats, used: &Use, today: Date) -> Result<Doubts, Refused<Seats>> {
    let mut doubts = Doubts::default();
    if target.is_none_or(|it| it.from != new.from) {
        doubts.day("/van", &new.from, today, of_period());
    }
    if let Some(until) = new.until.as_ref().filter(|_| target.is_none_or(|it| it.until != new.until)) {
        doubts.day("/tot", until, today, of_period());
    }
    if new.count > USUAL && target.is_none_or(|it| it.count != new.count) {
        doubts.ask("/aantal", format!("{} plekken in één groep is veel", new.count), "verbeter het aantal");
    }
    let Some(now) = target else { return Ok(doubts) };
    let users = used.users(now)?;
    if now.bouw != new.bouw && users > 0 {
        let what = format!("deze plekken zijn in gebruik of staan in een voorstel ({users}) en waren {}, niet {}", now.bouw, new.bouw);
        doubts.ask("/bouw", what, "laat de bouw zoals zij was");
    }
    if now.data.get("dagdelen") != new.data.get("dagdelen") && users > 0 {
        let what =
            format!("deze plekken zijn in gebruik of staan in een voorstel ({users}), en hebben zo andere dagdelen van de duo-collega");
        doubts.ask("/dagdelen", what, "laat de dagdelen zoals zij waren");
    }
    let after: Vec<Seats> = rows.iter().filter(|row| row.from != now.from).chain([new]).cloned().collect();
    let (short, before) = (shortage(&after, used, today)?, shortage(rows, used, today)?);
    let key = if !new.open && now.open {
        "/open"
    } else if new.count < now.count {
        "/aantal"
    } else {
        "/tot"
    };
    let lost = used.unplaced(now, new, today)?;
    if short <= before && lost > 0 {
        let few = if lost == 1 { "1 voorstel dat".to_owned() } else { format!("{lost} voorstellen die") };
        let what = format!("dan is er geen plek meer voor {few} nu in beoordeling {}", if lost == 1 { "is" } else { "zijn" });
        doubts.ask(key, what, "laat zoveel plekken staan als er gebruikt en voorgesteld zijn, of wacht tot er besloten is");
    }
    if short > before {
        let few = if short == 1 { "1 plek".to_owned() } else { format!("{short} plekken") };
        let remedy = match key {
            "/open" => "laat de plekken open",
            "/tot" => "laat de periode langer doorlopen",
            _ => "laat zoveel plekken staan als er in gebruik zijn",
        };
        doubts.ask(key, format!("op de drukste dag is er dan {few} te weinig voor wie er al zit of komt"), remedy);
    }
    Ok(doubts)
}

/// Removes seats that should never have been there: the period that begins on a day, or the one that counts today. Seats that are or were
/// in use stay.
pub async fn remove(
    store: &Store,
    asked: &Asked,
    scope: &Scope,
    (school, seat, from): (&str, &str, Option<&str>),
    version: i64,
) -> Result<(), Refused<Seats>> {
    let today = store.clock().today().to_string();
    let mut change = store.change().await?;
    let board = change.register_row(Kind::School, scope, school).await?.ok_or(Refused::Unknown)?.board.unwrap_or_default();
    let rows = change.seat_group(scope, school, seat).await?;
    let row = match from {
        Some(from) => rows.iter().find(|row| row.from == from),
        None => usual(&rows, &today),
    };
    let row = row.ok_or(Refused::Unknown)?;
    if row.version != version {
        return Err(Refused::stale(row.clone()));
    }
    let waves = users(&mut change, scope, row).await?;
    if !waves.is_empty() {
        let what =
            "Deze plekken zijn of waren in gebruik, of een voorstel gebruikt ze: ze worden niet weggehaald. Zet het aantal op 0, sluit \
                    ze met een reden, of laat de periode eindigen."
                .to_owned();
        let point = |wave: &String| fits::Clash::new("in-gebruik", "", format!("lichting {wave} gebruikt deze plekken"), "laat ze staan");
        let points = waves.iter().map(point).collect();
        return Err(Refused::Clash(Box::new(Clash { what, points, now: Some(row.clone()), waves })));
    }
    change.drop_seats(row).await?;
    change.count_gone_seats(&board, row).await?;
    change.log(&asked.caller, school, &Deed::SeatsRemoved { board: &board, school, seat, was: row.logged() }).await?;
    change.wish_worth(&board).await?;
    change.commit().await?;
    Ok(())
}

/// Waves that use seats in their period: by placements that are or were there, or by the plan under review.
async fn users(change: &mut Change, scope: &Scope, row: &Seats) -> Result<Vec<String>, Refused<Seats>> {
    let period = row.period()?;
    let placed = change.placements_at(&row.school, &row.id).await?;
    let mut waves: Vec<String> = placed.into_iter().filter(|it| it.period.meets(period)).map(|it| it.wave).collect();
    let proposed = change.proposed(scope).await?;
    let here = proposed.into_iter().filter(|it| it.school == row.school && it.seat == row.id && it.period.meets(period));
    waves.extend(here.map(|it| it.wave));
    waves.sort();
    waves.dedup();
    Ok(waves)
}

/// A board says that its seats from today on are as they stand; `seen` is the version that was seen, and how many rows were read. Said again on
/// the same day, it changes nothing.
pub async fn confirm(store: &Store, asked: &Asked, id: &str, (seen, read): (i64, i64)) -> Result<Confirmed, Refused<i64>> {
    let scope = board(store, asked, id).await.map_err(|refused| refused.with_now(|()| 0))?;
    if let Some(done) = store.read().deed(asked.key()).await? {
        return Ok(done);
    }
    let today = store.clock().today().to_string();
    let mut change = store.change().await?;
    let version = change.seats_version(&scope).await?;
    if seen != version {
        return Err(Refused::stale(version));
    }
    let all = change.seats_count(&scope, &today).await?;
    if read != all {
        let what = format!("Er staan {all} rijen plekken van vandaag en later, en er zijn er {read} gelezen; er is niets bevestigd.");
        let point = format!("er zijn {all} rijen, geen {read}");
        let points = vec![fits::Clash::new("aantal", "/aantal", point, "lees alle bladzijden van de lijst zonder op, en bevestig die")];
        return Err(Refused::Clash(Box::new(Clash { what, points, now: None, waves: Vec::new() })));
    }
    let last = change.last_confirmed(id).await?.filter(|it| it.version == version);
    let waits = change.round_waits(id, &today).await?;
    if let Some(last) = last.filter(|it| !waits && store.clock().day(it.at).is_some_and(|day| day.to_string() == today)) {
        return Ok(last);
    }
    let by = asked.caller.role();
    let rows = change.confirm_seats(id, by.code(), &today).await?;
    let rounds = change.board_confirmed(id, by.code(), &today).await?;
    if rows == 0 && (rounds == 0 || !waits) {
        return Ok(Confirmed { rows, at: change.clock().now(), version });
    }
    change.log(&asked.caller, id, &Deed::SeatsConfirmed { from: &today, count: rows, version, by }).await?;
    let confirmed = Confirmed { rows, at: change.clock().now(), version: change.seats_version(&scope).await? };
    change.note_deed(asked.key(), &confirmed).await?;
    change.commit().await?;
    Ok(confirmed)
}
