//! The inverse: who fits a seat group, or whom a coach could take.

use loket_solver::matching::ask::explain::change::Spot;
use loket_solver::matching::ask::explain::fits::Fits;

use super::super::price;
use super::super::seen::{Divided, divided};
use super::super::view::Lens;
use super::super::words::spot as spot_name;
use crate::present::dutch::{counted, list};
use crate::present::sheet::Sheet;

/// The page for a spot.
pub fn fits(lens: &Lens<'_>, spot: Spot, fits: &Fits) -> Sheet {
    let mut sheet = Sheet::default();
    let name = spot_name(lens, spot).unwrap_or_else(|| "een plaats".into());
    sheet.title(format!("Wie past er op {name}?").replace("op coach", "bij coach"));
    if lens.names_people() {
        let now: Vec<String> = fits.now.iter().map(|&candidate| lens.person(candidate)).collect();
        sheet.fact("Nu", if now.is_empty() { "niemand".into() } else { list(&now) });
    } else {
        sheet.fact("Nu", counted(fits.now.len(), "kandidaat", "kandidaten"));
    }
    if let Some(seat) = spot.seat {
        sheet.fact("Ruimte", counted(lens.seats(seat) as usize, "plek", "plekken"));
    }
    sheet.fact("Past", format!("{} volgens de regels", counted(fits.allowed, "ander", "anderen")));
    if fits.allowed == 0 {
        return sheet;
    }
    if fits.stopped {
        sheet.heading("Gestopt voordat iedereen was nagerekend.");
    }
    if !lens.names_people() {
        let Divided { free, costly } = divided(fits);
        sheet.heading(format!("Van de {} die zijn nagerekend:", fits.asked));
        sheet.point(format!("{} daar terecht zonder dat een doel slechter wordt", counted(free, "kandidaat kan", "kandidaten kunnen")));
        sheet.point(format!("{} daar terecht, maar een doel wordt slechter", counted(costly, "kandidaat kan", "kandidaten kunnen")));
        sheet.point(format!("{} niet, wat er ook verandert", counted(fits.impossible, "kan", "kunnen")));
        return sheet;
    }
    if fits.found.is_empty() {
        sheet.heading(format!("Geen van de {} die zijn nagerekend kan daar terecht.", fits.asked));
        return sheet;
    }
    sheet.heading(format!("De kansrijkste {} zijn nagerekend; goedkoopste eerst:", fits.asked));
    for (position, fit) in fits.found.iter().enumerate() {
        sheet.step(position + 1, format!("{}: {}", lens.person(fit.candidate), lens.place_for(fit.candidate, fit.placement)));
        price::write(&mut sheet, lens, &fit.asked, &[fit.candidate]);
    }
    sheet
}
