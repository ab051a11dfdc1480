//! No team gets too many starters: placements at s ≤ max(0, ⌊max_starters_procent · s.teamgrootte / 100⌋ − s.starters), when teamgrootte is given (placements).

use crate::common::tables::Table;
use crate::matching::facts::plan::Plan;
use crate::matching::facts::wave::{School, Wave};

use super::tally::{over, placed, whole};
use super::{Among, Breach, Kind, Limit, Members, Rule, RuleCode, Weight};

/// The rule with both halves.
pub const RULE: Rule = Rule {
    code: RuleCode::Starters,
    says: "In een team werken niet te veel starters.",
    overrulable: false,
    kind: Kind::Shared { among: Among::School, weight: Weight::One, write, grow, judge },
};

fn write(wave: &Wave) -> Vec<Limit> {
    let percent = u64::from(wave.policy.max_starters_percent);
    wave.schools
        .pairs()
        .filter_map(|(school, row)| {
            let most = percent * u64::from(row.team_size?) / 100;
            let room = most.saturating_sub(row.starters.into());
            Some(Limit {
                rule: RULE.code,
                members: Members::School(school),
                weight: Weight::One,
                at_most: i64::try_from(room).unwrap_or(i64::MAX),
                together: None,
            })
        })
        .collect()
}

fn grow(wave: &mut Wave, members: Members, at_most: i64) -> Option<()> {
    let Members::School(school) = members else { return None };
    let percent = u64::from(wave.policy.max_starters_percent);
    let row = &mut wave.schools[school];
    if percent == 0 {
        // No team is large enough: the same room as a maximum of the school.
        row.team_size = None;
        row.maximum = Some(row.maximum.map_or(whole(at_most), |most| most.min(whole(at_most))));
        return Some(());
    }
    let wanted = u64::from(whole(at_most)) + u64::from(row.starters);
    // The smallest team that leaves this much room.
    let team = (wanted * 100).checked_add(percent)?.checked_sub(1)?.checked_div(percent)?;
    row.team_size = Some(u32::try_from(team.min(Weight::One.largest().unsigned_abs())).ok()?.max(row.team_size?));
    Some(())
}

fn judge(wave: &Wave, plan: &Plan) -> Vec<Breach> {
    let mut used = Table::filled(wave.schools.len(), 0);
    for (_, placement) in placed(plan) {
        used[placement.school(wave)] += 1;
    }
    over(RULE.code, &used, |school| room(wave, &wave.schools[school]), |school| wave.schools[school].id.clone())
}

/// How many placements the team has room for, by the judge's half; no limit without a team size.
pub(crate) fn room(wave: &Wave, school: &School) -> Option<i64> {
    let percent = i64::from(wave.policy.max_starters_percent);
    let team = i64::from(school.team_size?);
    Some(((percent * team).div_euclid(100) - i64::from(school.starters)).max(0))
}
