//! The words of the description that hold for every route: parameters, headers, refusals and examples.

use serde_json::{Value, json};

/// A parameter by its name: what it says of itself, and what its schema gets besides.
pub fn parameter(name: &str) -> Option<(&'static str, Value)> {
    Some(match name {
        "pagina" => ("Welke bladzijde, vanaf 1", json!({ "default": 1, "maximum": 1_000_000 })),
        "paginaGrootte" => ("Hoeveel rijen op een bladzijde", json!({ "default": 50 })),
        "Idempotency-Key" => (
            "Een eigen sleutel voor deze aanvraag, bijvoorbeeld een uuid. Dezelfde aanvraag nog een keer geeft hetzelfde antwoord en heeft \
             geen tweede gevolg; een andere aanvraag met dezelfde sleutel wordt geweigerd (422)",
            json!({ "minLength": 1, "maxLength": 255, "pattern": "^[!-~]([ -~]*[!-~])?$" }),
        ),
        "If-Match" => (
            "De ETag die u het laatst las. Is het intussen veranderd, dan volgt 412 met de huidige en uw waarde",
            json!({ "pattern": "^\"v[0-9]{1,18}\"$" }),
        ),
        "If-None-Match" => ("Alleen *, in de plaats van If-Match: er mag nog niets zijn", json!({ "pattern": "^\\*$" })),
        "Last-Event-ID" => {
            ("Het id van de laatste gebeurtenis die u ontving; de stroom gaat daarna verder", json!({ "pattern": "^[0-9]{1,18}$" }))
        }
        "id" => ("Het id", json!({})),
        "lichting" => ("Het id van een lichting", json!({})),
        "berekening" => ("Het id van een berekening", json!({})),
        "rooster" => ("Het id van een rooster", json!({})),
        "dagdeel" => ("Van bezoeken: over welk bezoek, als 2026-09-07-o (ochtend) of 2026-09-07-m (middag)", json!({})),
        "deelnemer" => ("Het id van wie gepland wordt", json!({})),
        "proef" => ("Het id van een proef", json!({})),
        "vraag" => ("Het id van een vraag", json!({})),
        "kandidaat" => ("Het id (pseudoniem) van een kandidaat", json!({})),
        "bestuur" => ("Het id van een bestuur", json!({})),
        "school" => ("Het id van een school", json!({})),
        "plek" => ("Het id van een plekkengroep", json!({})),
        "coach" => ("Het id van een coach", json!({})),
        "bericht" => ("Het id van een bericht", json!({})),
        "deel" => ("Welke regels: elke kandidaat (plaatsingen, ook zonder deel), of wie geen plaats heeft", json!({})),
        "per" => ("Voor wie de lijsten zijn; zonder per is dat per bestuur", json!({})),
        "alleen" => ("Alleen de lijst van dit bestuur, deze school of deze coach", json!({ "minLength": 1 })),
        "soort" => ("Alleen van deze soort", json!({})),
        "beleid" => ("De naam van een beleid", json!({})),
        "beleidsproef" => ("Een proef met een beleid", json!({})),
        "nummer" => ("Het nummer binnen de naam, vanaf 1", json!({})),
        "schooljaar" => ("Het id van een schooljaar, zoals 2026-2027", json!({})),
        "fase" => ("Alleen wie nu in deze fase is", json!({})),
        "probleem" => ("De soort weigering: het laatste deel van type", json!({})),
        "verzoek" => ("Het id van een verzoek over eigen gegevens", json!({})),
        "open" => ("Alleen wat nog niet gedaan is", json!({})),
        "account" => ("Het id van een account", json!({})),
        "sessie" => ("Het id van een sessie; dat is niet het geheim", json!({})),
        "rol" => ("Alleen wie deze rol heeft; bij het aanmelden: de rol om in te werken", json!({})),
        "wacht" => ("Alleen wie op bevestiging wacht (true), of juist niet (false)", json!({})),
        "geeindigd" => ("Alleen wat beëindigd is (true), of juist niet (false)", json!({})),
        "code" => ("Wat de aanmelddienst meegeeft", json!({})),
        "state" => ("Wat deze dienst de aanmelddienst meegaf", json!({})),
        "iss" | "scope" | "error" => ("Wat de aanmelddienst nog meer meegeeft", json!({})),
        "sleutel" => ("Het id van een sleutel; dat is niet het geheim", json!({})),
        "instelling" => ("De naam van een instelling", json!({})),
        "melding" => ("Het id van een melding van uitval", json!({})),
        "plan" => ("Het id van een meerjarenplan", json!({})),
        "halfjaar" => ("Het halve schooljaar waarin mensen zich aanmeldden, als 2026-1 (vanaf augustus 2026) of 2026-2", json!({})),
        "meting" => ("Het id van een meting van de trechter", json!({})),
        "peildatum" => ("De dag; zonder is het vandaag", json!({})),
        "herberekening" => ("Het id van een herberekening", json!({})),
        "van" => ("De eerste dag", json!({})),
        "tot" => ("De laatste dag; zonder tot is dat de dag voor dezelfde dag een jaar na van", json!({})),
        "toestand" => ("Alleen wat in deze toestand is", json!({})),
        "aanvullen" => ("Ook met scholen en coaches uit het register die nog niet in de lichting zitten", json!({})),
        "op" => ("De dag waarover het gaat", json!({})),
        "na" => ("Alleen regels met een hoger nummer", json!({})),
        "wat" => ("Alleen deze daad", json!({})),
        "onderwerp" => ("Alleen over deze id", json!({})),
        "persoon" => ("Alleen over deze kandidaat of coach", json!({})),
        "partij" => ("Wie het antwoord geeft: kandidaat, bestuur of coach", json!({})),
        "verbod" => ("Het id van een verbod", json!({})),
        "stand" => ("Alleen plaatsingen die zo ver zijn", json!({})),
        "antwoord" => ("Alleen waar een antwoord zo ver is", json!({})),
        "geldt" => ("Alleen wat nu geldt", json!({})),
        "openvoorstel" => ("Het id van een voorstel met open gegevens", json!({})),
        "gemeente" => ("Alleen van deze gemeente", json!({})),
        "jaar" => ("Het jaar", json!({})),
        "verschil" => ("Alleen wat zo verandert", json!({})),
        "notitie" => ("Het id van een notitie", json!({})),
        "sinds" => ("Alleen wat na dit nummer veranderde: nummer van een eerder antwoord", json!({})),
        "bouw" => ("Alleen in deze bouw", json!({})),
        "voorkeurrang" => ("Alleen in de bouw die de eerste (1), tweede (2) of derde (3) keuze van de kandidaat is", json!({})),
        "zonderBesluit" => ("Alleen over wie voor dit voorstel nog niets besloten was", json!({})),
        "bevestigd" => ("Wat ongewoon is, is zo bedoeld", json!({})),
        _ => return None,
    })
}

