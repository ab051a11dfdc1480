//! The left half of the review pages: how far the wave is, the choices, and the rows.

use loket_solver::matching::facts::words::{Bouw, Word};

use super::picked::{BOUWEN, FOCUSES, Query};
use super::say::{Say, Sign};
use crate::desk::review::list::{Narrowed, Order, Row, Section, Shown, State};
use crate::pages::bar::Bar;
use crate::pages::paths;
use crate::records::review::Step;

/// A link with its words.
#[derive(Clone, Debug)]
pub struct Link {
    /// What it says.
    pub label: String,
    /// Where it leads.
    pub place: String,
}

/// A row.
#[derive(Clone, Debug)]
pub struct RowView {
    /// Its number, for its id on the page.
    pub number: u32,
    /// Where it leads.
    pub place: String,
    /// The name.
    pub name: String,
    /// Where and how far.
    pub sub: String,
    /// What was decided; the icon is shown.
    pub sign: Sign,
    /// What stands at its end, with its class.
    pub mark: String,
    /// The class of that.
    pub kind: &'static str,
    /// Whether it is the one beside.
    pub chosen: bool,
    /// Whether it was decided about.
    pub done: bool,
}

/// Rows of one part of the list.
#[derive(Clone, Debug)]
pub struct Group {
    /// Its title.
    pub title: &'static str,
    /// How many are left.
    pub left: String,
    /// Its rows.
    pub rows: Vec<RowView>,
}

/// How far the wave is, and who else is at it.
#[derive(Clone, Debug)]
pub struct Stand {
    /// How far.
    pub title: String,
    /// The same as a bar.
    pub bar: Bar,
    /// How many of each.
    pub legend: Vec<Sign>,
    /// Who else looks or decided.
    pub others: Vec<String>,
    /// Where this part is asked again.
    pub from: String,
}

