//! `loket toegang`: accounts and tokens from the machine itself, for the first administrator and for scripts.

use clap::Subcommand;
use jiff::civil::Date;
use loket_instances::strict::problem::Problem;
use loket_solver::matching::facts::words::Word;
use serde_json::{Value, json};

use super::serve::on_runtime;
use super::shared::show;
use crate::access::{Caller, Role};
use crate::actions::accounts::{self, Invited};
use crate::actions::{Asked, Busy, Refused};
use crate::exit::Exit;
use crate::files::FileError;
use crate::records::account::{Account, Held, Token};
use crate::store::clock::{end_of_day, written};
use crate::store::{Clock, Place, Store};

/// What can be typed after `loket toegang`.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What can be done about access.
#[derive(Debug, Subcommand)]
#[command(subcommand_value_name = "OPDRACHT", subcommand_help_heading = "Opdrachten", disable_help_subcommand = true)]
pub enum Command {
    /// Maak een account en toon de koppeling waarmee de houder één keer kan beginnen
    Account(New),
    /// Maak een account voor een script en toon zijn sleutel, één keer
    Token(Script),
    /// Wie er toegang heeft: accounts met hun rollen, en sleutels
    Lijst(List),
    /// Beëindig een account met alles waarmee het zich kan melden, of één sleutel
    #[command(name = "beëindig", alias = "beeindig")]
    End(Ended),
}

/// Where the data are.
#[derive(Debug, clap::Args)]
pub struct Data {
    /// Het gegevensbestand van de dienst
    #[arg(long, value_name = "BESTAND", env = "LOKET_GEGEVENS", default_value = "loket.sqlite")]
    pub gegevens: Place,
    /// Het antwoord als JSON op standaarduitvoer
    #[arg(long)]
    pub json: bool,
}

/// What can be typed after `loket toegang account`.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Opties")]
pub struct New {
    /// Een rol: beheerder, intermediair, bestuur=ID, coach=ID of lezer; mag vaker
    #[arg(long = "rol", value_name = "ROL", required = true)]
    pub roles: Vec<String>,
    /// Van wie het account is
    #[arg(long, value_name = "NAAM")]
    pub naam: String,
    /// Het e-mailadres waarmee de houder zich aanmeldt
    #[arg(long, value_name = "ADRES")]
    pub adres: String,
    /// Where the data are.
    #[command(flatten)]
    pub data: Data,
}

/// What can be typed after `loket toegang token`.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Opties")]
pub struct Script {
    /// De rol van het script: beheerder, intermediair, bestuur=ID, coach=ID of lezer
    #[arg(long = "rol", value_name = "ROL")]
    pub role: String,
    /// Nog een bestuur waarvoor het script werkt, bij de rol bestuur; mag vaker
    #[arg(long = "bestuur", value_name = "ID")]
    pub boards: Vec<String>,
    /// Hoe het script heet
    #[arg(long, value_name = "NAAM")]
    pub naam: String,
    /// De laatste dag dat de sleutel geldt; anders negentig dagen
    #[arg(long, value_name = "DATUM")]
    pub tot: Option<String>,
    /// Where the data are.
    #[command(flatten)]
    pub data: Data,
}

/// What can be typed after `loket toegang lijst`.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Opties")]
pub struct List {
    /// Where the data are.
    #[command(flatten)]
    pub data: Data,
}

/// What can be typed after `loket toegang beëindig`.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Opties")]
pub struct Ended {
    /// De id van het account of van de sleutel, zoals lijst die toont
    #[arg(value_name = "ID")]
    pub id: String,
    /// Where the data are.
    #[command(flatten)]
    pub data: Data,
}

