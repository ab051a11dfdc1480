//! The charts of a report: which figures they draw, and the finding above each, by rule.

use loket_solver::matching::facts::words::{Bouw, Word};

use super::shown;
use crate::desk::fairness::Report;
use crate::desk::masked::Shown;
use crate::pages::messages::Report as Words;
use crate::present::chart::{self, Band, Bins, Chart, Fill, Heat, LONG, Load, Loads, Share, Sides, Travels};
use crate::present::dutch::number;

/// Most boards that are drawn; the table has all of them.
const BOARDS: usize = 9;

/// A bouw as it stands at the beginning of a line.
pub(super) fn bouw(bouw: Bouw) -> String {
    let mut letters = bouw.code().chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// The choices that people got, and those of the wave before beneath it.
pub(super) fn choices(m: Words, name: &str, counts: [Shown; 4], before: Option<Vec<String>>) -> Chart {
    let placed: Option<i64> = counts[..3].iter().copied().sum();
    let title = match (counts[0], placed) {
        (Some(first), Some(placed)) if first == placed => m.choices_all(number(placed)),
        (Some(first), Some(placed)) => m.choices_some(number(first), number(placed)),
        _ => m.choices_hidden().to_owned(),
    };
    let names = [m.get_first(), m.choice_2(), m.choice_3(), m.choice_none()];
    let fills = [Fill::Solid, Fill::Stripes, Fill::Dots, Fill::Open];
    let bands: Vec<Band> =
        names.iter().zip(fills).zip(counts).map(|((name, fill), count)| Band { name: (*name).to_owned(), count, fill }).collect();
    let heads = [m.wave(), m.choice_1(), m.choice_2(), m.choice_3(), m.choice_none()].map(str::to_owned).to_vec();
    let mut chart = chart::profile(title, m.choices_about().to_owned(), (heads, name.to_owned()), &bands);
    chart.table.rows.extend(before);
    chart
}

/// How long people travel, with everybody counted.
pub(super) fn travel(m: Words, report: &Report) -> Chart {
    let longest = report.minutes.last().copied().unwrap_or(0);
    let long = report.minutes.iter().filter(|it| **it > LONG).count();
    let bars: Bins = chart::bins(report.minutes.iter().copied()).into_iter().map(|(from, to, count)| (from, to, Some(count))).collect();
    let about = m.travel_about(number(report.mean_minutes()), long);
    drawn_travel(m, (m.travel_most(number(longest)), about), &bars)
}

/// How long people travel, by a quarter of an hour and without small counts.
pub(super) fn travel_in_quarters(m: Words, mean: Shown, bars: &Bins) -> Chart {
    let title = mean.map_or_else(|| m.travel_none().to_owned(), |mean| m.travel_mean(number(mean)));
    drawn_travel(m, (title, m.travel_quarters().to_owned()), bars)
}

fn drawn_travel(m: Words, (title, about): (String, String), bars: &Bins) -> Chart {
    let heads = [m.head_minutes(), m.head_candidates()].map(str::to_owned);
    chart::travel(Travels { title, about, across: m.travel_across().into(), limit: m.travel_limit().into(), heads }, bars)
}

/// How full coaches are. `named` gives the name of each.
pub(super) fn coaches(m: Words, report: &Report, named: &dyn Fn(&str) -> String) -> Chart {
    let (full, nobody) = report.fullness();
    let all = report.coaches.len();
    let title = if nobody > 0 { m.coaches_title(full, number_of(all), nobody) } else { m.coaches_busy(full, number_of(all)) };
    let rows: Vec<Load> = report
        .coaches
        .iter()
        .map(|it| {
            let name = named(&it.id);
            let hours = m.n_of_m_hours(number(it.hours), number(it.of_hours));
            Load {
                name: if it.external { m.external(name) } else { name },
                people: it.people,
                most: it.most,
                striped: it.external,
                says: [m.n_of_m(number(it.people), number(it.most)), hours],
            }
        })
        .collect();
    let limit = report.coaches.iter().map(|it| it.most).max().unwrap_or(0);
    let heads = [m.head_coach(), m.head_candidates(), m.head_hours()].map(str::to_owned);
    chart::loads(Loads { title, about: m.coaches_about().into(), limit: m.coaches_limit(number(limit)), heads }, &rows)
}

fn number_of(count: usize) -> String {
    number(i64::try_from(count).unwrap_or(i64::MAX))
}

/// Boards with their counts by bouw and in all.
pub(super) type Boards = Vec<(String, [(Shown, i64); 4])>;

/// How much of the seats is used. Boards beyond the largest are one row, where their counts may be added up.
pub(super) fn seats(m: Words, boards: &Boards, all: [(Shown, i64); 4]) -> Chart {
    let free: Vec<(i64, Bouw)> = Bouw::ALL.iter().zip(all).filter_map(|(bouw, (used, there))| Some((there - used?, *bouw))).collect();
    let left = all[3].0.map(|used| all[3].1 - used);
    let most = free.iter().copied().max_by_key(|it| it.0).map(|it| it.1);
    let title = match (left, most) {
        (Some(0), _) => m.seats_full().to_owned(),
        (Some(left), Some(most)) => m.seats_free(left, most.code()),
        _ => m.seats_about().to_owned(),
    };
    let mut rows: Vec<Heat> = boards.iter().take(BOARDS).map(|(name, cells)| Heat { name: name.clone(), cells: cells.to_vec() }).collect();
    let rest: &[_] = boards.get(BOARDS..).unwrap_or_default();
    if !rest.is_empty() {
        let mut cells = vec![(Some(0), 0); 4];
        for (_, row) in rest {
            for (sum, cell) in cells.iter_mut().zip(row) {
                *sum = (sum.0.zip(cell.0).map(|(a, b)| a + b), sum.1 + cell.1);
            }
        }
        rows.push(Heat { name: m.other_boards(rest.len()), cells });
    }
    rows.push(Heat { name: m.together().into(), cells: all.to_vec() });
    let bouwen = Bouw::ALL.iter().map(|it| bouw(*it));
    let heads: Vec<String> = std::iter::once(m.head_board().to_owned()).chain(bouwen).chain([m.together().to_owned()]).collect();
    let of = |used: &str, there: &str| m.n_of_m(used, there);
    let mut chart = chart::heat((title, m.seats_about().to_owned()), heads, &rows, &of);
    let line = |(name, cells): &(String, [(Shown, i64); 4])| {
        let said = cells.iter().map(|(used, there)| match used {
            _ if *there == 0 => "–".to_owned(),
            // How many there are would bound what is hidden.
            None => shown(None),
            Some(used) => m.n_of_m(number(*used), number(*there)),
        });
        std::iter::once(name.clone()).chain(said).collect::<Vec<_>>()
    };
    chart.table.rows = boards.iter().chain([&(m.together().to_owned(), all)]).map(line).collect();
    chart
}

/// What boards get beside what they give, the largest first; only of boards whose placements may be shown.
pub(super) fn shares(m: Words, boards: &Boards, all: (Shown, i64)) -> Chart {
    let (placed, seats) = (all.0.unwrap_or(0).max(1), all.1.max(1));
    let rounded = |part: i64, whole: i64| (200 * part + whole) / (2 * whole);
    let told: Vec<(&str, i64, i64)> = boards.iter().filter_map(|(name, cells)| Some((name.as_str(), cells[3].1, cells[3].0?))).collect();
    let off = |it: &(&str, i64, i64)| 1_000 * it.2 / placed - 1_000 * it.1 / seats;
    let furthest = told.iter().max_by_key(|it| off(it).abs()).filter(|it| off(it).abs() > 5);
    let title = match furthest {
        Some(it) if off(it) < 0 => m.share_less(it.0),
        Some(it) => m.share_more(it.0),
        None => m.share_even().to_owned(),
    };
    let rows: Vec<Share> = told
        .iter()
        .map(|(name, gives, gets)| Share { name: (*name).to_owned(), gives: rounded(*gives, seats), gets: rounded(*gets, placed) })
        .collect();
    let heads = [m.head_board(), m.head_gives(), m.head_gets()].map(str::to_owned);
    let said = |title: String| Sides {
        title,
        about: m.share_about().into(),
        words: [m.share_gives(), m.share_gets()].map(str::to_owned),
        heads: heads.clone(),
    };
    // The one that is named is drawn as well.
    let mut drawn: Vec<Share> = rows.iter().take(BOARDS - 1).cloned().collect();
    if let Some((name, ..)) = furthest
        && drawn.iter().all(|it| it.name != *name)
    {
        drawn.extend(rows.iter().find(|it| it.name == *name).cloned());
    }
    let table = chart::share(said(String::new()), &rows).table;
    Chart { table, ..chart::share(said(title), &drawn) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pages::messages::{Language, Messages};

    fn words() -> Words {
        Messages::of(Language::Nl).report
    }

    #[test]
    fn the_finding_follows_from_the_figures() {
        let m = words();
        let title = |counts| choices(m, "nu", counts, None).title;
        assert_eq!(title([Some(9), Some(0), Some(0), Some(2)]), "Alle 9 geplaatsten krijgen hun eerste keus");
        assert_eq!(title([Some(132), Some(6), Some(1), Some(11)]), "132 van de 139 geplaatsten krijgen hun eerste keus");
        assert_eq!(title([Some(132), None, None, None]), m.choices_hidden());
        let board = |name: &str, used, there| (name.to_owned(), [(Some(used), there), (Some(0), 0), (Some(0), 0), (Some(used), there)]);
        let boards = vec![board("Zuiderlicht", 10, 30), board("Vaart", 20, 20)];
        let all = [(Some(30), 50), (Some(0), 0), (Some(0), 0), (Some(30), 50)];
        assert_eq!(shares(m, &boards, all[3]).title, "Zuiderlicht krijgt minder kandidaten dan het plekken geeft");
        assert_eq!(seats(m, &boards, all).title, "20 plekken zijn nog vrij, de meeste in de onderbouw");
        assert_eq!(seats(m, &boards, [(Some(50), 50), (Some(0), 0), (Some(0), 0), (Some(50), 50)]).title, "Alle plekken zijn gebruikt");
    }

    #[test]
    fn a_board_whose_count_is_hidden_has_no_share_and_no_sum_is_made_with_it() {
        let m = words();
        let hidden = ("Vaart".to_owned(), [(None, 4), (Some(0), 0), (Some(0), 0), (None, 4)]);
        assert!(shares(m, &vec![hidden.clone()], (Some(30), 50)).table.rows.is_empty());
        let boards: Boards = std::iter::repeat_n(hidden, BOARDS + 2).collect();
        let chart = seats(m, &boards, [(None, 44), (Some(0), 0), (Some(0), 0), (None, 44)]);
        assert_eq!(chart.table.rows.len(), BOARDS + 3);
        let texts = || chart.labels.iter().map(|it| it.text.as_str()).chain(chart.table.rows.iter().flatten().map(String::as_str));
        assert!(texts().any(|it| it == "·"));
        assert!(texts().all(|it| !it.contains(" van ")), "how many there are would bound what is hidden");
    }
}
