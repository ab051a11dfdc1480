//! What asks for action: one line for each thing, with how many and where.

use loket_solver::matching::facts::words::words;

words! {
    /// What asks for action.
    pub enum Attention {
        /// The day to answer is over and nobody answered.
        AnswersLate = "antwoorden-te-laat",
        /// A no that no newer run has obeyed.
        NoesNotObeyed = "nee-niet-gevolgd",
        /// A no about a published placement.
        NoesAfterwards = "nee-na-vaststelling",
        /// A coach has no room: the maximum is to be asked anew.
        CoachRoom = "coach-zonder-ruimte",
        /// Boards did not confirm their seats yet.
        SeatsToConfirm = "plekken-niet-bevestigd",
        /// There is a plan that nobody decided about yet.
        RunReady = "berekening-klaar",
        /// Something was decided that the plan does not do.
        RunOutdated = "berekening-verouderd",
        /// The newest run of a wave failed.
        RunFailed = "berekening-mislukt",
        /// Placements that are agreed to, about which somebody is still to be asked.
        AgreedUnasked = "akkoord-niet-gevraagd",
        /// Every placement is agreed to with three times yes: the wave can be published.
        Publishable = "klaar-om-vast-te-stellen",
        /// Messages wait for somebody to send them.
        MessagesReady = "berichten-te-versturen",
        /// Messages could not be sent, or came back.
        MessagesFailed = "berichten-mislukt",
        /// Somebody asked something about the own data, and the last day to do it is over.
        RequestsLate = "privacyverzoeken-te-laat",
        /// Somebody asked something about the own data, and there is time.
        RequestsOpen = "privacyverzoeken-open",
    }
}

/// One thing that asks for action.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// What.
    pub what: Attention,
    /// How many.
    pub count: i64,
    /// In which wave.
    pub wave: Option<String>,
    /// Since or by which day, yyyy-mm-dd.
    pub day: Option<String>,
    /// Where it is: a path below the address of the service.
    pub place: String,
}
