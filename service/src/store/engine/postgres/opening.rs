//! Opening a database: reachable, new enough, of this program alone, and with the tables of today, which one process makes at a time.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::{Duration, Instant};

use sqlx::migrate::Migrator;
use sqlx::postgres::{PgConnectOptions, PgConnection, PgPool, PgPoolOptions};
use sqlx::{ConnectOptions, Connection, Executor};

use super::tap::Tap;
use super::trouble::trouble;
use super::{Address, BEGIN, MOMENT, PATIENCE, Server, bell};
use crate::store::error::{Error, Result};

/// Our tables, by the numbers of SQLite's.
static MIGRATIONS: Migrator = sqlx::migrate!("./migrations/postgres");
/// The oldest PostgreSQL that is known to do.
const OLDEST: i64 = 15;
/// How long another process may take to bring the tables up to date.
const MIGRATING: Duration = Duration::from_secs(120);
/// Held by whoever brings the tables up to date; the next number after that of changes.
const TRY: &str = "SELECT pg_try_advisory_lock(465557415285)";
const LET_GO: &str = "SELECT pg_advisory_unlock(465557415285)";

/// Opens the database and brings its tables up to date.
pub(super) async fn open(address: &Address) -> Result<Server> {
    let mut connection = connect(address).await?;
    let done = ready(&mut connection).await;
    let _ = connection.close().await;
    done?;
    serve(address, 8, true).await
}

/// Opens it only to read it.
pub(super) async fn open_to_read(address: &Address) -> Result<Server> {
    let mut connection = connect(address).await?;
    let done = fit(&mut connection).await;
    let _ = connection.close().await;
    done?;
    serve(address, 2, false).await
}

/// One connection, so that what is wrong is known by its own name and not as a pool that stays empty.
async fn connect(address: &Address) -> Result<PgConnection> {
    let connected = tokio::time::timeout(PATIENCE, address.options.connect()).await;
    connected.map_err(|_| Error::Unreachable("er komt geen antwoord".into()))?.map_err(trouble)
}

async fn serve(address: &Address, readers: u32, writes: bool) -> Result<Server> {
    let options = address.options.clone();
    let read = Tap::new(pool(readers, options.clone(), false).await?);
    let keeper = Tap::new(pool(1, options.clone(), false).await?);
    // Two: the next change waits its turn in the database while one is being committed.
    let write = if writes { Tap::new(pool(2, options.clone(), true).await?) } else { read.clone() };
    let closed = AtomicBool::new(false);
    let begins = if writes { BEGIN } else { MOMENT };
    Ok(Server { read, write, keeper, begins, options, writing: Arc::default(), closed, bell: bell::Tower::default() })
}

async fn pool(most: u32, options: PgConnectOptions, writes: bool) -> Result<PgPool> {
    let pool = PgPoolOptions::new().max_connections(most).acquire_timeout(PATIENCE).after_connect(move |connection, _| {
        Box::pin(async move {
            if !writes {
                connection.execute("SET default_transaction_read_only = on").await?;
            }
            Ok(())
        })
    });
    pool.connect_with(options).await.map_err(trouble)
}

/// Whether this program can use the database.
async fn fit(connection: &mut PgConnection) -> Result<()> {
    let version: i64 = shown(connection, "server_version_num").await?.parse().unwrap_or_default();
    if version < OLDEST * 10_000 {
        return Err(Error::Unfit(format!("dit is PostgreSQL {}; er is minstens {OLDEST} nodig", version / 10_000)));
    }
    let encoding = shown(connection, "server_encoding").await?;
    if encoding != "UTF8" {
        return Err(Error::Unfit(format!("haar tekens zijn {encoding}; maak een database met ENCODING 'UTF8'")));
    }
    for (name, why) in [("fsync", "na een stroomstoring kan ze beschadigd zijn"), ("full_page_writes", "na een stroomstoring ook")] {
        if shown(connection, name).await? == "off" {
            tracing::warn!(instelling = name, "de database bewaart niet alles zeker: {why}");
        }
    }
    known(connection).await
}

async fn shown(connection: &mut PgConnection, name: &str) -> Result<String> {
    sqlx::query_scalar("SELECT current_setting($1)").bind(name.to_owned()).fetch_one(connection).await.map_err(trouble)
}

/// Whether this program may use what is in it: nothing, or tables whose every migration it knows.
async fn known(connection: &mut PgConnection) -> Result<()> {
    let sql = "SELECT relname::text FROM pg_class WHERE relkind IN ('r', 'p', 'v', 'm') AND relnamespace = current_schema()::regnamespace";
    let tables: Vec<String> = sqlx::query_scalar(sql).fetch_all(&mut *connection).await.map_err(trouble)?;
    if !tables.iter().any(|it| it == "_sqlx_migrations") {
        let ours = tables.is_empty();
        return if ours { Ok(()) } else { Err(Error::Unfit("er staan tabellen in van een ander programma dan Loket".into())) };
    }
    let versions: Vec<i64> =
        sqlx::query_scalar("SELECT version FROM _sqlx_migrations ORDER BY version").fetch_all(connection).await.map_err(trouble)?;
    let ours = MIGRATIONS.iter().map(|it| it.version).max().unwrap_or_default();
    match versions.iter().find(|it| !MIGRATIONS.version_exists(**it)) {
        None => Ok(()),
        Some(version) => Err(Error::Unfit(format!(
            "ze is van een nieuwere versie van Loket (tabellen {version}, dit programma kent ze tot en met {ours}); start die versie"
        ))),
    }
}

/// Checks the database and brings its tables up to date. Whoever comes while another does that waits, and finds it done.
async fn ready(connection: &mut PgConnection) -> Result<()> {
    fit(connection).await?;
    let began = Instant::now();
    // Asked for again and again: waiting in the database would hold back whoever makes an index there.
    while !sqlx::query_scalar::<_, bool>(TRY).fetch_one(&mut *connection).await.map_err(trouble)? {
        if began.elapsed() > MIGRATING {
            return Err(Error::Busy);
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    // Another may have been newer.
    let done = match known(connection).await {
        Ok(()) => migrate(connection).await,
        Err(error) => Err(error),
    };
    // It also goes with the connection.
    let _ = sqlx::query(LET_GO).execute(connection).await;
    done
}

async fn migrate(connection: &mut PgConnection) -> Result<()> {
    use sqlx::migrate::MigrateError;
    let mut migrator = Migrator::with_migrations(MIGRATIONS.iter().cloned().collect());
    migrator.set_locking(false);
    match migrator.run(connection).await {
        Err(MigrateError::Execute(error) | MigrateError::ExecuteMigration(error, _)) => Err(trouble(error)),
        other => Ok(other?),
    }
}
