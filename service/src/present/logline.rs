//! A line of the log in one Dutch sentence, of what it was done to and of its content.

use loket_solver::matching::facts::words::Word;
use serde_json::Value;

use crate::present::dutch::{counted, list};
use crate::records::deed::What;
use crate::records::dossier::Line;

/// The content of a line; a key that is not there is nothing.
struct Content(Value);

impl Content {
    fn at(&self, path: &str) -> &Value {
        self.0.pointer(path).unwrap_or(&Value::Null)
    }

    fn word(&self, path: &str) -> String {
        plain(self.at(path))
    }

    fn count(&self, path: &str) -> usize {
        self.at(path).as_u64().and_then(|it| usize::try_from(it).ok()).unwrap_or_default()
    }

    fn all(&self, path: &str) -> Vec<String> {
        self.at(path).as_array().map(|rows| rows.iter().map(plain).collect()).unwrap_or_default()
    }
}

/// A value as a reader sees it.
fn plain(value: &Value) -> String {
    match value {
        Value::Null => "niets".into(),
        Value::String(text) => text.clone(),
        Value::Bool(flag) => if *flag { "ja" } else { "nee" }.into(),
        other => other.to_string(),
    }
}

/// What an import of open data comes to.
fn open_data(content: &Content) -> String {
    let many = |key: &str, what: &str| format!("{} {what}", content.count(&format!("/tellingen/{key}")));
    list(&[many("scholen_nieuw", "nieuw"), many("scholen_gewijzigd", "gewijzigd"), many("beeindigd", "beëindigd")])
}

/// What a line says.
pub fn told(line: &Line) -> String {
    let Some(what) = What::parse(&line.what) else { return format!("{} van {}", line.what, line.subject) };
    let content = line.content.as_deref().map(|text| Content(serde_json::from_str(text).unwrap_or_default()));
    match content {
        Some(content) => of(what, &line.subject, &content),
        None => format!("{} ({}); de inhoud is gewist", line.what, line.subject),
    }
}

