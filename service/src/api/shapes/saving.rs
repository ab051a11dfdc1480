//! Prices for what is scarce as an answer.

use loket_solver::matching::facts::policy::Saving;
use serde::Serialize;
use utoipa::ToSchema;

/// De prijs van een plaatsing op een plek
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Plekprijs {
    /// De school
    pub school: String,
    /// De plek van de school
    pub plek: String,
    /// De prijs, 1 tot en met 1.000
    pub prijs: u32,
}

/// De prijs van een uur van een coach
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Uurprijs {
    /// De coach
    pub coach: String,
    /// De prijs, 1 tot en met 1.000
    pub prijs: u32,
}

/// Prijzen voor wat schaars is, zoals ze in een beleid kunnen staan
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Bewaarprijzen {
    /// De lichtingen waar ze van komen
    pub lichtingen: Vec<String>,
    /// Van plekken; wat er niet staat, kost niets
    pub plekken: Vec<Plekprijs>,
    /// Van uren van coaches; wat er niet staat, kost niets
    pub coaches: Vec<Uurprijs>,
}

impl Bewaarprijzen {
    /// What these waves come to.
    pub fn new(lichtingen: Vec<String>, it: Saving) -> Self {
        let plekken = it.seats.into_iter().map(|(school, plek, prijs)| Plekprijs { school, plek, prijs }).collect();
        let coaches = it.coaches.into_iter().map(|(coach, prijs)| Uurprijs { coach, prijs }).collect();
        Self { lichtingen, plekken, coaches }
    }
}
