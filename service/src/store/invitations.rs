//! Rows of whom a roster asks, what they said, where messages to them go, and their personal links.

use std::collections::BTreeMap;

use loket_solver::matching::facts::words::Word;
use serde_json::Value as Json;

use super::engine::{Row, values};
use super::{Change, Result, Session};
use crate::records::invitation::{Invitation, Pass, Question, Told};
use crate::records::mail::{Reached, Recipient};

const INVITATION: &str = "SELECT u.rooster, u.persoon, u.voor, u.gevraagd_op, u.gevraagd_door, u.herinneringen, u.herinnerd_op, u.beschikbaar, \
                          u.antwoorden, u.toelichting, u.hoe, u.gezegd_op, u.gezegd_door, u.versie FROM rooster_uitnodigingen u";

fn invitation(row: &Row) -> Result<Invitation> {
    let asked = match (row.maybe_string("voor")?, row.maybe_int("gevraagd_op")?) {
        (Some(by), Some(at)) => Some(Question { by, at, who: row.maybe_string("gevraagd_door")?.unwrap_or_default() }),
        _ => None,
    };
    let told = match (row.maybe_code("hoe")?, row.maybe_int("gezegd_op")?) {
        (Some(way), Some(at)) => Some(Told { at, way, by: row.maybe_string("gezegd_door")?.unwrap_or_default() }),
        _ => None,
    };
    Ok(Invitation {
        roster: row.string("rooster")?,
        person: row.string("persoon")?,
        asked,
        reminders: row.int("herinneringen")?,
        reminded: row.maybe_int("herinnerd_op")?,
        availability: row.maybe_json("beschikbaar")?,
        replies: row.json("antwoorden")?,
        note: row.maybe_string("toelichting")?,
        told,
        version: row.int("versie")?,
    })
}

/// How a recipient is made of an id.
type Made = fn(&str) -> Recipient;

impl Session {
    /// The invitation of somebody; one of which nothing is kept when nobody asked or said anything.
    pub async fn roster_invitation(&mut self, roster: &str, person: &str) -> Result<Invitation> {
        let sql = format!("{INVITATION} WHERE u.rooster = $1 AND u.persoon = $2");
        let found = self.row(sql, values![roster, person]).await?.as_ref().map(invitation).transpose()?;
        Ok(found.unwrap_or_else(|| Invitation { roster: roster.into(), person: person.into(), ..Invitation::default() }))
    }

    /// Every invitation of a roster, by person.
    pub async fn roster_invitations(&mut self, roster: &str) -> Result<Vec<Invitation>> {
        let sql = format!("{INVITATION} WHERE u.rooster = $1 ORDER BY u.persoon");
        self.rows(sql, values![roster]).await?.iter().map(invitation).collect()
    }

    /// The invitations of somebody to rosters that last until a day or later, the first roster first.
    pub async fn roster_invitations_of(&mut self, person: &str, since: &str) -> Result<Vec<Invitation>> {
        let sql = format!("{INVITATION} JOIN roosters r ON r.id = u.rooster WHERE u.persoon = $1 AND r.tot >= $2 ORDER BY r.van, r.id");
        self.rows(sql, values![person, since]).await?.iter().map(invitation).collect()
    }

    /// Where messages to these people go, by id: a candidate or coach of the register, or the holder of an account. Whoever is none of these is
    /// not in it.
    pub async fn reached(&mut self, ids: &[&str]) -> Result<BTreeMap<String, Reached>> {
        let (address, ids) = (self.dialect().json_text("p.gegevens", "e_mail"), Json::from(ids).to_string());
        let within = self.dialect().one_of("r.id", "$1");
        let person = |table: &str, kind: &str, own: &str| {
            format!(
                "SELECT r.id, CASE WHEN {own}{address} IS NOT NULL THEN 1 ELSE 0 END AS adres FROM {table} r \
                 LEFT JOIN personen p ON p.soort = '{kind}' AND p.id = r.id WHERE {within}"
            )
        };
        let signs_in = "EXISTS (SELECT 1 FROM accounts a JOIN account_rollen o ON o.account = a.id WHERE o.rol = 'coach' AND o.van = r.id \
                        AND a.geeindigd_op IS NULL AND a.adres IS NOT NULL) OR ";
        let account = format!(
            "SELECT r.id, CASE WHEN r.adres IS NOT NULL THEN 1 ELSE 0 END AS adres FROM accounts r WHERE {within} AND r.geeindigd_op IS NULL"
        );
        let all: [(String, Made); 3] = [
            (account, Recipient::account),
            (person("coaches", "coach", signs_in), Recipient::coach),
            (person("kandidaten", "kandidaat", ""), Recipient::candidate),
        ];
        let mut found = BTreeMap::new();
        for (sql, to) in all {
            for row in self.rows(sql, values![&ids]).await? {
                let id = row.string("id")?;
                found.insert(id.clone(), Reached { to: to(&id), address: row.flag("adres")? });
            }
        }
        Ok(found)
    }

