//! A file of an earlier version is brought up to date with all that is in it; one of a later version, or of somebody else, is left alone.

use sqlx::sqlite::{SqliteConnectOptions, SqlitePoolOptions};

use super::super::opening::{MIGRATIONS, migrations};
use crate::access::Caller;
use crate::records::dossier::Who;
use crate::records::policy::PolicyState;
use crate::records::register::Kind;
use crate::records::review::Step;
use crate::records::stage::{Stage, StopReason};
use crate::store::trial::{Folder, add, store};
use crate::store::{Clock, Error, Store};

/// What the version before runs belonged to a problem wrote: a wave, two runs of which one follows the other, a question, a decision, a placement,
/// lines of the log about people, and answers kept for repeated requests.
const KEPT: &str = r#"
INSERT INTO besturen (id, gegevens, versie) VALUES ('B1', '{"naam":"B"}', 3);
INSERT INTO scholen (id, bestuur, gegevens, versie) VALUES ('S1', 'B1', '{}', 1);
INSERT INTO coaches (id, gegevens, van, tot, versie) VALUES ('K1', '{"maximum":2,"uren":9}', NULL, '2027-07-31', 1);
INSERT INTO kandidaten (id, gegevens, toestand, versie) VALUES ('Z1', '{"bouwen":["onderbouw"]}', 'wacht', 2), ('Z2', '{"bouwen":["onderbouw"]}', 'gestopt', 1);
INSERT INTO invoeren (sha256, bytes) VALUES ('aa', x'7b7d');
INSERT INTO lichtingen (id, naam, fase, van, tot, toestand, zaad, invoer, beslissingen, geldend, versie, aangemaakt_op)
    VALUES ('w', 'W', 'opleiding', '2026-09-01', '2027-08-31', 'in-beoordeling', 7, 'aa', 1, 'r2', 4, 0);
INSERT INTO taken (id, baan, groep, soort, vraag, delen, toestand, aangemaakt_op)
    VALUES ('r1', 'berekeningen', 'w', 'oplossen', '{}', '[]', 'klaar', 1), ('r2', 'berekeningen', 'w', 'oplossen', '{}', '[]', 'klaar', 2),
           ('v1', 'vragen', 'w', 'waarom', '{}', '[]', 'klaar', 3);
INSERT INTO taken (id, baan, groep, soort, vraag, delen, toestand, pogingen, werker, huur_tot, aangemaakt_op)
    VALUES ('b1', 'berekeningen', 'w', 'oplossen', '{}', '[]', 'bezig', 1, 'weg', 4102444800000, 4);
INSERT INTO berekeningen (id, lichting, nummer, invoer, basis, beslissingen, voorganger, herberekening, programma)
    VALUES ('r1', 'w', 1, 'aa', 'aa', 0, NULL, NULL, '0.1.0'), ('r2', 'w', 2, 'aa', 'aa', 1, 'r1', NULL, '0.1.0');
INSERT INTO beoordelingen (lichting, kandidaat, gegevens, berekening, versie, op, door)
    VALUES ('w', 'Z1', '{"besluit":"akkoord","plaatsing":{"school":"S1","plek":"p","coach":"K1"}}', 'r1', 1, 0, 'proef');
INSERT INTO plaatsingen (lichting, kandidaat, school, plek, bouw, coach, uren, van, tot)
    VALUES ('w', 'Z9', 'S1', 'p', 'onderbouw', 'K1', 60, '2026-09-01', '2027-08-31');
INSERT INTO vragen (id, berekening, sleutel) VALUES ('v1', 'r2', 'waarom');
INSERT INTO herberekeningen (id, aanleiding, toestand, versie, aangemaakt_op)
    VALUES ('h1', '{"soort":"kandidaat","id":"Z1","vanaf":"2027-01-01"}', 'voorstel', 2, 0),
           ('h2', '{"soort":"coach","id":"K1","vanaf":"2027-01-01"}', 'voorstel', 2, 0);
INSERT INTO logboek (nummer, op, wie, wat, onderwerp, digest, vorige, hash) VALUES
    (1, 0, 'x', 'kandidaat-gezet', 'Z1', '', '', ''), (2, 0, 'x', 'coach-gezet', 'K1', '', '', ''),
    (3, 0, 'x', 'besluit', 'w', '', '', ''), (4, 0, 'x', 'besluit', 'w', '', '', ''),
    (5, 0, 'x', 'herberekening-gevraagd', 'h1', '', '', ''), (6, 0, 'x', 'herberekening-afgewezen', 'h1', '', '', ''),
    (7, 0, 'x', 'herberekening-aanvaard', 'h2', '', '', ''), (8, 0, 'x', 'lichting-gesloten', 'w', '', '', '');
