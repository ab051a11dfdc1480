//! The right half of the review pages: one proposal, with everything that is known of it.

use loket_solver::matching::facts::words::{CoachKind, Word};

use super::listed::Link;
use super::other::{Line, OrderView, lines, orders};
use super::picked::Query;
use super::say::{Say, Sign};
use super::unplaced::{NoneView, none};
use crate::actions::review::one::{Answered, One};
use crate::desk::asking::{Party, Stance};
use crate::desk::decision::Spot;
use crate::desk::review::case::{Load, Placed, Want};
use crate::desk::review::list::State;
use crate::desk::review::why::{Gives, InTheWay, gives, told};
use crate::pages::bar::Bar;
use crate::pages::paths;
use crate::records::review::Step;
use crate::store::clock::Clock;
use loket_instances::words::reasons::pair_rule;

/// A wish beside what came of it.
#[derive(Clone, Debug)]
pub struct WantView {
    /// What it is about.
    pub label: &'static str,
    /// What was wanted.
    pub wanted: String,
    /// What it is.
    pub got: String,
    /// Whether that fits.
    pub sign: Sign,
}

/// How full something is.
#[derive(Clone, Debug)]
pub struct Measure {
    /// Of what.
    pub label: String,
    /// "9 van 9".
    pub count: String,
    /// The same as a bar.
    pub bar: Bar,
    /// What is known besides, at both ends.
    pub left: String,
    /// At the other end.
    pub right: String,
}

/// The proposal.
#[derive(Clone, Debug)]
pub struct PlacedView {
    /// "De Ontdekker, bovenbouw".
    pub place: String,
    /// The coach.
    pub coach: String,
    /// The board of the school.
    pub board: String,
    /// Wishes.
    pub wants: Vec<WantView>,
    /// How full.
    pub measures: Vec<Measure>,
    /// Points, and the mean.
    pub points: String,
    /// Points by term, once they are there.
    pub terms: Vec<(String, i64)>,
    /// What is proposed, by ids, for forms.
    pub spot: Spot,
}

/// Why, as far as it is known.
#[derive(Clone, Debug)]
pub struct WhyView {
    /// In sentences.
    pub text: String,
    /// Whether more is coming.
    pub coming: bool,
    /// Whether it came to nothing.
    pub failed: bool,
}

/// An answer of one of the three.
#[derive(Clone, Debug)]
pub struct AnswerView {
    /// Who.
    pub who: String,
    /// How far.
    pub sign: Sign,
}

/// A note.
#[derive(Clone, Debug)]
pub struct NoteView {
    /// What it says.
    pub text: String,
    /// Who wrote it, and when.
    pub by: String,
}

/// Something before.
#[derive(Clone, Debug)]
pub struct EarlierView {
    /// When.
    pub day: String,
    /// What.
    pub what: String,
}

/// Everything about one proposal.
#[derive(Clone, Debug)]
pub struct OneView {
    /// The number of the row.
    pub number: u32,
    /// The name.
    pub name: String,
    /// The first name.
    pub first: String,
    /// What stands beside the name.
    pub facts: String,
    /// Why to look.
    pub tags: Vec<Sign>,
    /// What was decided.
    pub state: Sign,
    /// What was decided, in a sentence.
    pub decided: Option<String>,
    /// The version of the decision there is.
    pub version: i64,
    /// The proposal.
    pub placed: Option<PlacedView>,
    /// Why there is none.
    pub none: Option<NoneView>,
    /// Why.
    pub why: WhyView,
    /// Other places.
    pub others: Vec<Line>,
    /// In which orders they can stand.
    pub order: OrderView,
    /// Whether each of them was worked out.
    pub all: bool,
    /// The three answers; none where there is no placement.
    pub answers: Vec<AnswerView>,
    /// Notes.
    pub notes: Vec<NoteView>,
    /// What was before.
    pub earlier: Vec<EarlierView>,
    /// Schools that can be asked about.
    pub schools: Vec<(String, String)>,
    /// The school that was asked about, with what came of it.
    pub asked: Option<(String, Line)>,
    /// Whether that is still being worked out.
    pub asking: bool,
    /// Where the sample is, when it is gone through.
    pub sample: Option<String>,
    /// Whether something can be decided now.
    pub open: bool,
    /// The one before.
    pub previous: Option<Link>,
    /// The one after.
    pub next: Option<Link>,
    /// Who is next to do.
    pub later: String,
    /// Where this page is, with the picked.
    pub here: String,
    /// Addresses of forms.
    pub to: Forms,
}

