//! Messages as a list to work through: narrowed by wave, kind and recipient, each with who it is for and where it goes.

use std::collections::BTreeMap;

use loket_solver::matching::facts::words::Word;
use serde_json::Value as Json;

use super::engine::{Value, values};
use super::outbox::{Wanted, mail};
use super::{Result, Session};
use crate::records::address::segment;
use crate::records::mail::{Listed, MailState, RecipientKind};

/// Which messages are on the list; each part that is there holds.
#[derive(Clone, Debug, Default)]
pub struct Sought {
    /// How far they are, what they are for, and whether they are about accounts.
    pub wanted: Wanted,
    /// Only those that still ask for something.
    pub open: bool,
    /// Only those of which the address is known.
    pub reached: bool,
    /// The wave that they are about.
    pub wave: Option<String>,
    /// For what kind of party; whoever gets it for a board counts as that board.
    pub party: Option<RecipientKind>,
}

/// How far a message is here: where nobody sends, what waits is a draft.
const STANDS: &str = "CASE WHEN $1 = 1 AND b.toestand = 'wachtend' THEN 'concept' ELSE b.toestand END";

impl Session {
    /// The table with its narrowing, and the expressions for a name and an address.
    fn sought(&mut self, sought: &Sought) -> (String, String, Vec<Value>) {
        let dialect = self.dialect();
        let (name, mail) = (dialect.json_text("p.gegevens", "naam"), dialect.json_text("p.gegevens", "e_mail"));
        let board = dialect.json_text("s.gegevens", "naam");
        // A coach who signs in gets it at the address of the account.
        let coach = "(SELECT x.adres FROM accounts x JOIN account_rollen r ON r.account = x.id WHERE r.rol = 'coach' AND r.van = b.aan \
                     AND x.geeindigd_op IS NULL AND x.adres IS NOT NULL ORDER BY x.id LIMIT 1)";
        let address = format!(
            "CASE b.aan_soort WHEN 'kandidaat' THEN {mail} WHEN 'coach' THEN COALESCE({coach}, {mail}) \
             WHEN 'account' THEN CASE WHEN a.geeindigd_op IS NULL THEN a.adres END END"
        );
        let about = dialect.holds("b.over || '/'", "$7");
        let these = format!(
            "FROM berichten b LEFT JOIN personen p ON p.soort = b.aan_soort AND p.id = b.aan \
             LEFT JOIN besturen s ON b.aan_soort = 'bestuur' AND s.id = b.aan \
             LEFT JOIN accounts a ON b.aan_soort = 'account' AND a.id = b.aan \
             WHERE ($2 IS NULL OR {STANDS} = $2) AND ($3 = 0 OR {STANDS} IN ('mislukt', 'concept', 'wachtend')) \
             AND ($4 IS NULL OR b.soort = $4) AND ($5 IS NULL OR $5 = CASE WHEN b.soort = 'account' THEN 1 ELSE 0 END) \
             AND ($6 IS NULL OR CASE WHEN b.bestuur IS NOT NULL THEN 'bestuur' ELSE b.aan_soort END = $6) \
             AND ($7 IS NULL OR {about}) AND ($8 = 0 OR {address} IS NOT NULL)"
        );
        let columns = format!("COALESCE({name}, {board}, a.naam) AS naam, {address} AS adres");
        let wanted = &sought.wanted;
        let (state, kind, party) = (wanted.state.map(Word::code), wanted.kind.map(Word::code), sought.party.map(Word::code));
        let wave = sought.wave.as_deref().map(|it| format!("/lichtingen/{}/", segment(it)));
        (these, columns, values![wanted.drafts, state, sought.open, kind, wanted.accounts, party, wave, sought.reached])
    }

    /// Messages of the list: what still asks for something first when only that is asked, then the newest first. A page of them and how many
    /// there are.
    pub async fn sendings(&mut self, sought: &Sought, skip: i64, most: i64) -> Result<(Vec<Listed>, i64)> {
        let (these, columns, asked) = self.sought(sought);
        let all = self.one(format!("SELECT COUNT(*) AS aantal {these}"), asked.clone()).await?.int("aantal")?;
        let sql = format!(
            "SELECT b.id, b.soort, b.aan_soort, b.aan, b.bestuur, b.over, b.toestand, b.reden, b.pogingen, b.volgende_op, b.gemaakt_op, \
             b.verstuurd_op, b.einde_op, {columns} {these} ORDER BY CASE WHEN $3 = 1 THEN CASE {STANDS} WHEN 'mislukt' THEN 0 \
             WHEN 'concept' THEN 1 ELSE 2 END ELSE 0 END, b.gemaakt_op DESC, b.id LIMIT $9 OFFSET $10"
        );
        let rows = self.rows(sql, [asked, values![most, skip]].concat()).await?;
        let mut found = Vec::new();
        for row in &rows {
            let mut mail = mail(row)?;
            if sought.wanted.drafts && mail.state == MailState::Wachtend {
                mail.state = MailState::Concept;
            }
            found.push(Listed { mail, name: row.maybe_string("naam")?, address: row.maybe_string("adres")? });
        }
        Ok((found, all))
    }

