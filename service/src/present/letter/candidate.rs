//! The letter to a candidate: placed, proposed or not placed; about the own place and nobody else's.

use super::words::{day, half_days, phase, weekday};
use super::{Paper, Part};
use crate::desk::letters::{Helps, NoPlace, Why};
use crate::records::letter::{Answered, Decided, Frame, Letter, News, Place};

/// The letter on paper.
pub fn paper(letter: &Letter, frame: &Frame) -> Paper {
    let title = match &letter.news {
        News::Placed(_) => "U hebt een plek",
        News::Proposed(_) => "Ons voorstel voor uw plek",
        News::None(_) => "Nog geen plek voor u",
    };
    let mut paper = Paper {
        name: "brief".into(),
        title: title.into(),
        top: ["Loket".into(), weekday(frame.on)],
        bottom: format!("{}, {}", frame.wave, phase(&frame.phase)),
        parts: Vec::new(),
    };
    paper.says(match letter.to.as_deref().map(str::trim).filter(|it| !it.is_empty()) {
        Some(name) => format!("Beste {name},"),
        None => "Beste kandidaat,".into(),
    });
    match &letter.news {
        News::Placed(place) => placed(&mut paper, place, letter),
        News::Proposed(place) => proposed(&mut paper, place, letter),
        News::None(why) => none(&mut paper, why, frame),
    }
    decided(&mut paper, letter, frame);
    paper.says("Met vriendelijke groet,");
    paper.says("Loket");
    paper
}

fn placed(paper: &mut Paper, place: &Place, letter: &Letter) {
    paper.says(format!("Goed nieuws: u bent geplaatst op {}. U begint op {}.", place.school, weekday(place.from)));
    facts(paper, place, "Uw plek");
    why(paper, &place.why);
    paper.heading("Moet u iets doen?");
    let no = "Kunt u toch niet beginnen? Laat het ons dan zo snel mogelijk weten.";
    match letter.answer {
        Answered::Yes => paper.says(format!("Nee. U zei al ja tegen deze plek. {no}")),
        Answered::Asked(by) => paper.says(format!(
            "Ja. Wij vroegen u of u deze plek wilt. Geef uw antwoord uiterlijk {}. Dat doet u met de persoonlijke koppeling die u van ons \
             kreeg, of door ons te bellen of te mailen.",
            weekday(by)
        )),
        Answered::Late(by) => paper.says(format!(
            "Ja. Wij vroegen u om uiterlijk {} te antwoorden, en hebben nog niets gehoord. Laat ons zo snel mogelijk weten of u deze plek wilt.",
            day(by.tomorrow().unwrap_or(by))
        )),
        Answered::No => paper.says("U zei eerder nee. Neem contact met ons op als dat niet klopt met deze brief."),
        Answered::NotAsked => paper.says(format!("Nee, u hoeft niets te doen. {no}")),
    };
}

fn proposed(paper: &mut Paper, place: &Place, letter: &Letter) {
    paper.says(format!("Wij stellen u een plek voor op {}. U begint dan op {}.", place.school, weekday(place.from)));
    facts(paper, place, "Het voorstel");
    why(paper, &place.why);
    paper.heading("Hoe antwoordt u?");
    match letter.answer {
        Answered::Yes => paper.says("U zei al ja tegen dit voorstel. U hoeft niets te doen."),
        Answered::No => paper.says("U zei nee tegen dit voorstel. Wij zoeken verder en laten van ons horen."),
        Answered::Asked(by) => paper.says(format!(
            "Geef uw antwoord uiterlijk {}. Dat doet u met de persoonlijke koppeling die u van ons kreeg, of door ons te bellen of te mailen.",
            weekday(by)
        )),
        Answered::Late(_) => paper.says("De dag om te antwoorden is voorbij. Laat ons zo snel mogelijk weten wat u wilt."),
        Answered::NotAsked => paper.says("U krijgt van ons nog de vraag of u deze plek wilt."),
    };
    paper.says("Het is nog een voorstel: het kan veranderen tot alles is vastgesteld.");
}

