//! Messages to people: written with their deed, and what came of them.

use loket_solver::matching::facts::words::Word;

use super::engine::{Row, values};
use super::{Change, Result, Session, ids};
use crate::records::mail::{Mail, MailKind, MailState, Message, Recipient, RecipientKind};

const MAILS: &str = "SELECT id, soort, aan_soort, aan, bestuur, over, toestand, reden, pogingen, volgende_op, gemaakt_op, verstuurd_op, \
                     einde_op FROM berichten";

/// Which messages are asked for; each part that is there holds.
#[derive(Clone, Copy, Debug, Default)]
pub struct Wanted {
    /// How far they are.
    pub state: Option<MailState>,
    /// What they are for.
    pub kind: Option<MailKind>,
    /// Only those about accounts, or only the others.
    pub accounts: Option<bool>,
    /// Nothing is sent here: whatever waits is a draft.
    pub drafts: bool,
}

pub(super) fn mail(row: &Row) -> Result<Mail> {
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

    /// Messages that are wanted, the newest first: a page of them and how many there are.
    pub async fn mails(&mut self, wanted: &Wanted, skip: i64, most: i64) -> Result<(Vec<Mail>, i64)> {
        let these = "($1 IS NULL OR CASE WHEN $4 = 1 AND toestand = 'wachtend' THEN 'concept' ELSE toestand END = $1) \
                     AND ($2 IS NULL OR soort = $2) AND ($3 IS NULL OR $3 = CASE WHEN soort = 'account' THEN 1 ELSE 0 END)";
        let (state, kind) = (wanted.state.map(Word::code), wanted.kind.map(Word::code));
        let asked = values![state, kind, wanted.accounts, wanted.drafts];
        let sql = format!("SELECT COUNT(*) AS aantal FROM berichten WHERE {these}");
        let all = self.one(sql, asked.clone()).await?.int("aantal")?;
        let sql = format!("{MAILS} WHERE {these} ORDER BY gemaakt_op DESC, id LIMIT $5 OFFSET $6");
        let rows = self.rows(sql, [asked, values![most, skip]].concat()).await?;
        let mut found = rows.iter().map(mail).collect::<Result<Vec<Mail>>>()?;
        for one in found.iter_mut().filter(|it| wanted.drafts && it.state == MailState::Wachtend) {
            one.state = MailState::Concept;
        }
        Ok((found, all))
    }

    /// Where a message goes now; nothing when nobody knows, or when it is for everybody of a board.
    pub async fn mail_address(&mut self, to: &Recipient) -> Result<Option<String>> {
        let of_person = |words: &dyn super::engine::Dialect| {
            let address = words.json_text("gegevens", "e_mail");
            format!("SELECT {address} AS adres FROM personen WHERE soort = $1 AND id = $2 AND {address} IS NOT NULL")
        };
        let sql = match to.kind {
            RecipientKind::Bestuur => return Ok(None),
            RecipientKind::Account => "SELECT adres FROM accounts WHERE $1 = 'account' AND id = $2 AND geeindigd_op IS NULL".to_owned(),
            RecipientKind::Kandidaat => of_person(self.dialect()),
            RecipientKind::Coach => {
                let sql = "SELECT a.adres FROM accounts a JOIN account_rollen r ON r.account = a.id \
                           WHERE r.rol = $1 AND r.van = $2 AND a.geeindigd_op IS NULL AND a.adres IS NOT NULL ORDER BY a.id LIMIT 1";
                if let Some(row) = self.row(sql, values![to.kind.code(), &to.id]).await? {
                    return row.maybe_string("adres");
                }
                of_person(self.dialect())
            }
        };
        let row = self.row(sql, values![to.kind.code(), &to.id]).await?;
        Ok(row.map(|row| row.maybe_string("adres")).transpose()?.flatten())
    }

    /// Whether somebody signs in as this coach.
    pub async fn coach_signs_in(&mut self, coach: &str) -> Result<bool> {
        let sql = "SELECT 1 AS een FROM accounts a JOIN account_rollen r ON r.account = a.id \
                   WHERE r.rol = 'coach' AND r.van = $1 AND a.geeindigd_op IS NULL AND a.adres IS NOT NULL LIMIT 1";
        Ok(self.row(sql, values![coach]).await?.is_some())
    }

    /// The board of a school.
    pub async fn board_of(&mut self, school: &str) -> Result<Option<String>> {
        let row = self.row("SELECT bestuur FROM scholen WHERE id = $1", values![school]).await?;
        Ok(row.map(|row| row.maybe_string("bestuur")).transpose()?.flatten())
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

    /// Takes the message whose turn it is for a sender, who has it until a moment: nobody else sends it before that.
    pub async fn claim_mail(&mut self, sender: &str, until: i64) -> Result<Option<Mail>> {
        let now = self.clock().now();
        let sql = format!(
            "{MAILS} WHERE toestand = 'wachtend' AND volgende_op <= $1 AND (huur_tot IS NULL OR huur_tot < $1) \
             ORDER BY volgende_op, gemaakt_op, id LIMIT 1"
        );
        let Some(row) = self.row(sql, values![now]).await? else { return Ok(None) };
        let mut claimed = mail(&row)?;
        claimed.tries += 1;
        let sql = "UPDATE berichten SET werker = $2, huur_tot = $3, pogingen = $4 WHERE id = $1";
        self.run(sql, values![&claimed.id, sender, until, claimed.tries]).await?;
        Ok(Some(claimed))
    }

    /// Has a message longer; `false` when its sender no longer has it.
    pub async fn hold_mail(&mut self, id: &str, sender: &str, until: i64) -> Result<bool> {
        let sql = "UPDATE berichten SET huur_tot = $3 WHERE id = $1 AND werker = $2 AND toestand = 'wachtend'";
        Ok(self.run(sql, values![id, sender, until]).await? > 0)
    }

    /// Notes what came of a try by its sender: another state with its reason, or when it is tried again; `false` when it was no longer the
    /// sender's.
    pub async fn tried_mail(&mut self, it: &Mail, sender: &str) -> Result<bool> {
        let sql = "UPDATE berichten SET toestand = $3, reden = $4, pogingen = $5, volgende_op = $6, verstuurd_op = $7, einde_op = $8, \
                   werker = NULL, huur_tot = NULL WHERE id = $1 AND werker = $2 AND toestand = 'wachtend'";
        let values = values![&it.id, sender, it.state.code(), it.reason.as_ref(), it.tries, it.next, it.sent, it.ended];
        Ok(self.run(sql, values).await? > 0)
    }

    /// Keeps how far a message is, by hand. Whoever was sending it no longer has it.
    pub async fn put_mail(&mut self, it: &Mail) -> Result<()> {
        let sql = "UPDATE berichten SET toestand = $2, reden = $3, pogingen = $4, volgende_op = $5, verstuurd_op = $6, einde_op = $7, \
                   werker = NULL, huur_tot = NULL WHERE id = $1";
        let values = values![&it.id, it.state.code(), it.reason.as_ref(), it.tries, it.next, it.sent, it.ended];
        self.run(sql, values).await.map(|_| ())
    }

    /// Puts a message for each account that holds the role for a board in the place of the board's own; how many accounts there are.
    pub async fn share_mail(&mut self, it: &Mail) -> Result<usize> {
        let Some(board) = it.board.as_deref().filter(|_| it.message.to.kind == RecipientKind::Bestuur) else { return Ok(0) };
        let holders = self.accounts_of_board(board).await?;
        if holders.is_empty() {
            return Ok(0);
        }
        let row = self.one("SELECT daad FROM berichten WHERE id = $1", values![&it.id]).await?;
        let deed = row.string("daad")?;
        for holder in &holders {
            let one = Message { to: Recipient::account(holder), ..it.message.clone() };
            self.add_mail(&deed, &one, Some(board)).await?;
        }
        Ok(holders.len())
    }

    /// Makes drafts of all messages that wait: nobody sends them from here. With the reason; how many there were.
    pub async fn draft_mails(&mut self, reason: &str) -> Result<u64> {
        self.run(
            "UPDATE berichten SET toestand = 'concept', reden = $1, werker = NULL, huur_tot = NULL WHERE toestand = 'wachtend'",
            values![reason],
        )
        .await
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicI64, Ordering};

    use super::*;
    use crate::access::Role;
    use crate::records::account::{Account, Held};
    use crate::store::trial::On;
    use crate::store::{Clock, Store};

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

    async fn a_deed_mails_each_recipient_once_and_only_when_it_is_done(on: On) {
        let base = on.base().await;
        let store = base.open().await;
        let message = Message { kind: MailKind::Vraag, to: Recipient::candidate("Z1"), about: "/v1/lichtingen/w".into() };
        let mut change = store.change().await.unwrap();
        assert_eq!(change.post("een", &message).await.unwrap(), 1);
        drop(change);
        assert_eq!(store.read().mails(&Wanted::default(), 0, 10).await.unwrap().1, 0, "the deed did not happen");
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
        let (all, count) = store.read().mails(&Wanted { kind: Some(MailKind::Vraag), ..Wanted::default() }, 0, 10).await.unwrap();
        assert_eq!((all.len(), count), (2, 2));
        assert_eq!((all[0].state, all[0].tries, &all[0].message), (MailState::Wachtend, 0, &message));
        assert_eq!(store.read().mails(&Wanted { state: Some(MailState::Concept), ..Wanted::default() }, 0, 10).await.unwrap().1, 0);
    }

    async fn a_board_is_everybody_who_holds_the_role_for_it(on: On) {
        let base = on.base().await;
        let store = base.open().await;
        board_account(&store, "a", &["B1", "B2"]).await;
        board_account(&store, "b", &["B1"]).await;
        let ask = |board| Message { kind: MailKind::PlekkenBevestigen, to: Recipient::board(board), about: "/v1".into() };
        let mut change = store.change().await.unwrap();
        for (board, new) in [("B1", 2), ("B2", 1), ("B3", 1), ("B1", 0)] {
            assert_eq!(change.post(&format!("opvraag:{board}"), &ask(board)).await.unwrap(), new, "{board}");
        }
        change.commit().await.unwrap();
        let all = store.read().mails(&Wanted::default(), 0, 10).await.unwrap().0;
        let kind = "plekken-bevestigen";
        assert_eq!(told(&all), [(kind, "B3", Some("B3")), (kind, "a", Some("B1")), (kind, "a", Some("B2")), (kind, "b", Some("B1"))]);
    }

    async fn one_sender_at_a_time_has_a_message_and_who_fell_leaves_it_to_the_next(on: On) {
        let base = on.base().await;
        let at = Arc::new(AtomicI64::new(1_000));
        let store = base.open_at(Clock::set(at.clone())).await;
        let mut change = store.change().await.unwrap();
        change.post("een", &Message { kind: MailKind::Vraag, to: Recipient::candidate("Z1"), about: "/v1".into() }).await.unwrap();
        change.commit().await.unwrap();
        let claim = async |sender: &str| {
            let mut change = store.change().await.unwrap();
            let claimed = change.claim_mail(sender, at.load(Ordering::SeqCst) + 100).await.unwrap();
            change.commit().await.unwrap();
            claimed
        };
        let first = claim("a").await.unwrap();
        assert_eq!((first.tries, claim("b").await), (1, None));
        at.fetch_add(101, Ordering::SeqCst);
        let second = claim("b").await.unwrap();
        assert_eq!((second.id.as_str(), second.tries), (first.id.as_str(), 2), "the same letter, however often");
        let mut change = store.change().await.unwrap();
        let sent = Mail { state: MailState::Verstuurd, sent: Some(1_101), ..first.clone() };
        assert!(!change.hold_mail(&first.id, "a", 9_999).await.unwrap(), "it is no longer the first one's");
        assert!(!change.tried_mail(&sent, "a").await.unwrap());
        assert!(change.tried_mail(&Mail { tries: 2, ..sent }, "b").await.unwrap());
        change.commit().await.unwrap();
        assert_eq!(claim("a").await, None);
        let kept = store.read().mail(&first.id).await.unwrap().unwrap();
        assert_eq!((kept.state, kept.tries, kept.sent), (MailState::Verstuurd, 2, Some(1_101)));
    }

    async fn addresses_are_those_of_now_and_a_boards_message_waits_for_somebody(on: On) {
        let base = on.base().await;
        let store = base.open().await;
        let mut change = store.change().await.unwrap();
        change.post("een", &Message { kind: MailKind::Vraag, to: Recipient::board("B1"), about: "/v1".into() }).await.unwrap();
        change.commit().await.unwrap();
        board_account(&store, "a", &["B1"]).await;
        let mut change = store.change().await.unwrap();
        let own = change.claim_mail("x", i64::MAX).await.unwrap().unwrap();
        assert_eq!(change.mail_address(&own.message.to).await.unwrap(), None);
        assert_eq!((change.share_mail(&own).await.unwrap(), change.share_mail(&own).await.unwrap()), (1, 1));
        assert_eq!(change.mails(&Wanted::default(), 0, 10).await.unwrap().1, 2, "shared once");
        assert_eq!(change.mail_address(&Recipient::account("a")).await.unwrap().as_deref(), Some("a@voorbeeld.nl"));
        assert_eq!(change.mail_address(&Recipient::candidate("Z1")).await.unwrap(), None);
        let sql =
            "INSERT INTO personen (soort, id, gegevens) VALUES ('kandidaat', 'Z1', '{\"naam\":\"Kanarie\",\"e_mail\":\"z@voorbeeld.nl\"}')";
        change.run(sql, values![]).await.unwrap();
        assert_eq!(change.mail_address(&Recipient::candidate("Z1")).await.unwrap().as_deref(), Some("z@voorbeeld.nl"));
        assert_eq!(change.mail_address(&Recipient::coach("Z1")).await.unwrap(), None);
    }

    crate::store::trial::on_both! {
        a_deed_mails_each_recipient_once_and_only_when_it_is_done,
        a_board_is_everybody_who_holds_the_role_for_it,
        one_sender_at_a_time_has_a_message_and_who_fell_leaves_it_to_the_next,
        addresses_are_those_of_now_and_a_boards_message_waits_for_somebody,
    }
}
