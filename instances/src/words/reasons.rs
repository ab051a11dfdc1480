//! Dutch words for rules: the sentence of a reason with its figures, and what a pair rule comes to.

use loket_solver::matching::facts::codes::ReasonCode::{self, Goal, NoCoach, NoSeat, NotLooked, NotProven, Rule};
use loket_solver::matching::facts::codes::RuleCode;
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

/// What a rule that stands in the way comes to, as part of a sentence: "de plekken die passen zijn vol".
pub fn in_the_way(rule: RuleCode) -> String {
    let mut letters = sentence(Rule(rule)).chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

/// Rules by their codes, as files and answers name them.
pub fn codes(rules: &[RuleCode]) -> Vec<&'static str> {
    rules.iter().map(|rule| rule.code()).collect()
}

/// What a code says about the candidate, without the full stop.
fn sentence(code: ReasonCode) -> &'static str {
    match code {
        Rule(RuleCode::Kwaliteit) => "De kwaliteit van de school is onvoldoende om zij-instromers op te leiden",
        Rule(RuleCode::Noodplan) => "Het bestuur van de school heeft het noodplan niet getekend",
        Rule(RuleCode::Soort) => "De kandidaat wil of mag niet naar deze soort school",
        Rule(RuleCode::Bestuur) => "De kandidaat kan alleen bij andere besturen terecht",
        Rule(RuleCode::Bouw) => "De bouw van de plek past niet bij wat de kandidaat koos",
        Rule(RuleCode::Reistijd) => "De reis naar de school is te lang voor de kandidaat",
        Rule(RuleCode::Uitsluiting) => "De school, het bestuur, de denominatie of de coach is voor deze kandidaat uitgesloten",
        Rule(RuleCode::Verboden) => "Deze plaatsing is voor deze kandidaat verboden",
        Rule(RuleCode::Dagdelen) => "De kandidaat en de duo-collega zijn te weinig dagdelen samen op school",
        Rule(RuleCode::CoachBouw) => "De coach begeleidt niet in deze bouw",
        Rule(RuleCode::CoachSoort) => "De coach begeleidt niet op deze soort school",
        Rule(RuleCode::CoachReistijd) => "De reis naar de school is te lang voor de coach",
        Rule(RuleCode::CoachSchool) => "De coach begeleidt niet op deze school",
        Rule(RuleCode::CoachEis) => "De coach heeft niet alle kenmerken die de kandidaat nodig heeft",
        Rule(RuleCode::Plekken) => "De plekken die passen zijn vol",
        Rule(RuleCode::SchoolMaximum) => "De school heeft het maximum aantal kandidaten bereikt",
        Rule(RuleCode::Starters) => "Het team van de school heeft al genoeg starters",
        Rule(RuleCode::BestuurMaximum) => "Het bestuur heeft het maximum aantal kandidaten bereikt",
        Rule(RuleCode::CoachAantal) => "De coaches die passen hebben hun maximum aantal kandidaten bereikt",
        Rule(RuleCode::CoachUren) => "De coaches die passen hebben niet genoeg uren over",
        Rule(RuleCode::CoachVervolg) => "De coaches die passen hebben niet genoeg uren over voor de volgende fase",
        Rule(RuleCode::ExternAandeel) => "Er mogen niet meer kandidaten een externe coach krijgen",
        Rule(RuleCode::Budget) => "Het geld voor begeleiding is op",
        Rule(RuleCode::PaarSamen) => "De kandidaat hoort op dezelfde school als iemand anders te komen",
        Rule(RuleCode::PaarApart) => "De kandidaat mag niet op dezelfde school komen als iemand anders",
        Rule(RuleCode::PaarCoach) => "De kandidaat hoort dezelfde coach te krijgen als iemand anders",
        Rule(RuleCode::PaarCoaches) => "De kandidaat mag niet dezelfde coach krijgen als iemand anders",
        Rule(RuleCode::DuoDelen) => "De duo-collega heeft niet genoeg dagdelen over, naast wie er al komt",
        Rule(RuleCode::Vast) => "Wat voor deze kandidaat is vastgezet, past niet bij een plek die vrij is",
        Rule(RuleCode::Wijzigingen) => "Er mogen niet meer wijzigingen komen in wat eerder is afgesproken",
        Goal => "Er is een plaatsing mogelijk, maar een doel van het beleid wordt daar slechter van",
        NoSeat => "Er is in deze lichting geen enkele plek",
        NoCoach => "Er is in deze lichting geen enkele coach die iemand kan begeleiden",
        NotProven => "De berekening is gestopt voordat zeker was dat het niet beter kan",
        NotLooked => "Niet uitgezocht: de tijd was op",
    }
}

