//! The inverse: who fits a seat group, or whom a coach could take.

use loket_solver::matching::ask::explain::change::Spot;
use loket_solver::matching::ask::explain::fits::Fits;

use super::super::page::Page;
use super::super::price;
use super::super::view::Lens;
use super::super::words::spot as spot_name;
use crate::present::dutch::{counted, list};

/// The page for a spot.
pub fn fits(lens: &Lens<'_>, spot: Spot, fits: &Fits) -> String {
    let mut page = Page::default();
    let name = spot_name(lens, spot).unwrap_or_else(|| "een plaats".into());
    page.title(&format!("Wie past er op {name}?").replace("op coach", "bij coach"));
    if lens.names_people() {
        let now: Vec<String> = fits.now.iter().map(|&candidate| lens.short(candidate)).collect();
        page.row("Nu", &if now.is_empty() { "niemand".into() } else { list(&now) });
    } else {
        page.row("Nu", &counted(fits.now.len(), "kandidaat", "kandidaten"));
    }
    if let Some(seat) = spot.seat {
        page.row("Ruimte", &counted(lens.seats(seat) as usize, "plek", "plekken"));
    }
    page.row("Past", &format!("{} volgens de regels", counted(fits.allowed, "ander", "anderen")));
    if fits.allowed == 0 {
        return page.text();
    }
    if fits.stopped {
        page.heading("Gestopt voordat iedereen was nagerekend.");
    }
    if !lens.names_people() {
        let free = fits.found.iter().filter(|fit| fit.asked.free()).count();
        page.heading(&format!("Van de {} die zijn nagerekend:", fits.asked));
        page.point(&format!("{} daar terecht zonder dat een doel slechter wordt", counted(free, "kandidaat kan", "kandidaten kunnen")));
        page.point(&format!(
            "{} daar terecht, maar een doel wordt slechter",
            counted(fits.found.len() - free, "kandidaat kan", "kandidaten kunnen")
        ));
        page.point(&format!("{} niet, wat er ook verandert", counted(fits.impossible, "kan", "kunnen")));
        return page.text();
    }
    if fits.found.is_empty() {
        page.heading(&format!("Geen van de {} die zijn nagerekend kan daar terecht.", fits.asked));
        return page.text();
    }
    page.heading(&format!("De kansrijkste {} zijn nagerekend; goedkoopste eerst:", fits.asked));
    for (position, fit) in fits.found.iter().enumerate() {
        let minutes = lens.minutes(fit.candidate, fit.placement.seat).map_or_else(String::new, |minutes| format!(", {minutes} min reizen"));
        page.item(
            position + 1,
            &format!("{}: {}, met {}{minutes}", lens.person(fit.candidate), lens.seat(fit.placement.seat), lens.coach(fit.placement.coach)),
        );
        price::write(&mut page, lens, &lens.policy().goals, &fit.asked, &[fit.candidate]);
    }
    page.text()
}