fn of(what: What, subject: &str, content: &Content) -> String {
    match what {
        What::WaveMade => format!("lichting {subject} is gemaakt"),
        What::WaveChanged => format!("lichting {subject} kreeg een ander bestand"),
        What::WaveRefreshed => {
            let lapsed = counted(content.count("/besluiten_vervallen"), "besluit verviel", "besluiten vervielen");
            format!("lichting {subject} is opnieuw uit het register gevuld; {lapsed}")
        }
        What::WaveWithdrawn => format!("lichting {subject} is ingetrokken toen zij {} was", content.word("/toestand")),
        What::WaveSubmitted => format!("lichting {subject} is ingediend, met startgetal {}", content.word("/zaad")),
        What::WaveClosed => format!("lichting {subject} is gesloten"),
        What::BoardPut => put("bestuur", subject, content),
        What::SchoolPut => put("school", subject, content),
        What::CoachPut => put("coach", subject, content),
        What::CandidatePut => put("kandidaat", subject, content),
        What::BoardEnded => ended("bestuur", subject, content),
        What::SchoolEnded => ended("school", subject, content),
        What::CoachEnded => ended("coach", subject, content),
        What::StageEntered => {
            let reason = if content.at("/reden").is_null() { String::new() } else { format!(" ({})", content.word("/reden")) };
            format!("kandidaat {subject} is vanaf {}: {}{reason}", content.word("/van"), content.word("/fase"))
        }
        What::CarriedOver => {
            let (who, to) = (content.word("/kandidaat"), content.word("/naar"));
            format!("kandidaat {who} gaat van lichting {subject} naar lichting {to}")
        }
        What::SchoolYearPut => {
            format!("schooljaar {subject} loopt van {} tot en met {}", content.word("/wordt/van"), content.word("/wordt/tot"))
        }
        What::OpenProposed => format!("open gegevens {subject} zijn voorgesteld: {}", open_data(content)),
        What::OpenTaken => format!("open gegevens {subject} zijn overgenomen: {}", open_data(content)),
        What::OpenWithdrawn => format!("open gegevens {subject} zijn ingetrokken"),
        What::RegisterCompleted => format!("lichting {subject} voegde aan het register toe: {}", added(content)),
        What::SeatsPut => seats(subject, content),
        What::SeatsRemoved => {
            let (seat, from) = (content.word("/plek"), content.word("/was/van"));
            format!("plekken {seat} van school {subject} vanaf {from} zijn weggehaald")
        }
        What::SeatsConfirmed => {
            let groups = counted(content.count("/plekken"), "plekkengroep", "plekkengroepen");
            format!("bestuur {subject} bevestigde {groups} vanaf {}", content.word("/vanaf"))
        }
        What::RoundAsked => {
            let boards = counted(content.count("/besturen"), "bestuur", "besturen");
            format!("voor lichting {subject} moet {boards} de plekken bevestigen, uiterlijk {}", content.word("/uiterlijk"))
        }
        What::RoundMoved => format!("de plekken voor lichting {subject} mogen bevestigd worden tot en met {}", content.word("/uiterlijk")),
        What::RoundReminded => format!("voor lichting {subject} zijn herinnerd: {}", list(&content.all("/besturen"))),
        What::RunAsked => {
            let known = counted(content.count("/beslissingen"), "besluit", "besluiten");
            format!("berekening {subject} van lichting {} is gevraagd, met {known}", content.word("/lichting"))
        }
        What::RunStopped => format!("berekening {subject} moest stoppen"),
        What::QuestionStopped => format!("vraag {subject} is ingetrokken"),
        What::Decided => format!("in lichting {subject} over kandidaat {}: {}", content.word("/kandidaat"), decision(content, "/besluit")),
        What::DecisionWithdrawn => withdrawn("is ingetrokken", subject, content),
        What::DecisionUndone => {
            let candidate = content.word("/kandidaat");
            let now = if content.at("/wordt").is_null() {
                "er geldt nu geen besluit".into()
            } else {
                format!("nu geldt weer {}", decision(content, "/wordt"))
            };
            format!("in lichting {subject} is een besluit over kandidaat {candidate} ongedaan gemaakt; {now}")
        }
        What::GroupAgreed => {
            let proposals = counted(content.count("/akkoord"), "voorstel", "voorstellen");
            format!(
                "in lichting {subject} is in één keer akkoord gegeven op {proposals}, na een steekproef van {}",
                content.word("/steekproef")
            )
        }
        What::NotePut => format!("in lichting {subject} is een notitie geschreven over kandidaat {}", content.word("/kandidaat")),
        What::NoteRemoved => format!("in lichting {subject} is een notitie over kandidaat {} weggehaald", content.word("/kandidaat")),
        What::DecisionLapsed if content.at("/herberekening").is_null() => {
            withdrawn("verviel doordat de lichting opnieuw uit het register is gevuld", subject, content)
        }
        What::DecisionLapsed => withdrawn(&format!("verviel door herberekening {}", content.word("/herberekening")), subject, content),
        What::AnswerAsked => {
            let (who, by) = (list(&content.all("/partijen")), content.word("/voor"));
            format!("in lichting {subject} is over kandidaat {} gevraagd aan {who}, voor {by}", content.word("/kandidaat"))
        }
        What::AnswerReminded => {
            format!("in lichting {subject} is {} herinnerd, over kandidaat {}", content.word("/partij"), content.word("/kandidaat"))
        }
        What::AnswerGiven => given(subject, content),
        What::AnswerLinkMade => {
            let (who, candidate) = (content.word("/partij"), content.word("/kandidaat"));
            format!("in lichting {subject} is voor {who} een koppeling gemaakt, over kandidaat {candidate}")
        }
        What::PlaceLinkMade => {
            format!(
                "in lichting {subject} is voor {} {} een koppeling gemaakt naar de plaatsing",
                content.word("/partij"),
                content.word("/wie")
            )
        }
        What::BanRevoked => {
            let (ban, party, why) = (content.word("/verbod"), content.word("/partij"), content.word("/reden"));
            format!("in lichting {subject} geldt verbod {ban} van {party} over kandidaat {} niet meer: {why}", content.word("/kandidaat"))
        }
        What::PlanningMade => format!("meerjarenplan {subject} is gemaakt"),
        What::PlanningChanged => format!("meerjarenplan {subject} kreeg versie {}", content.word("/versie")),
        What::PlanningDropped => format!("meerjarenplan {subject} is weggehaald"),
        What::PlanningAsked => format!("voor meerjarenplan {subject} is berekening {} gevraagd", content.word("/berekening")),
        What::FunnelCompleted => format!("de trechter van lichting {subject} is aangevuld"),
        What::FunnelTaken => format!("meting {subject} is vastgelegd, op {}", content.word("/peildatum")),
        What::FunnelApproved => format!("meting {subject} is goedgekeurd"),
        What::RosterMade => format!("rooster {subject} is gemaakt ({})", content.word("/soort")),
        What::RosterDropped => format!("rooster {subject} is weggehaald"),
        What::RosterAsked => format!("voor rooster {subject} is berekening {} gevraagd", content.word("/berekening")),
        What::RosterDecided => {
            let why = Some(content.word("/reden")).filter(|it| !it.is_empty()).map(|it| format!(" ({it})")).unwrap_or_default();
            format!("in rooster {subject} is over {} besloten: {}{why}", content.word("/deelnemer"), content.word("/besluit"))
        }
        What::RosterDecisionWithdrawn => format!("in rooster {subject} is het besluit over {} ingetrokken", content.word("/deelnemer")),
        What::RosterFallout => format!("in rooster {subject} valt iemand uit; berekening {} zoekt wat er kan", content.word("/berekening")),
        What::RosterAccepted => format!("in rooster {subject} is het voorstel na uitval aanvaard"),
        What::RosterDeclined => format!("in rooster {subject} is het voorstel na uitval afgewezen"),
        What::RosterInvited => {
            format!("voor rooster {subject} is gevraagd wanneer mensen kunnen, te zeggen voor {}", content.word("/voor"))
        }
        What::RosterSaid => format!("in rooster {subject} zei {} wanneer het kan ({})", content.word("/persoon"), content.word("/hoe")),
        What::RosterLinkMade => format!("voor rooster {subject} is een koppeling gemaakt voor {}", content.word("/persoon")),
        What::RosterPublished => format!("rooster {subject} is gepubliceerd"),
        What::TryOutMade => {
            let tried = counted(content.count("/veranderingen"), "verandering", "veranderingen");
            format!("in lichting {subject} is proef {} gemaakt, met {tried}", content.word("/proef"))
        }
        What::TryOutChanged => format!("in lichting {subject} is proef {} veranderd", content.word("/proef")),
        What::TryOutThrown => format!("in lichting {subject} is proef {} weggegooid", content.word("/proef")),
        What::TryOutKept => {
            let decided = counted(content.count("/besluiten"), "besluit", "besluiten");
            format!("in lichting {subject} is proef {} bewaard, als {decided}", content.word("/proef"))
        }
        What::WavePublished => {
            let (placed, unplaced) = (content.word("/geplaatst"), content.word("/ongeplaatst"));
            format!("lichting {subject} is vastgesteld: {placed} geplaatst, {unplaced} niet")
        }
        What::BatchAsked => batch("is gevraagd", subject, content),
        What::BatchAccepted => batch("is aanvaard", subject, content),
        What::BatchDeclined => batch("is afgewezen", subject, content),
        What::LateWithdrawn => {
            let (who, wave) = (content.word("/kandidaat"), content.word("/lichting"));
            format!("nakomer {who} van lichting {wave} is ingetrokken; herberekening {subject} is van de baan")
        }
        What::DaysOffPut => {
            format!(
                "coach {subject} heeft nu {}",
                counted(content.all("/wordt").len(), "periode met vrije dagen", "perioden met vrije dagen")
            )
        }
        What::HoursPut => {
            let months = counted(content.all("/maanden").len(), "maand", "maanden");
            format!("coach {subject} noteerde uren voor kandidaat {}, in {months}", content.word("/kandidaat"))
        }
        What::DropoutReported => {
            let seat = content.at("/plek").as_str().map(|it| format!("plek {it} van ")).unwrap_or_default();
            let kind = if seat.is_empty() { content.word("/soort") } else { "school".into() };
            let (who, from, reason) = (content.word("/wie"), content.word("/vanaf"), content.word("/reden"));
            format!("melding {subject}: {seat}{kind} {who} valt uit vanaf {from} ({reason})")
        }
        What::DropoutSettled if content.at("/niet_nodig").is_null() => {
            format!("melding {subject} is overgenomen in herberekening {}", content.word("/herberekening"))
        }
        What::DropoutSettled => format!("melding {subject} is niet nodig ({})", content.word("/niet_nodig")),
        What::CandidateForgotten => format!("kandidaat {subject} is gewist, met de inhoud van {}", erased(content)),
        What::CoachForgotten => format!("coach {subject} is gewist, met de inhoud van {}", erased(content)),
        What::CandidateErased => {
            format!("kandidaat {subject} is gewist, met de inhoud van {}", counted(content.count("/logregels"), "regel", "regels"))
        }
        What::PolicyDrafted if content.at("/lichting").is_null() => format!("beleid {subject} is opgesteld"),
        What::PolicyDrafted => format!("beleid {subject} is opgesteld, door het bestand van lichting {}", content.word("/lichting")),
        What::PolicyChanged => format!("beleid {subject} is veranderd"),
        What::PolicyApproved if content.at("/zelf_opgesteld") == &Value::Bool(true) => {
            format!("beleid {subject} is goedgekeurd door wie het zelf opstelde")
        }
        What::PolicyApproved => format!("beleid {subject} is goedgekeurd"),
        What::PolicyTried => format!("beleid {subject} is op proef gesteld"),
        What::TrialStopped => format!("een proef met beleid {subject} is afgebroken"),
        What::PolicyRetired => format!("beleid {subject} is ingetrokken"),
        What::PrivacyAsked => format!("{subject} vroeg om {} van de eigen gegevens", content.word("/soort")),
        What::PrivacyDone => format!("het verzoek van {subject} om {} is afgehandeld", content.word("/soort")),
        What::Corrected => format!("op verzoek van {subject} zijn verbeterd: {}", list(&content.all("/velden"))),
        What::Restricted if content.at("/tot").is_null() => format!("{subject} blijft op verzoek buiten de indeling"),
        What::Restricted => format!("{subject} blijft op verzoek buiten de indeling tot en met {}", content.word("/tot")),
        What::RestrictionLifted => format!("{subject} doet weer mee in de indeling"),
        What::Retained => {
            let people = content.count("/kandidaten") + content.count("/coaches");
            format!("bewaartermijnen: van {} zijn naam, tekst en redenen gewist", counted(people, "mens", "mensen"))
        }
        What::AccountMade => format!("account {subject} is gemaakt, met {}", roles(content)),
        What::LinkMade => format!("voor account {subject} is een koppeling gemaakt ({})", content.word("/soort")),
        What::RolesPut => format!("account {subject} heeft nu {}", roles(content)),
        What::AccountPut => format!("van account {subject} veranderde: {}", list(&content.all("/velden"))),
        What::AccountEnded => format!("account {subject} is beëindigd"),
        What::AccountUnlocked => format!("account {subject} is ontgrendeld"),
        What::FactorReset => format!("de tweede factor van account {subject} is weggehaald"),
        What::FactorPut => format!("account {subject} nam een tweede factor in gebruik"),
        What::PasswordChosen => format!("account {subject} koos een wachtwoord"),
        What::TokenMade => {
            let (token, role) = (content.word("/sleutel"), content.word("/rol"));
            format!("account {subject} kreeg sleutel {token} voor de rol {role}")
        }
        What::TokenEnded => format!("sleutel {} van account {subject} is beëindigd", content.word("/sleutel")),
        What::SignedIn => format!("account {subject} is aangemeld als {}", content.word("/rol")),
        What::SignInFailed => format!("aanmelden als {subject} mislukte"),
        What::SignedOut => format!("account {subject} is afgemeld"),
        What::SessionsEnded => {
            format!("account {subject} beëindigde {}", counted(content.count("/sessies"), "eigen sessie", "eigen sessies"))
        }
        What::LinkAsked => format!("voor {subject} is om een koppeling voor een ander wachtwoord gevraagd"),
        What::IdentityConfirmed => format!("account {subject} van de aanmelddienst is bevestigd, met {}", roles(content)),
        What::SettingPut => format!("instelling {subject} is nu {} (was {})", content.word("/wordt"), content.word("/was")),
        What::MailHandled => format!("bericht {subject} ({}) is met de hand afgehandeld", content.word("/soort")),
        What::MailBounced => format!("bericht {subject} kwam terug: {}", content.word("/reden")),
        What::MailAgain => format!("bericht {subject} wordt alsnog verstuurd"),
    }
}