/// Where the forms of this page are sent.
#[derive(Clone, Debug)]
pub struct Forms {
    /// Agreeing.
    pub agree: String,
    /// Fixing.
    pub fix: String,
    /// Rejecting: a page.
    pub reject: String,
    /// Placing otherwise: a page.
    pub place: String,
    /// Choosing another place.
    pub choose: String,
    /// Taking the decision back.
    pub withdraw: String,
    /// Trying.
    pub attempt: String,
    /// A note.
    pub note: String,
    /// The question as a message.
    pub mail: String,
    /// Asking about a school.
    pub ask: String,
    /// Asking why anew.
    pub again: String,
    /// Asking why again as it comes.
    pub fresh: String,
    /// The list.
    pub list: String,
}

impl Forms {
    /// Those of a candidate, behind each the picked.
    pub fn of(wave: &str, candidate: &str, picked: &Query) -> Self {
        let at = |part: &str| picked.behind(&paths::review_deed(wave, candidate, part), &[]);
        Self {
            agree: at("akkoord"),
            fix: at("vast"),
            reject: at("afwijzen"),
            place: at("plaatsen"),
            choose: at("kies"),
            withdraw: at("intrekken"),
            attempt: at("probeer"),
            note: at("notities"),
            mail: at("vraag.eml"),
            ask: at("vraag"),
            again: at("uitleg"),
            fresh: picked.behind(&paths::wave_reviewed(wave, candidate), &[("deel", "uitleg")]),
            list: picked.behind(&paths::wave_review(wave), &[]),
        }
    }
}

/// Everything about one proposal. `asked` is the school that was asked about and what is known of that.
pub fn view(say: &Say<'_>, picked: &Query, one: &One, clock: &Clock, asked: Option<(&str, Answered)>) -> OneView {
    let (on, m) = (say.on, say.m.review);
    let id = on.sight.wave.candidates[one.id].id.clone();
    let wave = &on.wave.id;
    let around = crate::desk::review::list::around(&on.rows, &id);
    let link = |candidate: String| Link {
        label: on.names.candidate(&candidate).to_owned(),
        place: picked.behind(&paths::wave_reviewed(wave, &candidate), &[]),
    };
    let later = around.to_do.as_ref().map_or_else(
        || picked.behind(&paths::wave_review(wave), &[]),
        |candidate| picked.behind(&paths::wave_reviewed(wave, candidate), &[]),
    );
    let icon = if one.proposal.is_some() { "letop" } else { "verbod" };
    let mut tags: Vec<Sign> = one.case.tags.iter().map(|tag| Sign::new("warn", icon, say.tag(tag))).collect();
    if one.renewed {
        tags.insert(0, Sign::new("warn", "letop", m.tag_renewed()));
    }
    let asking = asked.as_ref().is_some_and(|(_, it)| it.coming());
    let asked = asked.and_then(|(school, it)| Some((on.names.school(school).to_owned(), super::other::asked(say, &id, school, it)?)));
    let explained = one.why.there();
    let mut others = lines(say, &id, explained, picked.others);
    for line in &mut others {
        if let Some(it) = &line.spot {
            let more = [("school", it.school.as_str()), ("plek", it.seat.as_str()), ("coach", it.coach.as_str())];
            line.anyway = picked.behind(&paths::review_deed(wave, &id, "plaatsen"), &more);
        }
    }
    OneView {
        number: one.id.0,
        name: on.names.candidate(&id).to_owned(),
        first: on.names.first(&id).to_owned(),
        facts: m.facts(&id, i64::from(one.case.waited)),
        tags,
        state: say.state(one.state),
        decided: one.decided.as_ref().filter(|_| one.state != State::ToDo || one.renewed).map(|it| say.decided(&id, Some(it))),
        version: one.decided.as_ref().map_or(0, |it| it.version),
        placed: one.case.proposal.as_ref().ok().map(|it| placed(say, one, it)),
        none: one.case.proposal.as_ref().err().map(|it| none(say, &id, it, explained.and_then(|it| it.none.as_ref()))),
        why: why(say, one),
        others,
        order: orders(say, picked, paths::wave_reviewed(wave, &id)),
        all: explained.and_then(|it| it.others.as_ref()).is_some_and(|it| !it.stopped),
        answers: answers(say, one, clock),
        notes: one
            .notes
            .iter()
            .rev()
            .map(|it| NoteView {
                text: it.text.clone(),
                by: format!("{}, {}", on.names.account(&it.who).unwrap_or_default(), say.moment(it.at, clock)),
            })
            .collect(),
        earlier: earlier(say, &id, one, clock),
        schools: say.schools(),
        asked,
        asking,
        sample: picked.sample.then(|| picked.behind(&paths::review_sample(wave), &[])),
        open: on.wave.life.under_review(),
        previous: around.previous.map(link),
        next: around.next.map(link),
        later,
        here: picked.behind(&paths::wave_reviewed(wave, &id), &[]),
        to: Forms::of(wave, &id, picked),
    }
}

