//! What a try-out comes to, for machines and in sentences: per goal and per person before and after, rules that are set aside, conflicts.

use loket_instances::words::reasons::{codes, in_the_way};
use loket_solver::matching::ask::explain::Base;
use loket_solver::matching::ask::explain::ask::Move;
use loket_solver::matching::ask::explain::tryout::{Tried, TryOut};
use loket_solver::matching::ask::explain::why::obstacles;
use loket_solver::matching::facts::codes::RuleCode;
use loket_solver::matching::facts::ids::CandidateId;
use loket_solver::matching::facts::outcome::Conflict;
use loket_solver::matching::facts::plan::Placement;
use loket_solver::matching::facts::wave::Wave;
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

use super::effect::{Plaatsomschrijving, Verhuizing};
use super::json::{moved as move_json, person, place};
use super::price::moved;
use super::terms::{self, Begrip};
use super::view::Lens;
use super::words::{obstacle, signed};
use crate::listed::{Besluit, OverruleRegel, Regel};
use crate::present::dutch::{counted, list, number};

/// Eén doel, nu en met de veranderingen
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Proefdoel {
    /// Het doel
    pub doel: String,
    /// De waarde in het plan dat er nu ligt
    pub voor: i64,
    /// De waarde in het plan met de veranderingen
    pub na: i64,
    /// Hoeveel erbij komt; onder nul: eraf gaat
    pub verschil: i64,
    /// Meer kan dit doel met de veranderingen niet worden
    pub hoogstens: i64,
    /// Of bewezen is dat het met de veranderingen niet beter kan
    pub bewezen: bool,
}

/// Een regel die bewust opzij gezet is
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct OpzijGezet {
    /// De regel
    #[schema(value_type = OverruleRegel)]
    pub regel: &'static str,
    /// Wat er niet aan voldoet
    pub tekst: String,
}

/// Wat er met een kandidaat gebeurt over wie een verandering gaat
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Proefgevolg {
    /// Wie
    pub kandidaat: String,
    /// De naam
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub naam: Option<String>,
    /// De plaats nu; null is geen
    pub van: Option<Plaatsomschrijving>,
    /// De plaats dan; null is geen
    pub naar: Option<Plaatsomschrijving>,
    /// Regels waar die plaats niet aan voldoet en die opzij gezet zijn
    pub opzij: Vec<OpzijGezet>,
    /// Regels die opzij gezet zijn terwijl dat voor die plaats niet nodig is
    #[schema(value_type = Vec<OverruleRegel>)]
    pub niet_nodig: Vec<&'static str>,
}

/// Iemand die dan een andere plaats krijgt, of geen
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Proefverhuizing {
    /// Wie, en van waar naar waar
    #[serde(flatten)]
    pub verhuizing: Verhuizing,
    /// Of de proef over deze kandidaat gaat; anders schuift deze mee
    pub gevraagd: bool,
    /// Of deze kandidaat dan geen plaats meer heeft
    pub verliest_plaats: bool,
    /// Wat er nu over deze kandidaat besloten is; null is niets
    #[schema(value_type = Option<Besluit>)]
    pub besluit: Option<&'static str>,
}

/// Iemand voor wie iets vastligt dat niet kan
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Proefbotser {
    /// Wie
    pub kandidaat: String,
    /// De naam
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub naam: Option<String>,
    /// De regels waarop het stuit
    #[schema(value_type = Vec<Regel>)]
    pub regels: Vec<&'static str>,
    /// Of het in deze proef staat; anders lag het al vast
    pub gevraagd: bool,
}

/// Wat niet samengaat; haal er één van weg en de rest kan samen
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Proefbotsing {
    /// In woorden
    pub tekst: String,
    /// Voor wie het vastligt
    pub delen: Vec<Proefbotser>,
}

/// Wat een proef geeft
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Proefuitkomst {
    /// Of er een plan is met deze veranderingen
    pub mogelijk: bool,
    /// Of bewezen is dat het zo het beste is, met zo weinig mogelijk mensen die schuiven
    pub bewezen: bool,
    /// Of het afgekapt is: dan is dit wat tot dan toe gevonden is
    pub afgekapt: bool,
    /// Per doel, in de volgorde van het beleid
    pub doelen: Vec<Proefdoel>,
    /// Per verandering, in de volgorde van de proef
    pub veranderingen: Vec<Proefgevolg>,
    /// Iedereen die een andere plaats krijgt, of geen
    pub verhuizingen: Vec<Proefverhuizing>,
    /// Met minder verhuizingen gaat het niet; 0 is niet bekend
    pub minste_verhuizingen: usize,
    /// Hoeveel mensen hun plaats verliezen
    pub verliezen_plaats: usize,
    /// Hoeveel mensen er nu geen plaats hebben en dan wel
    pub krijgen_plaats: usize,
    /// Wat niet samengaat; elk staat op zichzelf
    pub botsingen: Vec<Proefbotsing>,
    /// Of er misschien nog meer niet samengaat
    pub meer_botsingen: bool,
    /// Hetzelfde in zinnen
    pub uitleg: Vec<String>,
    /// Wat de woorden betekenen
    pub begrippen: Vec<Begrip>,
}

