//! A database that one test has to itself and that goes with it.

use sqlx::{Connection, PgConnection};
use tempfile::TempDir;
use uuid::Uuid;

/// A database that one test has to itself.
pub enum TestDatabase {
    Sqlite(TempDir),
    Postgres { admin: String, name: String },
}

impl TestDatabase {
    /// A fresh SQLite file, and a fresh PostgreSQL database when a server is there.
    pub async fn each() -> Vec<Self> {
        let mut databases = vec![Self::Sqlite(TempDir::new().unwrap())];
        if let Ok(admin) = std::env::var("JISHI_TEST_POSTGRES_URL") {
            let name = format!("jishi_test_{}", Uuid::new_v4().simple());
            execute(&admin, format!("CREATE DATABASE {name}")).await;
            databases.push(Self::Postgres { admin, name });
        }
        databases
    }

    pub fn name(&self) -> &'static str {
        match self {
            Self::Sqlite(_) => "sqlite",
            Self::Postgres { .. } => "postgres",
        }
    }

    pub fn url(&self) -> String {
        match self {
            Self::Sqlite(folder) => format!("sqlite://{}", folder.path().join("shop.db").display()),
            Self::Postgres { admin, name } => {
                let (server, _) = admin.rsplit_once('/').expect("postgres://USER@HOST/NAME");
                format!("{server}/{name}")
            }
        }
    }
}

impl Drop for TestDatabase {
    fn drop(&mut self) {
        if let Self::Postgres { admin, name } = self {
            let (admin, sql) = (admin.clone(), format!("DROP DATABASE {name} WITH (FORCE)"));
            // A test's runtime cannot wait inside a drop, so another thread does.
            let dropping = std::thread::spawn(move || {
                let runtime = tokio::runtime::Builder::new_current_thread()
                    .enable_all()
                    .build()
                    .unwrap();
                runtime.block_on(execute(&admin, sql));
            });
            dropping.join().ok();
        }
    }
}

async fn execute(url: &str, sql: String) {
    let mut connection = PgConnection::connect(url).await.unwrap();
    sqlx::raw_sql(sqlx::AssertSqlSafe(sql))
        .execute(&mut connection)
        .await
        .unwrap();
    connection.close().await.unwrap();
}