fn measure(m: super::say::Words, label: String, load: &Load, left: String, right: String) -> Measure {
    let kind = if load.used > load.most { "bad" } else { "" };
    let bar = Bar::default().and(load.used, load.most.max(load.used), kind);
    Measure { label, count: m.of(load.used, load.most), bar, left, right }
}

fn placed(say: &Say<'_>, one: &One, it: &Placed) -> PlacedView {
    let (on, m) = (say.on, say.m.review);
    let coach = on.names.coach(&it.spot.coach);
    let kind = match it.coach.kind {
        CoachKind::Intern => m.internal(),
        CoachKind::Extern => m.external(),
    };
    let beside: Vec<String> = it.beside.iter().map(|id| on.names.candidate(id).to_owned()).collect();
    let mut measures = vec![
        measure(
            m,
            format!("{coach}, {kind}"),
            &it.coach.people,
            m.hours(it.coach.hours.used, it.coach.hours.most),
            m.coach_travels(it.coach.minutes),
        ),
        measure(
            m,
            m.seats_of(it.bouw.code()),
            &it.seats,
            if beside.is_empty() { String::new() } else { m.also(crate::present::dutch::list(&beside)) },
            String::new(),
        ),
    ];
    if let Some(starters) = &it.starters {
        measures.push(measure(m, m.starters().into(), starters, m.target_group(it.target_group), String::new()));
    }
    let terms = one.why.there().and_then(|it| it.why.as_ref()).map_or_else(Vec::new, |why| {
        why.points.iter().filter(|(_, points)| **points != 0).map(|(term, points)| (term.replace('_', " "), *points)).collect()
    });
    PlacedView {
        place: say.place(&it.spot),
        coach: coach.to_owned(),
        board: on.names.board(&it.board).to_owned(),
        wants: it.wants.iter().map(|want| wanted(say, it, want)).collect(),
        measures,
        points: m.points_and_mean(it.points, on.sight.mean),
        terms,
        spot: it.spot.clone(),
    }
}

fn wanted(say: &Say<'_>, placed: &Placed, want: &Want) -> WantView {
    let (m, names) = (say.m.review, &say.on.names);
    let good = |word: String| Sign::new("good", "vink", word);
    let quiet = |word: String| Sign::new("quiet", "rondje", word);
    let warn = |word: String| Sign::new("warn", "letop", word);
    match want {
        Want::Bouw { wanted, got, rank } => WantView {
            label: m.want_bouw(),
            wanted: say.bouwen(wanted),
            got: got.code().to_owned(),
            sign: if *rank == Some(1) { good(m.first_choice().into()) } else { warn(say.rank(*rank)) },
        },
        Want::Travel { limit, minutes } => WantView {
            label: m.want_travel(),
            wanted: m.at_most(*limit),
            got: m.minutes(*minutes),
            sign: if minutes <= limit { good(m.fits().into()) } else { warn(m.too_far().into()) },
        },
        Want::School { now, stays } => WantView {
            label: m.want_school(),
            wanted: names.school(now).to_owned(),
            got: names.school(&placed.spot.school).to_owned(),
            sign: if *stays { good(m.stays().into()) } else { warn(m.leaves().into()) },
        },
        Want::Concept { wanted, got } => {
            let met = got.as_ref().is_some_and(|it| wanted.contains(it));
            WantView {
                label: m.want_concept(),
                wanted: crate::present::dutch::list(wanted).replace(" en ", &format!(" {} ", m.or())),
                got: got.clone().unwrap_or_else(|| m.no_concept().into()),
                sign: if met { good(m.fits().into()) } else { quiet(m.does_not_work().into()) },
            }
        }
        Want::Days { there, shared, needed } => WantView {
            label: m.want_days(),
            wanted: m.days_there(i64::from(*there)),
            got: m.days_shared(i64::from(*shared)),
            sign: if shared >= needed { good(m.days_needed(*needed)) } else { warn(m.days_needed(*needed)) },
        },
        Want::Coach { wishes, met, now, stays } => {
            let wanted = match (now, wishes.is_empty()) {
                (Some(now), _) => names.coach(now).to_owned(),
                (None, true) => m.no_wish().into(),
                (None, false) => crate::present::dutch::list(wishes),
            };
            let sign = match (now, wishes.len()) {
                (Some(_), _) if *stays => good(m.stays().into()),
                (Some(_), _) => warn(m.other_coach().into()),
                (None, 0) => good(m.fits().into()),
                (None, all) if *met == all => good(m.fits().into()),
                (None, all) => quiet(m.wishes_met(*met, all)),
            };
            WantView { label: m.want_coach(), wanted, got: names.coach(&placed.spot.coach).to_owned(), sign }
        }
    }
}