/// A try-out that was worked out.
#[derive(Clone, Copy)]
pub struct Told<'t> {
    /// The plan that lies there.
    pub before: &'t Base<'t>,
    /// The wave with the changes.
    pub wave: &'t Wave,
    /// Whom the changes are about, in their order.
    pub changed: &'t [CandidateId],
    /// What came of it.
    pub found: &'t TryOut,
}

/// What a try-out comes to.
pub fn told(lens: &Lens<'_>, it: &Told<'_>) -> Proefuitkomst {
    let mut told = Proefuitkomst {
        mogelijk: false,
        bewezen: false,
        afgekapt: false,
        doelen: Vec::new(),
        veranderingen: Vec::new(),
        verhuizingen: Vec::new(),
        minste_verhuizingen: 0,
        verliezen_plaats: 0,
        krijgen_plaats: 0,
        botsingen: Vec::new(),
        meer_botsingen: false,
        uitleg: Vec::new(),
        begrippen: Vec::new(),
    };
    match it.found {
        TryOut::Possible(tried) => possible(lens, it, tried, &mut told),
        TryOut::Impossible { conflicts, complete } => impossible(lens, it.changed, (conflicts, *complete), &mut told),
        TryOut::Stopped => {
            told.afgekapt = true;
            told.uitleg.push("De tijd was op voordat er een plan met deze veranderingen gevonden was. Probeer het opnieuw.".into());
        }
    }
    let parts = serde_json::to_value(&told).ok().and_then(|it| if let Value::Object(parts) = it { Some(parts) } else { None });
    told.begrippen = terms::found(lens.policy(), &parts.unwrap_or_default());
    told
}

fn possible(lens: &Lens<'_>, it: &Told<'_>, tried: &Tried, told: &mut Proefuitkomst) {
    told.mogelijk = true;
    told.bewezen = tried.proven();
    told.afgekapt = !told.bewezen;
    told.minste_verhuizingen = tried.least_movers;
    for (position, goal) in lens.policy().goals.iter().enumerate() {
        let (Some(&before), Some(&after), Some(known)) = (tried.before.get(position), tried.after.get(position), tried.goals.get(position))
        else {
            continue;
        };
        // After a goal that is not proven, what is proven of a later one is proven of other floors.
        let sure = tried.goals.iter().take(position + 1).all(|known| known.proven());
        told.doelen.push(Proefdoel {
            doel: goal.name.clone(),
            voor: before,
            na: after,
            verschil: after.saturating_sub(before),
            hoogstens: known.bound.max(after),
            bewezen: sure,
        });
    }
    told.veranderingen = it.changed.iter().map(|&candidate| effect(lens, it, tried, candidate)).collect();
    told.verhuizingen = tried.movers.iter().map(|step| mover(lens, it.changed, step)).collect();
    told.verliezen_plaats = tried.movers.iter().filter(|step| step.to.is_none()).count();
    told.krijgen_plaats = tried.movers.iter().filter(|step| step.from.is_none()).count();
    told.uitleg = sentences(lens, it.changed, tried, told);
    if !it.before.proven() {
        let what = "Van het plan dat er nu ligt is niet bewezen dat het niet beter kan: een verschil kan ook daarvan komen.";
        told.uitleg.push(what.into());
    }
}

fn mover(lens: &Lens<'_>, changed: &[CandidateId], step: &Move) -> Proefverhuizing {
    Proefverhuizing {
        verhuizing: move_json(lens, step),
        gevraagd: changed.contains(&step.candidate),
        verliest_plaats: step.to.is_none(),
        besluit: None,
    }
}

fn effect(lens: &Lens<'_>, it: &Told<'_>, tried: &Tried, candidate: CandidateId) -> Proefgevolg {
    let (from, to) = (it.before.plan[candidate], tried.plan[candidate]);
    let despite: &[RuleCode] = it.wave.candidates[candidate].lock.as_ref().map_or(&[], |lock| &lock.despite);
    let broken = to.map_or_else(Vec::new, |to| broken(it.wave, candidate, to, despite));
    let needless = despite.iter().filter(|code| to.is_some() && broken.iter().all(|it| it.regel != code.code()));
    Proefgevolg {
        kandidaat: person(lens, candidate),
        naam: lens.name(candidate),
        van: from.map(|at| place(lens, at)),
        naar: to.map(|at| place(lens, at)),
        niet_nodig: codes(&needless.copied().collect::<Vec<_>>()),
        opzij: broken,
    }
}