/// The place, row by row.
fn facts(paper: &mut Paper, place: &Place, heading: &str) {
    let row = |label: &str, value: String| [label.to_owned(), value];
    let mut rows = vec![
        row("School", place.school.clone()),
        row("Bestuur", place.board.clone()),
        row("Bouw", place.bouw.clone()),
        row("Dagen op school", half_days(&place.half_days)),
        row("Coach", place.coach.clone().unwrap_or_else(|| "de naam is hier niet bekend".into())),
        row("Begeleiding", format!("{} uur", place.hours)),
        row("Eerste dag", weekday(place.from)),
        row("Laatste dag", weekday(place.until)),
    ];
    rows.retain(|[_, value]| !value.is_empty());
    rows.extend(place.travel.map(|minutes| row("Reistijd", format!("{minutes} minuten, enkele reis"))));
    paper.heading(heading);
    paper.parts.push(Part::Facts { headings: ["Wat".into(), "Voor u".into()], rows });
}

fn why(paper: &mut Paper, why: &[Why]) {
    if why.is_empty() {
        return;
    }
    let told: Vec<String> = why.iter().map(sentence).collect();
    paper.heading("Waarom deze plek?");
    paper.says(told.join(" "));
}

/// Why a place suits, to whom it is offered.
pub fn sentence(why: &Why) -> String {
    match why {
        Why::Stays => "U werkt al op deze school, en kunt daar blijven.".into(),
        Why::SameCoach => "U houdt de coach die u al hebt.".into(),
        Why::Choice(0) => "De bouw is uw eerste keus.".into(),
        Why::Choice(_) => "De bouw is uw tweede keus.".into(),
        Why::Travel { minutes, most } => {
            format!("De reis duurt {minutes} minuten; voor u is de grens {most} minuten.")
        }
        Why::Wish => "De coach heeft wat u graag wilde in een coach.".into(),
        Why::Concept => "De school werkt met een onderwijsconcept dat u graag wilde.".into(),
    }
}

fn none(paper: &mut Paper, why: &NoPlace, frame: &Frame) {
    paper.says("Wij vonden deze keer geen plek voor u. Dat is vervelend nieuws. Hieronder leest u waarom, en hoe het verder gaat.");
    if !why.reasons.is_empty() {
        paper.heading("Waarom is er geen plek?");
        paper.parts.push(Part::Points(why.reasons.clone()));
    }
    paper.heading("Wat kan helpen?");
    helps(paper, &why.helps);
    paper.heading("Hoe gaat het verder?");
    paper.says(match frame.next {
        Some(next) => {
            format!("De volgende indeling begint op {}. U hoeft zich niet opnieuw aan te melden: u blijft op onze lijst staan.", day(next))
        }
        None => {
            "Wanneer de volgende indeling is, weten wij nog niet. U hoeft zich niet opnieuw aan te melden: u blijft op onze lijst staan."
                .into()
        }
    });
    paper.says("Wilt u niet langer wachten? Laat het ons weten.");
}

/// What would have helped: what was worked out apart from what may help.
fn helps(paper: &mut Paper, helps: &Helps) {
    const FREE: &str = "U hoeft dit niet te doen. Laat het ons weten als u iets wilt veranderen.";
    match helps {
        Helps::Each(list) => {
            paper.says("Wij hebben uitgerekend wat geholpen had. Elk van deze dingen was deze keer genoeg geweest:");
            paper.parts.push(Part::Points(list.clone()));
            paper.says("De volgende keer kan het anders zijn: dan zijn er andere mensen en andere plekken.");
            paper.says(FREE);
        }
        Helps::Perhaps(list) if list.is_empty() => {
            paper.says("Aan deze redenen kunt u zelf niets veranderen. Of iets anders had geholpen, hebben wij niet uitgerekend.");
            paper.says("Wij zoeken naar meer plekken en naar meer begeleiding.");
        }
        Helps::Perhaps(list) => {
            paper.says("Dit kan helpen. Wij hebben niet uitgerekend of het genoeg is:");
            paper.parts.push(Part::Points(list.clone()));
            paper.says(FREE);
        }
    }
}

