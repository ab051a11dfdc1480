//! What is asked often, in one place, and that the database answers it without reading a whole table that grows: 200 waves of 200 candidates
//! on both databases, and the plan of every statement.

use std::collections::BTreeMap;

use super::engine::{Value, values};
use super::trial::{On, on_both};
use super::{Change, Session, Store};
use crate::access::Caller;
use crate::desk::asking::Party;
use crate::records::dossier::Who;
use crate::records::job::{Claim, Question};
use crate::records::register::Kind;
use crate::work::kinds::SCARCITY;
use crate::work::lane::Lane;

/// Tables that grow with every wave: none of them is read from end to end for what is asked often.
const GROWS: [&str; 17] = [
    "taken",
    "taak_gebeurtenissen",
    "vragen",
    "berekeningen",
    "plaatsen",
    "beoordelingen",
    "beoordelingen_eerder",
    "besluiten",
    "notities",
    "antwoorden",
    "plaatsingen",
    "kandidaten",
    "personen",
    "berichten",
    "herberekening_lichtingen",
    "invoer_ids",
    "verbod_lichtingen",
];
/// Indexes of what waits or is at work alone: from end to end they are short.
const SHORT: [&str; 3] = ["taken_wacht", "taken_bezig", "taken_open"];

/// Rows of 200 waves by `i` and 200 of something by `j`.
const MANY: &str = "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 199), m(j) AS (SELECT i FROM n)";

async fn fill(change: &mut Change) {
    let rows = [
        ("invoeren (sha256, bytes)", "'f' || i, $1 FROM n", true),
        (
            "lichtingen (id, naam, fase, van, tot, toestand, invoer, geldend, versie, aangemaakt_op)",
            "'w' || i, 'Een lichting', 'opleiding', '2026-08-01', '2027-07-31', CASE WHEN i < 20 THEN 'in-beoordeling' ELSE 'vastgesteld' END, \
             'f' || i, 't' || i || '-0', 1, i FROM n",
            false,
        ),
        (
            "taken (id, baan, groep, soort, vraag, delen, toestand, aangemaakt_op, begonnen_op, door)",
            "'t' || i || '-' || j, 'zware-vragen', 'w' || i, 'schaarste', '{}', '[]', \
             CASE j WHEN 199 THEN 'wachtrij' WHEN 198 THEN 'bezig' ELSE 'klaar' END, i * 200 + j, i * 200 + j, 'd' || (j % 10) FROM n, m",
            false,
        ),
        ("taak_gebeurtenissen (taak, nummer, soort, gegevens, op)", "'t' || i || '-' || j, 1, 'toestand', '{}', 1 FROM n, m", false),
        (
            "berekeningen (id, probleem, onderwerp, nummer, invoer, basis, beslissingen, programma)",
            "'t' || i || '-' || j, 'plaatsing', 'w' || i, j, 'f' || i, 'f' || i, 1, '1' FROM n, m WHERE j < 20",
            false,
        ),
        (
            "vragen (id, berekening, sleutel)",
            "'t' || i || '-' || j, 't' || i || '-' || (j % 20), 's' || i || '-' || j FROM n, m WHERE j >= 20",
            false,
        ),
        ("herberekeningen (id, aanleiding, toestand, versie, aangemaakt_op)", "'h' || i, '{}', 'voorstel', 1, i FROM n", false),
        (
            "herberekening_lichtingen (herberekening, lichting, berekening, invoer_na, lichting_versie, toestand, opmerkingen)",
            "'h' || i, 'w' || j, 't' || j || '-' || (i % 20), 'f' || j, 1, 'aanvaard', '[]' FROM n, m WHERE j < 20",
            false,
        ),
        (
            "plaatsen (berekening, kandidaat, school, bestuur, plek, bouw, coach, dagdelen, uren, reistijd, coachreistijd, plekken)",
            "'t' || i || '-0', 'k' || i || '-' || j, 'S' || (j % 50), 'B' || (j % 10), 'p', 'onderbouw', 'K' || (j % 60), '', 60, 1, 1, 1 FROM n, m",
            false,
        ),
        ("plaatsen_van (berekening)", "'t' || i || '-0' FROM n", false),
        (
            "beoordelingen (lichting, kandidaat, gegevens, berekening, versie, op, door)",
            "'w' || i, 'k' || i || '-' || j, '{}', 't' || i || '-0', 1, 1, 'd' FROM n, m",
            false,
        ),
        ("beoordelingen_eerder (lichting, kandidaat, versie, tot)", "'w' || i, 'k' || i || '-' || j, 1, 2 FROM n, m", false),
        (
            "besluiten (lichting, kandidaat, nummer, stap, getoond, door, rol, op)",
            "'w' || i, 'k' || i || '-' || j, 1, 'besluit', '{}', 'd', 'intermediair', 1 FROM n, m",
            false,
        ),
        (
            "notities (id, lichting, kandidaat, tekst, door, gemaakt_op, veranderd_op, versie)",
            "'n' || i || '-' || j, 'w' || i, 'k' || i || '-' || j, '', 'd', 1, 1, 1 FROM n, m",
            false,
        ),
        (
            "antwoorden (lichting, kandidaat, partij, school, bestuur, plek, bouw, coach, dagdelen, ronde, gevraagd_op, gevraagd_door, voor, versie)",
            "'w' || i, 'k' || i || '-' || j, CASE j % 3 WHEN 0 THEN 'coach' WHEN 1 THEN 'bestuur' ELSE 'kandidaat' END, 'S' || (j % 50), \
             'B' || (j % 10), 'p', 'onderbouw', 'K' || (j % 60), '', 1, 1, 'd', '2026-09-01', 1 FROM n, m",
            false,
        ),
        (
            "plaatsingen (lichting, kandidaat, school, plek, bouw, coach, uren, van, tot)",
            "'w' || i, 'k' || i || '-' || j, 'S' || (j % 50) || '-' || i, 'p', 'onderbouw', 'K' || (j % 60) || '-' || i, 60, '2026-08-01', \
             '2027-07-31' FROM n, m",
            false,
        ),
        ("kandidaten (id, gegevens, toestand, versie)", "'k' || i || '-' || j, '{}', 'wacht', 1 FROM n, m", false),
        ("personen (soort, id, gegevens)", "'kandidaat', 'k' || i || '-' || j, '{\"naam\":\"Kanarie\"}' FROM n, m", false),
        ("invoer_ids (invoer, soort, van, id)", "'f' || i, 'kandidaat', '', 'k' || i || '-' || j FROM n, m", false),
        (
            "berichten (id, daad, soort, aan_soort, aan, over, toestand, volgende_op, gemaakt_op)",
            "'b' || i || '-' || j, 'd' || i || '-' || j, 'vraag', 'kandidaat', 'k' || i || '-' || j, '/', \
             CASE j WHEN 199 THEN 'wachtend' ELSE 'verstuurd' END, 1, 1 FROM n, m",
            false,
        ),
    ];
    for (table, select, bytes) in rows {
        let values: Vec<Value> = if bytes { values!["{}".as_bytes()] } else { Vec::new() };
        change.run(format!("INSERT INTO {table} {MANY} SELECT {select}"), values).await.unwrap_or_else(|error| panic!("{table}: {error}"));
    }
}

