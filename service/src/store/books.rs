//! Rows that only a workbook asks for.

use serde::Deserialize;

use super::engine::values;
use super::{Result, Session};

/// A question about one candidate, as far as a workbook needs it.
#[derive(Deserialize)]
struct Question {
    #[serde(rename = "kandidaat")]
    candidate: String,
    #[serde(rename = "kijker")]
    viewer: Option<String>,
}

/// An answer in sentences.
#[derive(Deserialize)]
struct Answer {
    #[serde(rename = "uitleg", default)]
    sentences: Vec<String>,
}

impl Session {
    /// Answers to why that the intermediary was given about candidates in a run, the first one first: each as it was kept.
    pub async fn whys(&mut self, run: &str) -> Result<Vec<(String, Vec<u8>)>> {
        let sql = "SELECT t.vraag, t.resultaat FROM vragen v JOIN taken t ON t.id = v.id \
                   WHERE v.berekening = $1 AND t.soort = 'waarom' AND t.toestand = 'klaar' AND t.resultaat IS NOT NULL \
                   ORDER BY t.aangemaakt_op, t.id";
        let mut found = Vec::new();
        for row in self.rows(sql, values![run]).await? {
            let question: Question = row.json("vraag")?;
            if question.viewer.is_none_or(|it| it == "intermediair") {
                found.push((question.candidate, row.string("resultaat")?.into_bytes()));
            }
        }
        Ok(found)
    }

    /// What was explained to the intermediary about candidates in a run, in sentences, the first one first.
    pub async fn explained(&mut self, run: &str) -> Result<Vec<(String, Vec<String>)>> {
        let told = |(candidate, answer): (String, Vec<u8>)| -> Result<(String, Vec<String>)> {
            Ok((candidate, serde_json::from_slice::<Answer>(&answer)?.sentences))
        };
        self.whys(run).await?.into_iter().map(told).collect()
    }
}
