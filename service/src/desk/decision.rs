//! What an intermediary decides about one proposal, and what the next run makes of it.

use serde_json::{Value, json};

/// Codes of a rejection's reason.
pub const REASONS: &[&str] = &[
    "reis-te-zwaar",
    "bouw-past-niet",
    "school-past-niet",
    "coach-past-niet",
    "eerdere-ervaring",
    "wens-kandidaat",
    "wens-school",
    "gezondheid",
    "anders",
];

/// How far a rejection reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// This school, seat group and coach together.
    Placement,
    /// This school with any coach.
    School,
    /// This coach at any school.
    Coach,
}

impl Scope {
    /// Every scope with its code.
    pub const ALL: [(&'static str, Self); 3] = [("plaatsing", Self::Placement), ("school", Self::School), ("coach", Self::Coach)];
}

/// A placement by ids.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Spot {
    /// The school.
    pub school: String,
    /// The seat group.
    #[serde(rename = "plek")]
    pub seat: String,
    /// The coach.
    pub coach: String,
}

impl Spot {
    fn json(&self) -> Value {
        json!({ "school": self.school, "plek": self.seat, "coach": self.coach })
    }

    fn read(value: &Value) -> Option<Self> {
        let text = |key: &str| value[key].as_str().map(str::to_owned);
        Some(Self { school: text("school")?, seat: text("plek")?, coach: text("coach")? })
    }
}

/// A decision about one candidate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Decision {
    /// The proposal is agreed to: the next run keeps it when it can.
    Agreed(Spot),
    /// The proposal is fixed: the next run must keep it.
    Fixed(Spot),
    /// The proposal is rejected.
    Rejected {
        /// What was proposed.
        spot: Spot,
        /// How far the rejection reaches.
        scope: Scope,
        /// One of [`REASONS`].
        reason: String,
    },
    /// Another placement is chosen: the next run must use it.
    Chosen {
        /// Where.
        spot: Spot,
        /// Pair rules that are knowingly overruled.
        despite: Vec<String>,
    },
}

impl serde::Serialize for Decision {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        self.json().serialize(to)
    }
}

impl Decision {
    /// Its code.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Agreed(_) => "akkoord",
            Self::Fixed(_) => "vast",
            Self::Rejected { .. } => "afwijzen",
            Self::Chosen { .. } => "alternatief",
        }
    }

    /// The placement it is about.
    pub fn spot(&self) -> &Spot {
        match self {
            Self::Agreed(spot) | Self::Fixed(spot) | Self::Rejected { spot, .. } | Self::Chosen { spot, .. } => spot,
        }
    }

    /// Whether it says something else than the proposal.
    pub fn overrules(&self) -> bool {
        matches!(self, Self::Rejected { .. } | Self::Chosen { .. })
    }

    /// As it is kept.
    pub fn json(&self) -> Value {
        let mut value = json!({ "besluit": self.code(), "plaatsing": self.spot().json() });
        match self {
            Self::Rejected { scope, reason, .. } => {
                let code = Scope::ALL.iter().find(|(_, it)| it == scope).map_or("plaatsing", |(code, _)| code);
                value["reikwijdte"] = json!(code);
                value["reden"] = json!(reason);
            }
            Self::Chosen { despite, .. } if !despite.is_empty() => value["ondanks"] = json!(despite),
            _ => {}
        }
        value
    }

    /// Reads what [`Self::json`] wrote.
    pub fn read(value: &Value) -> Option<Self> {
        let spot = Spot::read(&value["plaatsing"])?;
        Some(match value["besluit"].as_str()? {
            "akkoord" => Self::Agreed(spot),
            "vast" => Self::Fixed(spot),
            "afwijzen" => {
                let scope = Scope::ALL.iter().find(|(code, _)| value["reikwijdte"] == *code)?.1;
                Self::Rejected { spot, scope, reason: value["reden"].as_str()?.into() }
            }
            "alternatief" => {
                let despite = value["ondanks"].as_array().into_iter().flatten();
                Self::Chosen { spot, despite: despite.filter_map(Value::as_str).map(str::to_owned).collect() }
            }
            _ => return None,
        })
    }

    /// The lock it puts into the next run's file.
    pub fn lock(&self, candidate: &str) -> Option<Value> {
        let (Self::Fixed(spot) | Self::Chosen { spot, .. }) = self else { return None };
        let mut lock = json!({ "kandidaat": candidate, "school": spot.school, "plek": spot.seat, "coach": spot.coach });
        if let Self::Chosen { despite, .. } = self
            && !despite.is_empty()
        {
            lock["ondanks"] = json!(despite);
        }
        Some(lock)
    }

    /// The prohibition it puts into the next run's file.
    pub fn prohibition(&self, candidate: &str) -> Option<Value> {
        let Self::Rejected { spot, scope, reason } = self else { return None };
        let mut row = json!({ "kandidaat": candidate, "reden": reason });
        if matches!(scope, Scope::Placement | Scope::School) {
            row["school"] = json!(spot.school);
        }
        if matches!(scope, Scope::Placement) {
            row["plek"] = json!(spot.seat);
        }
        if matches!(scope, Scope::Placement | Scope::Coach) {
            row["coach"] = json!(spot.coach);
        }
        Some(row)
    }

    /// Status of the proposal in the next run's previous plan; `None` when it must not stand there.
    pub fn status(&self, proposal: &Spot) -> Option<&'static str> {
        match self {
            Self::Agreed(spot) | Self::Fixed(spot) if spot == proposal => Some("akkoord"),
            Self::Rejected { spot, .. } if spot == proposal => None,
            _ => Some("voorgesteld"),
        }
    }
}