/// A row of the register: new, or which keys changed.
fn put(kind: &str, subject: &str, content: &Content) -> String {
    if content.at("/was").is_null() {
        return format!("{kind} {subject} staat nieuw in het register");
    }
    let changed = changed(content, "");
    let changed = if changed.is_empty() { "alleen wat apart bewaard wordt, zoals de naam".into() } else { changed };
    format!("{kind} {subject} is veranderd: {changed}")
}

/// A row of the register that ended.
fn ended(kind: &str, subject: &str, content: &Content) -> String {
    format!("{kind} {subject} is er niet meer vanaf {} ({})", content.word("/vanaf"), content.word("/reden"))
}

/// Which keys differ between what was and what is, with both values.
fn changed(content: &Content, below: &str) -> String {
    let (was, now) = (content.at(&format!("/was{below}")), content.at(&format!("/wordt{below}")));
    let keys = |value: &Value| -> Vec<String> { value.as_object().map(|keys| keys.keys().cloned().collect()).unwrap_or_default() };
    let mut all = keys(was);
    all.extend(keys(now).into_iter().filter(|key| was.get(key).is_none()));
    let one = |key: String| {
        let (old, new) = (was.get(&key).unwrap_or(&Value::Null), now.get(&key).unwrap_or(&Value::Null));
        if old == new {
            return None;
        }
        if key == "gegevens" {
            return Some(changed(content, "/gegevens"));
        }
        Some(format!("{key} {} (was {})", plain(new), plain(old)))
    };
    all.into_iter().filter_map(one).collect::<Vec<_>>().join(", ")
}

