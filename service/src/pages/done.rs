//! What a page says after something was done: "Bewaard: …". It goes with the browser as one word, and is said once.

use axum::http::{HeaderMap, HeaderValue};
use loket_solver::matching::facts::words::{Word, words};

use super::messages::Messages;
use crate::serve::cookie;

/// The cookie in which it goes along.
pub const COOKIE: &str = "__Host-loket-gedaan";

words! {
    /// What was done.
    pub enum Done {
        /// Signed out.
        SignedOut = "afgemeld",
        /// A password was chosen.
        PasswordChosen = "wachtwoord",
        /// Acting in another role.
        OtherRole = "rol",
        /// Other sessions ended.
        SessionsEnded = "sessies",
        /// Another password counts from now on.
        PasswordPut = "ander-wachtwoord",
        /// A second factor counts from now on.
        FactorPut = "factor",
        /// The own last decision was taken back.
        DecisionUndone = "ongedaan",
        /// Questions about placements were asked.
        AnswersAsked = "gevraagd",
        /// There was nobody left to ask.
        NobodyToAsk = "niemand-te-vragen",
        /// Reminders are ready.
        AnswersReminded = "herinnerd",
        /// There was nobody left to remind.
        NobodyToRemind = "niemand-te-herinneren",
        /// Everybody was reminded earlier today.
        RemindedToday = "vandaag-al-herinnerd",
        /// An answer was noted for somebody.
        AnswerNoted = "genoteerd",
        /// A message was sent by hand.
        MessageHandled = "bericht-verstuurd",
        /// A message is sent after all.
        MessageAgain = "bericht-opnieuw",
        /// A wave was published.
        Published = "vastgesteld",
        /// A wave was closed.
        Closed = "gesloten",
        /// Who had no place was carried over.
        CarriedOver = "overgedragen",
        /// There was nobody to carry over.
        NobodyCarried = "niemand-overgedragen",
        /// Seats were changed.
        SeatsSaved = "plekken",
        /// Seats were confirmed.
        SeatsConfirmed = "plekken-bevestigd",
        /// Nothing was different.
        NothingChanged = "niets-veranderd",
        /// A change was reported.
        Reported = "gemeld",
        /// Boards were asked.
        RoundAsked = "besturen-gevraagd",
        /// Boards were reminded.
        RoundReminded = "besturen-herinnerd",
        /// Somebody said yes.
        SaidYes = "ja",
        /// Somebody said no.
        SaidNo = "nee",
        /// Said no, and a seat is not open any more.
        SaidNoAndClosed = "nee-en-dicht",
        /// Hours were noted.
        HoursSaved = "uren",
        /// Days off were put.
        DaysOffSaved = "vrije-dagen",
        /// Somebody reported that he stops.
        Stopped = "gestopt-gemeld",
        /// A wave was made.
        WaveMade = "lichting-gemaakt",
        /// A wave was submitted.
        WaveSubmitted = "lichting-ingediend",
        /// The file of a wave was replaced.
        WaveReplaced = "lichting-vervangen",
        /// A wave was taken away.
        WaveWithdrawn = "lichting-ingetrokken",
        /// A wave was filled again.
        WaveRefreshed = "lichting-ververst",
        /// A file that was held was let go.
        FileDropped = "bestand-weg",
        /// A run was asked for.
        RunAsked = "berekening",
        /// A run is being stopped.
        RunStopped = "gestopt",
        /// A drop-out was reported.
        DropoutReported = "uitval",
        /// A late arrival was reported.
        LateReported = "nakomer",
        /// Nothing was needed after a report.
        ReportSettled = "melding",
        /// A proposal was accepted.
        BatchAccepted = "aanvaard",
        /// A proposal was declined.
        BatchDeclined = "afgewezen-voorstel",
        /// A trial of every coach was asked for.
        TrialAsked = "proefuitval",
        /// Who could exchange, and who comes in first, was asked.
        AfterwardsAsked = "ruil-en-wachtlijst",
        /// A proposal is made of an exchange.
        ExchangeAsked = "ruil",
        /// What more moves bring was asked.
        MoreAsked = "afruil",
        /// A row of the register was put.
        RowPut = "register-rij",
        /// A row of the register ends.
        RowEnded = "register-einde",
        /// A no was taken back.
        BanRevoked = "verbod",
        /// A request about own data was noted.
        RequestNoted = "verzoek",
        /// It was done.
        RequestDone = "verzoek-gedaan",
        /// Somebody is left out.
        Restricted = "beperkt",
        /// Somebody takes part again.
        Lifted = "opgeheven",
        /// Somebody was erased.
        Erased = "gewist",
        /// An account has other roles.
        RolesPut = "rollen",
        /// An account was corrected.
        AccountPut = "account",
        /// An account ended.
        AccountEnded = "account-einde",
        /// An account that was shut was opened.
        AccountUnlocked = "account-open",
        /// A second factor was taken away.
        FactorReset = "factor-terug",
        /// Somebody whom the provider knows was confirmed.
        IdentityConfirmed = "identiteit",
        /// A token ended.
        TokenEnded = "sleutel-einde",
        /// A setting holds.
        SettingPut = "instelling",
        /// A multi-year plan was made.
        PlanningMade = "meerjarenplan-gemaakt",
        /// It has another version.
        PlanningKept = "meerjarenplan-bewaard",
        /// It was changed in the meantime: nothing was kept.
        PlanningStale = "meerjarenplan-veranderd",
        /// A run of it was asked.
        PlanningAsked = "meerjarenplan-gevraagd",
        /// That is being stopped.
        PlanningStopped = "meerjarenplan-gestopt",
        /// The decisions of a run were taken over.
        PlanningTaken = "meerjarenplan-overgenomen",
        /// It was taken away.
        PlanningRemoved = "meerjarenplan-weg",
        /// Counts of the funnel were completed.
        FunnelCompleted = "trechter-aangevuld",
        /// A snapshot was laid down.
        FunnelTaken = "meting-vastgelegd",
        /// The counts could not be laid down.
        FunnelNot = "meting-niet",
        /// A snapshot was approved.
        FunnelApproved = "meting-goedgekeurd",
        /// A roster was made.
        RosterMade = "rooster-gemaakt",
        /// A run of a roster was asked.
        RosterAsked = "rooster-gevraagd",
        /// It is being stopped.
        RosterStopped = "rooster-gestopt",
        /// A meeting was decided about.
        RosterDecided = "rooster-besluit",
        /// A meeting was locked, and a run asked.
        RosterPlanned = "rooster-vastgezet",
        /// A decision about a meeting was taken back.
        RosterTakenBack = "rooster-ongedaan",
        /// Somebody else decided about a meeting meanwhile.
        RosterMeanwhile = "rooster-intussen",
        /// Somebody fell out of a roster.
        RosterFellOut = "rooster-uitval",
        /// The proposal after that counts.
        RosterAccepted = "rooster-aanvaard",
        /// It does not.
        RosterDeclined = "rooster-afgewezen",
        /// The coaches of interviews stand in the register.
        RosterGuides = "rooster-coaches",
        /// There was no coach to write down.
        RosterNoGuides = "rooster-geen-coaches",
        /// People of a roster were asked.
        RosterInvited = "rooster-uitgenodigd",
        /// Somebody said when it can be.
        RosterSaid = "rooster-beschikbaarheid",
        /// A roster was published.
        RosterPublished = "rooster-gepubliceerd",
        /// A roster was taken away.
        RosterRemoved = "rooster-weg",
        /// A policy was approved.
        PolicyApproved = "beleid-goed",
        /// A policy was retired.
        PolicyRetired = "beleid-weg",
        /// A policy was drafted.
        PolicyDrafted = "beleid-nieuw",
        /// A policy was put on trial.
        SavingDrafted = "bewaren-in-concept",
        TrialStarted = "beleid-op-proef",
        /// A trial was asked to stop.
        TrialStopped = "beleid-proef-stopt",
    }
}