/// Status 0 when it was done; what cannot be done is an error in Dutch.
pub fn run(arguments: &Arguments) -> Result<Exit, FileError> {
    let (data, may_make) = match &arguments.command {
        Command::Account(New { data, .. }) | Command::Token(Script { data, .. }) => (data, true),
        Command::Lijst(List { data }) | Command::End(Ended { data, .. }) => (data, false),
    };
    let place = data.gegevens.to_string();
    if !may_make && !data.gegevens.is_there() {
        return Err(FileError(format!("{place} is er niet; noem het gegevensbestand met --gegevens.")));
    }
    let told = on_runtime(async {
        let opened = Store::open(&data.gegevens, Clock::default()).await;
        let store = opened.map_err(|error| FileError(format!("{place}: {error}.")))?;
        let told = done(&store, &arguments.command).await;
        store.close().await;
        told.map_err(|refused| FileError(words(refused)))
    })?;
    show(data.json, || told.0, || told.1.clone())?;
    Ok(Exit::Done)
}

/// The answer for machines, and for people.
type Told = (Value, String);

async fn done(store: &Store, command: &Command) -> Result<Told, Refused<Account>> {
    let asked = Asked { caller: Caller::machine("toegang"), key: None };
    match command {
        Command::Account(new) => {
            let roles = new.roles.iter().map(|it| held(it)).collect::<Result<_, _>>()?;
            let invited = Invited { name: new.naam.clone(), address: Some(new.adres.clone()), roles };
            let made = accounts::invite(store, &asked, invited).await.map_err(plain)?;
            let (id, secret) = (&made.made.id, made.secret.told());
            let machine = json!({ "account": id, "koppeling": secret });
            let page = format!(
                "Account {id} voor {} is gemaakt.\nKoppeling, één keer te gebruiken: {secret}\n\
                 Zo begint de houder: POST /v1/koppelingen met {{\"koppeling\": \"…\", \"wachtwoord\": \"…\"}}.\n",
                new.naam
            );
            Ok((machine, page))
        }
        Command::Token(new) => {
            let mut roles = vec![held(&new.role)?];
            roles.extend(new.boards.iter().map(|id| Held { role: Role::Bestuur, of: id.clone() }));
            // `--rol bestuur --bestuur B01` names the board apart.
            if roles.len() > 1 {
                roles.retain(|it| it.role != Role::Bestuur || !it.of.is_empty());
            }
            let until = new.tot.as_deref().map(last_moment).transpose()?;
            let invited = Invited { name: new.naam.clone(), address: None, roles };
            let made = accounts::script(store, &asked, invited, until).await.map_err(plain)?;
            let (token, secret) = (&made.made, made.secret.told());
            let machine = json!({ "account": token.account, "sleutel": token.id, "geheim": secret, "tot": written(token.until) });
            let page = format!(
                "{secret}\n\nDat is de sleutel van {}; hij geldt tot {} en wordt niet nog eens getoond.\n",
                new.naam,
                written(token.until)
            );
            Ok((machine, page))
        }
        Command::Lijst(_) => {
            let mut reading = store.read();
            let (accounts, _) = reading.accounts(0, 100_000).await?;
            let tokens = reading.tokens(None).await?;
            Ok((list_json(&accounts, &tokens), list_page(&accounts, &tokens)))
        }
        Command::End(Ended { id, .. }) => {
            let mut reading = store.read();
            if let Some(account) = reading.account(id).await?.filter(|it| it.ended.is_none()) {
                accounts::end(store, &asked, id, account.version).await?;
                return Ok((json!({ "account": id }), format!("Account {id} is beëindigd, met zijn sleutels.\n")));
            }
            accounts::end_token(store, &asked, id).await.map_err(plain)?;
            Ok((json!({ "sleutel": id }), format!("Sleutel {id} is beëindigd.\n")))
        }
    }
}

fn plain(refused: Refused) -> Refused<Account> {
    match refused {
        // Nothing here is at a version.
        Refused::Stale(_) => Refused::Unknown,
        Refused::Clash(it) => Refused::clash(it.what),
        Refused::Unknown => Refused::Unknown,
        Refused::NotNow(why) => Refused::NotNow(why),
        Refused::Invalid(refusal) => Refused::Invalid(refusal),
        Refused::Busy(why) => Refused::Busy(why),
        Refused::Unconfirmed(it) => Refused::Unconfirmed(it),
        Refused::Unapproved(it) => Refused::Unapproved(it),
        Refused::Forbidden => Refused::Forbidden,
    }
}