    /// A personal link by what is kept of its secret.
    pub async fn pass(&mut self, hash: &str) -> Result<Option<Pass>> {
        let row = self.row("SELECT rooster, persoon, tot FROM rooster_koppelingen WHERE hash = $1", values![hash]).await?;
        let one = |row: Row| Ok(Pass { roster: row.string("rooster")?, person: row.string("persoon")?, until: row.int("tot")? });
        row.map(one).transpose()
    }
}

impl Change {
    /// Puts an invitation in the place of what was kept of it.
    pub async fn put_roster_invitation(&mut self, it: &Invitation) -> Result<()> {
        let sql = "INSERT INTO rooster_uitnodigingen (rooster, persoon, voor, gevraagd_op, gevraagd_door, herinneringen, herinnerd_op, \
                   beschikbaar, antwoorden, toelichting, hoe, gezegd_op, gezegd_door, versie) \
                   VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14) ON CONFLICT (rooster, persoon) DO UPDATE SET \
                   voor = excluded.voor, gevraagd_op = excluded.gevraagd_op, gevraagd_door = excluded.gevraagd_door, \
                   herinneringen = excluded.herinneringen, herinnerd_op = excluded.herinnerd_op, beschikbaar = excluded.beschikbaar, \
                   antwoorden = excluded.antwoorden, toelichting = excluded.toelichting, hoe = excluded.hoe, \
                   gezegd_op = excluded.gezegd_op, gezegd_door = excluded.gezegd_door, versie = excluded.versie";
        let availability = it.availability.as_ref().map(serde_json::to_string).transpose()?;
        let values = values![
            &it.roster,
            &it.person,
            it.asked.as_ref().map(|it| &it.by),
            it.asked.as_ref().map(|it| it.at),
            it.asked.as_ref().map(|it| &it.who),
            it.reminders,
            it.reminded,
            availability,
            serde_json::to_string(&it.replies)?,
            it.note.as_ref(),
            it.told.as_ref().map(|it| it.way.code()),
            it.told.as_ref().map(|it| it.at),
            it.told.as_ref().map(|it| &it.by),
            it.version,
        ];
        self.run(sql, values).await.map(|_| ())
    }

    /// Keeps what is known of a personal link; the one before of the same person in the same roster is over.
    pub async fn put_pass(&mut self, new: &Pass, hash: &str) -> Result<()> {
        let sql = "INSERT INTO rooster_koppelingen (rooster, persoon, hash, gemaakt_op, tot) VALUES ($1, $2, $3, $4, $5) \
                   ON CONFLICT (rooster, persoon) DO UPDATE SET hash = excluded.hash, gemaakt_op = excluded.gemaakt_op, tot = excluded.tot";
        let now = self.clock().now();
        self.run(sql, values![&new.roster, &new.person, hash, now, new.until]).await.map(|_| ())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::access::Role;
    use crate::records::account::{Account, Held};
    use crate::store::trial::On;

    async fn who_is_reached_is_known_by_the_register_or_an_account(on: On) {
        let base = on.base().await;
        let store = base.open().await;
        let mut change = store.change().await.expect("a change");
        for sql in [
            "INSERT INTO kandidaten (id, gegevens, toestand, versie) VALUES ('Z1', '{}', 'wacht', 1), ('Z2', '{}', 'wacht', 1)",
            "INSERT INTO coaches (id, gegevens, versie) VALUES ('K1', '{}', 1), ('K2', '{}', 1), ('K3', '{}', 1)",
            "INSERT INTO personen (soort, id, gegevens) VALUES ('kandidaat', 'Z1', '{\"e_mail\":\"z@voorbeeld.nl\"}'), \
             ('kandidaat', 'Z2', '{\"naam\":\"Kanarie\"}'), ('coach', 'K2', '{\"e_mail\":\"k@voorbeeld.nl\"}')",
        ] {
            change.run(sql, values![]).await.expect("rows");
        }
        let account = |id: &str, role, of: &str, address: Option<&str>| Account {
            id: id.into(),
            name: "Vink".into(),
            address: address.map(str::to_owned),
            password: None,
            factor: None,
            factor_step: 0,
            roles: vec![Held { role, of: of.into() }],
            made: 0,
            ended: None,
            version: 1,
        };
        for new in [
            account("a", Role::Coach, "K1", Some("a@voorbeeld.nl")),
            account("b", Role::Bestuur, "B1", None),
            Account { ended: Some(1), ..account("c", Role::Bestuur, "B1", Some("c@voorbeeld.nl")) },
        ] {
            assert!(change.add_account(&new).await.expect("accounts"));
        }
        let found = change.reached(&["Z1", "Z2", "K1", "K2", "K3", "a", "b", "c", "X9"]).await.expect("people");
        let told: Vec<(&str, &str, bool)> = found.iter().map(|(id, it)| (id.as_str(), it.to.kind.code(), it.address)).collect();
        assert_eq!(
            told,
            [
                ("K1", "coach", true),
                ("K2", "coach", true),
                ("K3", "coach", false),
                ("Z1", "kandidaat", true),
                ("Z2", "kandidaat", false),
                ("a", "account", true),
                ("b", "account", false),
            ]
        );
    }

    crate::store::trial::on_both! {
        who_is_reached_is_known_by_the_register_or_an_account,
    }
}
