//! Starts what asynchronous work needs, once for a command.

use std::future::Future;

use crate::files::FileError;

/// Does asynchronous work on as many threads as the machine has cores, and waits for it.
pub fn wait<F: Future>(work: F) -> Result<F::Output, FileError> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    let runtime = runtime.map_err(|error| FileError(format!("Het programma kan hier niet beginnen: {error}.")))?;
    Ok(runtime.block_on(work))
}
