//! Checks the log: every line against its content and the line before it, and every missing content against the erasures of the chain.

use std::collections::{BTreeMap, BTreeSet};

use loket_solver::matching::facts::words::Word;
use serde::Deserialize;

use super::{digest, link, origin};
use crate::records::deed::What;
use crate::store::engine::{Row, values};
use crate::store::{Result, Session};

/// What a check of the chain came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checked {
    /// How many lines there are.
    pub lines: i64,
    /// How many of them have no content any more.
    pub erased: i64,
    /// Hash of the last line; 64 zeros for an empty log.
    pub head: String,
    /// Everything that does not fit, in Dutch; at most [`MOST_WRONG`] of them, give or take a part.
    pub wrong: Vec<String>,
}

/// So many faults say enough.
pub const MOST_WRONG: usize = 1_000;

/// What the content of an erasure says.
#[derive(Default, Deserialize)]
struct Said {
    /// The lines that it erased.
    #[serde(default, rename = "regels")]
    lines: Vec<i64>,
    /// Of an earlier version of this program: how many there were.
    #[serde(default, rename = "logregels")]
    count: Option<i64>,
}

/// A line without content.
struct Missing {
    what: String,
    subject: String,
}

/// An erasure by an earlier version of this program.
struct Earlier {
    number: i64,
    subject: String,
    /// How many lines it erased; unknown when a later erasure of the same person took that away.
    count: Option<i64>,
}

/// What is missing, and what the chain says was erased.
#[derive(Default)]
struct Erasures {
    missing: BTreeMap<i64, Missing>,
    /// Each line that an erasure names, with the number of the erasure.
    named: Vec<(i64, i64)>,
    earlier: Vec<Earlier>,
}

impl Session {
    /// Checks every line of the log against its content and against the line before it, and that no content is missing but by an erasure.
    pub async fn log_check(&mut self) -> Result<Checked> {
        const PART: i64 = 1_000;
        const SQL: &str = "SELECT l.nummer, l.op, l.wie, l.wat, l.onderwerp, l.digest, l.vorige, l.hash, i.zout, i.inhoud FROM logboek l \
                           LEFT JOIN logboek_inhoud i ON i.nummer = l.nummer WHERE l.nummer > $1 ORDER BY l.nummer LIMIT $2";
        let mut checked = Checked { lines: 0, erased: 0, head: origin(), wrong: Vec::new() };
        let mut erasures = Erasures::default();
        loop {
            let rows = self.rows(SQL, values![checked.lines, PART]).await?;
            if checked.wrong.len() >= MOST_WRONG {
                // What is erased later is not known yet, so nothing is said of what is missing.
                return self.beyond(checked).await;
            }
            if rows.is_empty() {
                checked.wrong.extend(erasures.faults());
                checked.wrong.truncate(MOST_WRONG);
                return self.beyond(checked).await;
            }
            for row in &rows {
                checked.look_at(row, &mut erasures)?;
            }
        }
    }

    /// Contents past the last line: the lines themselves were taken away.
    async fn beyond(&mut self, mut checked: Checked) -> Result<Checked> {
        let sql = "SELECT i.nummer FROM logboek_inhoud i LEFT JOIN logboek l ON l.nummer = i.nummer WHERE l.nummer IS NULL \
                   ORDER BY i.nummer LIMIT 1000";
        for row in self.rows(sql, values![]).await? {
            checked.wrong.push(format!("de inhoud van regel {} is er, de regel zelf niet", row.int("nummer")?));
        }
        Ok(checked)
    }
}

