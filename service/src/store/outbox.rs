//! Messages to people: written with their deed, and what came of them.

use loket_solver::matching::facts::words::Word;

use super::engine::{Row, values};
use super::{Change, Result, Session, ids};
use crate::records::mail::{Mail, MailKind, MailState, Message, Recipient, RecipientKind};

const MAILS: &str = "SELECT id, soort, aan_soort, aan, bestuur, over, toestand, reden, pogingen, volgende_op, gemaakt_op, verstuurd_op, \
                     einde_op FROM berichten";

fn mail(row: &Row) -> Result<Mail> {
    let to = Recipient { kind: row.code("aan_soort")?, id: row.string("aan")? };
    Ok(Mail {
        id: row.string("id")?,
        message: Message { kind: row.code("soort")?, to, about: row.string("over")? },
        board: row.maybe_string("bestuur")?,
        state: row.code("toestand")?,
        reason: row.maybe_string("reden")?,
        tries: row.int("pogingen")?,
        next: row.int("volgende_op")?,
        made: row.int("gemaakt_op")?,
        sent: row.maybe_int("verstuurd_op")?,
        ended: row.maybe_int("einde_op")?,
    })
}

impl Session {
    /// A message.
    pub async fn mail(&mut self, id: &str) -> Result<Option<Mail>> {
        self.row(format!("{MAILS} WHERE id = $1"), values![id]).await?.map(|row| mail(&row)).transpose()
    }

    /// Messages, the newest first: a page of them and how many there are.
    pub async fn mails(&mut self, state: Option<MailState>, kind: Option<MailKind>, skip: i64, most: i64) -> Result<(Vec<Mail>, i64)> {
        let these = "($1 IS NULL OR toestand = $1) AND ($2 IS NULL OR soort = $2)";
        let (state, kind) = (state.map(Word::code), kind.map(Word::code));
        let sql = format!("{MAILS} WHERE {these} ORDER BY gemaakt_op DESC, id LIMIT $3 OFFSET $4");
        let rows = self.rows(sql, values![state, kind, most, skip]).await?;
        let all = self.one(format!("SELECT COUNT(*) AS aantal FROM berichten WHERE {these}"), values![state, kind]).await?.int("aantal")?;
        Ok((rows.iter().map(mail).collect::<Result<_>>()?, all))
    }

    /// The accounts that hold the role for a board and have not ended.
    pub async fn accounts_of_board(&mut self, board: &str) -> Result<Vec<String>> {
        let sql = "SELECT r.account FROM account_rollen r JOIN accounts a ON a.id = r.account \
                   WHERE r.rol = 'bestuur' AND r.van = $1 AND a.geeindigd_op IS NULL ORDER BY r.account";
        self.rows(sql, values![board]).await?.iter().map(|row| row.string("account")).collect()
    }
}

impl Change {
    /// Writes a message in the change of its deed: it is there when the deed is. `deed` is what tells this deed from every other: the hash
    /// that [`Change::log`] gives, or a key of the caller's own. The same deed, kind and recipient is one message, however often it is
    /// posted. For a board each account that holds the role for it gets one; nobody has it yet: then the board's own waits. How many
    /// messages are new.
    pub async fn post(&mut self, deed: &str, message: &Message) -> Result<u64> {
        if message.to.kind != RecipientKind::Bestuur {
            return self.add_mail(deed, message, None).await;
        }
        let holders = self.accounts_of_board(&message.to.id).await?;
        if holders.is_empty() {
            return self.add_mail(deed, message, Some(&message.to.id)).await;
        }
        let mut new = 0;
        for holder in holders {
            let one = Message { to: Recipient::account(&holder), ..message.clone() };
            new += self.add_mail(deed, &one, Some(&message.to.id)).await?;
        }
        Ok(new)
    }

