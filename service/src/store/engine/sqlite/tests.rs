//! A file of an earlier version is brought up to date with all that is in it.

use sqlx::sqlite::{SqliteConnectOptions, SqlitePoolOptions};

use super::{MIGRATIONS, migrations};
use crate::store::trial::{Folder, store};

/// What the version before runs belonged to a problem wrote: a wave, two runs of which one follows the other, a question and a decision.
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
";

/// Opens the file by this version, reads what was in it, and looks whether every reference still leads somewhere.
async fn opened(folder: &Folder) {
    let store = store(folder, "loket.sqlite").await;
    let (runs, all) = store.read().runs("w", 0, 10).await.expect("the runs");
    let told: Vec<_> = runs.iter().map(|it| (it.job.id.as_str(), it.wave.as_str(), it.number, it.before.as_deref())).collect();
    assert_eq!((told, all), (vec![("r2", "w", 2, Some("r1")), ("r1", "w", 1, None)], 2));
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