fn decided(paper: &mut Paper, letter: &Letter, frame: &Frame) {
    paper.heading("Wie heeft dit besloten?");
    let who = match (letter.decided, &letter.news) {
        (Decided::Reviewed, _) => "Een computer heeft het voorstel uitgerekend. Een medewerker van Loket heeft dit bekeken en besloten.",
        (Decided::Published, News::Placed(_) | News::None(_)) => {
            "Een computer heeft de indeling uitgerekend. Een medewerker van Loket heeft besloten om haar zo vast te stellen."
        }
        (Decided::Published | Decided::Sender, _) => "Een computer heeft de indeling uitgerekend. Een mens beslist.",
    };
    paper.says(who);
    paper.heading("Hebt u vragen, of bent u het er niet mee eens?");
    paper.says(match frame.contact.as_deref().map(str::trim).filter(|it| !it.is_empty()) {
        Some(contact) => format!("Neem dan contact met ons op: {contact}."),
        None => "Neem dan contact op met uw contactpersoon bij Loket.".into(),
    });
    paper.says(
        "U kunt bezwaar maken. Een medewerker kijkt dan opnieuw naar uw situatie en legt uit wat er besloten is. U kunt ook vragen welke \
         gegevens wij van u hebben.",
    );
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use loket_solver::matching::facts::words::{HalfDay, Word};

    use super::*;

    fn place() -> Place {
        Place {
            school: "De Klaver".into(),
            board: "Stichting De Werf".into(),
            bouw: "onderbouw".into(),
            half_days: HalfDay::ALL.iter().copied().take(4).collect(),
            coach: Some("Umut Friezema".into()),
            hours: 60,
            from: date(2027, 2, 1),
            until: date(2027, 7, 31),
            travel: Some(22),
            why: vec![Why::Choice(0), Why::Travel { minutes: 22, most: 45 }],
        }
    }

    fn frame() -> Frame {
        Frame {
            wave: "Voorjaar 2027".into(),
            phase: "opleiding".into(),
            on: date(2026, 11, 25),
            contact: Some("loket@voorbeeld.nl".into()),
            next: None,
        }
    }

    fn told(news: News, answer: Answered) -> String {
        paper(&Letter { to: Some("Anouk Fonteyn".into()), news, answer, decided: Decided::Published }, &frame()).text()
    }

    #[test]
    fn a_placed_candidate_reads_where_when_with_whom_and_why_and_what_to_do() {
        let text = told(News::Placed(place()), Answered::Asked(date(2026, 12, 9)));
        for part in [
            "Beste Anouk Fonteyn,",
            "u bent geplaatst op De Klaver. U begint op maandag 1 februari 2027.",
            "Bestuur: Stichting De Werf",
            "Dagen op school: maandag en dinsdag",
            "Coach: Umut Friezema",
            "Laatste dag: zaterdag 31 juli 2027",
            "Reistijd: 22 minuten, enkele reis",
            "De bouw is uw eerste keus. De reis duurt 22 minuten; voor u is de grens 45 minuten.",
            "Geef uw antwoord uiterlijk woensdag 9 december 2026.",
            "Neem dan contact met ons op: loket@voorbeeld.nl.",
            "U kunt bezwaar maken.",
        ] {
            assert!(text.contains(part), "{part}\n{text}");
        }
        let yes = told(News::Placed(Place { travel: None, why: Vec::new(), ..place() }), Answered::Yes);
        assert!(yes.contains("U zei al ja") && !yes.contains("Reistijd") && !yes.contains("Waarom deze plek"), "{yes}");
    }

    #[test]
    fn a_candidate_without_a_place_reads_the_reasons_what_helps_and_how_it_goes_on() {
        let why = NoPlace { reasons: vec!["De plekken zijn vol.".into()], helps: Helps::default() };
        let text = told(News::None(why.clone()), Answered::NotAsked);
        assert!(text.contains("- De plekken zijn vol.") && text.contains("kunt u zelf niets veranderen"), "{text}");
        assert!(text.contains("weten wij nog niet"), "{text}");
        let letter = Letter {
            to: None,
            news: News::None(NoPlace { helps: Helps::Perhaps(vec!["Verder reizen.".into()]), ..why.clone() }),
            answer: Answered::NotAsked,
            decided: Decided::Sender,
        };
        let text = paper(&letter, &Frame { next: Some(date(2027, 8, 1)), ..frame() }).text();
        assert!(text.contains("Beste kandidaat,") && text.contains("- Verder reizen."), "{text}");
        assert!(text.contains("niet uitgerekend of het genoeg is"), "{text}");
        let sure = News::None(NoPlace { helps: Helps::Each(vec!["Ook in de onderbouw willen werken.".into()]), ..why });
        let sure = told(sure, Answered::NotAsked);
        assert!(sure.contains("deze keer genoeg geweest") && sure.contains("- Ook in de onderbouw willen werken."), "{sure}");
        assert!(text.contains("begint op 1 augustus 2027") && text.contains("Een mens beslist."), "{text}");
    }
}
