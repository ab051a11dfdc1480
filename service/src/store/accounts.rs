//! Accounts and their roles, and the secrets by which they are known: tokens, sessions, links and recovery codes, each by its hash.

use std::collections::BTreeMap;

use loket_solver::matching::facts::words::Word;
use serde_json::Value as Json;

use super::engine::{Row, values};
use super::{Change, Result, Session};
use crate::access::Role;
use crate::records::account::{Account, Held, Link, Signed, Token};
use crate::records::deed::What;

pub(super) const ACCOUNTS: &str = "SELECT id, naam, adres, wachtwoord, factor, factor_stap, gemaakt_op, geeindigd_op, versie FROM accounts";
pub(super) const TOKENS: &str = "SELECT id, account, naam, rol, gemaakt_op, tot, gebruikt_op, geeindigd_op FROM sleutels";
/// Words of the log that tell of signing in and out.
pub(super) const SIGNING: &str = "'aanmelding', 'aanmelding-mislukt', 'afmelding', 'sessies-geeindigd', 'wachtwoord-vergeten'";
const SESSIONS: &str = "SELECT id, account, rol, formulier, begonnen_op, gezien_op, geeindigd_op FROM sessies";

fn account(row: &Row, roles: Vec<Held>) -> Result<Account> {
    Ok(Account {
        id: row.string("id")?,
        name: row.string("naam")?,
        address: row.maybe_string("adres")?,
        password: row.maybe_string("wachtwoord")?,
        factor: row.maybe_bytes("factor")?.map(<[u8]>::to_vec),
        factor_step: row.int("factor_stap")?,
        roles,
        made: row.int("gemaakt_op")?,
        ended: row.maybe_int("geeindigd_op")?,
        version: row.int("versie")?,
    })
}

fn held(row: &Row) -> Result<Held> {
    Ok(Held { role: row.code("rol")?, of: row.string("van")? })
}

pub(super) fn token(row: &Row) -> Result<Token> {
    Ok(Token {
        id: row.string("id")?,
        account: row.string("account")?,
        name: row.string("naam")?,
        role: row.code("rol")?,
        made: row.int("gemaakt_op")?,
        until: row.int("tot")?,
        used: row.maybe_int("gebruikt_op")?,
        ended: row.maybe_int("geeindigd_op")?,
    })
}

fn signed(row: &Row) -> Result<Signed> {
    Ok(Signed {
        id: row.string("id")?,
        account: row.string("account")?,
        role: row.code("rol")?,
        form: row.string("formulier")?,
        began: row.int("begonnen_op")?,
        seen: row.int("gezien_op")?,
        ended: row.maybe_int("geeindigd_op")?,
    })
}

impl Session {
    pub(super) async fn with_roles(&mut self, row: Option<Row>) -> Result<Option<Account>> {
        let Some(row) = row else { return Ok(None) };
        let roles = self.roles_of(row.text("id")?).await?;
        account(&row, roles).map(Some)
    }

    async fn roles_of(&mut self, id: &str) -> Result<Vec<Held>> {
        let rows = self.rows("SELECT rol, van FROM account_rollen WHERE account = $1 ORDER BY rol, van", values![id]).await?;
        rows.iter().map(held).collect()
    }

    /// The accounts of these rows, with the roles of all of them read at once.
    pub(super) async fn all_with_roles(&mut self, rows: Vec<Row>) -> Result<Vec<Account>> {
        let ids = rows.iter().map(|row| row.text("id")).collect::<Result<Vec<_>>>()?;
        let within = self.dialect().one_of("account", "$1");
        let sql = format!("SELECT account, rol, van FROM account_rollen WHERE {within} ORDER BY account, rol, van");
        let mut roles: BTreeMap<String, Vec<Held>> = BTreeMap::new();
        for row in self.rows(sql, values![Json::from(ids).to_string()]).await? {
            roles.entry(row.string("account")?).or_default().push(held(&row)?);
        }
        rows.iter().map(|row| account(row, roles.remove(row.text("id")?).unwrap_or_default())).collect()
    }

    /// An account.
    pub async fn account(&mut self, id: &str) -> Result<Option<Account>> {
        let row = self.row(format!("{ACCOUNTS} WHERE id = $1"), values![id]).await?;
        self.with_roles(row).await
    }

    /// The account with this address, also when it ended.
    pub async fn account_at(&mut self, address: &str) -> Result<Option<Account>> {
        let row = self.row(format!("{ACCOUNTS} WHERE adres = $1"), values![address.trim().to_lowercase()]).await?;
        self.with_roles(row).await
    }