impl Done {
    /// What is said of it.
    pub fn says(self, m: Messages) -> &'static str {
        match self {
            Self::SignedOut => m.entrance.signed_out(),
            Self::PasswordChosen => m.entrance.password_chosen(),
            Self::OtherRole => m.entrance.other_role(),
            Self::SessionsEnded => m.entrance.sessions_ended(),
            Self::PasswordPut => m.own.password_put(),
            Self::FactorPut => m.entrance.factor_put(),
            Self::DecisionUndone => m.said.decision_undone(),
            Self::AnswersAsked => m.said.answers_asked(),
            Self::NobodyToAsk => m.said.nobody_to_ask(),
            Self::AnswersReminded => m.said.answers_reminded(),
            Self::NobodyToRemind => m.said.nobody_to_remind(),
            Self::RemindedToday => m.said.reminded_today(),
            Self::AnswerNoted => m.said.answer_noted(),
            Self::MessageHandled => m.said.message_handled(),
            Self::MessageAgain => m.said.message_again(),
            Self::Published => m.said.published(),
            Self::Closed => m.said.closed(),
            Self::CarriedOver => m.said.carried_over(),
            Self::NobodyCarried => m.said.nobody_carried(),
            Self::SeatsSaved => m.said.seats_saved(),
            Self::SeatsConfirmed => m.said.seats_confirmed(),
            Self::NothingChanged => m.said.nothing_changed(),
            Self::Reported => m.said.reported(),
            Self::RoundAsked => m.said.round_asked(),
            Self::RoundReminded => m.said.round_reminded(),
            Self::SaidYes => m.said.said_yes(),
            Self::SaidNo => m.said.said_no(),
            Self::SaidNoAndClosed => m.said.said_no_and_closed(),
            Self::HoursSaved => m.said.hours_saved(),
            Self::DaysOffSaved => m.said.days_off_saved(),
            Self::Stopped => m.said.stopped(),
            Self::WaveMade => m.waves.saved_made(),
            Self::WaveSubmitted => m.waves.saved_submitted(),
            Self::WaveReplaced => m.waves.saved_replaced(),
            Self::WaveWithdrawn => m.waves.saved_withdrawn(),
            Self::WaveRefreshed => m.waves.saved_refreshed(),
            Self::FileDropped => m.waves.saved_dropped(),
            Self::RunAsked => m.runs.done_asked(),
            Self::RunStopped => m.runs.done_stopped(),
            Self::DropoutReported => m.dropouts.done_reported(),
            Self::LateReported => m.dropouts.done_late(),
            Self::ReportSettled => m.dropouts.done_settled(),
            Self::BatchAccepted => m.dropouts.done_accepted(),
            Self::BatchDeclined => m.dropouts.done_declined(),
            Self::TrialAsked => m.standby.done_asked(),
            Self::ExchangeAsked => m.afterwards.done_exchange(),
            Self::AfterwardsAsked => m.afterwards.done_asked(),
            Self::MoreAsked => m.dropouts.done_more(),
            Self::RowPut => m.register.saved(),
            Self::RowEnded => m.register.ended(),
            Self::BanRevoked => m.register.ban_revoked(),
            Self::RequestNoted => m.register.request_noted(),
            Self::RequestDone => m.register.request_done(),
            Self::Restricted => m.register.restricted(),
            Self::Lifted => m.register.lifted(),
            Self::Erased => m.register.erased(),
            Self::RolesPut => m.admin.roles_put(),
            Self::AccountPut => m.admin.account_put(),
            Self::AccountEnded => m.admin.account_ended(),
            Self::AccountUnlocked => m.admin.account_unlocked(),
            Self::FactorReset => m.admin.factor_done(),
            Self::IdentityConfirmed => m.admin.identity_confirmed(),
            Self::TokenEnded => m.admin.token_ended(),
            Self::SettingPut => m.admin.setting_put(),
            Self::PlanningMade => m.plan.done_made(),
            Self::PlanningKept => m.plan.done_kept(),
            Self::PlanningStale => m.plan.done_stale(),
            Self::PlanningAsked => m.plan.done_asked(),
            Self::PlanningStopped => m.plan.done_stopped(),
            Self::PlanningTaken => m.plan.done_taken(),
            Self::PlanningRemoved => m.plan.done_removed(),
            Self::FunnelCompleted => m.plan.done_completed(),
            Self::FunnelTaken => m.plan.done_taken_down(),
            Self::FunnelNot => m.plan.done_not(),
            Self::FunnelApproved => m.plan.done_approved(),
            Self::RosterMade => m.rooster.done_made(),
            Self::RosterAsked => m.rooster.done_asked(),
            Self::RosterStopped => m.rooster.done_stopped(),
            Self::RosterDecided => m.rooster.done_decided(),
            Self::RosterPlanned => m.rooster.done_planned(),
            Self::RosterTakenBack => m.rooster.done_taken_back(),
            Self::RosterMeanwhile => m.rooster.done_meanwhile(),
            Self::RosterFellOut => m.rooster.done_fell_out(),
            Self::RosterAccepted => m.rooster.done_accepted(),
            Self::RosterDeclined => m.rooster.done_declined(),
            Self::RosterGuides => m.rooster.done_guides(),
            Self::RosterNoGuides => m.rooster.done_no_guides(),
            Self::RosterInvited => m.rooster.done_invited(),
            Self::RosterSaid => m.rooster.done_said(),
            Self::RosterPublished => m.rooster.done_published(),
            Self::RosterRemoved => m.rooster.done_removed(),
            Self::PolicyApproved => m.admin.policy_approved(),
            Self::PolicyRetired => m.admin.policy_retired(),
            Self::PolicyDrafted => m.admin.policy_drafted(),
            Self::SavingDrafted => m.saving.drafted(),
            Self::TrialStarted => m.trial.started(),
            Self::TrialStopped => m.trial.stopped(),
        }
    }

    /// As the browser takes it along.
    pub fn cookie(self) -> HeaderValue {
        cookie::set(COOKIE, self.code())
    }
}

/// What was done just before, as the browser brought it.
pub fn brought(headers: &HeaderMap) -> Option<Done> {
    cookie::of(headers, COOKIE).and_then(Done::parse)
}
