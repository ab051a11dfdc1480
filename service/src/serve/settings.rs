//! Settings of the service: defaults, then a file, then the environment, then what was typed; each is in docs/operating.md.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use loket_instances::outlines::Outlines;
use loket_instances::strict::spot::show_id;
use loket_solver::matching::facts::words::Word;
use serde::Deserialize;

use super::districts;
use super::oidc;
use super::post::{self, Post, Typed};
use crate::files::shown;
use crate::pages::look::{self, Look};
use crate::pages::messages::Language;
use crate::provider::Known;
use crate::store::Place;
use crate::trouble::cause;

/// What can be set, each optional: one layer of settings.
#[derive(Clone, Debug, Default, Deserialize, clap::Args)]
#[serde(deny_unknown_fields)]
pub struct Layer {
    /// Het gegevensbestand (SQLite), of het adres van een database: postgres://gebruiker@server/naam
    #[arg(long, value_name = "BESTAND", env = "LOKET_GEGEVENS")]
    pub gegevens: Option<Place>,
    /// Waar geluisterd wordt; alleen op deze machine zelf; wat van buiten komt, komt langs een server met TLS
    #[arg(long, value_name = "IP:POORT", env = "LOKET_ADRES")]
    pub adres: Option<SocketAddr>,
    /// Hoeveel seconden een berekening mag duren
    #[arg(long, value_name = "SECONDEN", env = "LOKET_REKENTIJD")]
    pub rekentijd: Option<u64>,
    /// Hoeveel seconden een vraag mag duren
    #[arg(long, value_name = "SECONDEN", env = "LOKET_VRAAGTIJD")]
    pub vraagtijd: Option<u64>,
    /// Hoeveel geheugen een berekening mag gebruiken
    #[arg(long, value_name = "MIB", env = "LOKET_GEHEUGEN")]
    pub geheugen: Option<u64>,
    /// Na hoeveel seconden stilte een berekening als vastgelopen geldt
    #[arg(long, value_name = "SECONDEN", env = "LOKET_STILTE")]
    pub stilte: Option<u64>,
    /// Het programma dat rekent (anders: dit programma)
    #[arg(long, value_name = "PROGRAMMA", env = "LOKET_REKENAAR")]
    pub rekenaar: Option<PathBuf>,
    /// Alleen de dienst; het rekenwerk doet loket worker
    #[arg(long, env = "LOKET_ZONDER_WERKER", num_args = 0..=1, default_missing_value = "true")]
    pub zonder_werker: Option<bool>,
    /// De grootste aanvraag
    #[arg(long, value_name = "MIB", env = "LOKET_GROOTSTE_AANVRAAG")]
    pub grootste_aanvraag: Option<u64>,
    /// Hoeveel seconden de koppen van een aanvraag mogen duren
    #[arg(long, value_name = "SECONDEN", env = "LOKET_KOPTIJD")]
    pub koptijd: Option<u64>,
    /// Hoeveel seconden een aanvraag mag duren
    #[arg(long, value_name = "SECONDEN", env = "LOKET_AANVRAAGTIJD")]
    pub aanvraagtijd: Option<u64>,
    /// Na hoeveel seconden een stroom van gebeurtenissen opnieuw gevraagd moet worden
    #[arg(long, value_name = "SECONDEN", env = "LOKET_STROOMTIJD")]
    pub stroomtijd: Option<u64>,
    /// Hoeveel stromen er tegelijk zijn
    #[arg(long, value_name = "AANTAL", env = "LOKET_STROMEN")]
    pub stromen: Option<usize>,
    /// Hoeveel verbindingen er tegelijk zijn
    #[arg(long, value_name = "AANTAL", env = "LOKET_VERBINDINGEN")]
    pub verbindingen: Option<usize>,
    /// Hoeveel maanden een geplaatste kandidaat een plek bezet (zolang de duo-collega dubbel staat); 0 is tot het eind van de plaatsing
    #[arg(long, value_name = "MAANDEN", env = "LOKET_PLEKMAANDEN")]
    pub plekmaanden: Option<u32>,
    /// Waar mensen Loket vinden; staat in berichten
    #[arg(long, value_name = "ADRES", env = "LOKET_BUITENADRES")]
    pub buitenadres: Option<String>,
    /// De mailserver die berichten verstuurt; zonder zijn het concepten
    #[arg(long, value_name = "NAAM:POORT", env = "LOKET_POST_SERVER")]
    pub post_server: Option<String>,
    /// Hoe de verbinding met de mailserver beveiligd is: starttls, tls of geen (alleen op deze machine zelf)
    #[arg(long, value_name = "SOORT", env = "LOKET_POST_BEVEILIGING")]
    pub post_beveiliging: Option<String>,
    /// Het bestand (PEM) met de wortels waarmee het certificaat van de mailserver klopt; anders die van deze machine
    #[arg(long, value_name = "BESTAND", env = "LOKET_POST_WORTEL")]
    pub post_wortel: Option<PathBuf>,
    /// De gebruiker bij de mailserver
    #[arg(long, value_name = "GEBRUIKER", env = "LOKET_POST_GEBRUIKER")]
    pub post_gebruiker: Option<String>,
    /// Het bestand met het wachtwoord bij de mailserver
    #[arg(long, value_name = "BESTAND", env = "LOKET_POST_WACHTWOORD")]
    pub post_wachtwoord: Option<PathBuf>,
    /// Uit wiens naam berichten komen
    #[arg(long, value_name = "ADRES", env = "LOKET_POST_VAN")]
    pub post_van: Option<String>,
    /// De dienst staat achter een server met TLS; deze kop zegt van welk adres een aanvraag komt, bijvoorbeeld X-Forwarded-For
    #[arg(long, value_name = "KOP", env = "LOKET_ACHTER_PROXY")]
    pub achter_proxy: Option<String>,
    /// De aanmelddienst (OpenID Connect) waarmee mensen zich kunnen aanmelden
    #[arg(long, value_name = "URL", env = "LOKET_OIDC_UITGEVER")]
    pub oidc_uitgever: Option<String>,
    /// Hoe deze dienst bij de aanmelddienst heet
    #[arg(long, value_name = "CLIENT", env = "LOKET_OIDC_CLIENT")]
    pub oidc_client: Option<String>,
    /// Het bestand met het geheim dat daarbij hoort, als er een is
    #[arg(long, value_name = "BESTAND", env = "LOKET_OIDC_GEHEIM")]
    pub oidc_geheim: Option<PathBuf>,
    /// Waar browsers terugkomen: het adres van deze dienst met /v1/oidc/terug erachter
    #[arg(long, value_name = "URL", env = "LOKET_OIDC_TERUG")]
    pub oidc_terug: Option<String>,
    /// Welke rol volgt uit wat de aanmelddienst zegt: claim=waarde:rol, brin=*:bestuur; meer met een komma ertussen
    #[arg(long, value_name = "REGELS", env = "LOKET_OIDC_ROLLEN", value_delimiter = ',')]
    pub oidc_rollen: Option<Vec<String>>,
    /// Wat er naast openid gevraagd wordt (scopes); meer met een komma ertussen
    #[arg(long, value_name = "SCOPES", env = "LOKET_OIDC_SCOPES", value_delimiter = ',')]
    pub oidc_scopes: Option<Vec<String>>,
    /// De taal van de pagina's: nl of en
    #[arg(long, value_name = "TAAL", env = "LOKET_TAAL")]
    pub taal: Option<String>,
    /// Een map met tokens.css en logo.svg: de kleuren en het logo van uw stad
    #[arg(long, value_name = "MAP", env = "LOKET_HUISSTIJL")]
    pub huisstijl: Option<PathBuf>,
    /// Een kaartbestand (GeoJSON) met de grenzen van wijken of stadsdelen, voor de kaart van een lichting
    #[arg(long, value_name = "BESTAND", env = "LOKET_WIJKEN")]
    pub wijken: Option<PathBuf>,
    /// Logregels als JSON
    #[arg(long, env = "LOKET_LOG_JSON", num_args = 0..=1, default_missing_value = "true")]
    pub log_json: Option<bool>,
}

