//! Closed lists of words by name: each is one type in the description, wherever it stands, and says what its words mean.

use loket_instances::planning::monitor::codes::{Target, TargetVerdict};
use loket_instances::sheets::open::OpenKind;
use loket_solver::matching::facts::codes::{RuleCode, TermCode};
use loket_solver::matching::facts::outcome::Verdict;
use loket_solver::matching::facts::words::{Bouw, CoachKind, HalfDay, PairKind, Phase, Quality, SchoolKind, Status, Transport, Word};
use loket_solver::matching::judge::rules::overrulable;
use loket_solver::scheduling::facts::codes::Kind as RosterKind;

use loket_instances::matching::trial::{Judgement, Measure};

use crate::access::Role;
use crate::api::bodies::capacity::REASON;
use crate::api::bodies::funnel::WHAT;
use crate::api::bodies::outbox::BOUNCE;
use crate::desk::asking::{How, NoReason, NoScope, Party, Reply, Stance};
use crate::desk::decision::{Reason, Said, Scope};
use crate::desk::life;
use crate::desk::tryout::Kind as Tried;
use crate::present::book::lists::Part as CsvPart;
use crate::present::explain::shape::{NoneKind, PartName};
use crate::present::rerun::machine::{CauseCode, ChangeKind};
use crate::records::answer::Revoked;
use crate::records::attention::Attention;
use crate::records::batch::{CauseKind, Proposal};
use crate::records::carry::StayReason;
use crate::records::history::EndReason;
use crate::records::invitation;
use crate::records::job::State;
use crate::records::letter::Kind as LetterKind;
use crate::records::listing::Per;
use crate::records::mail::{MailKind, MailState, RecipientKind};
use crate::records::open::{DifferenceKind, EditionState};
use crate::records::policy::PolicyState;
use crate::records::privacy::Wish;
use crate::records::register::{Kind, Standing};
use crate::records::report::{NotNeeded, ReportKind, ReportReason, ReportState};
use crate::records::review::{Part, Step};
use crate::records::roster;
use crate::records::stage::{Stage, StopReason};
use crate::records::tryout::Standing as Kept;
use crate::records::wave::Life;
use crate::serve::openapi::List;
use crate::work::kinds;

fn of<W: Word>(name: &'static str, says: &str) -> List {
    List { name, says: says.into(), words: W::ALL.iter().map(|word| word.code()).collect() }
}

/// A list that says of each word what it means.
fn told<'a>(name: &'static str, says: &str, words: impl Iterator<Item = (&'static str, &'a str)>) -> List {
    let mut list = List { name, says: says.into(), words: Vec::new() };
    for (word, means) in words {
        list.words.push(word);
        list.says.push_str(&format!("\n- `{word}`: {means}"));
    }
    list
}

