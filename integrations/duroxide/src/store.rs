//! The engine's store: SQLite in a file, or Postgres for several machines.

use std::error::Error;
use std::sync::Arc;
use std::time::Duration;

use duroxide::providers::Provider;
use duroxide::providers::sqlite::SqliteProvider;
use duroxide::runtime::RuntimeOptions;

/// A failure to open a store, or to ask it.
pub type StoreError = Box<dyn Error + Send + Sync>;

/// An open store.
#[derive(Clone)]
pub enum Store {
    /// A file, for one process.
    Sqlite(Arc<SqliteProvider>),
    /// A schema of a database, for any number of processes.
    #[cfg(feature = "postgres")]
    Postgres(Arc<duroxide_pg::PostgresProvider>),
}

impl Store {
    /// Opens `address`: the address of a database if it begins with `postgres://`, the path of a file otherwise.
    ///
    /// An address may end with `#` and the name of a schema.
    ///
    /// # Errors
    ///
    /// If it cannot be opened.
    pub async fn open(address: &str) -> Result<Self, StoreError> {
        if !address.starts_with("postgres://") {
            let file = SqliteProvider::new(&format!("sqlite:{address}?mode=rwc"), None).await?;
            return Ok(Self::Sqlite(Arc::new(file)));
        }
        #[cfg(feature = "postgres")]
        {
            let (url, schema) = address.split_once('#').map_or((address, None), |(url, schema)| (url, Some(schema)));
            let database = duroxide_pg::PostgresProvider::new_with_schema(url, schema).await?;
            Ok(Self::Postgres(Arc::new(database)))
        }
        #[cfg(not(feature = "postgres"))]
        Err("Postgres needs `--features postgres`".into())
    }

    /// The store as the engine wants it.
    #[must_use]
    pub fn provider(&self) -> Arc<dyn Provider> {
        match self {
            Self::Sqlite(file) => file.clone(),
            #[cfg(feature = "postgres")]
            Self::Postgres(database) => database.clone(),
        }
    }
}

/// An engine that notices within seconds that another process is gone.
#[must_use]
pub fn options(store: &Store) -> RuntimeOptions {
    // A file has one writer at a time, and the engine gives up a turn that it cannot write down within a second.
    let concurrency = if matches!(store, Store::Sqlite(_)) { (1, 6) } else { (2, 8) };
    RuntimeOptions {
        dispatcher_min_poll_interval: Duration::from_millis(20),
        orchestration_concurrency: concurrency.0,
        worker_concurrency: concurrency.1,
        // What a killed process was about is free again after this.
        orchestrator_lock_timeout: Duration::from_secs(2),
        worker_lock_timeout: Duration::from_secs(2),
        ..RuntimeOptions::default()
    }
}