/// The settings in use.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The database file, or the database.
    pub data: Place,
    /// Where the service listens.
    pub address: SocketAddr,
    /// Time for a run.
    pub run_time: Duration,
    /// Time for a question.
    pub question_time: Duration,
    /// Memory for the solver's child, MiB.
    pub memory_mib: u64,
    /// Silence after which the child is taken for hung.
    pub silence: Duration,
    /// The program that is the child; this one when absent.
    pub computer: Option<PathBuf>,
    /// Whether this process also works.
    pub works: bool,
    /// Largest body, bytes.
    pub largest_body: usize,
    /// Time for the headers of a request.
    pub header_time: Duration,
    /// Time for a whole request.
    pub request_time: Duration,
    /// Longest stream.
    pub stream_time: Duration,
    /// Most streams at once.
    pub streams: usize,
    /// Most connections at once.
    pub connections: usize,
    /// How many months a placement holds a seat; 0 for as long as it lasts.
    pub seat_months: u32,
    /// Where people find the service, and how messages are sent.
    pub post: Post,
    /// The header in which the proxy that this stands behind notes who asks (lower case); none when it stands behind none.
    pub behind: Option<String>,
    /// The provider with which people sign in.
    pub provider: Option<Known>,
    /// The language of the pages.
    pub language: Language,
    /// Colours and logo of the pages.
    pub look: Look,
    /// Outlines of districts, for maps.
    pub districts: Arc<Outlines>,
    /// Whether people in it are made up.
    pub demo: bool,
    /// Whether log lines are JSON.
    pub log_json: bool,
}

