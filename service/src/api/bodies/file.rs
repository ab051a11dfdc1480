//! The schema of a wave file (docs/format.md): its rows by name. Their keys are held against the reader of files by `http::description`.

use loket_solver::matching::facts::codes::{RuleCode, TermCode};
use loket_solver::matching::facts::words::{Bouw, HalfDay, PairKind, Phase, Status, Word};
use loket_solver::matching::judge::rules::overrulable;
use serde_json::{Value, json};

use super::object;
use super::register::{board_row, candidate_row, coach_row, count, list, plain, school_row, word};
use super::shapes::{Flag, ID, Number, Shape, choice};

/// A schema with the name that it has in the description.
fn named(title: &str, mut schema: Value) -> Value {
    schema["title"] = title.into();
    schema
}

/// A row of the register as it stands in a wave file: with its id.
fn with_id(title: &str, what: &str, mut schema: Value) -> Value {
    let mut needed = vec![json!("id")];
    needed.extend(schema["required"].as_array().into_iter().flatten().cloned());
    schema["required"] = needed.into();
    schema["properties"]["id"] = ID.schema();
    schema["description"] = what.into();
    named(title, schema)
}

fn rows(of: Value) -> Value {
    json!({ "type": "array", "items": of })
}

/// Whole numbers by word.
fn numbers(words: &[&str], most: i64) -> Value {
    let one = |word: &&str| ((*word).to_owned(), Number(0, most).schema());
    let properties: serde_json::Map<String, Value> = words.iter().map(one).collect();
    json!({ "type": "object", "additionalProperties": false, "properties": properties })
}

fn codes<W: Word>() -> Vec<&'static str> {
    W::ALL.iter().map(|word| word.code()).collect()
}

fn seats() -> Value {
    let keys = [
        ("bouw", true, "", word::<Bouw>()),
        ("aantal", true, "", count()),
        ("id", false, "Anders de bouw", ID.schema()),
        ("dagdelen", false, "Wanneer de duo-collega er is", list(word::<HalfDay>())),
        ("delen", false, "Of kandidaten de duo-collega delen, elk op eigen dagdelen", Flag.schema()),
        ("toelichting", false, "", plain()),
    ];
    named("Lichtingplek", object("Plekken van één groep", &keys))
}

fn school() -> Value {
    let mut school = with_id("Lichtingschool", "Een school met haar plekken", school_row());
    school["properties"]["plekken"] = rows(seats());
    if let Some(needed) = school["required"].as_array_mut() {
        needed.push("plekken".into());
    }
    school
}

/// The keys of a spot that somebody is put at or kept from.
fn spot(title: &str, what: &str, more: &[(&str, bool, &str, Value)]) -> Value {
    let place = ["school", "plek", "coach"].map(|key| (key, false, "", plain()));
    let keys = [("kandidaat", true, "", plain())].into_iter().chain(place).chain(more.iter().cloned());
    let keys: Vec<_> = keys.chain([("toelichting", false, "", plain())]).collect();
    named(title, object(what, &keys))
}

/// The schema of prices for what is scarce.
fn saving() -> Value {
    let price = || ("prijs", true, "", Number(0, 1_000).schema());
    let note = || ("toelichting", false, "", plain());
    let seat = [("school", true, "", plain()), ("plek", true, "", plain()), price(), note()];
    let coach = [("coach", true, "", plain()), price(), note()];
    let keys = [
        ("plekken", false, "", rows(named("Plekprijs", object("Wat een plaatsing op een schaarse plek kost", &seat)))),
        ("coaches", false, "", rows(named("Coachprijs", object("Wat een uur van een schaarse coach kost", &coach)))),
        note(),
    ];
    named("Bewaren", object("Prijzen om schaarse plekken en uren voor later te bewaren", &keys))
}

