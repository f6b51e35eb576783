//! Bringing a database up to date, alone and with others.

use contract::Timestamp;
use server::db::{Db, DbError};

use crate::harness::{OPENING, TestDatabase};

async fn start(url: String) -> Result<(), DbError> {
    let db = Db::open(&url).await?;
    db.migrate(OPENING).await?;
    db.close().await;
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn nodes_that_start_at_once_bring_the_database_up_to_date_once() {
    for database in TestDatabase::each().await {
        let nodes: Vec<_> = (0..6)
            .map(|_| tokio::spawn(start(database.url())))
            .collect();
        for node in nodes {
            node.await
                .unwrap()
                .unwrap_or_else(|error| panic!("{}: {error}", database.name()));
        }
        let db = Db::open(&database.url()).await.unwrap();
        let ran: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM migration")
            .fetch_one(db.reader())
            .await
            .unwrap();
        assert!(ran >= 5, "{ran}");
        db.close().await;
    }
}

#[tokio::test]
async fn a_changed_or_unknown_migration_stops_the_start_with_its_name() {
    for database in TestDatabase::each().await {
        let db = Db::open(&database.url()).await.unwrap();
        db.migrate(Timestamp(1)).await.unwrap();
        let mut tx = db.begin().await.unwrap();
        sqlx::query(
            "INSERT INTO migration (name, checksum, ran_at) VALUES ('9999_future', 'x', 1)",
        )
        .execute(tx.conn())
        .await
        .unwrap();
        tx.commit().await.unwrap();
        let told = db.migrate(Timestamp(2)).await.unwrap_err().to_string();
        assert!(
            told.contains("newer than this server") && told.contains("9999_future"),
            "{told}"
        );
        let mut tx = db.begin().await.unwrap();
        sqlx::query("UPDATE migration SET checksum = 'x' WHERE name = '0010_catalog'")
            .execute(tx.conn())
            .await
            .unwrap();
        tx.commit().await.unwrap();
        let told = db.migrate(Timestamp(3)).await.unwrap_err().to_string();
        assert!(told.contains("0010_catalog has changed"), "{told}");
        db.close().await;
    }
}

#[tokio::test]
async fn readers_of_the_embedded_database_cannot_write() {
    for database in TestDatabase::each().await {
        let db = Db::open(&database.url()).await.unwrap();
        db.migrate(OPENING).await.unwrap();
        let written = sqlx::query("INSERT INTO meta (key, value) VALUES ('a', 'b')")
            .execute(db.reader())
            .await;
        assert_eq!(written.is_err(), database.name() == "sqlite");
        db.close().await;
    }
}

#[tokio::test]
async fn what_is_not_committed_is_undone() {
    for database in TestDatabase::each().await {
        let db = Db::open(&database.url()).await.unwrap();
        db.migrate(OPENING).await.unwrap();
        for commit in [false, true] {
            let mut tx = db.begin().await.unwrap();
            sqlx::query("INSERT INTO meta (key, value) VALUES ('a', 'b')")
                .execute(tx.conn())
                .await
                .unwrap();
            if commit {
                tx.commit().await.unwrap();
            }
        }
        let rows: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM meta WHERE key = 'a'")
            .fetch_one(db.reader())
            .await
            .unwrap();
        assert_eq!(rows, 1, "{}", database.name());
        db.close().await;
    }
}