fn added(content: &Content) -> String {
    let kinds = [
        ("/besturen", "bestuur", "besturen"),
        ("/scholen", "school", "scholen"),
        ("/plekken", "plekkengroep", "plekkengroepen"),
        ("/coaches", "coach", "coaches"),
        ("/kandidaten", "kandidaat", "kandidaten"),
    ];
    let some = kinds.iter().filter(|(key, ..)| content.count(key) > 0);
    list(&some.map(|(key, one, more)| counted(content.count(key), one, more)).collect::<Vec<_>>())
}

fn seats(subject: &str, content: &Content) -> String {
    let place = format!("plekken {} van school {subject} vanaf {}", content.word("/plek"), content.word("/wordt/van"));
    if content.at("/was").is_null() {
        return format!("{place} zijn nieuw: aantal {}", content.word("/wordt/aantal"));
    }
    let changed = changed(content, "");
    if changed.is_empty() { format!("{place} zijn bevestigd") } else { format!("{place} zijn veranderd: {changed}") }
}

/// A decision with what was said along with it.
fn decision(content: &Content, at: &str) -> String {
    let mut said = content.word(&format!("{at}/besluit"));
    let spot = ["school", "plek", "coach"].map(|key| (key, content.at(&format!("{at}/plaatsing/{key}"))));
    let more = ["reden", "reikwijdte", "ondanks", "tot"].map(|key| (key, content.at(&format!("{at}/{key}"))));
    let text = |(key, value): &(&str, &Value)| match value.as_array() {
        Some(rows) => format!("{key} {}", list(&rows.iter().map(plain).collect::<Vec<_>>())),
        None => format!("{key} {}", plain(value)),
    };
    let parts: Vec<String> = spot.iter().chain(&more).filter(|(_, value)| !value.is_null()).map(text).collect();
    if !parts.is_empty() {
        said.push_str(&format!(" ({})", parts.join(", ")));
    }
    said
}

