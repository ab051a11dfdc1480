//! A plausible earlier plan for a generated wave: placements that were possible, with statuses, and coaches that dropped out since.

use serde_json::{Value, json};

use super::Rerun;
use super::candidates::{Candidate, with_previous};
use super::coaches::{Coach, minutes};
use super::draw::Draw;
use super::schools::School;

/// Minutes kept free below a limit, since distances here are within one percent only.
const MARGIN: u32 = 2;

/// Entries of an earlier plan: first come, first served, in a drawn order. The coaches that dropped out leave the list of coaches.
pub(super) fn generate(rerun: Rerun, seed: u64, schools: &[School], coaches: &mut Vec<Coach>, candidates: &[Candidate]) -> Vec<Value> {
    let mut draw = Draw::new("vorig_plan", seed);
    let mut order: Vec<usize> = (0..candidates.len()).collect();
    draw.shuffle(&mut order);
    order.truncate(with_previous(rerun, candidates.len()));
    let mut seats: Vec<(usize, usize, u32)> = Vec::new();
    for (at, school) in schools.iter().enumerate().filter(|(_, school)| school.kind == "bo") {
        seats.extend(school.seats.iter().enumerate().map(|(group, one)| (at, group, one.count)));
    }
    draw.shuffle(&mut seats);
    let mut room: Vec<(u32, u32)> = coaches.iter().map(|one| (one.maximum, one.hours)).collect();
    let mut rows = Vec::new();
    for at in order {
        let one = &candidates[at];
        let Some((seat, coach)) = first_free(one, schools, coaches, &seats, &room) else {
            continue;
        };
        seats[seat].2 -= 1;
        room[coach] = (room[coach].0 - 1, room[coach].1 - one.hours());
        let (school, group, _) = seats[seat];
        let status = match draw.below(100) as u32 {
            drawn if drawn < rerun.started => "gestart",
            drawn if drawn < rerun.started + rerun.agreed => "akkoord",
            _ => "voorgesteld",
        };
        let bouw = loket_solver::matching::facts::words::Word::code(schools[school].seats[group].bouw);
        rows.push((
            at,
            json!({
                "kandidaat": one.id, "school": schools[school].id, "plek": bouw,
                "coach": coaches[coach].id, "status": status,
            }),
        ));
    }
    rows.sort_by_key(|&(at, _)| at);
    // Those who drop out had candidates: only then is there something to repair.
    let mut busy: Vec<String> = Vec::new();
    for (_, row) in &rows {
        let coach = row["coach"].as_str().unwrap_or_default();
        if busy.iter().all(|one| one != coach) {
            busy.push(coach.into());
        }
    }
    draw.shuffle(&mut busy);
    busy.truncate(rerun.dropped_coaches);
    coaches.retain(|coach| !busy.contains(&coach.id));
    rows.into_iter().map(|(_, row)| row).collect()
}

/// The first seat with a coach that this candidate could have had.
fn first_free(
    one: &Candidate,
    schools: &[School],
    coaches: &[Coach],
    seats: &[(usize, usize, u32)],
    room: &[(u32, u32)],
) -> Option<(usize, usize)> {
    seats.iter().enumerate().find_map(|(seat, &(school, group, left))| {
        let at = &schools[school];
        let bouw = at.seats[group].bouw;
        let fits = left > 0
            && one.bouwen.contains(&bouw)
            && one.boards.is_empty()
            && minutes(one.home, one.transport, at.place) + MARGIN <= one.max_travel;
        if !fits {
            return None;
        }
        let coach = coaches.iter().zip(room).position(|(coach, &(places, hours))| {
            places > 0
                && hours >= one.hours()
                && (coach.bouwen.is_empty() || coach.bouwen.contains(&bouw))
                && coach.own_school != Some(school)
                && one.needs.iter().all(|tag| coach.tags.contains(tag))
                && minutes(coach.home, coach.transport, at.place) + MARGIN <= coach.max_travel
        })?;
        Some((seat, coach))
    })
}
