//! Every kind of refusal: its status, its title and what it means. The `type` of a problem is the address at which that can be read.

use axum::http::StatusCode;

/// A kind of refusal.
#[derive(Debug)]
pub struct Kind {
    /// The last part of its address.
    pub code: &'static str,
    /// HTTP status.
    pub status: StatusCode,
    /// In a few words.
    pub title: &'static str,
    /// What it means.
    pub means: &'static str,
    /// What whoever gets it can do.
    pub remedy: &'static str,
}

impl Kind {
    /// Where its explanation is: `type` of a problem.
    pub fn address(&self) -> String {
        format!("/v1/problemen/{}", self.code)
    }
}

/// Declares the kinds and the list of all of them.
macro_rules! kinds {
    ($( $(#[doc = $says:literal])+ $name:ident: $code:literal $status:ident $title:literal $means:literal $remedy:literal; )+) => {
        $(
            $(#[doc = $says])+
            pub static $name: Kind =
                Kind { code: $code, status: StatusCode::$status, title: $title, means: $means, remedy: $remedy };
        )+

        /// Every kind, by status.
        pub static KINDS: &[&Kind] = &[$(&$name),+];
    };
}

kinds! {
    /// Something of the input is wrong.
    INVALID: "ongeldige-invoer" BAD_REQUEST "Ongeldige invoer"
        "Er klopt iets niet in de inhoud, in een sleutel achter het vraagteken of in een kop van de aanvraag."
        "Kijk bij fouten: daar staat van elke fout de plaats, wat er niet klopt en hoe het wel moet. Verbeter alles en stuur opnieuw.";
    /// No token, or another one.
    UNKNOWN_CALLER: "niet-aangemeld" UNAUTHORIZED "Niet aangemeld"
        "De sleutel ontbreekt, of deze dienst kent hem niet (meer)."
        "Stuur de kop Authorization: Bearer met een sleutel, of met wat het aanmelden gaf.";
    /// What was given to sign in does not fit.
    NOT_FITTING: "past-niet-bij-elkaar" UNAUTHORIZED "Aanmelden lukt niet"
        "Adres, wachtwoord, code of koppeling horen niet bij elkaar of gelden niet meer. Welke dat is, zegt de dienst niet."
        "Kijk alles na en probeer het opnieuw, of vraag de beheerder om een nieuwe koppeling.";
    /// A code of the second factor is needed as well.
    WITHOUT_CODE: "code-nodig" UNAUTHORIZED "Code nodig"
        "Dit account heeft een tweede factor. Er is nog niemand aangemeld."
        "Meld u aan met code, of met herstelcode als u uw telefoon kwijt bent.";
    /// Known to the provider and not yet confirmed here.
    WAITING: "wacht-op-bevestiging" FORBIDDEN "Nog niet bevestigd"
        "De aanmelddienst kent u, maar een beheerder van Loket moet u eenmaal bevestigen. Er is nog niemand aangemeld."
        "Vraag de beheerder om uw account te bevestigen, en meld u dan opnieuw aan.";
    /// Known to the provider, without a role here.
    NO_ROLE: "geen-rol" FORBIDDEN "Geen rol"
        "De aanmelddienst kent u, maar geeft u geen rol in Loket. Er is niemand aangemeld."
        "Vraag uw eigen beheerder om de rol bij de aanmelddienst, en meld u dan opnieuw aan.";
    /// Another role may do this.
    OTHER_ROLE: "andere-rol" FORBIDDEN "Andere rol nodig"
        "In de rol waarin u nu werkt kan dit niet, waar het ook over gaat."
        "Kijk bij x-rollen in /v1/openapi.json welke rol het mag. Heeft uw account die, wissel dan van rol.";
    /// A change with the cookie of a session that no page of ours sent.
    FOREIGN_FORM: "formulier-nodig" FORBIDDEN "Niet van een pagina van deze dienst"
        "Wie met het koekje van een sessie iets verandert, stuurt mee wat de sessie daarvoor gaf, vanaf een pagina van deze dienst. Zo kan een andere site niets uit uw naam doen."
        "Laad de pagina opnieuw. Een programma stuurt geen koekje mee, maar Authorization: Bearer.";
    /// It did not come through the proxy over TLS.
    NOT_THROUGH: "alleen-https" FORBIDDEN "Alleen over HTTPS"
        "Deze dienst staat achter een server met TLS. Wat niet daarlangs en over HTTPS kwam, wordt niet gelezen."
        "Gebruik het adres dat met https:// begint. Klopt dat al, dan geeft de server ervoor X-Forwarded-Proto of het adres van de vrager niet door.";
    /// There is no such thing, or it is not the caller's to see.
    UNKNOWN: "onbekend" NOT_FOUND "Niet gevonden"
        "Dit bestaat niet, of u mag het niet zien. Beide krijgen hetzelfde antwoord, zodat niemand kan raden wat er is."
        "Kijk of het adres en de id kloppen. Een adres eindigt niet op een schuine streep.";
    /// Not this method here.
    METHOD: "methode" METHOD_NOT_ALLOWED "Methode niet toegestaan"
        "Dit adres bestaat, maar niet voor deze methode."
        "De kop Allow zegt welke methodes hier wel kunnen.";
    /// An answer in this form is not there.
    NOT_ACCEPTABLE: "vorm-van-antwoord" NOT_ACCEPTABLE "Antwoord niet in deze vorm"
        "De kop Accept vraagt om een vorm die hier niet is."
        "Vraag om application/json, of laat Accept weg.";
    /// The request did not come in time, or took too long.
    TOO_SLOW: "te-langzaam" REQUEST_TIMEOUT "Te langzaam"
        "De aanvraag kwam niet op tijd binnen, of het antwoord duurde te lang."
        "Probeer het opnieuw, met dezelfde Idempotency-Key als u die stuurde.";
    /// It does not go together with the state of things.
    CONFLICT: "past-niet" CONFLICT "Past niet bij de toestand"
        "De aanvraag is goed te lezen, maar past niet bij hoe het er nu voor staat."
        "Lees detail. Bij fouten en conflicten staat wat er niet past en wat u eraan kunt doen.";
    /// It is unlikely to be meant.
    UNCONFIRMED: "bevestiging-nodig" CONFLICT "Bevestiging nodig"
        "Wat er gevraagd wordt mag, maar is ongewoon, bijvoorbeeld een dag die ver weg ligt. Er is nog niets gedaan."
        "Kijk bij fouten wat er ongewoon is. Verbeter het, of stuur het opnieuw met bevestigd op true.";
    /// A policy that nobody approved.
    UNAPPROVED: "beleid-niet-goedgekeurd" CONFLICT "Beleid niet goedgekeurd"
        "Een lichting wordt vastgesteld met een beleid dat een ander dan de opsteller heeft goedgekeurd. Er is niets vastgesteld."
        "Laat een beheerder het beleid goedkeuren; bij fouten staat welk, en waar. Stuur de aanvraag daarna opnieuw.";
    /// Somebody else changed it.
    STALE: "verouderd" PRECONDITION_FAILED "Intussen veranderd"
        "Iemand anders heeft dit veranderd nadat u het las. Er is niets overschreven."
        "Vergelijk huidig en uw, kies, en stuur de nieuwe ETag mee in If-Match.";
    /// The body is too large.
    TOO_LARGE: "te-groot" PAYLOAD_TOO_LARGE "Te groot"
        "De inhoud van de aanvraag is groter dan hier mag."
        "Maak de inhoud kleiner; detail noemt de grens.";
    /// The body is not of a kind that is read.
    MEDIA_TYPE: "soort-inhoud" UNSUPPORTED_MEDIA_TYPE "Soort inhoud wordt niet gelezen"
        "De inhoud is geen JSON, of de kop Content-Type zegt dat niet."
        "Stuur JSON met de kop Content-Type: application/json.";
    /// An idempotency key that was used for something else.
    KEY_REUSED: "sleutel-hergebruikt" UNPROCESSABLE_ENTITY "Sleutel al gebruikt"
        "De Idempotency-Key is al voor een andere aanvraag gebruikt."
        "Neem voor elke nieuwe aanvraag een nieuwe sleutel, bijvoorbeeld een uuid.";
    /// Too much of this caller waits.
    TOO_MANY: "te-veel" TOO_MANY_REQUESTS "Te veel tegelijk"
        "Er wacht al zoveel van u dat meer erbij niets sneller maakt."
        "Wacht zo lang als de kop Retry-After zegt, of trek iets in dat nog wacht.";
    /// Too many tries to sign in.
    TOO_OFTEN: "te-vaak" TOO_MANY_REQUESTS "Te vaak geprobeerd"
        "Er is te vaak vergeefs geprobeerd om met dit adres aan te melden. Ook het goede wachtwoord helpt nu niet."
        "Wacht zo lang als de kop Retry-After zegt, en probeer het dan opnieuw.";
    /// What comes before the body is too long: 431, or 414 when it is the address.
    LONG_HEAD: "te-grote-koppen" REQUEST_HEADER_FIELDS_TOO_LARGE "Te grote koppen"
        "De koppen of het adres van de aanvraag zijn langer dan hier gelezen wordt."
        "Stuur minder koppen en een korter adres; wat lang is hoort in de inhoud.";
    /// What people edit needs If-Match.
    PRECONDITION: "etag-nodig" PRECONDITION_REQUIRED "ETag nodig"
        "Wie iets verandert, zegt welke versie hij zag. Dat ontbreekt."
        "Lees eerst, en stuur de ETag mee in If-Match. Voor iets nieuws: If-None-Match: *.";
    /// The provider with which people sign in does not answer.
    PROVIDER_DOWN: "aanmelddienst-onbereikbaar" SERVICE_UNAVAILABLE "De aanmelddienst antwoordt niet"
        "Aanmelden gaat hier via een andere dienst, en die geeft nu geen goed antwoord. Er is niemand aangemeld."
        "Probeer het zo nog eens. Blijft het zo, waarschuw dan de beheerder.";
    /// Not now.
    BUSY: "bezet" SERVICE_UNAVAILABLE "Nu niet beschikbaar"
        "De dienst kan dit nu niet doen. Er is niets veranderd."
        "Probeer het na Retry-After opnieuw. Zegt detail dat er iets mis is, waarschuw dan de beheerder.";
}

/// The kind with this code.
pub fn kind(code: &str) -> Option<&'static Kind> {
    KINDS.iter().copied().find(|it| it.code == code)
}
