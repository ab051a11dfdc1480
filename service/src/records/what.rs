//! The word of each deed, as a line of the log has it.

use loket_solver::matching::facts::words::words;

words! {
    /// What a line of the log says was done.
    pub enum What {
        /// A wave was made.
        WaveMade = "lichting-gemaakt",
        /// A wave got another file.
        WaveChanged = "lichting-veranderd",
        /// A wave was filled again from the register.
        WaveRefreshed = "lichting-ververst",
        /// A wave was withdrawn.
        WaveWithdrawn = "lichting-ingetrokken",
        /// A wave was submitted.
        WaveSubmitted = "lichting-ingediend",
        /// A wave was closed.
        WaveClosed = "lichting-gesloten",
        /// A board was put in the register.
        BoardPut = "bestuur-gezet",
        /// A school was put in the register.
        SchoolPut = "school-gezet",
        /// A coach was put in the register.
        CoachPut = "coach-gezet",
        /// A candidate was put in the register.
        CandidatePut = "kandidaat-gezet",
        /// A board ended.
        BoardEnded = "bestuur-beeindigd",
        /// A school ended.
        SchoolEnded = "school-beeindigd",
        /// A coach ended.
        CoachEnded = "coach-beeindigd",
        /// A candidate entered a stage.
        StageEntered = "kandidaat-fase",
        /// A candidate without a place went on to another wave.
        CarriedOver = "kandidaat-overgedragen",
        /// A school year got other days.
        SchoolYearPut = "schooljaar-gezet",
        /// Open data were proposed.
        OpenProposed = "open-gegevens-voorgesteld",
        /// The register follows open data.
        OpenTaken = "open-gegevens-overgenomen",
        /// Open data came to nothing.
        OpenWithdrawn = "open-gegevens-ingetrokken",
        /// A file added to the register.
        RegisterCompleted = "register-aangevuld",
        /// Seats were put.
        SeatsPut = "capaciteit-gezet",
        /// Seats were removed.
        SeatsRemoved = "capaciteit-verwijderd",
        /// Seats were confirmed.
        SeatsConfirmed = "capaciteit-bevestigd",
        /// Boards were asked to confirm their seats.
        RoundAsked = "capaciteit-opgevraagd",
        /// Boards got another last day to confirm.
        RoundMoved = "opvraag-verzet",
        /// Boards were reminded to confirm.
        RoundReminded = "capaciteit-herinnerd",
        /// A run was asked.
        RunAsked = "berekening-gevraagd",
        /// A run was stopped.
        RunStopped = "berekening-afgebroken",
        /// A question was withdrawn.
        QuestionStopped = "vraag-afgebroken",
        /// A proposal was decided about.
        Decided = "besluit",
        /// A decision was taken back.
        DecisionWithdrawn = "besluit-ingetrokken",
        /// Somebody took back a step of their own.
        DecisionUndone = "besluit-ongedaan",
        /// Several proposals were agreed with at once.
        GroupAgreed = "groep-akkoord",
        /// A note was put.
        NotePut = "notitie-gezet",
        /// A note was removed.
        NoteRemoved = "notitie-verwijderd",
        /// A decision lapsed.
        DecisionLapsed = "besluit-vervallen",
        /// Parties were asked about a placement.
        AnswerAsked = "antwoord-gevraagd",
        /// A party was reminded.
        AnswerReminded = "antwoord-herinnerd",
        /// A party said yes or no.
        AnswerGiven = "antwoord-gegeven",
        /// A personal link was made.
        AnswerLinkMade = "antwoord-koppeling-gemaakt",
        /// A personal link to what was published was made.
        PlaceLinkMade = "plaats-koppeling-gemaakt",
        /// What a no forbade is allowed again.
        BanRevoked = "verbod-ingetrokken",
        /// A try-out was made.
        TryOutMade = "proef-gemaakt",
        /// Something else is tried in a try-out.
        TryOutChanged = "proef-veranderd",
        /// A try-out was thrown away.
        TryOutThrown = "proef-weggegooid",
        /// A try-out was kept: its choices are decisions.
        TryOutKept = "proef-bewaard",
        /// A multi-year plan was made.
        PlanningMade = "meerjarenplan-gemaakt",
        /// A multi-year plan got another version.
        PlanningChanged = "meerjarenplan-veranderd",
        /// A multi-year plan was taken away.
        PlanningDropped = "meerjarenplan-weggehaald",
        /// A run of a multi-year plan was asked.
        PlanningAsked = "meerjarenplan-gevraagd",
        /// Counts of the funnel were completed by hand.
        FunnelCompleted = "trechter-aangevuld",
        /// The funnel was laid down as it stands on a day.
        FunnelTaken = "trechter-gemeten",
        /// A snapshot was approved.
        FunnelApproved = "trechter-goedgekeurd",
        /// A roster was made.
        RosterMade = "rooster-gemaakt",
        /// A roster was taken away.
        RosterDropped = "rooster-weggehaald",
        /// A run of a roster was asked.
        RosterAsked = "rooster-gevraagd",
        /// Something was decided about a meeting.
        RosterDecided = "rooster-besluit",
        /// Such a decision was taken back.
        RosterDecisionWithdrawn = "rooster-besluit-ingetrokken",
        /// Somebody fell out of a roster.
        RosterFallout = "rooster-uitval",
        /// The plan after that counts.
        RosterAccepted = "rooster-uitval-aanvaard",
        /// The plan after that was declined.
        RosterDeclined = "rooster-uitval-afgewezen",
        /// People of a roster were asked when they can and whether they come.
        RosterInvited = "rooster-uitgenodigd",
        /// Somebody said when that can be, or whether they come.
        RosterSaid = "rooster-beschikbaarheid",
        /// A personal link for somebody of a roster was made.
        RosterLinkMade = "rooster-koppeling-gemaakt",
        /// People are told of a roster.
        RosterPublished = "rooster-gepubliceerd",
        /// A plan was published.
        WavePublished = "lichting-vastgesteld",
        /// A batch was asked.
        BatchAsked = "herberekening-gevraagd",
        /// Proposals of a batch were accepted.
        BatchAccepted = "herberekening-aanvaard",
        /// Proposals of a batch were declined.
        BatchDeclined = "herberekening-afgewezen",
        /// Somebody who would come late was withdrawn.
        LateWithdrawn = "nakomer-ingetrokken",
        /// Days off of a coach were put.
        DaysOffPut = "vrije-dagen-gezet",
        /// Hours that a coach gave were put.
        HoursPut = "gegeven-uren-gezet",
        /// Somebody reported that somebody or something falls out.
        DropoutReported = "uitval-gemeld",
        /// Such a report was settled.
        DropoutSettled = "uitval-afgehandeld",
        /// A candidate was forgotten; the content names the lines that it erased.
        CandidateForgotten = "kandidaat-vergeten",
        /// A coach was forgotten; the content names the lines that it erased.
        CoachForgotten = "coach-vergeten",
        /// A candidate was erased by an earlier version of this program: the content says only how many lines were.
        CandidateErased = "kandidaat-gewist",
        /// A policy was drafted.
        PolicyDrafted = "beleid-opgesteld",
        /// A draft was changed.
        PolicyChanged = "beleid-veranderd",
        /// A policy was approved.
        PolicyApproved = "beleid-goedgekeurd",
        /// A policy was put on trial.
        PolicyTried = "beleid-op-proef",
        /// A trial of a policy was asked to stop.
        TrialStopped = "beleidsproef-afgebroken",
        /// A policy was retired.
        PolicyRetired = "beleid-ingetrokken",
        /// Somebody asked something about their own data.
        PrivacyAsked = "privacyverzoek",
        /// What somebody asked about their own data was done.
        PrivacyDone = "privacyverzoek-afgehandeld",
        /// Somebody's data were corrected on request.
        Corrected = "gegevens-verbeterd",
        /// Somebody is left out of the matching.
        Restricted = "beperking-gezet",
        /// Somebody takes part in the matching again.
        RestrictionLifted = "beperking-opgeheven",
        /// A round of the retention job.
        Retained = "bewaring-uitgevoerd",
        /// An account was made.
        AccountMade = "account-gemaakt",
        /// A link was made.
        LinkMade = "koppeling-gemaakt",
        /// An account got other roles.
        RolesPut = "rollen-gezet",
        /// An account was corrected.
        AccountPut = "account-veranderd",
        /// An account ended.
        AccountEnded = "account-geeindigd",
        /// An account that was shut after wrong tries was opened.
        AccountUnlocked = "account-ontgrendeld",
        /// A second factor was taken away.
        FactorReset = "tweede-factor-weggehaald",
        /// A second factor was taken into use.
        FactorPut = "tweede-factor-gezet",
        /// A password was chosen.
        PasswordChosen = "wachtwoord-gekozen",
        /// A token was made.
        TokenMade = "sleutel-gemaakt",
        /// A token was ended.
        TokenEnded = "sleutel-geeindigd",
        /// Somebody signed in.
        SignedIn = "aanmelding",
        /// Somebody tried to sign in and could not.
        SignInFailed = "aanmelding-mislukt",
        /// Somebody signed out.
        SignedOut = "afmelding",
        /// Sessions were ended from another one.
        SessionsEnded = "sessies-geeindigd",
        /// Somebody who forgot a password asked for a link.
        LinkAsked = "wachtwoord-vergeten",
        /// An identity of a provider was confirmed.
        IdentityConfirmed = "identiteit-bevestigd",
        /// A setting was set.
        SettingPut = "instelling-gezet",
        /// A message was seen to by hand.
        MailHandled = "bericht-afgehandeld",
        /// A message came back.
        MailBounced = "bericht-terug",
        /// A message is to be sent after all.
        MailAgain = "bericht-opnieuw",
    }
}

