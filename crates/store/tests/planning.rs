//! What PostgreSQL must know to find one row among many.

#![cfg(test)]

#[macro_use]
mod harness;
mod note;

use note::MIGRATIONS;
use std::time::Duration;
use store::{Location, Tx};

on_both_engines! {
    async fn a_table_that_has_grown_is_known_to_the_planner(fixture) {
        let Location::Postgres { url } = &fixture.location else { return };
        for _ in 0..3 {
            fixture
                .store
                .tenant(fixture.tenant)
                .write((), |mut tx: Tx, _| async move {
                    for n in 0..100 {
                        note::insert(&mut tx, &format!("n{n}")).await?;
                    }
                    Ok(())
                })
                .await
                .unwrap();
        }
        let (client, connection) = tokio_postgres::connect(url, tokio_postgres::NoTls).await.unwrap();
        tokio::spawn(connection);
        let known = async {
            let question = "SELECT reltuples::bigint FROM pg_class WHERE relname = 'note'";
            while client.query_one(question, &[]).await.unwrap().get::<_, i64>(0) < 100 {
                tokio::time::sleep(Duration::from_millis(10)).await;
            }
        };
        tokio::time::timeout(Duration::from_secs(30), known).await.expect("it was never looked at");
    }
}
