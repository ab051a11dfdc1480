//! The same reasons in words for the candidate they are about: why there is no place, and what would help that the candidate can change.
//! Nobody else is in them, also not as a number of people.

use std::collections::BTreeMap;

use loket_solver::matching::facts::codes::ReasonCode::{self, Goal, NoCoach, NoSeat, NotLooked, NotProven, Rule};
use loket_solver::matching::facts::codes::RuleCode;

/// Why there is no place, as one sentence to the candidate.
pub fn reason_to_you(code: ReasonCode) -> &'static str {
    match code {
        Rule(RuleCode::Kwaliteit) => "Bij een deel van de scholen is de kwaliteit niet goed genoeg om zij-instromers op te leiden.",
        Rule(RuleCode::Noodplan) => "Bij een deel van de scholen kan het niet, omdat het bestuur het noodplan niet heeft getekend.",
        Rule(RuleCode::Soort) => "Er zijn plekken op soorten scholen die u niet hebt gekozen, of waar u niet mag werken.",
        Rule(RuleCode::Bestuur) => "Er zijn plekken bij andere besturen dan de besturen waar u terechtkunt.",
        Rule(RuleCode::Bouw) => "Er zijn plekken in een bouw die u niet hebt gekozen.",
        Rule(RuleCode::Reistijd) => "Er zijn plekken op scholen die voor u te ver reizen zijn.",
        Rule(RuleCode::Uitsluiting) => "Een deel van de plekken is voor u uitgesloten.",
        Rule(RuleCode::Verboden) => "Over een deel van de plekken is eerder besloten dat het voor u niet kan.",
        Rule(RuleCode::Dagdelen) => "Er zijn plekken waar u te weinig dagdelen samen met een collega voor de klas staat.",
        Rule(RuleCode::CoachBouw) => "Niet alle coaches begeleiden in de bouw van die plekken.",
        Rule(RuleCode::CoachSoort) => "Niet alle coaches begeleiden op die soort school.",
        Rule(RuleCode::CoachReistijd) => "Die scholen zijn niet voor alle coaches dichtbij genoeg.",
        Rule(RuleCode::CoachSchool) => "Niet alle coaches begeleiden op die scholen.",
        Rule(RuleCode::CoachEis) => "Niet alle coaches hebben wat u in een coach nodig hebt.",
        Rule(RuleCode::Plekken) => "De plekken die bij u passen, zijn vol.",
        Rule(RuleCode::SchoolMaximum) => "De scholen die bij u passen, kunnen niet meer zij-instromers begeleiden.",
        Rule(RuleCode::Starters) => "De teams van de scholen die bij u passen, hebben al genoeg starters.",
        Rule(RuleCode::BestuurMaximum) => "De besturen van de scholen die bij u passen, kunnen niet meer zij-instromers hebben.",
        Rule(RuleCode::CoachAantal) => "De coaches die bij u passen, hebben geen ruimte voor nog iemand.",
        Rule(RuleCode::CoachUren) => "De coaches die bij u passen, hebben niet genoeg uren over.",
        Rule(RuleCode::CoachVervolg) => "De coaches die bij u passen, hebben niet genoeg uren over voor de volgende fase.",
        Rule(RuleCode::ExternAandeel) => "Er mogen niet meer mensen een coach van buiten de school krijgen.",
        Rule(RuleCode::Budget) => "Het geld voor begeleiding is op.",
        Rule(RuleCode::PaarSamen) => "Over u is afgesproken dat u op dezelfde school komt als iemand anders, en dat lukt nu niet.",
        Rule(RuleCode::PaarApart) => "Over u is afgesproken dat u niet op dezelfde school komt als iemand anders.",
        Rule(RuleCode::PaarCoach) => "Over u is afgesproken dat u dezelfde coach krijgt als iemand anders, en dat lukt nu niet.",
        Rule(RuleCode::PaarCoaches) => "Over u is afgesproken dat u niet dezelfde coach krijgt als iemand anders.",
        Rule(RuleCode::DuoDelen) => "De collega met wie u voor de klas zou staan, heeft niet genoeg dagdelen over.",
        Rule(RuleCode::Vast) => "Wat voor u is afgesproken, past niet bij een plek die vrij is.",
        Rule(RuleCode::Wijzigingen) => "Er kan nu niet meer veranderen aan wat eerder is afgesproken.",
        Goal => "Er is een plek die bij u past, maar dan wordt de verdeling over iedereen minder goed.",
        NoSeat => "Er is deze keer geen enkele plek.",
        NoCoach => "Er is deze keer geen coach die iemand kan begeleiden.",
        NotProven => "Wij vonden voor u geen plek. De berekening is gestopt voordat zeker was dat er geen plek is.",
        NotLooked => "Wij vonden voor u geen plek. Waarom dat zo is, konden wij niet op tijd uitzoeken.",
    }
}