impl Settings {
    /// What the service was started with, for an administrator: each by its name in the file, and no secret among them.
    pub fn told(&self) -> Vec<(&'static str, String)> {
        let seconds = |it: Duration| it.as_secs().to_string();
        let yes = |it: bool| if it { "ja" } else { "nee" }.to_owned();
        vec![
            ("adres", self.address.to_string()),
            ("rekentijd", seconds(self.run_time)),
            ("vraagtijd", seconds(self.question_time)),
            ("geheugen", self.memory_mib.to_string()),
            ("stilte", seconds(self.silence)),
            ("zonder_werker", yes(!self.works)),
            ("grootste_aanvraag", (self.largest_body >> 20).to_string()),
            ("koptijd", seconds(self.header_time)),
            ("aanvraagtijd", seconds(self.request_time)),
            ("stroomtijd", seconds(self.stream_time)),
            ("stromen", self.streams.to_string()),
            ("verbindingen", self.connections.to_string()),
            ("plekmaanden", self.seat_months.to_string()),
            ("buitenadres", self.post.base.clone().unwrap_or_default()),
            ("post_server", self.post.server.as_ref().map(|it| format!("{}:{}", it.host, it.port)).unwrap_or_default()),
            ("post_van", self.post.from.clone().unwrap_or_default()),
            ("achter_proxy", self.behind.clone().unwrap_or_else(|| "nee".into())),
            ("oidc_uitgever", self.provider.as_ref().map_or_else(|| "geen".into(), |it| it.issuer.clone())),
            ("oidc_client", self.provider.as_ref().map_or_else(|| "geen".into(), |it| it.client.clone())),
            ("oidc_terug", self.provider.as_ref().map_or_else(|| "geen".into(), |it| it.back.clone())),
            ("oidc_rollen", self.provider.as_ref().map_or_else(|| "geen".into(), |it| it.rules.to_string())),
            ("taal", self.language.code().into()),
            ("wijken", self.districts.areas.len().to_string()),
            ("log_json", yes(self.log_json)),
        ]
    }
}

/// Reads a settings file (TOML).
///
/// # Errors
/// What is wrong with it, in Dutch.
pub fn read(path: &Path) -> Result<Layer, String> {
    let shown = shown(path);
    let text = std::fs::read_to_string(path).map_err(|error| format!("{shown} kan niet gelezen worden: {}.", cause(&error)))?;
    of(&text).map_err(|wrong| format!("{shown} klopt niet:\n  · {}", wrong.join("\n  · ")))
}