/// A header of an answer.
pub fn header(name: &str) -> Value {
    let (what, schema, example) = match name {
        "API-Version" => ("De volledige versie van deze API", json!({ "type": "string" }), json!(crate::serve::app::API_VERSION)),
        "ETag" => {
            ("De versie van wat hier staat; stuur haar bij een wijziging terug als If-Match", json!({ "type": "string" }), json!("\"v3\""))
        }
        "Location" => {
            ("Waar het te vinden is", json!({ "type": "string", "format": "uri-reference" }), json!("/v1/berekeningen/4k2m9x7c1d0a8h3t"))
        }
        "Link" => (
            "Eerste, vorige, volgende en laatste bladzijde (RFC 8288)",
            json!({ "type": "string" }),
            json!("</v1/lichtingen?pagina=2&paginaGrootte=50>; rel=\"next\""),
        ),
        "X-Total-Count" => ("Hoeveel rijen er in alle bladzijden samen zijn", json!({ "type": "integer" }), json!(120)),
        "Retry-After" => {
            ("Na zoveel seconden heeft nog eens vragen zin; alleen zolang het werk niet klaar is", json!({ "type": "integer" }), json!(1))
        }
        "Content-Disposition" => {
            ("De naam voor het bestand", json!({ "type": "string" }), json!("attachment; filename=\"uitkomst-4k2m9x7c1d0a8h3t.xlsx\""))
        }
        "WWW-Authenticate" => ("Hoe u zich aanmeldt", json!({ "type": "string" }), json!("Bearer realm=\"loket\"")),
        _ => ("", json!({ "type": "string" }), Value::Null),
    };
    let mut header = json!({ "description": what, "schema": schema });
    if !example.is_null() {
        header["example"] = example;
    }
    header
}