INSERT INTO logboek_inhoud (nummer, zout, inhoud) VALUES
    (1, '', '{"kandidaat":"Z1"}'), (2, '', '{"coach":"K1"}'), (3, '', '{"kandidaat":"Z1"}'), (5, '', '{}'), (6, '', '{}'),
    (7, '', '{"besluiten_vervallen":[["w","Z1"],["w","Z2"]]}'), (8, '', '{}');
INSERT INTO idempotentie (sleutel, vingerafdruk, status, koppen, lichaam, op)
    VALUES ('gedaan', 'a', 201, '[]', x'7b7d', 0), ('geweigerd', 'b', 428, '[]', x'7b7d', 0), ('bezig', 'c', NULL, NULL, NULL, 0);
"#;

/// Opens the file by this version, reads what was in it, and looks whether every reference still leads somewhere.
async fn opened(folder: &Folder) {
    let store = store(folder, "loket.sqlite").await;
    let (runs, all) = store.read().runs("w", 0, 10).await.expect("the runs");
    let told: Vec<_> = runs.iter().map(|it| (it.job.id.as_str(), it.wave.as_str(), it.number, it.before.as_deref())).collect();
    assert_eq!((told, all), (vec![("r2", "w", 2, Some("r1")), ("r1", "w", 1, None)], 2));
    let mut about = Vec::new();
    for (kind, id) in [(Kind::Candidate, "Z1"), (Kind::Candidate, "Z2"), (Kind::Coach, "K1")] {
        let lines = store.read().log_about(&Who::new(kind, id), 100).await.expect("the log");
        about.push(lines.iter().map(|it| it.number).collect::<Vec<_>>());
    }
    assert_eq!(about, [vec![1, 3, 5, 6, 7], vec![7], vec![2, 7]], "lines of then are found by whom they are about");
    let keys: Vec<(String,)> =
        sqlx::query_as("SELECT sleutel FROM idempotentie ORDER BY sleutel").fetch_all(&store.file().unwrap().write).await.unwrap();
    assert_eq!(keys.iter().map(|it| it.0.as_str()).collect::<Vec<_>>(), ["bezig", "gedaan"], "a refusal is no effect");
    // What a worker had is seen as every other's, however long its lease was to last.
    let at_work: Vec<_> =
        store.read().jobs_at_work().await.expect("the jobs").into_iter().map(|(job, beats)| (job.id, job.attempts, beats)).collect();
    assert_eq!(at_work, [("b1".to_owned(), 1, 0)]);
    let decided = store.read().decisions("w").await.expect("the decisions");
    let told: Vec<_> = decided.iter().map(|it| (it.candidate.as_str(), it.version, it.lapsed.as_deref())).collect();
    assert_eq!(told, [("Z1", 1, None)], "a decision of then counts");
    let outdated: Vec<_> = runs.iter().map(|it| it.outdated).collect();
    assert_eq!(outdated, [false, true], "what was out of date still is");
    let decided = store.read().decisions("w").await.expect("the decisions");
    assert_eq!((decided.len(), decided[0].kept, decided[0].version), (1, false, 1));
    let past = store.read().past_of("w", "Z1").await.expect("the history");
    let told: Vec<_> = past.iter().map(|it| (it.number, it.step, it.stands.as_ref().map(|it| it.version), it.before)).collect();
    assert_eq!(told, [(1, Step::Decided, Some(1), None)], "what stood then has a history from then on");
    assert_eq!(store.read().placements("w", 0, 10).await.expect("the placements").1, 1);
    // What the register knew is there: who stopped has stopped, for a reason that nobody noted; the wave's policy is noted when it is published.
    let stages = store.read().stages("Z2").await.expect("the stages");
    let told: Vec<_> = stages.iter().map(|it| (it.stage, it.from.as_deref(), it.reason)).collect();
    assert_eq!(told, [(Stage::Aangemeld, None, None), (Stage::Gestopt, None, Some(StopReason::Onbekend))]);
    assert_eq!(store.read().stages("Z1").await.expect("the stages").len(), 1);
    assert_eq!(store.read().wave("w").await.expect("the wave").expect("it is there").policy, None);
    assert!(runs.iter().all(|it| it.policy.is_none()));
    let everything = Caller::machine("proef");
    let coach = store.read().register_row(Kind::Coach, everything.scope(), "K1").await.expect("a row").expect("it is there");
    assert_eq!((coach.until.as_deref(), coach.ended, coach.own.len()), (Some("2027-07-31"), None, 0));
    let usual = store.read().policies(Some(PolicyState::Goedgekeurd), 0, 10).await.expect("the policies").1;
    assert_eq!(usual, 4);
    let loose: Vec<(String,)> =
        sqlx::query_as("SELECT \"table\" FROM pragma_foreign_key_check").fetch_all(&store.file().unwrap().write).await.unwrap();
    assert_eq!(loose, []);
    let guarded: (i64,) = sqlx::query_as("PRAGMA foreign_keys").fetch_one(&store.file().unwrap().write).await.unwrap();
    assert_eq!(guarded, (1,), "references are guarded again");
}