/// What a party said, with where and why.
fn given(subject: &str, content: &Content) -> String {
    let (party, reply, how) = (content.word("/partij"), content.word("/antwoord"), content.word("/hoe"));
    let spot = ["school", "plek", "coach", "reden", "reikwijdte", "tot"].map(|key| (key, content.at(&format!("/{key}"))));
    let parts: Vec<String> =
        spot.iter().filter(|(_, value)| !value.is_null()).map(|(key, value)| format!("{key} {}", plain(value))).collect();
    format!("in lichting {subject} zei {party} {reply} over kandidaat {} ({}), door {how}", content.word("/kandidaat"), parts.join(", "))
}

fn withdrawn(how: &str, subject: &str, content: &Content) -> String {
    let was = if content.at("/was").is_null() { String::new() } else { format!(": {}", decision(content, "/was")) };
    format!("in lichting {subject} het besluit over kandidaat {} {how}{was}", content.word("/kandidaat"))
}

fn batch(how: &str, subject: &str, content: &Content) -> String {
    let cause = content.at("/aanleiding");
    let mut text = format!("herberekening {subject} {how}");
    if !cause.is_null() {
        let kind = match plain(&cause["soort"]).as_str() {
            "plek" => format!("plek {} van school", plain(&cause["plek"])),
            other => other.to_owned(),
        };
        text.push_str(&format!(": {kind} {} vanaf {}", plain(&cause["id"]), plain(&cause["vanaf"])));
    }
    let waves = content.all("/lichtingen");
    match waves.len() {
        0 => text,
        1 => format!("{text}, in lichting {}", waves.concat()),
        _ => format!("{text}, in lichtingen {}", list(&waves)),
    }
}

