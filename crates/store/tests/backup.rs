//! Backups: one moment of one engine comes back on the other, and what is damaged or foreign touches nothing.

#![cfg(test)]

#[macro_use]
mod harness;
mod note;
mod rows;

use harness::master;
use kernel::{EmailAddress, Error, Language, OutboxId, Result};
use note::{MIGRATIONS, add, number_of};
use rows::{Elsewhere, all_rows};
use std::collections::BTreeSet;
use std::io::Cursor;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use store::backup::{self, Header, Progress, Replace};
use store::{Change, Letter, Location, MasterKey, Migration, Store, Tx, params};
use uuid::Uuid;

async fn back_up(store: &Store) -> Vec<u8> {
    let (header, file) = store.backup(Vec::new(), &mut |_| Ok(())).await.unwrap();
    assert_eq!(header.tenants, 2);
    file
}

async fn restore(file: &[u8], into: &Location, replace: Replace) -> Result<Header> {
    restore_by(file, into, MIGRATIONS, &master(), replace).await
}

async fn restore_by(
    file: &[u8],
    into: &Location,
    migrations: &[Migration],
    master: &MasterKey,
    replace: Replace,
) -> Result<Header> {
    let system = (&kernel::Clock::system(), kernel::Rng::system());
    backup::restore(Cursor::new(file), into, migrations, &master.clone().into(), system, replace, &mut |_| {
        Ok(())
    })
    .await
}

async fn post(store: &Store, tenant: kernel::TenantId) {
    let letter = Letter {
        id: OutboxId(Uuid::from_u128(99)),
        kind: "note",
        to: EmailAddress::parse("ann@fabrikam.example").unwrap(),
        language: Language::default(),
        subject: Uuid::from_u128(98),
        cause: None,
        data: serde_json::json!({"name": "Ünïcödé \u{0}\n\"quoted\""}),
    };
    let write = |mut tx: Tx, letter: Arc<Letter>| async move { tx.post((*letter).clone()).await };
    store.tenant(tenant).write(letter, write).await.unwrap();
}

/// Rows of every kind of cell, and mail that waits.
async fn fill(store: &Store, tenant: kernel::TenantId) {
    for text in ["plain", "", "line\nbreak", "\"quoted\\\"", "ß İ 名 😀"] {
        add(store, tenant, text).await.unwrap();
    }
    let update = |mut tx: Tx, _| async move {
        tx.execute(&note::MARK, params![flag: true, data: vec![0_u8, 255, 10], text: "plain"]).await?;
        tx.execute(&note::MARK, params![flag: false, data: Vec::<u8>::new(), text: ""]).await
    };
    store.tenant(tenant).write((), update).await.unwrap();
    post(store, tenant).await;
}

/// What a restore changes on purpose: the epoch and mail that waited.
fn expected(text: &str) -> String {
    text.replace("state=\"waiting\"", "state=\"held\"")
}