/// The left half.
#[derive(Clone, Debug)]
pub struct ListView {
    /// How far the wave is.
    pub stand: Stand,
    /// Where the list is.
    pub home: String,
    /// Where it is searched.
    pub seek: String,
    /// What was searched for.
    pub sought: String,
    /// The orders, by code.
    pub orders: Vec<(&'static str, &'static str)>,
    /// The order that is chosen.
    pub order: &'static str,
    /// The rest of the picked, for forms.
    pub hidden: Vec<(&'static str, String)>,
    /// What it is narrowed by, each with where it is not.
    pub chips: Vec<Link>,
    /// What else it can be narrowed by.
    pub filters: Vec<(&'static str, Vec<Link>)>,
    /// Where it can be narrowed to: schools, boards and coaches by id.
    pub schools: Vec<(String, String)>,
    /// Boards.
    pub boards: Vec<(String, String)>,
    /// Coaches.
    pub coaches: Vec<(String, String)>,
    /// The rows.
    pub groups: Vec<Group>,
    /// What comes after.
    pub foot: String,
    /// Where the sample is.
    pub sample: String,
}

/// The left half, beside this candidate.
pub fn view(say: &Say<'_>, picked: &Query, beside: Option<&str>, sought: &str) -> ListView {
    let on = say.on;
    let wave = &on.wave.id;
    let home = paths::wave_review(wave);
    let others = |by: &Narrowed| Query { by: by.clone(), ..Query::default() }.behind(&home, &[]);
    let hidden = picked.pairs().into_iter().filter(|(key, _)| *key != "volgorde" && *key != "sinds").collect();
    let sorted = |mut all: Vec<(String, String)>| {
        all.sort_by(|one, other| one.1.cmp(&other.1));
        all
    };
    let solved = &on.sight.wave;
    ListView {
        stand: stand(say, beside),
        seek: picked.behind(&paths::review_seek(wave), &[]),
        sought: sought.to_owned(),
        orders: Order::ALL.iter().map(|it| (it.code(), say.order(*it))).collect(),
        order: picked.by.order.code(),
        hidden,
        chips: chips(say, picked, &others),
        filters: filters(say, picked, &others),
        schools: sorted(solved.schools.iter().map(|it| (it.id.clone(), on.names.school(&it.id).to_owned())).collect()),
        boards: sorted(solved.boards.iter().map(|it| (it.id.clone(), on.names.board(&it.id).to_owned())).collect()),
        coaches: sorted(solved.coaches.iter().map(|it| (it.id.clone(), on.names.coach(&it.id).to_owned())).collect()),
        groups: groups(say, picked, beside),
        foot: say.m.review.foot(on.counts.of(Section::Ordinary).0, on.counts.of(Section::NoPlace).0),
        sample: picked.behind(&paths::review_sample(wave), &[]),
        home,
    }
}

/// How far the wave is.
pub fn stand(say: &Say<'_>, beside: Option<&str>) -> Stand {
    let (on, m) = (say.on, say.m.review);
    let counts = &on.counts;
    let legend = [
        (State::Agreed, m.count_agreed(counts.agreed)),
        (State::Fixed, m.count_fixed(counts.fixed)),
        (State::Otherwise, m.count_otherwise(counts.otherwise)),
        (State::Rejected, m.count_rejected(counts.rejected)),
    ];
    let mut others: Vec<String> = Vec::new();
    for it in &on.looking {
        if let Some(who) = on.names.account(&it.who) {
            others.push(m.looks(who, on.names.candidate(&it.candidate)));
        }
    }
    for it in &on.others {
        if let Some(who) = on.names.account(&it.who) {
            let what = match it.step {
                Step::Decided | Step::Undone => say.decided(&it.candidate, it.stands.as_ref()),
                Step::Withdrawn | Step::Lapsed => say.decided(&it.candidate, None),
            };
            others.push(m.just_decided(who, what));
        }
    }
    let home = paths::wave_review(&on.wave.id);
    let more: Vec<(&str, &str)> = [("deel", "stand")].into_iter().chain(beside.map(|it| ("kandidaat", it))).collect();
    let of = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
    let whole = of(counts.all);
    Stand {
        title: m.done(counts.done(), counts.all),
        bar: Bar::default()
            .and(of(counts.agreed), whole, "good")
            .and(of(counts.fixed), whole, "")
            .striped(of(counts.otherwise), whole)
            .and(of(counts.rejected), whole, "bad"),
        legend: legend.into_iter().map(|(state, word)| Sign { word, ..say.state(state) }).collect(),
        others,
        from: Query::default().behind(&home, &more),
    }
}

fn chips(say: &Say<'_>, picked: &Query, place: &impl Fn(&Narrowed) -> String) -> Vec<Link> {
    let (by, names) = (&picked.by, &say.on.names);
    let mut chips = Vec::new();
    let mut chip = |label: &str, change: &dyn Fn(&mut Narrowed)| {
        let mut without = Narrowed { since: None, ..by.clone() };
        change(&mut without);
        chips.push(Link { label: label.to_owned(), place: place(&without) });
    };
    if by.shown != Shown::All {
        chip(say.shown(by.shown), &|by| by.shown = Shown::All);
    }
    if let Some(it) = by.focus {
        chip(say.focus(it), &|by| by.focus = None);
    }
    if let Some(it) = by.bouw {
        chip(it.code(), &|by| by.bouw = None);
    }
    if let Some(it) = &by.school {
        chip(names.school(it), &|by| by.school = None);
    }
    if let Some(it) = &by.board {
        chip(names.board(it), &|by| by.board = None);
    }
    if let Some(it) = &by.coach {
        chip(names.coach(it), &|by| by.coach = None);
    }
    chips
}

fn filters(say: &Say<'_>, picked: &Query, place: &impl Fn(&Narrowed) -> String) -> Vec<(&'static str, Vec<Link>)> {
    let m = say.m.review;
    let with = |label: &str, change: &dyn Fn(&mut Narrowed)| {
        let mut by = Narrowed { since: None, ..picked.by.clone() };
        change(&mut by);
        Link { label: label.to_owned(), place: place(&by) }
    };
    let shown = Shown::ALL.iter().filter(|it| **it != picked.by.shown).map(|&it| with(say.shown(it), &|by| by.shown = it)).collect();
    let focus = FOCUSES.iter().filter(|it| picked.by.focus != Some(**it)).map(|&it| with(say.focus(it), &|by| by.focus = Some(it)));
    let bouw = BOUWEN.iter().filter(|it| picked.by.bouw != Some(**it)).map(|&it: &Bouw| with(it.code(), &|by| by.bouw = Some(it)));
    vec![(m.filter_state(), shown), (m.filter_focus(), focus.collect()), (m.filter_bouw(), bouw.collect())]
}

fn groups(say: &Say<'_>, picked: &Query, beside: Option<&str>) -> Vec<Group> {
    let (on, m) = (say.on, say.m.review);
    if picked.by.order != Order::Attention {
        let rows: Vec<RowView> = on.rows.iter().map(|row| row_view(say, picked, row, beside)).collect();
        return if rows.is_empty() {
            Vec::new()
        } else {
            vec![Group { title: say.order(picked.by.order), left: m.rows(rows.len()), rows }]
        };
    }
    let mut groups = Vec::new();
    for &section in Section::ALL {
        let rows: Vec<RowView> =
            on.rows.iter().filter(|row| row.section == section).map(|row| row_view(say, picked, row, beside)).collect();
        if !rows.is_empty() {
            let (left, all) = on.counts.of(section);
            groups.push(Group { title: say.section(section), left: m.left_of(left, all), rows });
        }
    }
    groups
}

fn row_view(say: &Say<'_>, picked: &Query, row: &Row, beside: Option<&str>) -> RowView {
    let (on, m) = (say.on, say.m.review);
    let solved = &on.sight.wave;
    let sub = match on.sight.plan[row.id] {
        Some(at) => {
            let seat = &solved.seats[at.seat];
            let school = on.names.school(&solved.schools[seat.school].id);
            m.row_place(school, seat.bouw.code(), solved.travel.candidate(row.id, seat.school))
        }
        None => {
            let person = &solved.candidates[row.id];
            m.row_wants(say.bouwen(&person.bouwen), person.max_travel)
        }
    };
    let mut sign = say.state(row.state);
    if row.section == Section::NoPlace && row.state == State::ToDo {
        sign.icon = "verbod";
    }
    let done = row.state != State::ToDo;
    let (mark, kind) = match (&row.tag, row.renewed) {
        _ if done => (sign.word.clone(), sign.kind),
        (_, true) => (m.tag_renewed().to_owned(), ""),
        (Some(tag), false) => (say.tag(tag), ""),
        (None, false) => (String::new(), ""),
    };
    RowView {
        number: row.id.0,
        place: picked.behind(&paths::wave_reviewed(&on.wave.id, &row.candidate), &[]),
        name: on.names.candidate(&row.candidate).to_owned(),
        sub,
        sign,
        mark,
        kind,
        chosen: beside == Some(&row.candidate),
        done,
    }
}
