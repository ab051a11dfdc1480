//! What tests do to a file past the program.

use std::path::Path;

use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{AssertSqlSafe, Connection};

/// Runs statements on a file as somebody with the file would; how many rows the last one changed, or what SQLite says against one.
pub(crate) async fn past(path: &Path, statements: &[&str]) -> Result<u64, String> {
    let options = SqliteConnectOptions::new().filename(path).foreign_keys(false);
    let mut connection = SqliteConnection::connect_with(&options).await.expect("the file is there");
    let mut rows = 0;
    for statement in statements {
        let done = sqlx::query(AssertSqlSafe((*statement).to_owned())).execute(&mut connection).await;
        rows = done.map_err(|error| error.to_string())?.rows_affected();
    }
    connection.close().await.expect("it closes");
    Ok(rows)
}