    async fn add_mail(&mut self, deed: &str, message: &Message, board: Option<&str>) -> Result<u64> {
        let (now, to) = (self.clock().now(), &message.to);
        let sql = "INSERT INTO berichten (id, daad, soort, aan_soort, aan, bestuur, over, toestand, volgende_op, gemaakt_op) \
                   VALUES ($1, $2, $3, $4, $5, $6, $7, 'wachtend', $8, $8) ON CONFLICT (daad, aan_soort, aan, soort) DO NOTHING";
        self.run(sql, values![ids::new(), deed, message.kind.code(), to.kind.code(), &to.id, board, &message.about, now]).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::access::Role;
    use crate::records::account::{Account, Held};
    use crate::store::Store;
    use crate::store::trial::{Folder, store};

    async fn board_account(store: &Store, id: &str, boards: &[&str]) {
        let mut change = store.change().await.expect("a change");
        let roles = boards.iter().map(|it| Held { role: Role::Bestuur, of: (*it).to_owned() }).collect();
        let new = Account {
            id: id.into(),
            name: "Kanarie".into(),
            address: Some(format!("{id}@voorbeeld.nl")),
            password: None,
            factor: None,
            factor_step: 0,
            roles,
            made: 0,
            ended: None,
            version: 1,
        };
        assert!(change.add_account(&new).await.expect("accounts"));
        change.commit().await.expect("kept");
    }

    fn told(mails: &[Mail]) -> Vec<(&'static str, &str, Option<&str>)> {
        let mut told: Vec<_> = mails.iter().map(|it| (it.message.kind.code(), it.message.to.id.as_str(), it.board.as_deref())).collect();
        told.sort_unstable();
        told
    }

    #[tokio::test]
    async fn a_deed_mails_each_recipient_once_and_only_when_it_is_done() {
        let folder = Folder::new("berichten");
        let store = store(&folder, "loket.sqlite").await;
        let message = Message { kind: MailKind::Vraag, to: Recipient::candidate("Z1"), about: "/v1/lichtingen/w".into() };
        let mut change = store.change().await.unwrap();
        assert_eq!(change.post("een", &message).await.unwrap(), 1);
        drop(change);
        assert_eq!(store.read().mails(None, None, 0, 10).await.unwrap().1, 0, "the deed did not happen");
        let mut change = store.change().await.unwrap();
        let reminder = Message { kind: MailKind::Herinnering, ..message.clone() };
        let news = [
            change.post("een", &message).await.unwrap(),
            change.post("een", &message).await.unwrap(),
            change.post("een", &reminder).await.unwrap(),
            change.post("twee", &message).await.unwrap(),
        ];
        assert_eq!(news, [1, 0, 1, 1]);
        change.commit().await.unwrap();
        let (all, count) = store.read().mails(None, Some(MailKind::Vraag), 0, 10).await.unwrap();
        assert_eq!((all.len(), count), (2, 2));
        assert_eq!((all[0].state, all[0].tries, &all[0].message), (MailState::Wachtend, 0, &message));
        assert_eq!(store.read().mails(Some(MailState::Concept), None, 0, 10).await.unwrap().1, 0);
    }

    #[tokio::test]
    async fn a_board_is_everybody_who_holds_the_role_for_it() {
        let folder = Folder::new("berichten-bestuur");
        let store = store(&folder, "loket.sqlite").await;
        board_account(&store, "a", &["B1", "B2"]).await;
        board_account(&store, "b", &["B1"]).await;
        let ask = |board| Message { kind: MailKind::PlekkenBevestigen, to: Recipient::board(board), about: "/v1".into() };
        let mut change = store.change().await.unwrap();
        for (board, new) in [("B1", 2), ("B2", 1), ("B3", 1), ("B1", 0)] {
            assert_eq!(change.post(&format!("opvraag:{board}"), &ask(board)).await.unwrap(), new, "{board}");
        }
        change.commit().await.unwrap();
        let all = store.read().mails(None, None, 0, 10).await.unwrap().0;
        let kind = "plekken-bevestigen";
        assert_eq!(told(&all), [(kind, "B3", Some("B3")), (kind, "a", Some("B1")), (kind, "a", Some("B2")), (kind, "b", Some("B1"))]);
    }
}