    /// Accounts by id: a page of them, and how many there are.
    pub async fn accounts(&mut self, skip: i64, most: i64) -> Result<(Vec<Account>, i64)> {
        let rows = self.rows(format!("{ACCOUNTS} ORDER BY id LIMIT $1 OFFSET $2"), values![most, skip]).await?;
        let found = self.all_with_roles(rows).await?;
        let all = self.one("SELECT COUNT(*) AS aantal FROM accounts", values![]).await?.int("aantal")?;
        Ok((found, all))
    }

    /// How many accounts that have not ended hold a role.
    pub async fn holders(&mut self, role: Role) -> Result<i64> {
        let sql = "SELECT COUNT(DISTINCT a.id) AS aantal FROM accounts a JOIN account_rollen r ON r.account = a.id \
                   WHERE a.geeindigd_op IS NULL AND r.rol = $1";
        self.one(sql, values![role.code()]).await?.int("aantal")
    }

    /// The token with this hash.
    pub async fn token(&mut self, hash: &str) -> Result<Option<Token>> {
        self.row(format!("{TOKENS} WHERE hash = $1"), values![hash]).await?.map(|row| token(&row)).transpose()
    }

    /// A token by its id.
    pub async fn token_called(&mut self, id: &str) -> Result<Option<Token>> {
        self.row(format!("{TOKENS} WHERE id = $1"), values![id]).await?.map(|row| token(&row)).transpose()
    }

    /// The tokens of an account, newest first; of every account when none is named.
    pub async fn tokens(&mut self, account: Option<&str>) -> Result<Vec<Token>> {
        let sql = format!("{TOKENS} WHERE ($1 IS NULL OR account = $1) ORDER BY gemaakt_op DESC, id");
        self.rows(sql, values![account]).await?.iter().map(token).collect()
    }

    /// The session with this hash.
    pub async fn signed(&mut self, hash: &str) -> Result<Option<Signed>> {
        self.row(format!("{SESSIONS} WHERE hash = $1"), values![hash]).await?.map(|row| signed(&row)).transpose()
    }

    /// The sessions of an account, newest first.
    pub async fn sessions_of(&mut self, account: &str) -> Result<Vec<Signed>> {
        let sql = format!("{SESSIONS} WHERE account = $1 ORDER BY begonnen_op DESC, id");
        self.rows(sql, values![account]).await?.iter().map(signed).collect()
    }

    /// A link that was not used, with this hash, also when its time is over.
    pub async fn link(&mut self, hash: &str) -> Result<Option<Link>> {
        let sql = "SELECT soort, account, tot FROM koppelingen WHERE hash = $1 AND gebruikt_op IS NULL";
        let row = self.row(sql, values![hash]).await?;
        row.map(|row| Ok(Link { kind: row.code("soort")?, account: row.string("account")?, until: row.int("tot")? })).transpose()
    }

    /// When somebody signed in with an account, or tried to: time and word of the log, the newest first.
    pub async fn sign_ins(&mut self, account: &str, most: i64) -> Result<Vec<(i64, String)>> {
        let sql = "SELECT op, wat FROM logboek WHERE onderwerp = $1 AND wat IN ('aanmelding', 'aanmelding-mislukt', 'afmelding') \
                   ORDER BY nummer DESC LIMIT $2";
        self.rows(sql, values![account, most]).await?.iter().map(|row| Ok((row.int("op")?, row.string("wat")?))).collect()
    }

    /// How many lines of one kind the log has about an account since a moment.
    pub async fn logged_since(&mut self, what: &str, subject: &str, after: i64) -> Result<i64> {
        let sql = "SELECT COUNT(*) AS aantal FROM logboek WHERE wat = $1 AND onderwerp = $2 AND op > $3";
        self.one(sql, values![what, subject, after]).await?.int("aantal")
    }

    /// When signing in failed for an account since a moment, and since it was signed in with or unlocked: the newest first, at most so
    /// many.
    pub async fn failed_since(&mut self, subject: &str, after: i64, most: i64) -> Result<Vec<i64>> {
        let [failed, signed, unlocked] = [What::SignInFailed, What::SignedIn, What::AccountUnlocked].map(Word::code);
        let sql = "SELECT op FROM logboek WHERE wat = $1 AND onderwerp = $2 AND op > $3 AND nummer > \
                   COALESCE((SELECT MAX(nummer) FROM logboek WHERE wat IN ($4, $5) AND onderwerp = $2), 0) ORDER BY nummer DESC LIMIT $6";
        let rows = self.rows(sql, values![failed, subject, after, signed, unlocked, most]).await?;
        rows.iter().map(|row| row.int("op")).collect()
    }
}