/// The schema of a policy.
pub fn policy() -> Value {
    let weight = || Number(0, 1_000).schema();
    let share = || Number(0, 100).schema();
    let terms: Vec<&str> = TermCode::ALL.iter().map(|code| code.code()).collect();
    let goal = [
        ("naam", true, "", plain()),
        ("punten", true, "Het gewicht van elke term", named("Doelgewichten", numbers(&terms, 1_000))),
        ("tolerantie_procent", false, "Hoeveel procent er voor latere doelen af mag", share()),
        ("toelichting", false, "", plain()),
    ];
    let extra = [("vanaf", false, "", share()), ("uren", false, "", count()), ("toelichting", false, "", plain())];
    let goals = rows(named("Beleidsdoel", object("Een doel; doelen tellen in hun volgorde", &goal)));
    let keys = [
        ("doelen", false, "", goals),
        ("bouw_punten", false, "Punten voor de bouw van eerste keus, tweede keus, …", rows(weight())),
        ("uren", false, "Uren begeleiding per fase", named("Uren", numbers(&codes::<Phase>(), 100_000))),
        ("extra_begeleiding", false, "", named("ExtraBegeleiding", object("Meer uren op scholen met veel doelgroepleerlingen", &extra))),
        ("alleen_noodplan", false, "", Flag.schema()),
        ("dagdelen_samen", false, "", Number(0, 10).schema()),
        ("max_starters_procent", false, "", share()),
        ("max_extern_procent", false, "", share()),
        ("max_kosten_cent", false, "", Number(0, 100_000_000_000).schema()),
        ("vasthouden", false, "Hoe zwaar een eerdere plaats telt, per status", named("Vasthouden", numbers(&codes::<Status>(), 1_000))),
        ("max_wijzigingen", false, "", count()),
        ("bewaren", false, "", saving()),
        ("seed", false, "Het zaad dat tussen gelijken kiest", Number(0, (1 << 53) - 1).schema()),
        ("toelichting", false, "", plain()),
    ];
    named("Beleid", object("Het beleid; wat er niet staat, krijgt de gewone waarde", &keys))
}

/// The schema of a wave file.
pub fn wave_file() -> Value {
    let overrules: Vec<&str> = overrulable().map(RuleCode::code).collect();
    let travel = [
        ("van", true, "Een kandidaat of coach", plain()),
        ("naar", true, "Een school", plain()),
        ("minuten", true, "", count()),
        ("toelichting", false, "", plain()),
    ];
    let bouw = || ("bouw", false, "", word::<Bouw>());
    let lock = spot("Vastzetting", "Wat vaststaat voor een kandidaat", &[bouw(), ("ondanks", false, "", list(choice(&overrules)))]);
    let ban = spot("Verbod", "Wat niet mag voor een kandidaat", &[bouw(), ("bestuur", false, "", plain()), ("reden", true, "", plain())]);
    let previous = spot("Vorigeplaats", "Een plaats in het vorige plan", &[("status", true, "", word::<Status>())]);
    let pair = [
        ("kandidaten", true, "Twee kandidaten", list(plain())),
        ("soort", true, "", word::<PairKind>()),
        ("reden", true, "", plain()),
        ("toelichting", false, "", plain()),
    ];
    let keys = [
        ("formaat", true, "", json!({ "type": "string", "const": "loket-lichting/1" })),
        ("id", true, "", ID.schema()),
        ("naam", false, "", plain()),
        ("fase", true, "", word::<Phase>()),
        ("beleid", false, "", policy()),
        ("besturen", true, "", rows(with_id("Lichtingbestuur", "Een bestuur", board_row()))),
        ("scholen", true, "", rows(school())),
        ("coaches", true, "", rows(with_id("Lichtingcoach", "Een coach", coach_row()))),
        ("kandidaten", true, "", rows(with_id("Lichtingkandidaat", "Een kandidaat", candidate_row()))),
        ("reistijden", false, "", rows(named("Reistijd", object("Hoe lang iemand naar een school reist", &travel)))),
        ("vast", false, "", rows(lock)),
        ("verboden", false, "", rows(ban)),
        ("vorig_plan", false, "", rows(previous)),
        ("paren", false, "", rows(named("Paar", object("Wat twee kandidaten samen aangaat", &pair)))),
        ("toelichting", false, "", plain()),
    ];
    named("Lichtingbestand", object("Een lichtingbestand (loket-lichting/1)", &keys))
}
