//! Scarcity: every gain is what brute force finds on the wave with the file changed, and what is called idle is not in the list.

use loket_solver::common::control::Unhurried;
use loket_solver::matching::ask::explain::ask::Answer;
use loket_solver::matching::ask::explain::scarcity::scarcity;

use super::Case;

pub(super) fn check(case: &Case<'_>) {
    let found = scarcity(&case.base, 8, &|_| true, &Unhurried);
    for worth in &found.worth {
        let answer = Answer::Possible(Box::new(worth.asked.clone()));
        case.answer("what one more is worth", &answer, &case.edited(std::slice::from_ref(&worth.change)), &|_| true);
        case.holds("what is listed is worth something", !worth.asked.free(), &|| format!("{worth:?}"));
    }
    let asked = found.worth.len() + found.idle;
    case.holds("as many are solved for as asked", asked == found.candidates.min(8) && !found.stopped, &|| format!("{found:?}"));
    let ranked = found.worth.windows(2).all(|pair| pair[0].asked.rank(&pair[1].asked).is_le());
    case.holds("best first", ranked, &|| format!("{found:?}"));
}