/// The rules that a placement would break if none were overruled, of those that are.
fn broken(wave: &Wave, candidate: CandidateId, to: Placement, despite: &[RuleCode]) -> Vec<OpzijGezet> {
    if despite.is_empty() {
        return Vec::new();
    }
    let mut bare = wave.clone();
    bare.candidates[candidate].lock = None;
    let found = obstacles(&bare, candidate, to).into_iter().filter(|it| despite.contains(&it.rule));
    found.map(|it| OpzijGezet { regel: it.rule.code(), tekst: obstacle(&it) }).collect()
}

fn sentences(lens: &Lens<'_>, changed: &[CandidateId], tried: &Tried, told: &Proefuitkomst) -> Vec<String> {
    let mut says = Vec::new();
    let own = tried.movers.iter().filter(|step| changed.contains(&step.candidate));
    says.extend(own.map(|step| format!("{}.", moved(lens, step))));
    for it in &told.veranderingen {
        says.extend(it.opzij.iter().map(|rule| format!("{}: {} (regel {}, opzij gezet).", it.kandidaat, rule.tekst, rule.regel)));
    }
    let others: Vec<&Move> = tried.movers.iter().filter(|step| !changed.contains(&step.candidate)).collect();
    says.push(match others.len() {
        0 => "Niemand anders schuift mee.".into(),
        count => format!("{} mee:", counted(count, "ander schuift", "anderen schuiven")),
    });
    says.extend(others.into_iter().map(|step| format!("{}.", moved(lens, step))));
    let goals: Vec<String> = told.doelen.iter().filter(|it| it.verschil != 0).map(goal).collect();
    says.push(match goals.is_empty() {
        true => "Geen enkel doel verandert.".into(),
        false => format!("Doelen die veranderen: {}.", goals.join("; ")),
    });
    let open: Vec<String> =
        told.doelen.iter().filter(|it| !it.bewezen).map(|it| format!("{} (hoogstens {})", it.doel, number(it.hoogstens))).collect();
    if !open.is_empty() {
        says.push(format!("Afgekapt: van {} is niet bewezen dat het zo het beste is.", list(&open)));
    } else if tried.movers.len() > tried.least_movers {
        says.push("Afgekapt: misschien kan het met minder mensen die schuiven.".into());
    }
    says
}

fn goal(it: &Proefdoel) -> String {
    format!("{} van {} naar {} ({})", it.doel, number(it.voor), number(it.na), signed(it.verschil))
}

fn impossible(lens: &Lens<'_>, changed: &[CandidateId], (conflicts, complete): (&[Vec<Conflict>], bool), told: &mut Proefuitkomst) {
    told.botsingen = conflicts.iter().map(|locks| clash(lens, changed, locks)).collect();
    told.meer_botsingen = !complete;
    told.bewezen = complete;
    told.afgekapt = !complete;
    told.uitleg = told.botsingen.iter().map(|it| it.tekst.clone()).collect();
    if !complete {
        told.uitleg.push("Er kan nog meer zijn dat niet samengaat: de tijd was op.".into());
    }
}

fn clash(lens: &Lens<'_>, changed: &[CandidateId], locks: &[Conflict]) -> Proefbotsing {
    let one = |lock: &Conflict| {
        let rules: Vec<String> = lock.rules.iter().map(|&code| format!("{} (regel {code})", in_the_way(code))).collect();
        let since = if changed.contains(&lock.candidate) { "" } else { ", lag al vast" };
        format!("{}{since}: {}", person(lens, lock.candidate), list(&rules))
    };
    let who = locks.iter().map(one).collect::<Vec<_>>().join("; ");
    let tekst = match locks {
        [_] => format!("Dit kan niet. {who}. Haal het weg, of wijk met ondanks af van de regel."),
        _ => format!("Dit gaat niet samen. {who}. Haal er één van weg, of wijk met ondanks af van een regel."),
    };
    let delen = locks.iter().map(|lock| Proefbotser {
        kandidaat: person(lens, lock.candidate),
        naam: lens.name(lock.candidate),
        regels: codes(&lock.rules),
        gevraagd: changed.contains(&lock.candidate),
    });
    Proefbotsing { tekst, delen: delen.collect() }
}
