//! Dutch words for why somebody is not in a roster: the sentence of a reason with its figures.

use loket_solver::scheduling::facts::codes::{Kind, Other, ReasonCode, RuleCode};
use loket_solver::scheduling::facts::outcome::Reason;

/// One Dutch sentence: what stands in the way, then how many places were left before it.
pub fn reason_text(kind: Kind, reason: &Reason) -> String {
    let sentence = sentence(kind, reason.code);
    let role = reason.role.as_ref().map(|role| format!("te weinig mensen kunnen als {role}"));
    let left = reason.data.iter().find(|(name, _)| *name == "mogelijk").map(|&(_, left)| left).filter(|left| *left > 0);
    let left = left.map(|left| if left == 1 { "bij 1 mogelijkheid".into() } else { format!("bij {left} mogelijkheden") });
    let figures: Vec<String> = role.into_iter().chain(left).collect();
    if figures.is_empty() { format!("{sentence}.") } else { format!("{sentence} ({}).", figures.join(", ")) }
}

/// What a code says, without the full stop.
pub fn sentence(kind: Kind, code: ReasonCode) -> &'static str {
    use RuleCode::*;
    match code {
        ReasonCode::Rule(rule) => match rule {
            Kalender => "Er is geen open dagdeel waarop de locatie beschikbaar is",
            Beschikbaar if kind == Kind::Visits => "De kandidaat of de school is op geen open dagdeel beschikbaar",
            Beschikbaar => "De deelnemer kan op geen van de momenten",
            Venster => "Geen van de momenten valt binnen de dagen die voor de deelnemer gelden",
            Locatie => "De deelnemer kan niet op de locaties die er zijn",
            Reistijd => "De reis naar elke locatie is te lang",
            Leervraag => "Geen aanbod gaat over een leervraag van de deelnemer",
            Functie => "Het aanbod is niet voor mensen met deze functie",
            School => "Het aanbod is niet voor mensen van deze school",
            Route => "Het past niet in een dagdeel",
            NietMet => "Wie er dan is, mag de deelnemer niet treffen",
            EigenSchool => "Wie dan kan begeleiden, werkt op de school van de deelnemer",
            Verboden => "Wat overblijft is verboden",
            Rol => "Niemand heeft de rol die nodig is",
            StafBeschikbaar => "Wie nodig is, kan dan niet",
            CoachBeschikbaar => "De coach kan op geen van de dagdelen die passen",
            StafLocatie => "Wie nodig is, kan niet op die locatie zijn",
            Eis => "Geen begeleider heeft wat het aanbod vraagt",
            EenKeer => "Het aanbod loopt al op een ander moment",
            Bezetting => "De bezetting is niet compleet te krijgen",
            Omvang if kind == Kind::Visits => "Er zijn al zo veel bezoeken in dat dagdeel als er mogen",
            Omvang => "De groep zou te klein of te groot worden",
            Dubbel => "Iemand die nodig is, is dan al ergens anders",
            Zaal => "Er is dan geen zaal meer vrij",
            PerDag => "Wie nodig is, zit die dag al vaak genoeg",
            PerWeek => "Wie nodig is, zit die week al vaak genoeg",
            Maximum => "Wie nodig is, zit aan zijn maximum",
            Uren => "Wie nodig is, heeft geen uren meer over",
            PlaatsDag => "Wie nodig is, zit die dag al op een andere locatie",
            Groepen => "Er mogen niet meer groepen komen",
            Aantal => "Alle bezoeken die bedoeld zijn, zijn er al",
            BezoekWeek => "In elke week die past is er al een bezoek",
            SchoolGroep => "Van de school doen er dan te weinig of te veel mensen mee",
            RolAantal => "Er zijn dan te weinig of te veel mensen met een functie",
            Dekking => "Het aanbod zou dan niet betaald zijn",
            Vast => "Wat vastgezet is, past er niet bij",
            Wijzigingen => "Er mag niet meer veranderen",
        },
        ReasonCode::Other(other) => match other {
            Other::NoMoment => "Er is helemaal geen moment",
            Other::NoStaff => "Op geen van de momenten die passen is de bezetting compleet",
            Other::Full => "De zittingen die passen zijn vol",
            Other::Goal => "Er is plaats, maar een doel van het beleid wordt daar slechter van",
            Other::NotProven => "De berekening is gestopt voordat zeker was dat het niet beter kan",
        },
    }
}
