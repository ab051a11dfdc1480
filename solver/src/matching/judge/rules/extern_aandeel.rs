//! Not too many candidates get an external coach: placements with external coaches ≤ ⌊max_extern_procent · |C| / 100⌋, when given; |C| counts every candidate (placements).

use crate::matching::facts::plan::Plan;
use crate::matching::facts::wave::Wave;
use crate::matching::facts::words::CoachKind;

use super::tally::{placed, whole};
use super::{Among, Breach, Kind, Limit, Members, Rule, RuleCode, Weight};

/// The rule with both halves.
pub const RULE: Rule = Rule {
    code: RuleCode::ExternAandeel,
    says: "Niet te veel kandidaten krijgen een externe coach.",
    overrulable: false,
    kind: Kind::Shared { among: Among::External, weight: Weight::One, write, grow, judge },
};

fn write(wave: &Wave) -> Vec<Limit> {
    let everybody = i64::try_from(wave.candidates.len()).unwrap_or(i64::MAX);
    let limit = |percent: u32| Limit {
        rule: RULE.code,
        members: Members::External,
        weight: Weight::One,
        at_most: i64::from(percent) * everybody / 100,
        together: None,
    };
    wave.policy.max_external_percent.map(limit).into_iter().collect()
}

fn grow(wave: &mut Wave, _members: Members, at_most: i64) -> Option<()> {
    let people = u64::try_from(wave.candidates.len()).ok()?;
    let percent = (u64::from(whole(at_most)) * 100).div_ceil(people.max(1)).min(100);
    wave.policy.max_external_percent = Some(u32::try_from(percent).ok()?);
    Some(())
}

fn judge(wave: &Wave, plan: &Plan) -> Vec<Breach> {
    let Some(percent) = wave.policy.max_external_percent else {
        return Vec::new();
    };
    let at_most = percent as usize * wave.candidates.len() / 100;
    let used = placed(plan).filter(|(_, placement)| wave.coaches[placement.coach].kind == CoachKind::Extern).count();
    if used <= at_most {
        return Vec::new();
    }
    vec![Breach {
        rule: RULE.code,
        candidate: None,
        place: wave.id.clone(),
        used: i64::try_from(used).unwrap_or(i64::MAX),
        at_most: i64::try_from(at_most).unwrap_or(i64::MAX),
    }]
}