/// Every closed list.
pub fn lists() -> Vec<List> {
    let terms = TermCode::ALL.iter().map(|code| (code.code(), code.term().says));
    let rules = |codes: Vec<RuleCode>| codes.into_iter().map(|code| (code.code(), code.rule().says));
    vec![
        of::<Bouw>("Bouw", "Een deel van de school: de jongste, de middelste of de oudste groepen"),
        of::<SchoolKind>("Schoolsoort", "Basisonderwijs, speciaal basisonderwijs of speciaal onderwijs"),
        of::<LetterKind>("Briefsoort", "Wat een brief aan een kandidaat brengt: een plek, een voorstel, of dat er geen plek is"),
        of::<CoachKind>("Coachsoort", "In dienst van een bestuur, of ingehuurd"),
        of::<Transport>("Vervoer", "Hoe iemand reist"),
        of::<Phase>("Fase", "De fase van het traject"),
        of::<Quality>("Kwaliteit", "Of de school voldoet aan de eisen voor opleiden"),
        of::<HalfDay>("Dagdeel", "Een ochtend (o) of middag (m) van de werkweek"),
        of::<Status>("Afspraakstatus", "Hoe ver een eerdere plaatsing is"),
        of::<PairKind>(
            "Paarsoort",
            "Wat voor twee kandidaten samen geldt: op dezelfde school of juist niet, of met dezelfde coach of juist niet",
        ),
        of::<Verdict>(
            "Uitkomststatus",
            "optimaal: van elk doel is bewezen dat het niet beter kan; haalbaar: een gecontroleerd plan, waarvan niet alles bewezen is; \
             onmogelijk: wat vaststaat gaat niet samen; afgebroken: gestopt zonder plan",
        ),
        of::<Said>("Besluit", "Wat er besloten is over een voorstel"),
        of::<Reason>("Afwijsreden", "Waarom een voorstel is afgewezen"),
        of::<Scope>(
            "Reikwijdte",
            "Hoe ver een afwijzing reikt: deze plaatsing, deze school met elke coach, deze coach op elke school, of elke school van dit bestuur",
        ),
        of::<Step>(
            "Besluitstap",
            "Wat er met een besluit gebeurde: genomen, ingetrokken, ongedaan gemaakt door wie het nam, of vervallen doordat het ging over wat er niet \
             meer is",
        ),
        of::<Part>("Inzagedeel", "Wat er van een voorstel geopend is"),
        of::<Stage>("Trajectfase", "Waar een kandidaat is op weg naar het diploma, of gestopt"),
        of::<StopReason>("Stopreden", "Waarom een kandidaat stopte"),
        of::<StayReason>("Blijfreden", "Waarom een kandidaat niet overging naar de volgende lichting"),
        of::<EndReason>("Eindreden", "Waarom een bestuur, school of coach er niet meer is"),
        of::<OpenKind>(
            "Opensoort",
            "Waar een bestand met open gegevens over gaat: vestigingen en leerlingen (DUO), scores (CBS), of postcodes",
        ),
        of::<EditionState>("Opentoestand", "Wat er van een voorstel met open gegevens geworden is"),
        of::<DifferenceKind>(
            "Openverschil",
            "Wat open gegevens veranderen: een nieuw bestuur, een school die nieuw, gewijzigd of verdwenen is, een verdwenen school waar nog \
             plekken of plaatsingen zijn (die eindigt nooit vanzelf), of een postcode",
        ),
        of::<Attention>("Aandachtsoort", "Wat om actie vraagt"),
        of::<Party>("Partij", "Wie er over een plaats gevraagd wordt"),
        of::<Reply>("Antwoordkeuze", "Ja of nee"),
        of::<Stance>("Antwoordstand", "Hoe ver een antwoord is; te laat is geen antwoord"),
        List {
            name: "Noteerwijze",
            says: "Hoe de intermediair een antwoord hoorde".into(),
            words: How::HEARD.iter().map(|it| it.code()).collect(),
        },
        of::<How>("Antwoordwijze", "Hoe een antwoord kwam: in het eigen account, met een koppeling, of genoteerd door de intermediair"),
        of::<NoReason>("Neereden", "Waarom iemand nee zegt"),
        of::<NoScope>(
            "Neereikwijdte",
            "Hoe ver een nee reikt. Deze kandidaat op deze plaatsing, plek, school, in deze bouw, met deze coach of nergens (alles); of een \
             plek die niet open is, of een coach die een persoon minder kan hebben",
        ),
        of::<Revoked>("Intrekreden", "Waarom een verbod niet meer geldt"),
        of::<life::Stage>("Plaatsingstand", "Waar een plaatsing is in haar leven"),
        of::<Kept>(
            "Proefstand",
            "Wat er van een proef geworden is: open, bewaard als besluiten, of vervallen omdat haar plan niet meer in beoordeling is",
        ),
        of::<Tried>("Proefkeus", "Wat er geprobeerd wordt: plaatsen, verbieden, of loslaten wat er besloten was"),
        of::<Standing>("Kandidaattoestand", "Waar een kandidaat staat: wacht, geplaatst of gestopt"),
        of::<Measure>("Proefmaat", "Waar een drempel van een beleidsproef over gaat; zie docs/reruns.md"),
        of::<Judgement>("Proefoordeel", "Wat de drempels van een beleidsproef zeggen"),
        of::<PolicyState>("Beleidstoestand", "Waar een beleid is: concept; goedgekeurd door een ander dan de opsteller; ingetrokken"),
        of::<Life>("Lichtingtoestand", "Waar een lichting is in haar leven"),
        of::<State>("Werktoestand", "Hoe ver het werk is"),
        of::<Per>("Lijstsoort", "Voor wie een lijst van plaatsingen is"),
        of::<CsvPart>("Csvdeel", "Welke regels van een plan: elke kandidaat, of wie geen plaats heeft"),
        of::<CauseKind>("Aanleidingsoort", "Wie of wat uitvalt of erbij komt"),
        of::<Proposal>("Voorstelbesluit", "Wat er van een voorstel geworden is"),
        of::<MailKind>("Berichtsoort", "Waar een bericht voor is"),
        of::<RecipientKind>("Berichtontvanger", "Aan wat voor iemand een bericht gaat"),
        of::<MailState>(
            "Berichttoestand",
            "wachtend: wordt verstuurd; concept: wacht op iemand die het zelf verstuurt; verstuurd: de mailserver heeft het; mislukt: niet \
             verstuurd, of teruggekomen; afgehandeld: met de hand gedaan",
        ),
        of::<NoneKind>(
            "Geenplaatssoort",
            "Waarom iemand geen plaats heeft: regels verbieden alles; grenzen zijn vol; grenzen zijn vol en een doel wordt slechter; er is \
             ruimte maar een doel wordt slechter; er is niets om te kiezen; het is niet bewezen; het plan zelf is niet bewezen; het is \
             afgebroken",
        ),
        of::<PartName>("Deelnaam", "Welk deel van een antwoord het is"),
        of::<CauseCode>("Oorzaak", "Waarom iemand anders geplaatst is"),
        of::<ChangeKind>(
            "Wijzigingsoort",
            "gedwongen: het oude kon niet meer; gekozen: het oude kon nog, maar de doelen worden zo beter; nu-geplaatst: had geen plaats; \
             nieuw: deed nog niet mee",
        ),
        List { name: "Vraagsoort", says: "Wat voor vraag over een plan".into(), words: kinds::questions().map(|kind| kind.code).collect() },
        List {
            name: "Rijsoort",
            says: "Wat voor rij van het register".into(),
            words: [Kind::Board, Kind::School, Kind::Coach, Kind::Candidate].map(Kind::word).into_iter().chain(["plek"]).collect(),
        },
        of::<Wish>("Privacysoort", "Wat iemand over de eigen gegevens vraagt"),
        List {
            name: "Privacypersoon",
            says: "Over wie een verzoek gaat".into(),
            words: [Kind::Candidate, Kind::Coach].map(Kind::word).into_iter().collect(),
        },
        of::<RosterKind>("Roostersoort", "Wat er gepland wordt: intakegesprekken, intervisiegroepen, bezoeken van coaches, of aanbod"),
        of::<roster::Stage>(
            "Roosterstand",
            "Waar een rooster is: nog niets berekend; berekend; gepubliceerd; of gewijzigd nadat het gepubliceerd was",
        ),
        of::<roster::Because>("Roosterafwijsreden", "Waarom een afspraak zo niet mag"),
        of::<roster::Said>("Roosterbesluitsoort", "Wat er over een afspraak besloten is: zij is goed, zij moet zo, of zij mag zo niet"),
        of::<invitation::Half>("Daghelft", "Een deel van de dag: de ochtend (o) of de middag (m)"),
        of::<invitation::Way>(
            "Roosterzegwijze",
            "Hoe iemand zei wanneer het kan: in het eigen account, met een koppeling, of aan de intermediair",
        ),
        List { name: "Rolnaam", says: "In welke rol iemand werkt".into(), words: Role::HELD.iter().map(|it| it.code()).collect() },
        List { name: "Terugreden", says: "Waarom een bericht terugkwam".into(), words: BOUNCE.0.to_vec() },
        of::<ReportKind>("Uitvalsoort", "Wie of wat er volgens een melding uitvalt"),
        of::<ReportReason>("Uitvalreden", "Waarom iemand of iets uitvalt; over gezondheid zegt geen reden iets"),
        of::<ReportState>("Uitvaltoestand", "Wat er van een melding geworden is"),
        of::<NotNeeded>("Nietnodigreden", "Waarom er met een melding niets hoefde te gebeuren"),
        List {
            name: "Trechtergetalsoort",
            says: "Een stap van de trechter, hoeveel mensen er over tevredenheid antwoordden, of de som van hun cijfers in tienden".into(),
            words: WHAT.0.to_vec(),
        },
        of::<Target>("Trechterdoelsoort", "Welke stap van de trechter een doel heeft"),
        of::<TargetVerdict>(
            "Trechteroordeel",
            "te-klein: minder dan 10 mensen; onder-doel en boven-doel: toeval alleen verklaart dit in minder dan 1 op 20; anders op-koers",
        ),
        List { name: "Plekreden", says: "Waarom plekken niet open zijn".into(), words: REASON.0.to_vec() },
        told("Term", "Wat punten geeft; een doel telt termen op, elk maal een gewicht", terms),
        told("Regel", "Wat geldt; wie niet geplaatst is, ziet welke regel in de weg staat", rules(RuleCode::ALL.to_vec())),
        told("OverruleRegel", "Een regel die een mens bewust opzij mag zetten", rules(overrulable().collect())),
    ]
}
