//! Roles and tokens as answers.

use loket_solver::matching::facts::words::Word;
use serde::Serialize;
use utoipa::ToSchema;

use crate::listed::Rolnaam;
use crate::records::account::{Held, Token};
use crate::store::clock::written;

/// Een rol, en voor wie
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Roltoekenning {
    /// Wat het account mag
    #[schema(value_type = Rolnaam)]
    pub rol: String,
    /// Het bestuur of de coach waarvoor
    pub van: Option<String>,
}

impl From<Held> for Roltoekenning {
    fn from(held: Held) -> Self {
        Self { rol: held.role.code().into(), van: Some(held.of).filter(|it| !it.is_empty()) }
    }
}

/// Een sleutel, zonder geheim
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Sleutel {
    /// De id
    pub id: String,
    /// Hoe de sleutel heet
    pub naam: String,
    /// De rol waarin ermee gewerkt wordt
    #[schema(value_type = Rolnaam)]
    pub rol: String,
    /// Wanneer hij gemaakt is (UTC)
    #[schema(format = DateTime)]
    pub gemaakt_op: String,
    /// Tot wanneer hij geldt (UTC)
    #[schema(format = DateTime)]
    pub tot: String,
    /// Wanneer hij voor het laatst gebruikt is, op de minuut (UTC)
    #[schema(format = DateTime)]
    pub gebruikt_op: Option<String>,
    /// Wanneer hij eerder beëindigd is (UTC)
    #[schema(format = DateTime)]
    pub geeindigd_op: Option<String>,
}

impl From<Token> for Sleutel {
    fn from(it: Token) -> Self {
        Self {
            id: it.id,
            naam: it.name,
            rol: it.role.code().into(),
            gemaakt_op: written(it.made),
            tot: written(it.until),
            gebruikt_op: it.used.map(written),
            geeindigd_op: it.ended.map(written),
        }
    }
}
