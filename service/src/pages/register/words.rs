//! Words of the register: names of fields, and hints of what to write in them.

use super::Tab;
use crate::desk::cards::Field;
use crate::pages::messages::Register as Words;
use crate::records::answer::Revoked;
use crate::records::history::EndReason;
use crate::records::privacy::Wish;
use crate::records::stage::StopReason;
use loket_solver::matching::facts::words::Word;

/// What a field is called.
pub(super) fn label(m: Words, tab: Tab, field: Field) -> &'static str {
    match field {
        Field::Name => m.field_name(),
        Field::Address => m.field_address(),
        Field::Board => m.field_board(),
        Field::Brin => m.field_brin(),
        Field::Sort => m.field_sort(),
        Field::Lat => m.field_lat(),
        Field::Lon => m.field_lon(),
        Field::TargetGroup => m.field_target(),
        Field::Shortage => m.field_shortage(),
        Field::Concept => m.field_concept(),
        Field::Denomination => m.field_denomination(),
        Field::Quality => m.field_quality(),
        Field::Maximum if tab == Tab::Coaches => m.field_maximum_coach(),
        Field::Maximum => m.field_maximum(),
        Field::Team => m.field_team(),
        Field::Starters => m.field_starters(),
        Field::Noodplan => m.field_noodplan(),
        Field::Hours if tab == Tab::Coaches => m.field_hours_coach(),
        Field::Hours => m.field_hours(),
        Field::Transport => m.field_transport(),
        Field::MaxTravel => m.field_travel(),
        Field::OwnSchool => m.field_own_school(),
        Field::From => m.field_from(),
        Field::Rate => m.field_rate(),
        Field::Phase => m.field_phase(),
        Field::Bouwen => m.field_bouwen(),
        Field::Waited => m.field_waited(),
    }
}

/// What to write in it, where that is not plain.
pub(super) fn hint(m: Words, field: Field) -> &'static str {
    match field {
        Field::Address => m.hint_address(),
        Field::Brin => m.hint_brin(),
        Field::Lat | Field::Lon => m.hint_place(),
        Field::MaxTravel => m.hint_travel(),
        Field::OwnSchool => m.hint_own_school(),
        Field::From => m.hint_day(),
        Field::Rate => m.hint_rate(),
        Field::Bouwen => m.hint_bouwen(),
        _ => "",
    }
}

/// A key of a version as people know it: that of a field, or the key itself.
pub(super) fn key(m: Words, tab: Tab, key: &str) -> String {
    match Field::parse(key) {
        Some(field) => label(m, tab, field).to_lowercase(),
        None => key.replace('_', " "),
    }
}

/// Why something ends.
pub(super) fn end_reason(m: Words, reason: EndReason) -> &'static str {
    match reason {
        EndReason::DoetNietMee => m.end_not_along(),
        EndReason::Fusie => m.end_merged(),
        EndReason::Sluiting => m.end_closed(),
        EndReason::Kwaliteit => m.end_quality(),
        EndReason::EindeContract => m.end_contract(),
        EndReason::AnderWerk => m.end_work(),
        EndReason::Dubbel => m.end_double(),
        EndReason::Anders => m.end_other(),
    }
}

/// Why a candidate stops: the domain's own words.
pub(super) fn stop_reason(reason: StopReason) -> String {
    reason.code().replace('-', " ")
}

/// What somebody asks about their own data.
pub(super) fn wish(m: Words, wish: Wish) -> &'static str {
    match wish {
        Wish::Inzage => m.wish_see(),
        Wish::Verbetering => m.wish_correct(),
        Wish::Beperking => m.wish_restrict(),
        Wish::Wissing => m.wish_erase(),
    }
}

/// Why a no no longer counts.
pub(super) fn revoked(m: Words, why: Revoked) -> &'static str {
    match why {
        Revoked::Changed => m.revoked_changed(),
        Revoked::Mistake => m.revoked_mistake(),
        Revoked::Over => m.revoked_over(),
        Revoked::Agreed => m.revoked_agreed(),
        Revoked::Other => m.revoked_other(),
    }
}

/// A day, yyyy-mm-dd, as people write it: 1 dec 2026.
pub(super) fn day(text: &str) -> String {
    crate::present::day::short(text)
}
