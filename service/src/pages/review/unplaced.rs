//! Why somebody has no place, and what would help, each remedy with whose it is.

use loket_solver::matching::facts::codes::RuleCode;

use super::say::Say;
use crate::desk::decision::Spot;
use crate::desk::review::case::Unplaced;
use crate::pages::bar::Bar;
use crate::records::explained::{Change, Growth, NoneKind, Opening, Price, WhyNone};
use loket_instances::words::reasons::pair_rule;

/// A rule in the way, with at how many seats.
#[derive(Clone, Debug)]
pub struct RuleView {
    /// In words.
    pub label: String,
    /// At how many seats.
    pub seats: i64,
    /// The same as a bar.
    pub bar: Bar,
}

/// What would help.
#[derive(Clone, Debug)]
pub struct Remedy {
    /// The change.
    pub change: String,
    /// Whose it is.
    pub owner: String,
    /// What comes of it.
    pub effect: String,
    /// What it costs; empty when that is not known.
    pub cost: String,
    /// The place that it would be, with the rule that is set aside: what can be tried.
    pub attempt: Option<(Spot, &'static str)>,
}

/// Why there is no place.
#[derive(Clone, Debug)]
pub struct NoneView {
    /// What the candidate wants.
    pub wants: String,
    /// Whether it is proven.
    pub proven: bool,
    /// Why, in a sentence; empty while it is worked out.
    pub why: String,
    /// Of how many seats the rules are told.
    pub of: String,
    /// Rules in the way.
    pub rules: Vec<RuleView>,
    /// What would help.
    pub remedies: Vec<Remedy>,
    /// The question to the candidate about the first remedy that is the candidate's; empty when there is none.
    pub question: String,
}

/// Why there is no place, as far as it is known.
pub fn none(say: &Say<'_>, candidate: &str, it: &Unplaced, answer: Option<&WhyNone>) -> NoneView {
    let m = say.m.review;
    let mut view = NoneView {
        wants: m.row_wants(say.bouwen(&it.bouwen), it.limit),
        proven: false,
        why: String::new(),
        of: String::new(),
        rules: Vec::new(),
        remedies: Vec::new(),
        question: String::new(),
    };
    let Some(why) = answer else { return view };
    let seats = why.seats.unwrap_or(0);
    (view.why, view.proven) = match why.kind {
        NoneKind::Regels => (rules_say(say, why, seats), true),
        NoneKind::Grenzen => (m.none_full(seats), why.proven.unwrap_or(false)),
        NoneKind::GrenzenEnDoel | NoneKind::Doel => (m.none_goal().into(), true),
        NoneKind::Niets => (m.none_nothing().into(), true),
        NoneKind::NietBewezen | NoneKind::PlanNietBewezen => (m.none_unproven().into(), false),
        NoneKind::Afgebroken => (m.none_stopped().into(), false),
    };
    view.of = m.rules_of(seats);
    let mut rules: Vec<_> = why.rules.iter().collect();
    rules.sort_by_key(|it| std::cmp::Reverse(it.seats));
    view.rules = rules
        .iter()
        .map(|rule| RuleView {
            label: capital(pair_rule(rule.rule.0)),
            seats: rule.seats,
            bar: Bar::default().and(rule.seats, seats, if rule.seats == seats { "warn" } else { "grey" }),
        })
        .collect();
    view.remedies.extend(why.openings.iter().map(|it| opening(say, candidate, it)));
    for smallest in &why.reasons {
        view.remedies.extend(grown(say, candidate, &smallest.growth, smallest.price.as_ref()));
    }
    if !why.growth.is_empty() || why.price.is_some() {
        view.remedies.extend(grown(say, candidate, &why.growth, why.price.as_ref()));
    }
    view.question = why.openings.iter().find_map(|opening| asks(say, candidate, opening, i64::from(it.limit))).unwrap_or_default();
    view
}

fn rules_say(say: &Say<'_>, why: &WhyNone, seats: i64) -> String {
    let m = say.m.review;
    let all = why.rules.iter().find(|it| it.seats == seats && seats > 0).map(|it| it.rule.0);
    match all {
        Some(RuleCode::Reistijd) => m.none_far(seats),
        Some(rule) => m.none_rule(seats, pair_rule(rule)),
        None => m.none_rules(seats),
    }
}

/// The same with a capital.
fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// The question whether a longer journey may be.
fn asks(say: &Say<'_>, candidate: &str, it: &Opening, limit: i64) -> Option<String> {
    let more = it.change.by.filter(|_| it.change.kind == "reistijd")?;
    let (on, m) = (say.on, say.m.review);
    let name = on.names.first(candidate);
    let place = it.price.as_ref().and_then(Price::effect).and_then(|it| it.goes(candidate)).and_then(|it| it.spot());
    Some(match place {
        Some(spot) => m.ask_travel_place(name, limit + more, limit, say.place(&spot)),
        None => m.ask_travel(name, limit + more, limit),
    })
}

fn opening(say: &Say<'_>, candidate: &str, it: &Opening) -> Remedy {
    let m = say.m.review;
    let (change, owner) = told(say, candidate, &it.change);
    let mut effect = vec![m.seats_open(it.seats)];
    effect.push(match it.places {
        Some(true) => goes(say, candidate, it.price.as_ref()),
        Some(false) => m.still_none().into(),
        None => m.place_unproven().into(),
    });
    let spot = it.price.as_ref().and_then(Price::effect).and_then(|it| it.goes(candidate)).and_then(|it| it.spot());
    let rule = set_aside(&it.change.kind).filter(|rule| rule.rule().overrulable);
    Remedy {
        change,
        owner,
        effect: effect.join(" "),
        cost: it.price.as_ref().and_then(Price::effect).map(|it| say.cost(it)).unwrap_or_default(),
        attempt: spot.zip(rule.map(RuleCode::code)),
    }
}

/// The rule that is set aside by placing somebody as if this change were made.
fn set_aside(kind: &str) -> Option<RuleCode> {
    Some(match kind {
        "reistijd" => RuleCode::Reistijd,
        "bouw" => RuleCode::Bouw,
        "schoolsoort" => RuleCode::Soort,
        "bestuur" => RuleCode::Bestuur,
        "coachreistijd" => RuleCode::CoachReistijd,
        "coachbouw" => RuleCode::CoachBouw,
        "coachsoort" => RuleCode::CoachSoort,
        _ => return None,
    })
}

fn goes(say: &Say<'_>, candidate: &str, price: Option<&Price>) -> String {
    let (on, m) = (say.on, say.m.review);
    let name = on.names.first(candidate);
    let Some(effect) = price.and_then(Price::effect) else { return m.gets_place(name) };
    let others = say.movers(effect.others(candidate).count());
    match effect.goes(candidate).and_then(|it| it.spot()) {
        Some(spot) => m.goes_with(name, say.place(&spot), on.names.coach(&spot.coach), others),
        None => m.gets_place(name),
    }
}

fn grown(say: &Say<'_>, candidate: &str, growth: &[Growth], price: Option<&Price>) -> Option<Remedy> {
    let (changes, owners): (Vec<String>, Vec<String>) = growth.iter().map(|it| told(say, candidate, &it.change)).unzip();
    let and = format!(" {} ", say.m.review.and());
    let change = if changes.is_empty() { say.m.review.place_anyway().to_owned() } else { changes.join(&and) };
    let mut whose: Vec<String> = Vec::new();
    for owner in owners {
        if !whose.contains(&owner) {
            whose.push(owner);
        }
    }
    Some(Remedy {
        change,
        owner: whose.join(&and),
        effect: goes(say, candidate, price),
        cost: price.and_then(Price::effect).map(|it| say.cost(it)).unwrap_or_default(),
        attempt: None,
    })
}

/// A change in words, and whose it is.
fn told(say: &Say<'_>, candidate: &str, it: &Change) -> (String, String) {
    let (on, m) = (say.on, say.m.review);
    let names = &on.names;
    let own = m.own_to_decide(names.first(candidate));
    let by = it.by.unwrap_or(0);
    let coach = it.coach.as_deref().map(|id| names.coach(id).to_owned()).unwrap_or_default();
    let board = it.board.as_deref().map(|id| names.board(id).to_owned());
    let board_of = |school: &str| on.sight.school(school).map(|id| &on.sight.wave.boards[on.sight.wave.schools[id].board].id);
    match it.kind.as_str() {
        "reistijd" => (m.more_travel(by), own),
        "bouw" => (m.also_bouw(it.bouw.as_deref().unwrap_or_default()), own),
        "schoolsoort" => (m.also_kind(it.school_kind.as_deref().unwrap_or_default()), own),
        "bestuur" => (m.also_board(board.unwrap_or_default()), own),
        "coachreistijd" => (m.coach_more_travel(by, &coach), m.coach_to_decide(&coach)),
        "coachbouw" => (m.coach_also_bouw(&coach, it.bouw.as_deref().unwrap_or_default()), m.coach_to_decide(&coach)),
        "coachsoort" => (m.coach_also_kind(&coach, it.school_kind.as_deref().unwrap_or_default()), m.coach_to_decide(&coach)),
        _ => match (&it.school, board, it.coach.is_some()) {
            (Some(school), _, _) => {
                let owner = board_of(school).map(|id| m.board_to_decide(names.board(id))).unwrap_or_default();
                let seat = it.bouw.as_deref().unwrap_or_default();
                match it.rule.map(|it| it.0) {
                    Some(RuleCode::Starters) => (m.more_starters(by, names.school(school)), owner),
                    Some(RuleCode::Plekken) => (m.more_seats(by, seat, names.school(school)), owner),
                    _ => (m.more_at(by, names.school(school)), owner),
                }
            }
            (None, Some(board), _) => (m.more_at(by, &board), m.board_to_decide(&board)),
            (None, None, true) => match it.rule.map(|it| it.0) {
                Some(RuleCode::CoachUren | RuleCode::CoachVervolg) => (m.more_hours(by, &coach), m.coach_to_decide(&coach)),
                _ => (m.more_with(by, &coach), m.coach_to_decide(&coach)),
            },
            (None, None, false) => (m.wider_policy().into(), m.policy_to_decide().into()),
        },
    }
}
