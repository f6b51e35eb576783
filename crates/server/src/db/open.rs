//! Opening the database: pools, SQLite's settings, and the versions that are safe to run on.

use std::path::Path;
use std::time::Duration;

use sqlx::AnyConnection;
use sqlx::any::AnyPoolOptions;

use super::{Db, Kind};

/// SQLite 3.7.0 to 3.51.2 can corrupt a database in WAL mode when two connections write and checkpoint at
/// once; the fix came with this version.
const OLDEST_SAFE_SQLITE: (u32, u32, u32) = (3, 51, 3);

const READERS_SQLITE: u32 = 8;
const CONNECTIONS_POSTGRES: u32 = 16;

/// Why the database cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum DbError {
    /// The URL names no database that this server knows.
    #[error("database_url must begin with sqlite:// or postgres://")]
    UnknownScheme,
    /// The folder of the SQLite file cannot be made.
    #[error("cannot make the folder {path}: {source}")]
    Folder {
        /// Which folder.
        path: String,
        /// Why.
        source: std::io::Error,
    },
    /// The built-in SQLite is one that can lose data.
    #[error("SQLite {found} is not safe to run on: 3.51.3 or newer is needed")]
    OldSqlite {
        /// Its version.
        found: String,
    },
    /// The file of a migration that ran before has changed since.
    #[error("migration {name} has changed since it ran; restore it and add a new one instead")]
    ChangedMigration {
        /// Which migration.
        name: String,
    },
    /// The database was brought up to date by a newer server.
    #[error("the database is newer than this server: it holds migration {name}")]
    NewerDatabase {
        /// A migration that this server does not know.
        name: String,
    },
    /// The database refused or cannot be reached.
    #[error("{0}")]
    Sqlx(#[from] sqlx::Error),
}

impl Db {
    /// Opens `sqlite://path/to/file.db` (made when missing) or `postgres://user@host/name`.
    pub async fn open(url: &str) -> Result<Self, DbError> {
        sqlx::any::install_default_drivers();
        if let Some(rest) = url.strip_prefix("sqlite:") {
            open_sqlite(rest.trim_start_matches("//")).await
        } else if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            open_postgres(url).await
        } else {
            Err(DbError::UnknownScheme)
        }
    }
}

async fn open_postgres(url: &str) -> Result<Db, DbError> {
    let pool = AnyPoolOptions::new()
        .max_connections(CONNECTIONS_POSTGRES)
        .acquire_timeout(Duration::from_secs(30))
        .connect(url)
        .await?;
    Ok(Db {
        kind: Kind::Postgres,
        readers: pool.clone(),
        writers: pool,
    })
}

async fn open_sqlite(location: &str) -> Result<Db, DbError> {
    let file = location.split('?').next().unwrap_or(location);
    make_folder_of(Path::new(file))?;
    let url = format!("sqlite://{file}?mode=rwc");
    let writers = sqlite_pool(&url, 1, false).await?;
    check_sqlite_version(&writers).await?;
    let readers = sqlite_pool(&url, READERS_SQLITE, true).await?;
    Ok(Db {
        kind: Kind::Sqlite,
        readers,
        writers,
    })
}

fn make_folder_of(file: &Path) -> Result<(), DbError> {
    let Some(folder) = file.parent().filter(|p| !p.as_os_str().is_empty()) else {
        return Ok(());
    };
    std::fs::create_dir_all(folder).map_err(|source| DbError::Folder {
        path: folder.display().to_string(),
        source,
    })
}

async fn sqlite_pool(
    url: &str,
    connections: u32,
    read_only: bool,
) -> Result<sqlx::AnyPool, sqlx::Error> {
    AnyPoolOptions::new()
        .max_connections(connections)
        .acquire_timeout(Duration::from_secs(30))
        .after_connect(move |conn, _| Box::pin(set_up_sqlite(conn, read_only)))
        .connect(url)
        .await
}

/// Durable on power loss (`synchronous=FULL`), readers beside one writer (WAL), references checked.
async fn set_up_sqlite(conn: &mut AnyConnection, read_only: bool) -> Result<(), sqlx::Error> {
    sqlx::raw_sql(
        "PRAGMA busy_timeout = 10000; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; \
         PRAGMA foreign_keys = ON; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -16000;",
    )
    .execute(&mut *conn)
    .await?;
    if read_only {
        sqlx::raw_sql("PRAGMA query_only = ON")
            .execute(&mut *conn)
            .await?;
    }
    Ok(())
}

async fn check_sqlite_version(pool: &sqlx::AnyPool) -> Result<(), DbError> {
    let found: String = sqlx::query_scalar("SELECT sqlite_version()")
        .fetch_one(pool)
        .await?;
    if parse_version(&found).is_some_and(|version| version >= OLDEST_SAFE_SQLITE) {
        Ok(())
    } else {
        Err(DbError::OldSqlite { found })
    }
}

fn parse_version(text: &str) -> Option<(u32, u32, u32)> {
    let mut parts = text.split('.').map(str::parse::<u32>);
    Some((
        parts.next()?.ok()?,
        parts.next()?.ok()?,
        parts.next()?.ok()?,
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_compare_by_number_not_by_letter() {
        assert_eq!(parse_version("3.51.3"), Some((3, 51, 3)));
        assert!(parse_version("3.100.0") > Some(OLDEST_SAFE_SQLITE));
        assert!(parse_version("3.7.17") < Some(OLDEST_SAFE_SQLITE));
        assert_eq!(parse_version("three"), None);
    }
}