/// The roles of an account, and for whom.
fn roles(content: &Content) -> String {
    let all = content.at("/rollen").as_array().map(Vec::as_slice).unwrap_or_default();
    let one = |held: &Value| match held["van"].as_str() {
        Some(of) => format!("{} {of}", plain(&held["rol"])),
        None => plain(&held["rol"]),
    };
    match all.len() {
        0 => "geen rol".into(),
        1 => format!("de rol {}", all.iter().map(one).collect::<String>()),
        _ => format!("de rollen {}", list(&all.iter().map(one).collect::<Vec<_>>())),
    }
}

fn erased(content: &Content) -> String {
    counted(content.all("/regels").len(), "regel", "regels")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(what: &str, subject: &str, content: Option<&str>) -> String {
        let (what, subject, content) = (what.into(), subject.into(), content.map(str::to_owned));
        told(&Line { number: 1, at: 0, who: "intermediair".into(), what, subject, content, hash: String::new() })
    }

    #[test]
    fn each_deed_is_told_in_a_sentence_with_what_matters_in_it() {
        let rejected = r#"{"kandidaat":"Z1","was":null,"besluit":{"besluit":"afwijzen","plaatsing":{"school":"S1","plek":"p","coach":"K1"},
            "reikwijdte":"school","reden":"wens-kandidaat"}}"#;
        assert_eq!(
            line("besluit", "najaar", Some(rejected)),
            "in lichting najaar over kandidaat Z1: afwijzen (school S1, plek p, coach K1, reden wens-kandidaat, reikwijdte school)"
        );
        let put =
            r#"{"was":{"gegevens":{"maximum":2,"uren":9},"van":null},"wordt":{"gegevens":{"maximum":3,"uren":9},"van":"2027-01-01"}}"#;
        assert_eq!(line("coach-gezet", "K1", Some(put)), "coach K1 is veranderd: maximum 3 (was 2), van 2027-01-01 (was niets)");
        assert_eq!(line("kandidaat-gezet", "Z1", Some(r#"{"was":null,"wordt":{}}"#)), "kandidaat Z1 staat nieuw in het register");
        let gone = r#"{"aanleiding":{"soort":"plek","id":"S1","plek":"p","vanaf":"2027-03-01"},"lichtingen":["a","b"]}"#;
        let told = "herberekening h1 is gevraagd: plek p van school S1 vanaf 2027-03-01, in lichtingen a en b";
        assert_eq!(line("herberekening-gevraagd", "h1", Some(gone)), told);
        assert_eq!(line("coach-vergeten", "K1", Some(r#"{"regels":[3,5]}"#)), "coach K1 is gewist, met de inhoud van 2 regels");
        assert_eq!(line("besluit", "najaar", None), "besluit (najaar); de inhoud is gewist");
        assert_eq!(line("iets-nieuws", "x", Some("{}")), "iets-nieuws van x");
    }

    #[test]
    fn every_deed_has_a_sentence_of_its_own_also_when_its_content_says_nothing() {
        let all: std::collections::BTreeSet<String> = What::ALL.iter().map(|what| line(what.code(), "x", Some("{}"))).collect();
        // Of the two ways in which a candidate was erased the sentence is the same.
        assert_eq!(all.len(), What::ALL.len() - 1, "{all:?}");
    }
}