/// What a refusal with this status says, when the route says nothing itself.
pub fn refusal(status: &str) -> &'static str {
    match status {
        "400" => "De invoer klopt niet; fouten noemt alles wat er niet klopt, met de plaats",
        "401" => "De sleutel ontbreekt of klopt niet",
        "403" => "In deze rol kan dit niet; x-rollen noemt de rollen die het mogen",
        "404" => "Dit bestaat niet, of u mag het niet zien",
        "406" => "Dit antwoord is er niet in de vorm die Accept vraagt",
        "408" => "De aanvraag kwam niet op tijd binnen of duurde te lang",
        "409" => "Dit past niet bij de toestand; detail zegt waarom",
        "412" => "Iemand anders heeft het intussen veranderd; huidig en uw staan erbij",
        "413" => "De aanvraag is te groot",
        "415" => "De inhoud is van een soort die hier niet gelezen wordt",
        "422" => "De Idempotency-Key is al voor een andere aanvraag gebruikt",
        "428" => "If-Match ontbreekt",
        "503" => "Nu niet beschikbaar; probeer het na Retry-After nog eens",
        _ => "Geweigerd",
    }
}

/// A stream of happenings.
pub fn happening() -> Value {
    json!({
        "type": "string",
        "description": "Gebeurtenissen, elk met id (nummer vanaf 1, voor Last-Event-ID), event (toestand, voortgang, plan of deel) en data (JSON)",
    })
}

/// What a refusal may hold besides what every refusal has.
pub fn beside_a_problem() -> [(&'static str, Value); 6] {
    let text = |what: &str| json!({ "type": "string", "description": what });
    let count = |what: &str| json!({ "type": "integer", "description": what });
    let conflict = json!({
        "title": "Conflict", "type": "object", "description": "Iets dat niet past, voor machines", "required": ["soort"],
        "properties": {
            "soort": text("De regel die niet meer klopt, of coach-periode"),
            "school": text("De school"), "school_naam": text("De naam van de school"), "plek": text("De plekkengroep"),
            "coach": text("De coach"), "coach_naam": text("De naam van de coach"),
            "kandidaat": text("De kandidaat"), "naam": text("De naam van de kandidaat"),
            "schooljaar": text("Het schooljaar waarin uren tekort zijn"),
            "nodig": count("Hoeveel er nodig zijn"), "vrij": count("Hoeveel er vrij zijn"), "te_veel": count("Hoeveel er te veel zijn"),
            "lichtingen": { "type": "array", "items": { "type": "string" }, "description": "Lichtingen die de ruimte gebruiken" },
        },
        "additionalProperties": true,
    });
    let list = |what: &str, items: Value| json!({ "type": "array", "description": what, "items": items });
    let any = |what: &str| json!({ "description": what });
    [
        ("conflicten", list("Bij 409: alles wat niet past", conflict)),
        ("lichtingen", list("Bij 409: lichtingen waar het over gaat", json!({ "type": "string" }))),
        ("meldingen", list("Bij 400: wat opvalt in de invoer", json!({ "$ref": "#/components/schemas/Bestandsmelding" }))),
        ("rollen", list("Bij 400: de rollen waaruit te kiezen is", json!({ "$ref": "#/components/schemas/Rolnaam" }))),
        ("huidig", any("Bij 409 en 412: hoe het nu is")),
        ("uw", any("Bij 412: wat u stuurde")),
    ]
}

/// An example of a refusal.
pub fn problem(status: &str) -> Option<Value> {
    Some(match status {
        "400" => json!({
            "type": "/v1/problemen/ongeldige-invoer", "title": "Ongeldige invoer", "status": 400,
            "detail": "Er klopt iets niet in de invoer; bij fouten staat wat en hoe het wel moet.",
            "fouten": [{
                "code": "grens", "plaats": "/rekentijd", "wat": "rekentijd: 0 valt buiten de grenzen",
                "oplossing": "vul een geheel getal in van 1 tot en met 86400",
            }],
        }),
        "404" => json!({
            "type": "/v1/problemen/onbekend", "title": "Niet gevonden", "status": 404,
            "detail": "Dit bestaat niet, of u mag het niet zien.",
        }),
        "412" => json!({
            "type": "/v1/problemen/verouderd", "title": "Intussen veranderd", "status": 412,
            "detail": "Iemand anders heeft dit intussen veranderd. Hierbij staan de huidige en uw waarde; kies en stuur de nieuwe ETag mee.",
            "huidig": { "besluit": "vast", "versie": 2 }, "uw": { "besluit": "akkoord" },
        }),
        _ => return None,
    })
}
