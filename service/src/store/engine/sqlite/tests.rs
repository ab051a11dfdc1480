//! A file of an earlier version is brought up to date with all that is in it.

use sqlx::sqlite::{SqliteConnectOptions, SqlitePoolOptions};

use super::{MIGRATIONS, migrations};
use crate::records::dossier::Who;
use crate::records::register::Kind;
use crate::store::trial::{Folder, store};

/// What the version before runs belonged to a problem wrote: a wave, two runs of which one follows the other, a question, lines of the log
/// about people, and answers kept for repeated requests.
const KEPT: &str = "
INSERT INTO invoeren (sha256, bytes) VALUES ('aa', x'7b7d');
INSERT INTO lichtingen (id, naam, fase, van, tot, toestand, zaad, invoer, beslissingen, geldend, versie, aangemaakt_op)
    VALUES ('w', 'W', 'opleiding', '2026-09-01', '2027-08-31', 'in-beoordeling', 7, 'aa', 1, 'r2', 4, 0);
INSERT INTO taken (id, baan, groep, soort, vraag, delen, toestand, aangemaakt_op)
    VALUES ('r1', 'berekeningen', 'w', 'oplossen', '{}', '[]', 'klaar', 1), ('r2', 'berekeningen', 'w', 'oplossen', '{}', '[]', 'klaar', 2),
           ('v1', 'vragen', 'w', 'waarom', '{}', '[]', 'klaar', 3);
INSERT INTO berekeningen (id, lichting, nummer, invoer, basis, beslissingen, voorganger, herberekening, programma)
    VALUES ('r1', 'w', 1, 'aa', 'aa', 0, NULL, NULL, '0.1.0'), ('r2', 'w', 2, 'aa', 'aa', 1, 'r1', NULL, '0.1.0');
INSERT INTO vragen (id, berekening, sleutel) VALUES ('v1', 'r2', 'waarom');
INSERT INTO herberekeningen (id, aanleiding, toestand, versie, aangemaakt_op)
    VALUES ('h1', '{\"soort\":\"kandidaat\",\"id\":\"Z1\",\"vanaf\":\"2027-01-01\"}', 'voorstel', 2, 0),
           ('h2', '{\"soort\":\"coach\",\"id\":\"K1\",\"vanaf\":\"2027-01-01\"}', 'voorstel', 2, 0);
INSERT INTO logboek (nummer, op, wie, wat, onderwerp, digest, vorige, hash) VALUES
    (1, 0, 'x', 'kandidaat-gezet', 'Z1', '', '', ''), (2, 0, 'x', 'coach-gezet', 'K1', '', '', ''),
    (3, 0, 'x', 'besluit', 'w', '', '', ''), (4, 0, 'x', 'besluit', 'w', '', '', ''),
    (5, 0, 'x', 'herberekening-gevraagd', 'h1', '', '', ''), (6, 0, 'x', 'herberekening-afgewezen', 'h1', '', '', ''),
    (7, 0, 'x', 'herberekening-aanvaard', 'h2', '', '', ''), (8, 0, 'x', 'lichting-gesloten', 'w', '', '', '');
INSERT INTO logboek_inhoud (nummer, zout, inhoud) VALUES
    (1, '', '{\"kandidaat\":\"Z1\"}'), (2, '', '{\"coach\":\"K1\"}'), (3, '', '{\"kandidaat\":\"Z1\"}'), (5, '', '{}'), (6, '', '{}'),
    (7, '', '{\"besluiten_vervallen\":[[\"w\",\"Z1\"],[\"w\",\"Z2\"]]}'), (8, '', '{}');
INSERT INTO idempotentie (sleutel, vingerafdruk, status, koppen, lichaam, op)
    VALUES ('gedaan', 'a', 201, '[]', x'7b7d', 0), ('geweigerd', 'b', 428, '[]', x'7b7d', 0), ('bezig', 'c', NULL, NULL, NULL, 0);
";

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
        sqlx::query_as("SELECT sleutel FROM idempotentie ORDER BY sleutel").fetch_all(&store.file.write).await.unwrap();
    assert_eq!(keys.iter().map(|it| it.0.as_str()).collect::<Vec<_>>(), ["bezig", "gedaan"], "a refusal is no effect");
    let loose: Vec<(String,)> =
        sqlx::query_as("SELECT \"table\" FROM pragma_foreign_key_check").fetch_all(&store.file.write).await.unwrap();
    assert_eq!(loose, []);
    let guarded: (i64,) = sqlx::query_as("PRAGMA foreign_keys").fetch_one(&store.file.write).await.unwrap();
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
