//! What jobs promise, on both engines.

#![cfg(test)]

#[macro_use]
#[path = "../../store/tests/harness/mod.rs"]
mod harness;

use delivery::{Job, Jobs, Progress};
use futures_util::FutureExt;
use kernel::{Error, Result, SignedDuration, TenantId};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use store::{Migration, RETENTION, TenantStatus, Tx};
use tokio_util::sync::CancellationToken;

const MIGRATIONS: &[Migration] = &[];
const HOUR: SignedDuration = SignedDuration::from_hours(1);

/// A job that notes for whom it runs and answers with what it is given.
fn job(every: SignedDuration, ran: &Arc<Mutex<Vec<TenantId>>>, answer: fn(usize) -> Result<Progress>) -> Job {
    let (ran, calls) = (ran.clone(), Arc::new(AtomicUsize::new(0)));
    let run = move |tenant| {
        ran.lock().unwrap().push(tenant);
        let call = calls.fetch_add(1, Ordering::SeqCst);
        async move { answer(call) }.boxed()
    };
    Job { name: "test", every, run: Arc::new(run) }
}

on_both_engines! {
    async fn a_job_runs_for_each_tenant_once_an_interval(fixture) {
        let ran = Arc::new(Mutex::new(Vec::new()));
        let jobs = Jobs::new(fixture.store.clone(), vec![job(HOUR, &ran, |_| Ok(Progress::Done))]).unwrap();
        jobs.run_due().await.unwrap();
        jobs.run_due().await.unwrap();
        assert_eq!(*ran.lock().unwrap(), [fixture.tenant, fixture.other]);
        fixture.clock.advance(HOUR - SignedDuration::from_secs(30));
        jobs.run_due().await.unwrap();
        assert_eq!(ran.lock().unwrap().len(), 2);
        fixture.clock.advance(SignedDuration::from_secs(30));
        jobs.run_due().await.unwrap();
        assert_eq!(ran.lock().unwrap().len(), 4);
        fixture.clock.advance(HOUR * 24);
        jobs.run_due().await.unwrap();
        assert_eq!(ran.lock().unwrap().len(), 6, "once, however late");
    }

    async fn a_job_that_has_more_to_do_is_called_again_at_once(fixture) {
        let ran = Arc::new(Mutex::new(Vec::new()));
        let more = |call| Ok(if call < 5 { Progress::More } else { Progress::Done });
        let jobs = Jobs::new(fixture.store.clone(), vec![job(HOUR, &ran, more)]).unwrap();
        jobs.run_due().await.unwrap();
        assert_eq!(ran.lock().unwrap().len(), 7);
    }

    async fn a_job_that_fails_or_panics_comes_back_and_stops_no_other(fixture) {
        let ran = Arc::new(Mutex::new(Vec::new()));
        let answer = |call| match call {
            0 => Err(Error::internal("on purpose")),
            1 => panic!("on purpose"),
            _ => Ok(Progress::Done),
        };
        let good = Arc::new(Mutex::new(Vec::new()));
        let other = Job { name: "other", ..job(HOUR, &good, |_| Ok(Progress::Done)) };
        let jobs = Jobs::new(fixture.store.clone(), vec![job(HOUR, &ran, answer), other]).unwrap();
        jobs.run_due().await.unwrap();
        assert_eq!((ran.lock().unwrap().len(), good.lock().unwrap().len()), (2, 2));
        fixture.clock.advance(SignedDuration::from_mins(6));
        jobs.run_due().await.unwrap();
        assert_eq!((ran.lock().unwrap().len(), good.lock().unwrap().len()), (4, 2));
    }

    async fn two_nodes_run_a_job_once_and_a_new_process_keeps_the_interval(fixture) {
        let ran = Arc::new(Mutex::new(Vec::new()));
        let second = fixture.open_again(harness::master()).await.unwrap();
        let nodes = [&fixture.store, &second].map(|store| {
            Jobs::new(store.clone(), vec![job(HOUR, &ran, |_| Ok(Progress::Done))]).unwrap()
        });
        for _ in 0..3 {
            for node in &nodes {
                node.run_due().await.unwrap();
            }
        }
        assert_eq!(ran.lock().unwrap().len(), 2);
        fixture.clock.advance(HOUR);
        nodes[1].run_due().await.unwrap();
        nodes[0].run_due().await.unwrap();
        assert_eq!(ran.lock().unwrap().len(), 4);
        second.close().await;
    }

    async fn a_deleted_tenant_has_no_jobs_and_ends_by_one_that_belongs_to_nobody(fixture) {
        let ran = Arc::new(Mutex::new(Vec::new()));
        let jobs = Jobs::new(fixture.store.clone(), vec![job(HOUR, &ran, |_| Ok(Progress::Done))]).unwrap();
        let delete = |mut tx: Tx, _| async move {
            tx.change_status(TenantStatus::Active, TenantStatus::Deleted).await
        };
        assert!(fixture.store.tenant(fixture.other).write((), delete).await.unwrap());
        jobs.run_due().await.unwrap();
        assert_eq!(*ran.lock().unwrap(), [fixture.tenant]);
        assert_eq!(fixture.store.global().all_tenants().await.unwrap().len(), 2);
        fixture.clock.advance(RETENTION + HOUR);
        jobs.run_due().await.unwrap();
        let left = fixture.store.global().all_tenants().await.unwrap();
        assert_eq!(left.iter().map(|tenant| tenant.id).collect::<Vec<_>>(), [fixture.tenant]);
    }

    async fn the_loop_runs_jobs_until_it_is_stopped(fixture) {
        let ran = Arc::new(Mutex::new(Vec::new()));
        let jobs = Jobs::new(fixture.store.clone(), vec![job(HOUR, &ran, |_| Ok(Progress::Done))]).unwrap();
        let stop = CancellationToken::new();
        let ended = tokio::spawn(jobs.run(stop.clone()));
        while ran.lock().unwrap().len() < 2 {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        stop.cancel();
        ended.await.unwrap();
    }

    async fn a_name_given_twice_is_refused(fixture) {
        let ran = Arc::new(Mutex::new(Vec::new()));
        let twice = vec![job(HOUR, &ran, |_| Ok(Progress::Done)), job(HOUR, &ran, |_| Ok(Progress::Done))];
        assert!(Jobs::new(fixture.store.clone(), twice).is_err());
    }
}
