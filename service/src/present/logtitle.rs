//! What a deed of the log is called in a list, in a few Dutch words.

use loket_solver::matching::facts::words::Word;

use crate::records::deed::What;

/// What a deed is called.
pub fn title(what: What) -> &'static str {
    match what {
        What::WaveMade => "lichting gemaakt",
        What::WaveChanged => "lichting kreeg een ander bestand",
        What::WaveRefreshed => "lichting opnieuw gevuld uit het register",
        What::WaveWithdrawn => "lichting ingetrokken",
        What::WaveSubmitted => "lichting ingediend",
        What::WaveClosed => "lichting gesloten",
        What::WavePublished => "lichting vastgesteld",
        What::BoardPut => "bestuur in het register gezet",
        What::SchoolPut => "school in het register gezet",
        What::CoachPut => "coach in het register gezet",
        What::CandidatePut => "kandidaat in het register gezet",
        What::BoardEnded => "bestuur beëindigd",
        What::SchoolEnded => "school beëindigd",
        What::CoachEnded => "coach beëindigd",
        What::StageEntered => "kandidaat begon aan een fase",
        What::CarriedOver => "kandidaat overgedragen",
        What::SchoolYearPut => "schooljaar gezet",
        What::OpenProposed => "open gegevens voorgesteld",
        What::OpenTaken => "open gegevens overgenomen",
        What::OpenWithdrawn => "open gegevens ingetrokken",
        What::RegisterCompleted => "register aangevuld uit een lichting",
        What::SeatsPut => "plekken gezet",
        What::SeatsRemoved => "plekken weggehaald",
        What::SeatsConfirmed => "plekken bevestigd",
        What::RoundAsked => "besturen om plekken gevraagd",
        What::RoundMoved => "uiterste dag voor plekken verzet",
        What::RoundReminded => "besturen aan plekken herinnerd",
        What::RunAsked => "berekening gevraagd",
        What::RunStopped => "berekening afgebroken",
        What::QuestionStopped => "vraag ingetrokken",
        What::Decided => "besluit genomen",
        What::DecisionWithdrawn => "besluit ingetrokken",
        What::DecisionUndone => "besluit ongedaan gemaakt",
        What::GroupAgreed => "akkoord met een groep",
        What::NotePut => "notitie geschreven",
        What::NoteRemoved => "notitie weggehaald",
        What::DecisionLapsed => "besluit vervallen",
        What::AnswerAsked => "antwoord gevraagd",
        What::AnswerReminded => "aan een antwoord herinnerd",
        What::AnswerGiven => "antwoord gegeven",
        What::AnswerLinkMade => "koppeling voor een antwoord gemaakt",
        What::PlaceLinkMade => "koppeling naar een plaatsing gemaakt",
        What::BanRevoked => "verbod ingetrokken",
        What::TryOutMade => "proef in de probeerbak gemaakt",
        What::TryOutChanged => "proef in de probeerbak veranderd",
        What::TryOutThrown => "proef in de probeerbak weggegooid",
        What::TryOutKept => "proef in de probeerbak bewaard",
        What::PlanningMade => "meerjarenplan gemaakt",
        What::PlanningChanged => "meerjarenplan veranderd",
        What::PlanningDropped => "meerjarenplan weggehaald",
        What::PlanningAsked => "meerjarenplan laten berekenen",
        What::FunnelCompleted => "trechter aangevuld",
        What::FunnelTaken => "meting vastgelegd",
        What::FunnelApproved => "meting goedgekeurd",
        What::RosterMade => "rooster gemaakt",
        What::RosterDropped => "rooster weggehaald",
        What::RosterAsked => "rooster laten berekenen",
        What::RosterDecided => "besluit in een rooster",
        What::RosterDecisionWithdrawn => "besluit in een rooster ingetrokken",
        What::RosterFallout => "uitval in een rooster",
        What::RosterAccepted => "voorstel na uitval in een rooster aanvaard",
        What::RosterDeclined => "voorstel na uitval in een rooster afgewezen",
        What::RosterInvited => "mensen voor een rooster gevraagd",
        What::RosterSaid => "beschikbaarheid voor een rooster gezegd",
        What::RosterLinkMade => "koppeling voor een rooster gemaakt",
        What::RosterPublished => "rooster gepubliceerd",
        What::BatchAsked => "herberekening gevraagd",
        What::BatchAccepted => "herberekening aanvaard",
        What::BatchDeclined => "herberekening afgewezen",
        What::LateWithdrawn => "nakomer ingetrokken",
        What::DaysOffPut => "vrije dagen gezet",
        What::HoursPut => "gegeven uren genoteerd",
        What::DropoutReported => "uitval gemeld",
        What::DropoutSettled => "uitval afgehandeld",
        What::CandidateForgotten => "kandidaat gewist",
        What::CoachForgotten => "coach gewist",
        What::CandidateErased => "kandidaat gewist, op de oude manier",
        What::PolicyDrafted => "beleid opgesteld",
        What::PolicyChanged => "beleid veranderd",
        What::PolicyApproved => "beleid goedgekeurd",
        What::PolicyTried => "beleid op proef gesteld",
        What::TrialStopped => "proef met beleid afgebroken",
        What::PolicyRetired => "beleid ingetrokken",
        What::PrivacyAsked => "verzoek over eigen gegevens",
        What::PrivacyDone => "verzoek over eigen gegevens afgehandeld",
        What::Corrected => "gegevens op verzoek verbeterd",
        What::Restricted => "op verzoek buiten de indeling",
        What::RestrictionLifted => "doet weer mee in de indeling",
        What::Retained => "bewaartermijnen toegepast",
        What::AccountMade => "account gemaakt",
        What::AccountPut => "account verbeterd",
        What::LinkMade => "koppeling voor een account gemaakt",
        What::RolesPut => "rollen gezet",
        What::AccountEnded => "account beëindigd",
        What::AccountUnlocked => "account ontgrendeld",
        What::FactorReset => "tweede stap weggehaald",
        What::FactorPut => "tweede stap in gebruik genomen",
        What::PasswordChosen => "wachtwoord gekozen",
        What::TokenMade => "sleutel gemaakt",
        What::TokenEnded => "sleutel beëindigd",
        What::SignedIn => "aangemeld",
        What::SignInFailed => "aanmelden mislukt",
        What::SignedOut => "afgemeld",
        What::SessionsEnded => "sessies beëindigd",
        What::LinkAsked => "wachtwoord vergeten",
        What::IdentityConfirmed => "account van de aanmelddienst bevestigd",
        What::SettingPut => "instelling gezet",
        What::MailHandled => "bericht met de hand afgehandeld",
        What::MailBounced => "bericht kwam terug",
        What::MailAgain => "bericht opnieuw verstuurd",
    }
}

/// Every deed with what it is called, by that name.
pub fn titles() -> Vec<(What, &'static str)> {
    let mut all: Vec<(What, &'static str)> = What::ALL.iter().map(|it| (*it, title(*it))).collect();
    all.sort_by_key(|it| it.1);
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_deeds_are_called_the_same() {
        let all: std::collections::BTreeSet<&str> = titles().iter().map(|it| it.1).collect();
        assert_eq!(all.len(), What::ALL.len());
    }
}