/// The settings in a file's text. What is wrong never quotes what stands there: it may be a secret.
fn of(text: &str) -> Result<Layer, Vec<String>> {
    let table: toml::Table = text.parse().map_err(|error: toml::de::Error| {
        let before = &text[..error.span().map_or(0, |it| it.start).min(text.len())];
        let (line, start) = (before.matches('\n').count() + 1, before.rfind('\n').map_or(0, |end| end + 1));
        vec![format!("regel {line}, teken {}: dit is geen TOML. Schrijf per regel: naam = waarde.", before[start..].chars().count() + 1)]
    })?;
    let command = <Layer as clap::Args>::augment_args(clap::Command::new("loket"));
    let mut wrong = Vec::new();
    for (key, value) in &table {
        if key == "sleutel" {
            wrong.push("de instelling sleutel is er niet meer: maak sleutels met loket toegang token, en haal deze weg.".into());
            continue;
        }
        let Some(argument) = command.get_arguments().find(|it| it.get_id() == key.as_str()) else {
            let known: Vec<&str> = command.get_arguments().map(|it| it.get_id().as_str()).collect();
            wrong.push(format!("de instelling {} bestaat niet. Kies uit: {}.", show_id(key), known.join(", ")));
            continue;
        };
        let alone = toml::Table::from_iter([(key.clone(), value.clone())]);
        if alone.try_into::<Layer>().is_err() {
            let named = argument.get_value_names().and_then(|names| names.first()).map_or("", |name| name.as_str());
            let wants = match named {
                "SECONDEN" | "MIB" | "AANTAL" | "MAANDEN" => "een geheel getal van 0 of meer, zonder aanhalingstekens",
                "IP:POORT" => "een IP-adres en een poort tussen aanhalingstekens, bijvoorbeeld \"127.0.0.1:8080\"",
                "BESTAND" | "PROGRAMMA" | "ADRES" | "NAAM:POORT" | "SOORT" | "GEBRUIKER" | "KOP" | "URL" | "CLIENT" | "TAAL" | "MAP" => {
                    "een tekst tussen aanhalingstekens"
                }
                "REGELS" | "SCOPES" => "een lijst van teksten, bijvoorbeeld [\"groups=beheer:beheerder\"]",
                _ => "true of false, zonder aanhalingstekens",
            };
            wrong.push(format!("bij {key} hoort {wants}."));
        }
    }
    match table.try_into() {
        Ok(layer) if wrong.is_empty() => Ok(layer),
        _ => Err(wrong),
    }
}

