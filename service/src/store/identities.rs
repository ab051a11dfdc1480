//! Identities of a provider with their accounts, and rounds past it that were begun.

use super::engine::{Row, values};
use super::{Change, Result, Session};
use crate::records::account::Held;
use crate::records::identity::{Identity, Told};

const IDENTITIES: &str = "SELECT account, rollen, bevestigd_op FROM identiteiten";

fn identity(row: &Row) -> Result<Identity> {
    Ok(Identity { account: row.string("account")?, roles: row.json("rollen")?, confirmed: row.maybe_int("bevestigd_op")? })
}

impl Session {
    /// The identity with this issuer and subject.
    pub async fn identity(&mut self, issuer: &str, subject: &str) -> Result<Option<Identity>> {
        let sql = format!("{IDENTITIES} WHERE uitgever = $1 AND onderwerp = $2");
        self.row(sql, values![issuer, subject]).await?.map(|row| identity(&row)).transpose()
    }

    /// The identity of an account.
    pub async fn identity_of(&mut self, account: &str) -> Result<Option<Identity>> {
        self.row(format!("{IDENTITIES} WHERE account = $1"), values![account]).await?.map(|row| identity(&row)).transpose()
    }
}

impl Change {
    /// Adds an identity for an account that was just made: it waits to be confirmed.
    pub async fn add_identity(&mut self, told: &Told, account: &str) -> Result<()> {
        let now = self.clock().now();
        let sql = "INSERT INTO identiteiten (uitgever, onderwerp, account, rollen, gemaakt_op) VALUES ($1, $2, $3, $4, $5)";
        let roles = serde_json::to_string(&told.roles)?;
        self.run(sql, values![&told.issuer, &told.subject, account, roles, now]).await.map(|_| ())
    }

    /// Keeps which roles the provider said last.
    pub async fn put_identity_roles(&mut self, account: &str, roles: &[Held]) -> Result<()> {
        let roles = serde_json::to_string(roles)?;
        self.run("UPDATE identiteiten SET rollen = $2 WHERE account = $1", values![account, roles]).await.map(|_| ())
    }

    /// Confirms an identity; `false` when it was confirmed already.
    pub async fn confirm_identity(&mut self, account: &str, who: &str) -> Result<bool> {
        let now = self.clock().now();
        let sql = "UPDATE identiteiten SET bevestigd_op = $2, bevestigd_door = $3 WHERE account = $1 AND bevestigd_op IS NULL";
        Ok(self.run(sql, values![account, now, who]).await? > 0)
    }

    /// Notes a round past the provider that begins, by the hash of its secret; those that are long over go.
    pub async fn begin_round(&mut self, hash: &str, until: i64) -> Result<()> {
        let now = self.clock().now();
        self.run("DELETE FROM oidc_rondes WHERE tot < $1", values![now - 86_400_000]).await?;
        self.run("INSERT INTO oidc_rondes (hash, tot) VALUES ($1, $2)", values![hash, until]).await.map(|_| ())
    }

    /// Ends a round; `false` when there is none, it came back before, or its time is over.
    pub async fn end_round(&mut self, hash: &str) -> Result<bool> {
        let now = self.clock().now();
        let sql = "UPDATE oidc_rondes SET gebruikt_op = $2 WHERE hash = $1 AND gebruikt_op IS NULL AND tot > $2";
        Ok(self.run(sql, values![hash, now]).await? > 0)
    }
}
