//! The Dutch sentence of a reason: why a candidate is not placed, in words and figures.

use loket_solver::matching::facts::outcome::Reason;

/// One Dutch sentence: what stands in the way, then the figures that come with it.
pub fn reason_text(reason: &Reason) -> String {
    let figures: Vec<String> = reason.data.iter().filter_map(|&(name, value)| figure(name, value)).collect();
    let sentence = sentence(reason.code);
    if figures.is_empty() {
        return format!("{sentence}.");
    }
    format!("{sentence} ({}).", figures.join(", "))
}

/// What a code says about the candidate, without the full stop.
fn sentence(code: &str) -> &'static str {
    match code {
        "kwaliteit" => "De kwaliteit van de school is onvoldoende om zij-instromers op te leiden",
        "noodplan" => "Het bestuur van de school heeft het noodplan niet getekend",
        "soort" => "De kandidaat wil of mag niet naar deze soort school",
        "bestuur" => "De kandidaat kan alleen bij andere besturen terecht",
        "bouw" => "De bouw van de plek past niet bij wat de kandidaat koos",
        "reistijd" => "De reis naar de school is te lang voor de kandidaat",
        "uitsluiting" => "De school, het bestuur, de denominatie of de coach is voor deze kandidaat uitgesloten",
        "verboden" => "Deze plaatsing is voor deze kandidaat verboden",
        "dagdelen" => "De kandidaat en de duo-collega zijn te weinig dagdelen samen op school",
        "coach-bouw" => "De coach begeleidt niet in deze bouw",
        "coach-soort" => "De coach begeleidt niet op deze soort school",
        "coach-reistijd" => "De reis naar de school is te lang voor de coach",
        "coach-school" => "De coach begeleidt niet op deze school",
        "coach-eis" => "De coach heeft niet alle kenmerken die de kandidaat nodig heeft",
        "plekken" => "De plekken die passen zijn vol",
        "school-maximum" => "De school heeft het maximum aantal kandidaten bereikt",
        "starters" => "Het team van de school heeft al genoeg starters",
        "bestuur-maximum" => "Het bestuur heeft het maximum aantal kandidaten bereikt",
        "coach-aantal" => "De coaches die passen hebben hun maximum aantal kandidaten bereikt",
        "coach-uren" => "De coaches die passen hebben niet genoeg uren over",
        "coach-vervolg" => "De coaches die passen hebben niet genoeg uren over voor de volgende fase",
        "extern-aandeel" => "Er mogen niet meer kandidaten een externe coach krijgen",
        "budget" => "Het geld voor begeleiding is op",
        "vast" => "Wat voor deze kandidaat is vastgezet, past niet bij een plek die vrij is",
        "wijzigingen" => "Er mogen niet meer wijzigingen komen in wat eerder is afgesproken",
        "doel" => "Er is een plaatsing mogelijk, maar een doel van het beleid wordt daar slechter van",
        "geen-plek" => "Er is in deze lichting geen enkele plek",
        "geen-coach" => "Er is in deze lichting geen enkele coach die iemand kan begeleiden",
        "niet-bewezen" => "De berekening is gestopt voordat zeker was dat het niet beter kan",
        _ => "Een regel staat plaatsing in de weg",
    }
}

/// A named figure in words; a name that has no words is left out of the sentence and stays in `gegevens`.
fn figure(name: &str, value: i64) -> Option<String> {
    let counted = |one: &str, more: &str| format!("{value} {}", if value == 1 { one } else { more });
    Some(match name {
        "plekken" => counted("plek", "plekken"),
        "coaches" => counted("coach", "coaches"),
        "dichtstbij_minuten" => format!("de dichtstbijzijnde op {value} minuten"),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use loket_solver::matching::judge::rules::RULES;

    #[test]
    fn every_rule_has_its_own_sentence() {
        for rule in RULES {
            assert_ne!(sentence(rule.code), sentence(""), "{} has no sentence", rule.code);
        }
    }

    #[test]
    fn figures_follow_the_sentence() {
        let reason = Reason { code: "reistijd", data: vec![("plekken", 12), ("dichtstbij_minuten", 71)] };
        assert_eq!(
            reason_text(&reason),
            "De reis naar de school is te lang voor de kandidaat (12 plekken, de dichtstbijzijnde op 71 minuten)."
        );
        let reason = Reason { code: "coach-uren", data: vec![("coaches", 1), ("onbekend", 3)] };
        assert_eq!(reason_text(&reason), "De coaches die passen hebben niet genoeg uren over (1 coach).");
        assert_eq!(reason_text(&Reason { code: "geen-plek", data: vec![] }), "Er is in deze lichting geen enkele plek.");
    }
}