/// The settings that follow from the layers, `over` before `under`.
///
/// # Errors
/// Everything that is wrong with them, in Dutch.
pub fn settle(over: Layer, under: Layer) -> Result<Settings, Vec<String>> {
    let mut wrong = Vec::new();
    macro_rules! first {
        ($field:ident) => {
            over.$field.or(under.$field)
        };
    }
    let mut seconds = |name: &str, value: Option<u64>, usual: u64| {
        let value = value.unwrap_or(usual);
        if !(1..=86_400).contains(&value) {
            wrong.push(format!("{name} moet van 1 tot en met 86400 seconden zijn."));
        }
        Duration::from_secs(value.clamp(1, 86_400))
    };
    let (run_time, question_time) = (seconds("rekentijd", first!(rekentijd), 600), seconds("vraagtijd", first!(vraagtijd), 300));
    let (silence, header_time) = (seconds("stilte", first!(stilte), 15), seconds("koptijd", first!(koptijd), 10));
    let (request_time, stream_time) = (seconds("aanvraagtijd", first!(aanvraagtijd), 30), seconds("stroomtijd", first!(stroomtijd), 600));
    let address = first!(adres).unwrap_or(SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 8080));
    let behind = first!(achter_proxy).map(|it| it.trim().to_lowercase());
    if behind.as_ref().is_some_and(|it| it.is_empty() || !it.bytes().all(|it| it.is_ascii_alphanumeric() || it == b'-')) {
        wrong.push("achter_proxy: dit is geen naam van een kop; schrijf bijvoorbeeld X-Forwarded-For.".into());
    }
    if !address.ip().is_loopback() && behind.is_none() {
        wrong.push(format!(
            "adres: {} is geen adres van deze machine zelf; dan mag alleen 127.0.0.1 of ::1. Staat er een server met TLS voor, zet dan \
             achter_proxy op de kop waarin die het adres van de vrager noteert.",
            address.ip()
        ));
    }
    let typed = oidc::Typed {
        issuer: first!(oidc_uitgever),
        client: first!(oidc_client),
        secret: first!(oidc_geheim),
        back: first!(oidc_terug),
        roles: first!(oidc_rollen),
        scopes: first!(oidc_scopes),
    };
    let provider = oidc::settle(typed, &mut wrong);
    let memory_mib = first!(geheugen).unwrap_or(8_192);
    let largest = first!(grootste_aanvraag).unwrap_or(32);
    for (name, value, least, most) in [
        ("geheugen", memory_mib, 64, 1 << 20),
        ("grootste_aanvraag", largest, 1, 1_024),
        ("plekmaanden", first!(plekmaanden).unwrap_or(5).into(), 0, 60),
        ("stromen", first!(stromen).unwrap_or(64) as u64, 1, 10_000),
        ("verbindingen", first!(verbindingen).unwrap_or(512) as u64, 8, 100_000),
    ] {
        if !(least..=most).contains(&value) {
            wrong.push(format!("{name} moet van {least} tot en met {most} zijn."));
        }
    }
    let typed = Typed {
        server: first!(post_server),
        secrecy: first!(post_beveiliging),
        root: first!(post_wortel),
        user: first!(post_gebruiker),
        password: first!(post_wachtwoord),
        from: first!(post_van),
        base: first!(buitenadres),
    };
    let post = post::settle(typed, &mut wrong);
    let language = first!(taal).map_or(Some(Language::Nl), |it| Language::parse(&it)).unwrap_or_else(|| {
        wrong.push("taal: kies nl of en.".into());
        Language::Nl
    });
    let districts = first!(wijken).map_or_else(|| Ok(Outlines::default()), |path| districts::read(&path));
    let districts = Arc::new(districts.unwrap_or_else(|more| {
        wrong.extend(more);
        Outlines::default()
    }));
    let look = first!(huisstijl).map_or_else(|| Ok(Look::default()), |folder| look::read(&folder));
    let look = look.unwrap_or_else(|more| {
        wrong.extend(more);
        Look::default()
    });
    let data = first!(gegevens).unwrap_or_else(|| "loket.sqlite".into());
    if let Place::Unread(why) = &data {
        wrong.push(format!("gegevens: {why}."));
    }
    if !wrong.is_empty() {
        return Err(wrong);
    }
    Ok(Settings {
        language,
        look,
        districts,
        demo: false,
        data,
        address,
        run_time,
        question_time,
        memory_mib,
        silence,
        computer: first!(rekenaar),
        works: !first!(zonder_werker).unwrap_or(false),
        largest_body: usize::try_from(largest << 20).unwrap_or(usize::MAX),
        header_time,
        request_time,
        stream_time,
        streams: first!(stromen).unwrap_or(64),
        connections: first!(verbindingen).unwrap_or(512),
        seat_months: first!(plekmaanden).unwrap_or(5),
        post,
        behind,
        provider,
        log_json: first!(log_json).unwrap_or(false),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn layer(text: &str) -> Layer {
        toml::from_str(text).unwrap()
    }

    #[test]
    fn what_was_typed_goes_before_the_file_and_all_mistakes_come_at_once() {
        let good = settle(layer("rekentijd = 5"), layer("rekentijd = 9\nstilte = 3")).unwrap();
        assert_eq!((good.run_time, good.silence), (Duration::from_secs(5), Duration::from_secs(3)));
        let wrong = settle(layer("adres = \"0.0.0.0:80\"\nrekentijd = 0\nstromen = 0"), Layer::default()).unwrap_err();
        assert_eq!(wrong.len(), 3, "{wrong:?}");
    }

    #[test]
    fn every_mistake_of_a_file_is_told_in_dutch_and_quotes_no_value() {
        let wrong =
            of("rekentjd = 5\nadres = \"kanariewoord\"\ngeheugen = \"kanariewoord\"\nlog_json = \"kanariewoord\"\nrekenaar = 7\nsleutel = \"kanariewoord\"\nstilte = -1").unwrap_err();
        let told = wrong.join("\n");
        for part in [
            "de instelling rekentjd bestaat niet. Kies uit: gegevens, adres,",
            "bij adres hoort een IP-adres",
            "bij geheugen hoort een geheel getal",
            "bij log_json hoort true of false",
            "bij rekenaar hoort een tekst",
            "maak sleutels met loket toegang token",
            "bij stilte hoort een geheel getal",
        ] {
            assert!(told.contains(part), "{part}: {told}");
        }
        assert_eq!((wrong.len(), told.contains("kanariewoord")), (7, false));
        let wrong = of("rekentijd = 5\nrekenaar = \"kanariewoord").unwrap_err();
        assert_eq!(wrong.len(), 1);
        assert!(wrong[0].starts_with("regel 2, teken ") && !wrong[0].contains("kanariewoord"), "{wrong:?}");
        assert!(of("rekentijd = 5\nadres = \"127.0.0.1:1\"").is_ok() && of("").is_ok());
    }

    /// The rows of a table of the handbook, by their first cell.
    fn rows(page: &str) -> std::collections::BTreeMap<String, Vec<String>> {
        let cells = page.lines().filter(|line| line.starts_with("| `")).map(|line| {
            let cells: Vec<String> = line.trim_matches('|').split('|').map(|cell| cell.trim().trim_matches('`').to_owned()).collect();
            (cells[0].clone(), cells)
        });
        cells.collect()
    }

    #[test]
    fn the_handbook_has_every_setting_with_its_names_and_what_is_usual() {
        let page = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/operating.md")).unwrap();
        let section = page.split("## Settings").nth(1).and_then(|it| it.split("\n## ").next()).unwrap();
        let mut rows = rows(section);
        let command = <Layer as clap::Args>::augment_args(clap::Command::new("loket"));
        let usual = settle(Layer::default(), Layer::default()).unwrap();
        let defaults = [
            ("gegevens", usual.data.to_string()),
            ("adres", usual.address.to_string()),
            ("rekentijd", usual.run_time.as_secs().to_string()),
            ("vraagtijd", usual.question_time.as_secs().to_string()),
            ("geheugen", usual.memory_mib.to_string()),
            ("stilte", usual.silence.as_secs().to_string()),
            ("zonder_werker", (!usual.works).to_string()),
            ("grootste_aanvraag", (usual.largest_body >> 20).to_string()),
            ("koptijd", usual.header_time.as_secs().to_string()),
            ("aanvraagtijd", usual.request_time.as_secs().to_string()),
            ("stroomtijd", usual.stream_time.as_secs().to_string()),
            ("stromen", usual.streams.to_string()),
            ("verbindingen", usual.connections.to_string()),
            ("plekmaanden", usual.seat_months.to_string()),
            ("taal", usual.language.code().to_owned()),
            ("log_json", usual.log_json.to_string()),
        ];
        for argument in command.get_arguments() {
            let key = argument.get_id().as_str();
            let row = rows.remove(key).unwrap_or_else(|| panic!("docs/operating.md does not have the setting {key}"));
            let environment = argument.get_env().map(|it| it.to_string_lossy().into_owned()).unwrap_or_default();
            let flag = format!("--{}", argument.get_long().unwrap_or_default());
            assert_eq!((&row[1], &row[2]), (&environment, &flag), "{key}");
            if let Some((_, usual)) = defaults.iter().find(|(name, _)| *name == key) {
                assert_eq!(&row[3], usual, "{key}");
            }
        }
        assert!(rows.is_empty(), "docs/operating.md has settings that are not there: {:?}", rows.keys());
    }
}