/// `bestuur=B01`, or a role that is of nobody in particular.
fn held(typed: &str) -> Result<Held, Refused<Account>> {
    let (role, of) = typed.split_once('=').unwrap_or((typed, ""));
    match Role::parse(role).filter(|it| Role::HELD.contains(it)) {
        Some(role) => Ok(Held { role, of: of.to_owned() }),
        None => {
            let all: Vec<&str> = Role::HELD.iter().map(|it| it.code()).collect();
            Err(Refused::wrong("rol", "/rol", format!("{role} is geen rol"), format!("kies uit: {}", all.join(", "))))
        }
    }
}

fn last_moment(day: &str) -> Result<i64, Refused<Account>> {
    let wrong = || Refused::wrong("datum", "/tot", format!("{day} is geen datum"), "schrijf een datum als 2027-01-31");
    day.parse::<Date>().ok().and_then(end_of_day).ok_or_else(wrong)
}

fn words(refused: Refused<Account>) -> String {
    match refused {
        Refused::Unknown => "Er is geen account of sleutel met deze id.".into(),
        Refused::Stale(_) => "Iemand anders veranderde dit account op hetzelfde moment; probeer het nog eens.".into(),
        Refused::NotNow(why) => why,
        Refused::Invalid(refusal) => listed(&refusal.problems),
        Refused::Unconfirmed(problems) => listed(&problems),
        Refused::Unapproved(problem) => listed(&[*problem]),
        Refused::Clash(it) => it.what,
        Refused::Busy(Busy::Store(error)) => format!("{error}."),
        Refused::Busy(Busy::Said(why) | Busy::TooMany(why)) => why.into(),
        Refused::Forbidden => "Dat mag hier niet.".into(),
    }
}

fn listed(problems: &[Problem]) -> String {
    problems.iter().map(|it| format!("{}: {} → {}", it.place, it.what, it.remedy)).collect::<Vec<_>>().join("\n")
}

fn list_json(accounts: &[Account], tokens: &[Token]) -> Value {
    let account = |it: &Account| {
        json!({ "id": it.id, "naam": it.name, "adres": it.address, "rollen": it.roles, "geeindigd_op": it.ended.map(written),
            "tweede_factor": it.factor.is_some() })
    };
    let token = |it: &Token| {
        json!({ "id": it.id, "account": it.account, "naam": it.name, "rol": it.role.code(), "tot": written(it.until),
            "gebruikt_op": it.used.map(written), "geeindigd_op": it.ended.map(written) })
    };
    json!({ "accounts": accounts.iter().map(account).collect::<Vec<_>>(), "sleutels": tokens.iter().map(token).collect::<Vec<_>>() })
}

fn list_page(accounts: &[Account], tokens: &[Token]) -> String {
    if accounts.is_empty() {
        return "Er zijn nog geen accounts. Maak de eerste met: loket toegang account --rol beheerder --naam … --adres …\n".into();
    }
    let mut page = String::new();
    for it in accounts {
        let role = |held: &Held| if held.of.is_empty() { held.role.code().to_owned() } else { format!("{}={}", held.role.code(), held.of) };
        let roles: Vec<String> = it.roles.iter().map(role).collect();
        let ended = if it.ended.is_some() { "  (beëindigd)" } else { "" };
        page.push_str(&format!("{}  {}  {}{ended}\n", it.id, it.name, roles.join(", ")));
        for token in tokens.iter().filter(|token| token.account == it.id) {
            let state = match (token.ended, token.used) {
                (Some(_), _) => "beëindigd".to_owned(),
                (None, Some(used)) => format!("laatst gebruikt {}", written(used)),
                (None, None) => "nog niet gebruikt".to_owned(),
            };
            page.push_str(&format!("    sleutel {}  {}  tot {}  {state}\n", token.id, token.name, written(token.until)));
        }
    }
    page
}