impl Checked {
    /// Holds the next line against its content and against the line before it.
    fn look_at(&mut self, row: &Row, erasures: &mut Erasures) -> Result<()> {
        let number = row.int("nummer")?;
        let (digested, before, hash) = (row.text("digest")?, row.text("vorige")?, row.string("hash")?);
        if number != self.lines + 1 {
            self.wrong.push(format!("na regel {} volgt regel {number}", self.lines));
        }
        if before != self.head {
            self.wrong.push(format!("regel {number} sluit niet aan op de regel ervoor"));
        }
        let (who, what, subject) = (row.text("wie")?, row.text("wat")?, row.text("onderwerp")?);
        if link(before, number, row.int("op")?, who, what, subject, digested) != hash {
            self.wrong.push(format!("regel {number} is veranderd"));
        }
        let content = match (row.maybe_text("zout")?, row.maybe_text("inhoud")?) {
            (Some(salt), Some(content)) => {
                let same = digest(salt, content) == digested;
                if !same {
                    self.wrong.push(format!("de inhoud van regel {number} is veranderd"));
                }
                // What was changed says nothing about erasures.
                Some(if same { content } else { "{}" })
            }
            _ => None,
        };
        self.erased += i64::from(content.is_none());
        erasures.note(number, (what, subject), content);
        (self.lines, self.head) = (number, hash);
        Ok(())
    }
}

impl Erasures {
    fn note(&mut self, number: i64, (what, subject): (&str, &str), content: Option<&str>) {
        let said: Said = content.and_then(|it| serde_json::from_str(it).ok()).unwrap_or_default();
        match What::parse(what) {
            Some(What::CandidateForgotten | What::CoachForgotten) => self.named.extend(said.lines.iter().map(|line| (*line, number))),
            Some(What::CandidateErased) => self.earlier.push(Earlier { number, subject: subject.into(), count: said.count }),
            _ => {}
        }
        if content.is_none() {
            self.missing.insert(number, Missing { what: what.into(), subject: subject.into() });
        }
    }

    /// What is missing without an erasure, and what an erasure names and is there still.
    fn faults(mut self) -> Vec<String> {
        let mut wrong = Vec::new();
        for (line, erasure) in std::mem::take(&mut self.named) {
            let gone = line < erasure && self.missing.remove(&line).is_some();
            if !gone {
                wrong.push(format!("de inhoud van regel {line} is er nog, terwijl regel {erasure} zegt dat die gewist is"));
            }
        }
        self.by_earlier();
        wrong.extend(self.missing.keys().map(|line| format!("de inhoud van regel {line} is weggehaald, zonder dat er iemand gewist is")));
        wrong
    }

    /// Takes out what an earlier version of this program erased. It named no lines: an erasure took every line of the register about its
    /// subject that came before it, and of the decisions before it as many as its count has left.
    fn by_earlier(&mut self) {
        let mut rooms: Vec<(i64, i64)> = Vec::new();
        for (at, erasure) in self.earlier.iter().enumerate() {
            let since = self.earlier.iter().take(at).rev().find(|it| it.subject == erasure.subject).map_or(0, |it| it.number);
            let own: BTreeSet<i64> =
                self.missing.range(since..erasure.number).filter(|(_, it)| it.of(&erasure.subject)).map(|it| *it.0).collect();
            self.missing.retain(|number, _| !own.contains(number));
            let taken = i64::try_from(own.len()).unwrap_or(i64::MAX);
            rooms.push((erasure.number, erasure.count.map_or(i64::MAX, |count| (count - taken).max(0))));
        }
        // From the last decision back: the later it is, the fewer erasures can have taken it.
        let decisions: Vec<i64> = self.missing.iter().rev().filter(|(_, it)| it.decides()).map(|it| *it.0).collect();
        let mut room = 0_i64;
        for number in decisions {
            while let Some((_, more)) = rooms.pop_if(|(erasure, _)| *erasure > number) {
                room = room.saturating_add(more);
            }
            if room > 0 {
                room -= 1;
                self.missing.remove(&number);
            }
        }
    }
}

impl Missing {
    /// Whether it was about this candidate by its subject.
    fn of(&self, subject: &str) -> bool {
        let put = [What::CandidatePut, What::CandidateErased].iter().any(|it| it.code() == self.what);
        put && self.subject == subject
    }

    /// Whether it was about a candidate whom only its content named.
    fn decides(&self) -> bool {
        [What::Decided, What::DecisionWithdrawn].iter().any(|it| it.code() == self.what)
    }
}
