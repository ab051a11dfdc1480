//! Who has what, for an administrator: accounts by role, tokens and sign-ins of everybody, and identities of a provider.

use std::collections::BTreeMap;

use loket_solver::matching::facts::words::Word;

use super::accounts::{ACCOUNTS, SIGNING, TOKENS, token};
use super::engine::values;
use super::{Result, Session};
use crate::access::Role;
use crate::records::account::{Account, Invitation, LinkKind, SignIn, Token};
use crate::records::identity::Known;

/// Which accounts are asked for; each part that is there holds.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// They hold this role.
    pub role: Option<Role>,
    /// They hold a role for this board or coach.
    pub of: Option<String>,
    /// They ended, or did not.
    pub ended: Option<bool>,
}

impl Session {
    /// The newest link with which an account begins, while none of them was used.
    pub async fn invitation(&mut self, account: &str) -> Result<Option<Invitation>> {
        let sql = "SELECT gemaakt_op, tot FROM koppelingen WHERE account = $1 AND soort = $2 AND gebruikt_op IS NULL \
                   ORDER BY gemaakt_op DESC LIMIT 1";
        let row = self.row(sql, values![account, LinkKind::Uitnodiging.code()]).await?;
        row.map(|row| Ok(Invitation { made: row.int("gemaakt_op")?, until: row.int("tot")? })).transpose()
    }

    /// Names of every board by id, for who gives roles: a name of a board is no secret.
    pub async fn board_names(&mut self) -> Result<BTreeMap<String, String>> {
        let named = self.dialect().json_text("r.gegevens", "naam");
        let sql = format!("SELECT r.id, COALESCE({named}, r.id) AS naam FROM besturen r ORDER BY r.id");
        self.rows(sql, values![]).await?.iter().map(|row| Ok((row.string("id")?, row.string("naam")?))).collect()
    }

    /// Accounts that are wanted, by id: a page of them, and how many there are.
    pub async fn accounts_wanted(&mut self, wanted: &Wanted, skip: i64, most: i64) -> Result<(Vec<Account>, i64)> {
        let these = "(($1 IS NULL AND $2 IS NULL) OR EXISTS (SELECT 1 FROM account_rollen r WHERE r.account = accounts.id \
                     AND ($1 IS NULL OR r.rol = $1) AND ($2 IS NULL OR r.van = $2))) \
                     AND ($3 IS NULL OR CASE WHEN geeindigd_op IS NULL THEN 0 ELSE 1 END = $3)";
        let (role, of, ended) = (wanted.role.map(Word::code), wanted.of.as_ref(), wanted.ended);
        let sql = format!("{ACCOUNTS} WHERE {these} ORDER BY id LIMIT $4 OFFSET $5");
        let rows = self.rows(sql, values![role, of, ended, most, skip]).await?;
        let found = self.all_with_roles(rows).await?;
        let sql = format!("SELECT COUNT(*) AS aantal FROM accounts WHERE {these}");
        Ok((found, self.one(sql, values![role, of, ended]).await?.int("aantal")?))
    }

    /// Tokens of everybody, the newest first: a page of them, and how many there are.
    pub async fn tokens_page(&mut self, skip: i64, most: i64) -> Result<(Vec<Token>, i64)> {
        let rows = self.rows(format!("{TOKENS} ORDER BY gemaakt_op DESC, id LIMIT $1 OFFSET $2"), values![most, skip]).await?;
        let all = self.one("SELECT COUNT(*) AS aantal FROM sleutels", values![]).await?.int("aantal")?;
        Ok((rows.iter().map(token).collect::<Result<_>>()?, all))
    }

    /// When somebody signed in or out, or tried to, the newest first: a page of the lines and how many there are.
    pub async fn sign_ins_page(&mut self, account: Option<&str>, skip: i64, most: i64) -> Result<(Vec<SignIn>, i64)> {
        let these = format!("wat IN ({SIGNING}) AND ($1 IS NULL OR onderwerp = $1)");
        let sql = format!("SELECT op, wat, onderwerp FROM logboek WHERE {these} ORDER BY nummer DESC LIMIT $2 OFFSET $3");
        let rows = self.rows(sql, values![account, most, skip]).await?;
        let found = rows.iter().map(|row| Ok(SignIn { at: row.int("op")?, what: row.string("wat")?, subject: row.string("onderwerp")? }));
        let found = found.collect::<Result<_>>()?;
        let all = self.one(format!("SELECT COUNT(*) AS aantal FROM logboek WHERE {these}"), values![account]).await?.int("aantal")?;
        Ok((found, all))
    }

    /// Identities of a provider, those that wait first: a page of them, and how many there are. `waiting` narrows it to those that wait, or
    /// to those that do not.
    pub async fn identities(&mut self, waiting: Option<bool>, skip: i64, most: i64) -> Result<(Vec<Known>, i64)> {
        let these = "a.geeindigd_op IS NULL AND ($1 IS NULL OR CASE WHEN i.bevestigd_op IS NULL THEN 1 ELSE 0 END = $1)";
        let from = "FROM identiteiten i JOIN accounts a ON a.id = i.account";
        let sql = format!(
            "SELECT i.uitgever, i.onderwerp, i.account, i.rollen, i.gemaakt_op, i.bevestigd_op, i.bevestigd_door, a.naam, a.adres, a.versie \
             {from} WHERE {these} ORDER BY CASE WHEN i.bevestigd_op IS NULL THEN 0 ELSE 1 END, i.gemaakt_op DESC, i.account \
             LIMIT $2 OFFSET $3"
        );
        let rows = self.rows(sql, values![waiting, most, skip]).await?;
        let found = rows.iter().map(|row| {
            Ok(Known {
                issuer: row.string("uitgever")?,
                subject: row.string("onderwerp")?,
                account: row.string("account")?,
                roles: row.json("rollen")?,
                made: row.int("gemaakt_op")?,
                confirmed: row.maybe_int("bevestigd_op")?,
                by: row.maybe_string("bevestigd_door")?,
                name: row.string("naam")?,
                address: row.maybe_string("adres")?,
                version: row.int("versie")?,
            })
        });
        let found = found.collect::<Result<_>>()?;
        let all = self.one(format!("SELECT COUNT(*) AS aantal {from} WHERE {these}"), values![waiting]).await?.int("aantal")?;
        Ok((found, all))
    }
}
