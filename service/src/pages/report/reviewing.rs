//! How a wave was reviewed, as it stands in a report: how often the proposal was not followed, how long people looked, and groups.

use std::time::Duration;

use super::{Figure, figure};
use crate::api::review::Beoordelingscijfer as Rated;
use crate::pages::messages::Report as Words;
use crate::present::dutch::{count, time};

/// How a wave was reviewed.
pub(super) struct Reviewing {
    pub(super) figures: Vec<Figure>,
    /// How the reader did.
    pub(super) own: Option<String>,
    /// Whether a count is too small to be shown.
    pub(super) hidden: bool,
}

/// How long, in seconds that nobody counts tenths of.
fn long(seconds: i64) -> String {
    match u64::try_from(seconds).unwrap_or(0) {
        few @ 0..60 => format!("{few} s"),
        many => time(Duration::from_secs(many)),
    }
}

/// What is told of all together, and to who reviewed of the own part; nothing while nothing was decided.
pub(super) fn reviewing(m: Words, total: &Rated, own: Option<&Rated>) -> Option<Reviewing> {
    if total.besluiten == Some(0) {
        return None;
    }
    let or_dot = |text: Option<String>| text.unwrap_or_else(|| "·".into());
    let mut figures = vec![
        figure(or_dot(total.besluiten.map(count)), m.review_decided()),
        figure(or_dot(total.afgeweken_procent.map(|it| m.percent(count(it)))), m.review_changed()),
    ];
    figures.extend(total.mediaan_seconden.map(|it| figure(long(it), m.review_median())));
    if total.groepen > 0 {
        figures.push(figure(or_dot(total.in_groepen.map(count)), m.review_groups(total.groepen)));
    }
    let own = own.and_then(|it| {
        let decided = it.besluiten.filter(|it| *it > 0)?;
        let changed = it.afgeweken_procent.map(|it| m.review_own_changed(count(it)));
        let median = it.mediaan_seconden.map(|it| m.review_own_median(long(it)));
        let all: Vec<String> = [Some(m.review_own(decided)), changed, median].into_iter().flatten().collect();
        Some(format!("{}.", all.join(", ")))
    });
    let hidden = total.besluiten.is_none() || total.afgeweken.is_none() || (total.groepen > 0 && total.in_groepen.is_none());
    Some(Reviewing { figures, own, hidden })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::desk::history::Rates;
    use crate::pages::messages::{Language, Messages};

    #[test]
    fn how_it_was_reviewed_is_told_in_words_and_small_counts_are_dots_for_who_only_watches() {
        let m = Messages::of(Language::Nl).report;
        let rates = Rates { decided: 40, overruled: 6, median: Some(75), groups: 1, in_groups: 12 };
        let own = Rates { decided: 1, overruled: 0, median: Some(8), groups: 0, in_groups: 0 };
        let told = reviewing(m, &Rated::whole(&rates), Some(&Rated::whole(&own))).expect("decisions");
        let values: Vec<(&str, &str)> = told.figures.iter().map(|it| (it.value.as_str(), it.label.as_str())).collect();
        assert_eq!(
            values,
            [
                ("40", "besluiten genomen"),
                ("15 %", "anders dan het voorstel"),
                ("1 min 15 s", "gekeken voor een besluit, de middelste"),
                ("12", "in één keer akkoord, in 1 groep"),
            ]
        );
        assert_eq!((told.own.as_deref(), told.hidden), (Some("1 besluit van u, 0 % anders dan het voorstel, 8 s per besluit."), false));
        let few = Rates { decided: 9, overruled: 2, median: Some(8), groups: 0, in_groups: 0 };
        let told = reviewing(m, &Rated::bounded(&few), None).expect("decisions");
        assert_eq!((told.figures[1].value.as_str(), told.hidden, told.own), ("·", true, None));
        assert!(reviewing(m, &Rated::whole(&Rates::default()), None).is_none());
        let nobody = reviewing(m, &Rated::bounded(&Rates::default()), None).expect("that nobody decided is a small count too");
        assert!(nobody.hidden && nobody.figures.iter().all(|it| it.value == "·"));
    }
}