/// What would help that the candidate can change, as a sentence; nothing where the candidate cannot change it. `figures` are those of the
/// reason.
pub fn helps(code: ReasonCode, figures: &BTreeMap<String, i64>) -> Option<String> {
    let Rule(rule) = code else { return None };
    let said = |text: &str| Some(text.to_owned());
    match rule {
        RuleCode::Reistijd => match figures.get("dichtstbij_minuten") {
            Some(minutes) => Some(format!("Verder reizen. De dichtstbijzijnde plek die nu te ver is, is {minutes} minuten reizen.")),
            None => said("Verder reizen."),
        },
        RuleCode::Soort => said("Ook op andere soorten scholen willen werken, zoals speciaal onderwijs."),
        RuleCode::Bestuur => said("Ook bij andere besturen willen werken."),
        RuleCode::Bouw => said("Ook een andere bouw kiezen."),
        RuleCode::Uitsluiting => said("Ons laten weten of wat uitgesloten is, nog nodig is."),
        RuleCode::Dagdelen | RuleCode::DuoDelen => said("Op meer of andere dagdelen kunnen werken."),
        RuleCode::CoachEis => said("Ons laten weten wat u het meest nodig hebt in een coach."),
        RuleCode::Kwaliteit
        | RuleCode::Noodplan
        | RuleCode::Verboden
        | RuleCode::CoachBouw
        | RuleCode::CoachSoort
        | RuleCode::CoachReistijd
        | RuleCode::CoachSchool
        | RuleCode::Plekken
        | RuleCode::SchoolMaximum
        | RuleCode::Starters
        | RuleCode::BestuurMaximum
        | RuleCode::CoachAantal
        | RuleCode::CoachUren
        | RuleCode::CoachVervolg
        | RuleCode::ExternAandeel
        | RuleCode::Budget
        | RuleCode::PaarSamen
        | RuleCode::PaarApart
        | RuleCode::PaarCoach
        | RuleCode::PaarCoaches
        | RuleCode::Vast
        | RuleCode::Wijzigingen => None,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_reason_is_said_to_the_candidate_and_never_about_the_candidate() {
        let other = [Goal, NoSeat, NoCoach, NotProven, NotLooked];
        let all: Vec<ReasonCode> = RuleCode::ALL.iter().map(|&rule| Rule(rule)).chain(other).collect();
        let said: BTreeSet<&str> = all.iter().map(|&code| reason_to_you(code)).collect();
        assert_eq!(said.len(), all.len(), "each its own");
        for text in said {
            assert!(text.ends_with('.') && !text.contains("kandidaat"), "{text}");
            assert!(!text.chars().any(|it| it.is_ascii_digit()), "no counts: {text}");
        }
        for code in all {
            assert_eq!(ReasonCode::parse(code.code()), Some(code));
        }
        assert_eq!(ReasonCode::parse("anders"), None);
    }

    #[test]
    fn what_helps_is_what_the_candidate_can_change() {
        let far = BTreeMap::from([("plekken".to_owned(), 12), ("dichtstbij_minuten".to_owned(), 71)]);
        let told = helps(Rule(RuleCode::Reistijd), &far);
        assert_eq!(told.as_deref(), Some("Verder reizen. De dichtstbijzijnde plek die nu te ver is, is 71 minuten reizen."));
        assert_eq!(helps(Rule(RuleCode::CoachUren), &far), None);
        assert_eq!(helps(Goal, &far), None);
    }
}