/// What a pair rule comes to, without numbers; the other rules forbid no placement by themselves.
pub fn pair_rule(code: RuleCode) -> &'static str {
    use RuleCode::*;
    match code {
        Kwaliteit => "de kwaliteit van de school is onvoldoende",
        Noodplan => "het bestuur tekende het noodplan niet",
        Soort => "een andere soort school dan gewenst",
        Bestuur => "een ander bestuur dan gewenst",
        Bouw => "een bouw die niet gekozen is",
        Reistijd => "te ver reizen",
        Uitsluiting => "uitgesloten voor deze kandidaat",
        Verboden => "verboden voor deze kandidaat",
        Dagdelen => "te weinig dagdelen samen met de duo-collega",
        CoachBouw => "de coach begeleidt niet in deze bouw",
        CoachSoort => "de coach begeleidt niet op deze soort school",
        CoachReistijd => "te ver reizen voor de coach",
        CoachSchool => "de coach begeleidt niet op deze school",
        CoachEis => "de coach heeft niet alle nodige kenmerken",
        Plekken | SchoolMaximum | Starters | BestuurMaximum | CoachAantal | CoachUren | CoachVervolg | ExternAandeel | Budget
        | PaarSamen | PaarApart | PaarCoach | PaarCoaches | DuoDelen | Vast | Wijzigingen => "een regel verbiedt het",
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
    use std::collections::BTreeSet;

    use loket_solver::matching::judge::rules::{Kind, RULES};

    use super::*;

    #[test]
    fn every_rule_has_its_own_sentence() {
        let sentences: BTreeSet<_> = RuleCode::ALL.iter().map(|&rule| sentence(Rule(rule))).collect();
        assert_eq!(sentences.len(), RuleCode::ALL.len());
        for code in [Goal, NoSeat, NoCoach, NotProven, NotLooked] {
            assert!(!sentences.contains(sentence(code)), "{} has no sentence of its own", code.code());
        }
    }

    #[test]
    fn a_rule_in_the_way_is_told_as_what_stands_in_the_way_and_not_as_what_would_be_right() {
        assert_eq!(in_the_way(RuleCode::Verboden), "deze plaatsing is voor deze kandidaat verboden");
        assert_eq!(in_the_way(RuleCode::Plekken), "de plekken die passen zijn vol");
        for rule in RULES {
            assert_ne!(in_the_way(rule.code).to_lowercase(), rule.says.trim_end_matches('.').to_lowercase(), "{}", rule.code);
        }
    }

    #[test]
    fn every_pair_rule_has_its_own_words() {
        let pairs: Vec<_> = RULES.iter().filter(|rule| matches!(rule.kind, Kind::Pair { .. })).map(|rule| pair_rule(rule.code)).collect();
        assert_eq!(pairs.iter().collect::<BTreeSet<_>>().len(), pairs.len());
        assert!(!pairs.contains(&pair_rule(RuleCode::Plekken)));
    }

    #[test]
    fn figures_follow_the_sentence() {
        let reason = Reason { code: Rule(RuleCode::Reistijd), data: vec![("plekken", 12), ("dichtstbij_minuten", 71)] };
        assert_eq!(
            reason_text(&reason),
            "De reis naar de school is te lang voor de kandidaat (12 plekken, de dichtstbijzijnde op 71 minuten)."
        );
        let reason = Reason { code: Rule(RuleCode::CoachUren), data: vec![("coaches", 1), ("onbekend", 3)] };
        assert_eq!(reason_text(&reason), "De coaches die passen hebben niet genoeg uren over (1 coach).");
        assert_eq!(reason_text(&Reason { code: NoSeat, data: vec![] }), "Er is in deze lichting geen enkele plek.");
    }
}