on_both_engines! {
    async fn a_backup_comes_back_row_by_row_on_the_other_engine(fixture) {
        fill(&fixture.store, fixture.tenant).await;
        let file = back_up(&fixture.store).await;
        let elsewhere = Elsewhere::new(fixture.engine.other()).await;
        let header = restore(&file, &elsewhere.location, Replace::Nothing).await.unwrap();
        let (before, after) = (all_rows(&fixture.location).await, all_rows(&elsewhere.location).await);
        for (name, rows) in &before {
            match name.as_str() {
                "installation" | "schema_lease" | "write_batch" => {}
                _ => assert_eq!(&rows.iter().map(|row| expected(row)).collect::<BTreeSet<_>>(), &after[name], "{name}"),
            }
        }
        assert!(after["write_batch"].is_empty(), "what ends with the epoch is not carried over");
        assert!(header.rows > 8);

        // The other engine opens with the same keys, in a new epoch that waits to be settled.
        let open = || Store::open(&elsewhere.location, MIGRATIONS, master(), fixture.clock.clone(), fixture.rng);
        let restored = open().await.unwrap();
        assert_eq!((restored.epoch().number, restored.epoch().is_settled), (2, false));
        assert!(restored.epoch().started_at > fixture.store.epoch().started_at);
        let tag = |store: Store| async move { store.keys(fixture.tenant).await.unwrap().mac("test", &[]) };
        assert_eq!(tag(fixture.store.clone()).await, tag(restored.clone()).await);
        restored.settle_epoch().await.unwrap();
        restored.close().await;
        let again = open().await.unwrap();
        assert_eq!((again.epoch().number, again.epoch().is_settled), (2, true));
        again.close().await;
        drop((restored, again));
        elsewhere.end().await;
    }

    async fn a_backup_under_load_is_one_moment_with_everything_acknowledged_before_it(fixture) {
        let over = Arc::new(AtomicBool::new(false));
        let acknowledged = Arc::new(AtomicU32::new(0));
        let writers: Vec<_> = (0..8_u32).map(|writer| {
            let (store, over, acknowledged) = (fixture.store.clone(), over.clone(), acknowledged.clone());
            tokio::spawn(async move {
                for n in 0_u32.. {
                    if over.load(Ordering::SeqCst) {
                        return;
                    }
                    let id = Uuid::from_u128((u128::from(writer) << 64) | u128::from(n));
                    let write = move |mut tx: Tx, _| async move {
                        tx.execute(&note::INSERT, params![id: id, text: "under load"]).await?;
                        tx.feed("note", kernel::ObjectId(id), Change::Created).await
                    };
                    store.tenant(fixture.tenant).write((), write).await.unwrap();
                    acknowledged.fetch_add(1, Ordering::SeqCst);
                }
            })
        }).collect();
        while acknowledged.load(Ordering::SeqCst) < 300 {
            tokio::task::yield_now().await;
        }
        let before = i64::from(acknowledged.load(Ordering::SeqCst));
        let file = back_up(&fixture.store).await;
        let after = i64::from(acknowledged.load(Ordering::SeqCst));
        over.store(true, Ordering::SeqCst);
        for writer in writers {
            writer.await.unwrap();
        }
        let elsewhere = Elsewhere::new(fixture.engine.other()).await;
        restore(&file, &elsewhere.location, Replace::Nothing).await.unwrap();
        let restored = Store::open(&elsewhere.location, MIGRATIONS, master(), fixture.clock.clone(), fixture.rng).await.unwrap();
        let number = number_of(&restored, fixture.tenant).await;
        restored.close().await;
        drop(restored);
        assert!(number >= before, "{number} of {before} acknowledged");
        assert!(number <= after + 8, "the snapshot is no later than its end");
        // Exactly what the tenant's first `number` changes had made: nothing less, nothing by half, nothing later.
        let (source, copy) = (all_rows(&fixture.location).await, all_rows(&elsewhere.location).await);
        let number_in = |row: &str| -> i64 {
            row.split(' ').find_map(|cell| cell.strip_prefix("change_number=")).unwrap().parse().unwrap()
        };
        let feed: BTreeSet<String> = source["feed"].iter().filter(|row| number_in(row) <= number).cloned().collect();
        assert_eq!(feed, copy["feed"]);
        let cell = |row: &str, name: &str| row.split(' ').find_map(|cell| cell.strip_prefix(name)).unwrap().to_owned();
        let made: BTreeSet<String> = feed.iter().map(|row| cell(row, "object_id=")).collect();
        assert_eq!(made, copy["note"].iter().map(|row| cell(row, "id=")).collect());
        elsewhere.end().await;
    }

    async fn a_damaged_file_a_wrong_key_or_another_schema_touches_nothing(fixture) {
        fill(&fixture.store, fixture.tenant).await;
        let file = back_up(&fixture.store).await;
        let elsewhere = Elsewhere::new(fixture.engine).await;
        // A tenant of its own shows that nothing was touched.
        let open = || Store::open(&elsewhere.location, MIGRATIONS, master(), fixture.clock.clone(), fixture.rng);
        let store = open().await.unwrap();
        store.create_tenant(fixture.other, (), |_: Tx, _| async { Ok(()) }).await.unwrap();
        store.close().await;
        drop(store);
        let untouched = all_rows(&elsewhere.location).await;
        let step = (file.len() / 60).max(1);
        for at in (0..file.len()).step_by(step).chain([file.len() - 1]) {
            let mut broken = file.clone();
            broken[at] ^= 1;
            restore(&broken, &elsewhere.location, Replace::Everything).await.expect_err("a broken byte");
            restore(&file[..at], &elsewhere.location, Replace::Everything).await.expect_err("cut off");
        }
        let longer = [&file[..], b"x"].concat();
        let error = restore(&longer, &elsewhere.location, Replace::Everything).await.unwrap_err();
        assert!(error.message().contains("damaged"), "{error}");
        let refusal = |error: Error| error.message().to_owned();
        let wrong = MasterKey::new([8; 32]);
        let answer = restore_by(&file, &elsewhere.location, MIGRATIONS, &wrong, Replace::Everything).await;
        assert!(refusal(answer.unwrap_err()).contains("master key does not belong to this backup"));
        let answer = restore_by(&file, &elsewhere.location, &[], &master(), Replace::Everything).await;
        assert!(refusal(answer.unwrap_err()).contains("the tables of note differ"));
        let newer = String::from_utf8_lossy(&file).contains("\"schemaVersion\":1");
        assert!(newer, "the header is readable");
        let at = file.windows(17).position(|window| window == b"\"schemaVersion\":1").unwrap() + 16;
        let mut newer = file.clone();
        newer[at] = b'9';
        let answer = restore(&newer, &elsewhere.location, Replace::Everything).await;
        assert!(refusal(answer.unwrap_err()).contains("made by a newer Lodge"));
        assert_eq!(untouched, all_rows(&elsewhere.location).await);

        // A database that holds tenants is left alone unless one says so.
        let answer = restore(&file, &elsewhere.location, Replace::Nothing).await;
        assert!(refusal(answer.unwrap_err()).contains("holds 1 tenants"));
        assert_eq!(untouched, all_rows(&elsewhere.location).await);
        restore(&file, &elsewhere.location, Replace::Everything).await.unwrap();
        assert_eq!(all_rows(&elsewhere.location).await["tenant"].len(), 2);
        elsewhere.end().await;
    }

    async fn a_database_in_use_is_not_restored_into(fixture) {
        let file = back_up(&fixture.store).await;
        // A Lodge that runs has a connection.
        number_of(&fixture.store, fixture.tenant).await;
        let before = all_rows(&fixture.location).await;
        let error = restore(&file, &fixture.location, Replace::Everything).await.unwrap_err();
        assert!(error.message().contains("Lodge is running on this database"), "{error}");
        assert_eq!(before, all_rows(&fixture.location).await);
    }

    async fn a_backup_holds_neither_the_master_key_nor_what_ends_with_the_epoch(fixture) {
        fill(&fixture.store, fixture.tenant).await;
        let own = fixture.store.tenant(fixture.tenant);
        own.claim_job("test.job", Uuid::from_u128(5), fixture.clock.now()).await.unwrap();
        let file = back_up(&fixture.store).await;
        // The second of three frames is all a Zstandard reader sees.
        let rows = zstd::decode_all(Cursor::new(&file)).unwrap();
        let text = String::from_utf8(rows.clone()).unwrap();
        assert!(text.contains("ann@fabrikam.example") && text.contains("{\"table\":\"tenant\""));
        assert!(!text.contains("test.job") && !text.contains("write_batch"));
        let key = master();
        let forms = [key.expose().to_vec(), base64(key.expose()).into_bytes(), hexadecimal(key.expose()).into_bytes()];
        for form in forms {
            for bytes in [&file, &rows] {
                assert!(!bytes.windows(form.len()).any(|window| window == form), "the master key is in the file");
            }
        }
    }

    async fn a_backup_that_is_interrupted_ends_at_once(fixture) {
        for n in 0..600 {
            add(&fixture.store, fixture.tenant, &format!("n{n}")).await.unwrap();
        }
        let mut seen = Vec::new();
        let mut watch = |progress: Progress| {
            seen.push(progress);
            Err(Error::unavailable("interrupted"))
        };
        let error = fixture.store.backup(Vec::new(), &mut watch).await.map(|_| ()).unwrap_err();
        assert_eq!(error.message(), "interrupted");
        assert_eq!(seen.len(), 1);
        assert!(seen[0].done < seen[0].total);
        add(&fixture.store, fixture.tenant, "goes on").await.unwrap();
    }
}

fn base64(bytes: &[u8]) -> String {
    use ::base64::Engine;
    ::base64::engine::general_purpose::STANDARD.encode(bytes)
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |text, byte| text + &format!("{byte:02x}"))
}