impl What {
    /// Whether it tells of an erasure: its own content is never erased.
    pub fn erases(self) -> bool {
        matches!(self, Self::CandidateForgotten | Self::CoachForgotten | Self::CandidateErased)
    }

    /// Whether it tells of the service itself, of accounts, signing in, tokens and settings: that is read by an administrator and not by
    /// who works on waves. Each word says which of the two it is.
    pub fn administers(self) -> bool {
        match self {
            Self::AccountMade
            | Self::AccountUnlocked
            | Self::AccountPut
            | Self::LinkMade
            | Self::RolesPut
            | Self::AccountEnded
            | Self::FactorReset
            | Self::FactorPut
            | Self::PasswordChosen
            | Self::TokenMade
            | Self::TokenEnded
            | Self::SignedIn
            | Self::SignInFailed
            | Self::SignedOut
            | Self::SessionsEnded
            | Self::LinkAsked
            | Self::IdentityConfirmed
            | Self::SettingPut => true,
            Self::WaveMade
            | Self::WaveChanged
            | Self::WaveRefreshed
            | Self::WaveWithdrawn
            | Self::WaveSubmitted
            | Self::WaveClosed
            | Self::BoardPut
            | Self::SchoolPut
            | Self::CoachPut
            | Self::CandidatePut
            | Self::BoardEnded
            | Self::SchoolEnded
            | Self::CoachEnded
            | Self::StageEntered
            | Self::CarriedOver
            | Self::SchoolYearPut
            | Self::OpenProposed
            | Self::OpenTaken
            | Self::OpenWithdrawn
            | Self::RegisterCompleted
            | Self::SeatsPut
            | Self::SeatsRemoved
            | Self::SeatsConfirmed
            | Self::RoundAsked
            | Self::RoundMoved
            | Self::RoundReminded
            | Self::RunAsked
            | Self::RunStopped
            | Self::QuestionStopped
            | Self::Decided
            | Self::DecisionWithdrawn
            | Self::DecisionUndone
            | Self::GroupAgreed
            | Self::NotePut
            | Self::NoteRemoved
            | Self::DecisionLapsed
            | Self::AnswerAsked
            | Self::AnswerReminded
            | Self::AnswerGiven
            | Self::AnswerLinkMade
            | Self::PlaceLinkMade
            | Self::BanRevoked
            | Self::TryOutMade
            | Self::TryOutChanged
            | Self::TryOutThrown
            | Self::TryOutKept
            | Self::PlanningMade
            | Self::PlanningChanged
            | Self::PlanningDropped
            | Self::PlanningAsked
            | Self::FunnelCompleted
            | Self::FunnelTaken
            | Self::FunnelApproved
            | Self::RosterMade
            | Self::RosterDropped
            | Self::RosterAsked
            | Self::RosterDecided
            | Self::RosterDecisionWithdrawn
            | Self::RosterFallout
            | Self::RosterAccepted
            | Self::RosterDeclined
            | Self::RosterInvited
            | Self::RosterSaid
            | Self::RosterLinkMade
            | Self::RosterPublished
            | Self::WavePublished
            | Self::BatchAsked
            | Self::BatchAccepted
            | Self::BatchDeclined
            | Self::LateWithdrawn
            | Self::DaysOffPut
            | Self::HoursPut
            | Self::DropoutReported
            | Self::DropoutSettled
            | Self::CandidateForgotten
            | Self::CoachForgotten
            | Self::CandidateErased
            | Self::PolicyDrafted
            | Self::PolicyChanged
            | Self::PolicyApproved
            | Self::PolicyTried
            | Self::TrialStopped
            | Self::PolicyRetired
            | Self::PrivacyAsked
            | Self::PrivacyDone
            | Self::Corrected
            | Self::Restricted
            | Self::RestrictionLifted
            | Self::Retained
            | Self::MailHandled
            | Self::MailBounced
            | Self::MailAgain => false,
        }
    }
}