/// Whatever is asked often. What comes of it is of no matter here: rows that were made up need not be readable.
async fn asked(store: &Store, reading: &mut Session, change: &mut Change) {
    let (wave, run, candidate) = ("w7", "t7-0", "k7-7");
    let claim =
        Claim { id: "t7-198".into(), attempt: 1, kind: "schaarste".into(), question: Question(serde_json::json!({})), parts: Vec::new() };
    // Turns of workers.
    let _ = change.claim_next(Lane::Heavy, "werker").await;
    let _ = change.beat(&claim).await;
    let _ = change.claim_mail("verzender", store.clock().now()).await;
    let _ = reading.claimed(&claim).await;
    let _ = reading.jobs_at_work().await;
    let _ = reading.waiting_lanes().await;
    let _ = reading.waiting_questions("d1").await;
    let _ = reading.lane_figures(store.clock().now()).await;
    // Jobs, runs and questions.
    let _ = reading.job(run).await;
    let _ = reading.jobs_among(&[run, "t8-0"]).await;
    let _ = reading.job_state(run).await;
    let _ = reading.happenings(run, 0, 100).await;
    let _ = reading.run(run).await;
    let _ = reading.runs_among(&[run, "t8-0"]).await;
    let _ = reading.runs(wave, 0, 50).await;
    let _ = reading.run_numbered(wave, 3).await;
    let _ = reading.newest_run(wave).await;
    let _ = reading.same_run(wave, "f7", &Question(serde_json::json!({}))).await;
    let _ = reading.last_question(run, &SCARCITY).await;
    let _ = reading.question_under("s7-30").await;
    let _ = reading.runs_under_review().await;
    // Waves.
    let _ = reading.waves(None, 0, 50).await;
    let _ = reading.live_waves().await;
    let _ = reading.works_on(wave).await;
    let _ = reading.batch_with(wave).await;
    let _ = reading.batches(0, 50).await;
    let _ = reading.batch("h7").await;
    let _ = reading.open_batches(wave).await;
    let _ = reading.candidates_in("f7").await;
    // Decisions, answers and placements.
    let _ = reading.decisions(wave).await;
    let _ = reading.decided(wave, "2026-09-01").await;
    let _ = reading.decision(wave, candidate).await;
    let _ = reading.past_of(wave, candidate).await;
    let _ = reading.notes(wave, candidate, 0, 50).await;
    let _ = reading.placings(run).await;
    let _ = reading.placing(run, candidate).await;
    let _ = reading.placings_written().await;
    let _ = reading.answers(wave).await;
    let _ = reading.answer(wave, candidate, Party::Coach).await;
    let _ = reading.placements(wave, 0, 50).await;
    let _ = reading.placements_at("S7-7", "p").await;
    let _ = reading.placements_of(&Who::new(Kind::Candidate, candidate), 50).await;
    let _ = reading.placements_of(&Who::new(Kind::Coach, "K7-7"), 50).await;
    let _ = reading.coaches_candidate("K7-7", candidate).await;
    let _ = reading.coached_by(&["K7-7"]).await;
    let _ = reading.last_day(wave, candidate).await;
    // People.
    let _ = reading.register_row(Kind::Candidate, Caller::machine("proef").scope(), candidate).await;
    let _ = reading.name_of(Kind::Candidate, candidate).await;
    let _ = reading.names_among(Kind::Candidate, &[candidate, "k8-8"]).await;
    let _ = reading.half_days_of(&[candidate]).await;
}