    /// What these waves are called, by id.
    pub async fn waves_named(&mut self, ids: &[&str]) -> Result<BTreeMap<String, String>> {
        let sql = format!("SELECT id, naam FROM lichtingen WHERE {}", self.dialect().one_of("id", "$1"));
        let rows = self.rows(sql, values![Json::from(ids).to_string()]).await?;
        rows.iter().map(|row| Ok((row.string("id")?, row.string("naam")?))).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::records::mail::{MailKind, Message, Recipient};
    use crate::store::trial::On;

    async fn a_list_is_narrowed_and_says_who_and_where(on: On) {
        let base = on.base().await;
        let store = base.open().await;
        let mut change = store.change().await.unwrap();
        let person = "INSERT INTO personen (soort, id, gegevens) VALUES ($1, $2, $3)";
        for (kind, id, data) in [
            ("kandidaat", "Z1", r#"{"naam":"Kanarie","e_mail":"z@voorbeeld.example"}"#),
            ("kandidaat", "Z2", r#"{"naam":"Merel"}"#),
            ("coach", "K1", r#"{"naam":"Kraai","e_mail":"k@voorbeeld.example"}"#),
        ] {
            change.run(person, values![kind, id, data]).await.unwrap();
        }
        for (kind, to, about) in [
            (MailKind::Vraag, Recipient::candidate("Z1"), "/v1/lichtingen/w1/antwoorden/Z1/kandidaat"),
            (MailKind::Vraag, Recipient::candidate("Z2"), "/v1/lichtingen/w1/antwoorden/Z2/kandidaat"),
            (MailKind::Vraag, Recipient::coach("K1"), "/v1/lichtingen/w10/antwoorden/Z1/coach"),
            (MailKind::Vastgesteld, Recipient::board("B1"), "/v1/lichtingen/w1"),
        ] {
            change.post("een", &Message { kind, to, about: about.into() }).await.unwrap();
        }
        change.commit().await.unwrap();
        let drafts = Wanted { drafts: true, ..Wanted::default() };
        let list = async |sought: Sought| -> Vec<(String, Option<String>, bool)> {
            let (found, all) = store.read().sendings(&sought, 0, 10).await.unwrap();
            assert_eq!(usize::try_from(all).unwrap(), found.len());
            let mut told: Vec<_> = found.into_iter().map(|it| (it.mail.message.to.id, it.name, it.address.is_some())).collect();
            told.sort();
            told
        };
        let one = |id: &str, name: Option<&str>, reached| (id.to_owned(), name.map(str::to_owned), reached);
        let (canary, blackbird) = (one("Z1", Some("Kanarie"), true), one("Z2", Some("Merel"), false));
        let (crow, board) = (one("K1", Some("Kraai"), true), one("B1", None, false));
        let open = Sought { wanted: drafts, open: true, ..Sought::default() };
        assert_eq!(list(open.clone()).await, [board.clone(), crow.clone(), canary.clone(), blackbird.clone()]);
        assert_eq!(list(Sought { wave: Some("w1".into()), ..open.clone() }).await, [board.clone(), canary.clone(), blackbird.clone()]);
        assert_eq!(list(Sought { party: Some(RecipientKind::Bestuur), ..open.clone() }).await, std::slice::from_ref(&board));
        assert_eq!(list(Sought { party: Some(RecipientKind::Coach), reached: true, ..open.clone() }).await, std::slice::from_ref(&crow));
        let kind = Wanted { kind: Some(MailKind::Vastgesteld), state: Some(MailState::Concept), ..drafts };
        assert_eq!(list(Sought { wanted: kind, ..Sought::default() }).await, [board]);
        assert_eq!(list(Sought { reached: true, ..open }).await, [crow, canary]);
        let (page, all) = store.read().sendings(&Sought::default(), 3, 2).await.unwrap();
        assert_eq!((page.len(), all), (1, 4));
        assert!(store.read().waves_named(&["w1"]).await.unwrap().is_empty());
    }

    crate::store::trial::on_both! { a_list_is_narrowed_and_says_who_and_where }
}