#[tokio::test]
async fn runs_of_an_earlier_version_are_kept_also_when_the_service_goes_down_halfway() {
    let folder = Folder::new("eerdere-versie");
    let options = SqliteConnectOptions::new().filename(folder.at("loket.sqlite")).create_if_missing(true);
    let pool = SqlitePoolOptions::new().max_connections(1).connect_with(options.clone()).await.expect("a file");
    migrations(MIGRATIONS.iter().filter(|it| it.version < 3).cloned().collect()).run(&pool).await.expect("the tables of then");
    sqlx::raw_sql(KEPT).execute(&pool).await.expect("rows of then");
    pool.close().await;
    opened(&folder).await;
    // The table was made anew, and the service went down before that was noted: it is done once more.
    let pool = SqlitePoolOptions::new().max_connections(1).connect_with(options).await.expect("the file");
    sqlx::query("DELETE FROM _sqlx_migrations WHERE version = 3").execute(&pool).await.expect("forgotten");
    pool.close().await;
    opened(&folder).await;
}

/// Notes a migration that this program does not have, as the program that made it would.
async fn marked(folder: &Folder, version: i64) {
    let options = SqliteConnectOptions::new().filename(folder.at("loket.sqlite"));
    let pool = SqlitePoolOptions::new().max_connections(1).connect_with(options).await.expect("the file");
    let sql = "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time) VALUES ($1, 'x', 1, x'00', 0)";
    sqlx::query(sql).bind(version).execute(&pool).await.expect("noted");
    pool.close().await;
}

async fn refused(folder: &Folder) -> String {
    let before = std::fs::read(folder.at("loket.sqlite")).expect("the file");
    let opened = Store::open(&folder.at("loket.sqlite"), Clock::default()).await;
    let Err(Error::Foreign(why)) = opened else { panic!("it is opened: {opened:?}") };
    assert_eq!(std::fs::read(folder.at("loket.sqlite")).expect("the file"), before, "nothing is changed in it");
    why
}

#[tokio::test]
async fn a_file_of_a_newer_program_is_not_opened_and_migrations_that_apalis_put_together_are_no_sign_of_one() {
    for (version, newer) in [(9_999, true), (99_991_231_235_959, true), (20_200_101_000_000, false)] {
        let folder = Folder::new(&format!("nieuwer-{version}"));
        let first = store(&folder, "loket.sqlite").await;
        add(&first, "een").await;
        first.close().await;
        marked(&folder, version).await;
        if newer {
            let why = refused(&folder).await;
            assert!(why.contains("nieuwere versie van Loket") && why.contains(&version.to_string()), "{why}");
        } else {
            let again = store(&folder, "loket.sqlite").await;
            assert!(again.read().wave("een").await.unwrap().is_some());
            again.close().await;
        }
    }
}

#[tokio::test]
async fn a_database_of_another_program_is_left_as_it_is() {
    let folder = Folder::new("vreemd");
    let options = SqliteConnectOptions::new().filename(folder.at("loket.sqlite")).create_if_missing(true);
    let pool = SqlitePoolOptions::new().max_connections(1).connect_with(options).await.expect("a file");
    sqlx::raw_sql("CREATE TABLE adressen (naam TEXT)").execute(&pool).await.expect("a table");
    pool.close().await;
    assert!(refused(&folder).await.contains("ander programma"));
}

#[tokio::test]
async fn where_only_the_wal_is_left_no_empty_file_takes_its_place() {
    let folder = Folder::new("alleen-wal");
    std::fs::write(folder.at("loket.sqlite-wal"), b"names").unwrap();
    let opened = Store::open(&folder.at("loket.sqlite"), Clock::default()).await;
    assert!(matches!(&opened, Err(Error::Foreign(why)) if why.contains("-wal")), "{opened:?}");
    assert_eq!(folder.names(), ["loket.sqlite-wal"]);
    assert_eq!(std::fs::read(folder.at("loket.sqlite-wal")).unwrap(), b"names");
}