/// What a name stands for in a statement: a table by itself, or by the name that it gets there.
fn tables(sql: &str) -> BTreeMap<String, String> {
    let words: Vec<&str> = sql.split(|it: char| !(it.is_alphanumeric() || it == '_')).filter(|it| !it.is_empty()).collect();
    let follows = ["JOIN", "WHERE", "ON", "ORDER", "LEFT", "SET", "GROUP", "LIMIT", "UNION", "AND", "SELECT"];
    let mut found = BTreeMap::new();
    for (at, _) in words.iter().enumerate().filter(|(_, word)| ["FROM", "JOIN", "UPDATE", "INTO"].contains(word)) {
        let Some(table) = words.get(at + 1) else { continue };
        found.insert((*table).to_owned(), (*table).to_owned());
        if let Some(name) = words.get(at + 2).filter(|it| !follows.contains(it)) {
            found.insert((*name).to_owned(), (*table).to_owned());
        }
    }
    found
}

/// What a line of a plan reads from end to end, by the name that it has in the statement.
fn whole<'a>(line: &'a str, next: Option<&str>) -> Option<&'a str> {
    let first = |rest: &'a str| rest.split(' ').next();
    if let Some(rest) = line.trim().strip_prefix("SCAN ") {
        return first(rest);
    }
    if let Some((_, rest)) = line.split_once("Seq Scan on ") {
        return first(rest);
    }
    let (_, index) = line.split_once("Scan using ").or_else(|| line.split_once("Scan Backward using "))?;
    let conditioned = next.is_some_and(|it| it.trim().starts_with("Index Cond"));
    if conditioned { None } else { index.split_once(" on ").and_then(|(_, rest)| first(rest)) }
}

/// Lines of the plan of a statement by which a table that grows is read from end to end. A server would also read a whole table where that is
/// small enough to cost less, so there it is made to look for any other way.
async fn whole_tables(asking: &mut Change, on: On, sql: &str, values: Vec<Value>) -> Vec<String> {
    let (word, column) = match on {
        On::Sqlite => ("EXPLAIN QUERY PLAN", "detail"),
        On::Postgres => ("EXPLAIN", "QUERY PLAN"),
    };
    let plan = asking.rows(format!("{word} {sql}"), values).await.unwrap_or_else(|error| panic!("{sql}: {error}"));
    let lines: Vec<String> = plan.iter().map(|row| row.string(column).expect("a line of a plan")).collect();
    let named = tables(sql);
    let grows = |at: usize, line: &String| {
        let table = whole(line, lines.get(at + 1).map(String::as_str)).map(|name| named.get(name).map_or(name, String::as_str));
        table.is_some_and(|it| GROWS.contains(&it)) && !SHORT.iter().any(|it| line.contains(it))
    };
    lines.iter().enumerate().filter(|(at, line)| grows(*at, line)).map(|(_, line)| line.clone()).collect()
}

async fn what_is_asked_often_reads_no_table_from_end_to_end(on: On) {
    let base = on.base().await;
    let (store, counter) = base.open().await.counted();
    let mut change = store.change().await.unwrap();
    fill(&mut change).await;
    change.commit().await.unwrap();
    if on == On::Postgres {
        base.past("ANALYZE").await.unwrap();
    }
    let mut change = store.change().await.unwrap();
    counter.take();
    asked(&store, &mut store.read(), &mut change).await;
    drop(change);
    let statements: BTreeMap<String, Vec<Value>> = counter.take().into_iter().map(|it| (it.sql.into_owned(), it.values)).collect();
    assert!(statements.len() > 50, "{} statements", statements.len());
    let mut asking = store.change().await.unwrap();
    if on == On::Postgres {
        for way in ["enable_seqscan", "enable_hashjoin", "enable_mergejoin"] {
            asking.run(format!("SET LOCAL {way} = off"), values![]).await.unwrap();
        }
    }
    // What would be found if it were there.
    let found = whole_tables(&mut asking, on, "SELECT t.id FROM taken t WHERE t.voortgang = $1", values!["x"]).await;
    assert_eq!(found.len(), 1, "{found:?}");
    let mut wrong = Vec::new();
    for (sql, values) in statements {
        let whole = whole_tables(&mut asking, on, &sql, values).await;
        if !whole.is_empty() {
            wrong.push(format!("{sql}\n    {}", whole.join("\n    ")));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    drop(asking);
    store.close().await;
}

on_both! {
    what_is_asked_often_reads_no_table_from_end_to_end,
}