/// Why the bouw of first choice is not given: where it can be and what that costs, or that it can be nowhere.
fn first_choice(say: &Say<'_>, one: &One) -> Option<String> {
    let m = say.m.review;
    let person = &say.on.sight.wave.candidates[one.id];
    let given = one.case.proposal.as_ref().ok()?.bouw;
    let first = *person.bouwen.first().filter(|it| **it != given)?;
    let others = one.why.there()?.others.as_ref()?;
    let at = others.list.iter().find(|it| it.at.spot().and_then(|spot| say.bouw(&spot)) == Some(first));
    match at {
        Some(it) => {
            let spot = it.at.spot()?;
            let movers = say.movers(it.price.others(&person.id).count());
            Some(m.why_first_costs(first.code(), say.on.names.school(&spot.school), movers, say.cost(&it.price)))
        }
        // Only what was worked out whole says that there is none.
        None => (!others.stopped).then(|| m.why_first_none(first.code())),
    }
}

fn why(say: &Say<'_>, one: &One) -> WhyView {
    let (on, m) = (say.on, say.m.review);
    let name = on.names.first(&on.sight.wave.candidates[one.id].id).to_owned();
    let mut said: Vec<String> = Vec::new();
    if let Some(given) = gives(&on.sight, one.id) {
        said.push(match given {
            Gives::Stays => m.why_stays(&name),
            Gives::First => m.why_first(&name),
            Gives::Later(rank) => m.why_later(&name, rank),
            Gives::Other => m.why_other(&name),
        });
        if let Some(answer) = one.why.there().and_then(|it| it.why.as_ref()) {
            let it = told(given, answer);
            if let Some((count, way)) = it.open {
                said.push(match way {
                    InTheWay::Full => m.why_full(count),
                    InTheWay::Costs => m.why_costs(count),
                    InTheWay::Unknown => m.why_open(count),
                });
            }
            if let Some((count, rule)) = it.forbidden {
                said.push(m.why_forbidden(count, pair_rule(rule)));
            }
            let first = first_choice(say, one);
            if first.is_none() && it.open.is_none() && it.forbidden.is_none() {
                said.push(m.why_best().into());
            }
            said.extend(first);
        }
    }
    WhyView { text: said.join(" "), coming: one.why.coming(), failed: matches!(one.why, Answered::Failed) }
}

fn answers(say: &Say<'_>, one: &One, clock: &Clock) -> Vec<AnswerView> {
    let (on, m) = (say.on, say.m.review);
    let Ok(placed) = &one.case.proposal else { return Vec::new() };
    let who = |party: Party| match party {
        Party::Candidate => m.party_candidate().to_owned(),
        Party::Board => m.party_board(on.names.board(&placed.board)),
        Party::Coach => m.party_coach(on.names.coach(&placed.spot.coach)),
    };
    let one = |&party: &Party| {
        let agreed = one.agreed.as_ref();
        let stance = agreed.map_or(Stance::NotAsked, |it| it.stance(party));
        let answer = agreed.and_then(|it| it.answer(party));
        let day = match stance {
            Stance::Asked | Stance::Late => answer.map(|it| say.day(&it.by)),
            Stance::Yes | Stance::No => answer.and_then(|it| it.at).map(|at| say.moment(at, clock)),
            Stance::NotAsked => None,
        };
        AnswerView { who: who(party), sign: say.stance(stance, &day.unwrap_or_default(), answer.and_then(|it| it.reason)) }
    };
    Party::ALL.iter().map(one).collect()
}

/// What was before, the newest first.
fn earlier(say: &Say<'_>, candidate: &str, one: &One, clock: &Clock) -> Vec<EarlierView> {
    let (on, m) = (say.on, say.m.review);
    let mut all: Vec<(i64, String)> = Vec::new();
    for it in &one.past {
        let who = on.names.account(&it.who).unwrap_or_default();
        let what = match it.step {
            Step::Decided => say.decided(candidate, it.stands.as_ref()),
            Step::Withdrawn => m.past_withdrawn().into(),
            Step::Undone => m.past_undone().into(),
            Step::Lapsed => m.past_lapsed().into(),
        };
        all.push((it.at, m.past_by(what, who)));
    }
    let ended = on.run.job.ended.unwrap_or(on.run.job.created);
    let proposed = if one.proposal.is_some() { m.past_proposed(on.run.number) } else { m.past_none(on.run.number) };
    all.push((ended, proposed));
    for it in &one.earlier {
        let what = match &it.place {
            Some(place) if one.proposal.as_ref() == Some(place) => m.past_same(it.number),
            Some(place) => m.past_other(it.number, say.place(place)),
            None => m.past_none(it.number),
        };
        all.push((it.at, what));
    }
    all.sort_by_key(|it| std::cmp::Reverse(it.0));
    all.into_iter().map(|(at, what)| EarlierView { day: say.moment(at, clock), what }).collect()
}