impl Change {
    /// Adds an account with its roles; `false` when its address is another's.
    pub async fn add_account(&mut self, new: &Account) -> Result<bool> {
        let sql = "INSERT INTO accounts (id, naam, adres, wachtwoord, factor, factor_stap, gemaakt_op, geeindigd_op, versie) \
                   VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT DO NOTHING";
        let address = new.address.as_ref().map(|it| it.trim().to_lowercase());
        let (password, factor) = (new.password.as_ref(), new.factor.as_deref());
        let values = values![&new.id, &new.name, address, password, factor, new.factor_step, new.made, new.ended, new.version];
        if self.run(sql, values).await? == 0 {
            return Ok(false);
        }
        self.put_roles(new).await?;
        Ok(true)
    }

    /// Keeps an account as it is now, roles as well, at its next version.
    pub async fn put_account(&mut self, now: &mut Account) -> Result<()> {
        now.version += 1;
        let sql =
            "UPDATE accounts SET naam = $2, wachtwoord = $3, factor = $4, factor_stap = $5, geeindigd_op = $6, versie = $7 WHERE id = $1";
        let (password, factor) = (now.password.as_ref(), now.factor.as_deref());
        self.run(sql, values![&now.id, &now.name, password, factor, now.factor_step, now.ended, now.version]).await?;
        self.run("DELETE FROM account_rollen WHERE account = $1", values![&now.id]).await?;
        self.put_roles(now).await
    }

    /// Keeps the name and the address of an account as they are now, at its next version; `false` when the address is another's.
    pub async fn put_holder(&mut self, now: &mut Account) -> Result<bool> {
        now.address = now.address.as_ref().map(|it| it.trim().to_lowercase());
        let sql = "UPDATE accounts SET naam = $2, adres = $3, versie = $4 WHERE id = $1 AND NOT EXISTS \
                   (SELECT 1 FROM accounts o WHERE o.adres = $3 AND o.id <> $1)";
        now.version += 1;
        Ok(self.run(sql, values![&now.id, &now.name, now.address.as_ref(), now.version]).await? > 0)
    }

    async fn put_roles(&mut self, of: &Account) -> Result<()> {
        for held in &of.roles {
            let sql = "INSERT INTO account_rollen (account, rol, van) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING";
            self.run(sql, values![&of.id, held.role.code(), &held.of]).await?;
        }
        Ok(())
    }

    /// Notes that a step of the second factor was used; `false` when a step as late was used already: two requests with one code come
    /// one after the other here.
    pub async fn use_factor_step(&mut self, account: &str, step: i64) -> Result<bool> {
        let sql = "UPDATE accounts SET factor_stap = $2 WHERE id = $1 AND factor_stap < $2";
        Ok(self.run(sql, values![account, step]).await? > 0)
    }

    /// Keeps a second factor that is offered.
    pub async fn offer_factor(&mut self, account: &str, key: &[u8]) -> Result<()> {
        self.run("UPDATE accounts SET factor_nieuw = $2 WHERE id = $1", values![account, key]).await.map(|_| ())
    }

    /// The second factor that was offered last; it is offered no longer.
    pub async fn offered_factor(&mut self, account: &str) -> Result<Option<Vec<u8>>> {
        let row = self.row("SELECT factor_nieuw FROM accounts WHERE id = $1", values![account]).await?;
        let offered = row.map_or(Ok(None), |row| row.maybe_bytes("factor_nieuw").map(|it| it.map(<[u8]>::to_vec)))?;
        self.run("UPDATE accounts SET factor_nieuw = NULL WHERE id = $1", values![account]).await?;
        Ok(offered)
    }

    /// Adds a token, by the hash of its secret.
    pub async fn add_token(&mut self, new: &Token, hash: &str) -> Result<()> {
        let sql = "INSERT INTO sleutels (id, hash, account, naam, rol, gemaakt_op, tot) VALUES ($1, $2, $3, $4, $5, $6, $7)";
        self.run(sql, values![&new.id, hash, &new.account, &new.name, new.role.code(), new.made, new.until]).await.map(|_| ())
    }

    /// Notes when a token was used.
    pub async fn use_token(&mut self, id: &str, at: i64) -> Result<()> {
        self.run("UPDATE sleutels SET gebruikt_op = $2 WHERE id = $1", values![id, at]).await.map(|_| ())
    }

    /// Ends a token; `false` when it had ended.
    pub async fn end_token(&mut self, id: &str, at: i64) -> Result<bool> {
        Ok(self.run("UPDATE sleutels SET geeindigd_op = $2 WHERE id = $1 AND geeindigd_op IS NULL", values![id, at]).await? > 0)
    }

    /// Ends every token of an account.
    pub async fn end_tokens(&mut self, account: &str, at: i64) -> Result<u64> {
        self.run("UPDATE sleutels SET geeindigd_op = $2 WHERE account = $1 AND geeindigd_op IS NULL", values![account, at]).await
    }

    /// Begins a session, by the hash of its secret.
    pub async fn begin_session(&mut self, new: &Signed, hash: &str) -> Result<()> {
        let sql = "INSERT INTO sessies (id, hash, account, rol, formulier, begonnen_op, gezien_op) VALUES ($1, $2, $3, $4, $5, $6, $7)";
        self.run(sql, values![&new.id, hash, &new.account, new.role.code(), &new.form, new.began, new.seen]).await.map(|_| ())
    }

    /// Notes that a session was used; one that ended stays ended.
    pub async fn touch_session(&mut self, id: &str, at: i64) -> Result<()> {
        self.run("UPDATE sessies SET gezien_op = $2 WHERE id = $1 AND geeindigd_op IS NULL", values![id, at]).await.map(|_| ())
    }

    /// Ends a session; `false` when it had ended.
    pub async fn end_session(&mut self, id: &str, at: i64) -> Result<bool> {
        Ok(self.run("UPDATE sessies SET geeindigd_op = $2 WHERE id = $1 AND geeindigd_op IS NULL", values![id, at]).await? > 0)
    }

    /// Ends every session of an account but one.
    pub async fn end_sessions(&mut self, account: &str, but: Option<&str>, at: i64) -> Result<u64> {
        let sql = "UPDATE sessies SET geeindigd_op = $3 WHERE account = $1 AND geeindigd_op IS NULL AND ($2 IS NULL OR id <> $2)";
        self.run(sql, values![account, but, at]).await
    }

    /// Adds a link, by the hash of its secret; earlier ones of its kind for this account hold no longer.
    pub async fn add_link(&mut self, new: &Link, hash: &str, at: i64) -> Result<()> {
        let sql = "UPDATE koppelingen SET gebruikt_op = $3 WHERE account = $1 AND soort = $2 AND gebruikt_op IS NULL";
        self.run(sql, values![&new.account, new.kind.code(), at]).await?;
        self.add_link_beside(new, hash, at).await
    }

    /// Adds a link beside those there are: of several that were sent each works, until one is used.
    pub async fn add_link_beside(&mut self, new: &Link, hash: &str, at: i64) -> Result<()> {
        let sql = "INSERT INTO koppelingen (hash, soort, account, gemaakt_op, tot) VALUES ($1, $2, $3, $4, $5)";
        self.run(sql, values![hash, new.kind.code(), &new.account, at, new.until]).await.map(|_| ())
    }

    /// Uses a link, and with it every other one of its kind for its account; `false` when it had been used.
    pub async fn use_link(&mut self, hash: &str, at: i64) -> Result<bool> {
        let sql = "UPDATE koppelingen SET gebruikt_op = $2 WHERE gebruikt_op IS NULL AND EXISTS (SELECT 1 FROM koppelingen k \
                   WHERE k.hash = $1 AND k.gebruikt_op IS NULL AND k.account = koppelingen.account AND k.soort = koppelingen.soort)";
        Ok(self.run(sql, values![hash, at]).await? > 0)
    }

    /// Every link of an account that was not used holds no longer.
    pub async fn end_links(&mut self, account: &str, at: i64) -> Result<()> {
        let sql = "UPDATE koppelingen SET gebruikt_op = $2 WHERE account = $1 AND gebruikt_op IS NULL";
        self.run(sql, values![account, at]).await.map(|_| ())
    }

    /// Puts these recovery codes, by their hashes, in the place of those there were.
    pub async fn put_recovery(&mut self, account: &str, hashes: &[String]) -> Result<()> {
        self.run("DELETE FROM herstelcodes WHERE account = $1", values![account]).await?;
        for hash in hashes {
            self.run("INSERT INTO herstelcodes (account, hash) VALUES ($1, $2)", values![account, hash]).await?;
        }
        Ok(())
    }

    /// Uses a recovery code; `false` when there is no such code, or it had been used.
    pub async fn use_recovery(&mut self, account: &str, hash: &str, at: i64) -> Result<bool> {
        let sql = "UPDATE herstelcodes SET gebruikt_op = $3 WHERE account = $1 AND hash = $2 AND gebruikt_op IS NULL";
        Ok(self.run(sql, values![account, hash, at]).await? > 0)
    }
}
