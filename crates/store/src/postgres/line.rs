//! A connection to PostgreSQL, and what waits to travel on it.
//!
//! What costs most beside the disk is the journey to the server and back. So whatever nobody asks about waits here
//! (statements that are only to be done, `BEGIN`, `SAVEPOINT`, `RELEASE`) and travels with the next statement that
//! wants an answer: all of it is sent at once and answered in order.

use crate::statement::Dialect;
use crate::tx::Trace;
use crate::{Query, Statement, Value, fault};
use futures_util::future::{join, join_all, ready};
use kernel::{Result, TenantId};
use std::future::Future;
use std::pin::{Pin, pin};
use std::sync::atomic::Ordering;
use std::sync::{Arc, Mutex, PoisonError};
use tokio_postgres::Row;
use tokio_postgres::types::ToSql;

/// What travels at once at most; so many futures are polled in their order.
const LONGEST: usize = 24;

/// Prepared statements that are kept: queries put together at run time are of many texts.
const MOST_PREPARED: usize = 1024;

pub struct Line {
    client: deadpool_postgres::Object,
    waiting: Mutex<Vec<Waiting>>,
}

struct Waiting {
    what: What,
    /// The write it belongs to, which hears of its changes and of its failure.
    whose: Arc<Trace>,
}

enum What {
    Run(&'static Statement, Vec<Value>),
    /// A word that steers the transaction.
    Steer(&'static str),
}

impl Line {
    pub fn new(client: deadpool_postgres::Object) -> Self {
        Self { client, waiting: Mutex::default() }
    }

    /// For what is no statement of a slice.
    pub fn client(&self) -> &tokio_postgres::Client {
        &self.client
    }

    pub async fn query(&self, statement: &'static Statement, values: &[Value]) -> Result<Vec<Row>> {
        let prepared = self.prepare_asked(statement).await?;
        let values = borrowed(values);
        let asked = pin!(self.client.query(&prepared, &values));
        self.travel(asked).await?.map_err(|error| fault::postgres(statement, error))
    }

    /// Asks what was put together at run time; what waits is done before.
    pub async fn ask(&self, query: Query, tenant: TenantId) -> Result<Vec<Row>> {
        self.settle().await?;
        let name = query.name();
        let fail = |error| fault::postgres_plain(error, name);
        if self.client.statement_cache.size() > MOST_PREPARED {
            self.client.statement_cache.clear();
        }
        let prepared = self.client.prepare_cached(&query.text(Dialect::Postgres)).await.map_err(fail)?;
        let values = query.bound(tenant)?;
        self.client.query(&prepared, &borrowed(&values)).await.map_err(fail)
    }

    pub async fn execute(&self, statement: &'static Statement, values: &[Value]) -> Result<u64> {
        let prepared = self.prepare_asked(statement).await?;
        let values = borrowed(values);
        let asked = pin!(self.client.execute(&prepared, &values));
        self.travel(asked).await?.map_err(|error| fault::postgres(statement, error))
    }

    /// Lets a statement wait.
    pub async fn queue(
        &self,
        statement: &'static Statement,
        values: Vec<Value>,
        whose: &Arc<Trace>,
    ) -> Result<()> {
        self.wait(What::Run(statement, values), whose);
        if self.waiting().len() < LONGEST { Ok(()) } else { self.settle().await }
    }

    /// Lets a word that steers the transaction wait.
    pub fn steer(&self, word: &'static str, whose: &Arc<Trace>) {
        self.wait(What::Steer(word), whose);
    }

    /// Sends a word behind all that waits, and hears that everything was done.
    pub async fn say(&self, word: &'static str) -> Result<()> {
        let said = pin!(self.client.batch_execute(word));
        self.travel(said).await?.map_err(|error| fault::postgres_plain(error, word))
    }

    /// Sends what waits and hears that it was done.
    pub async fn settle(&self) -> Result<()> {
        self.travel(pin!(ready(()))).await
    }

    /// Forgets what waits: the write it belongs to is undone.
    pub fn forget(&self) {
        self.waiting().clear();
    }

    /// Whether a statement waits that is sure to change something unless it fails.
    pub fn will_change(&self, whose: &Arc<Trace>) -> bool {
        self.waiting().iter().any(|waiting| {
            Arc::ptr_eq(&waiting.whose, whose)
                && matches!(waiting.what, What::Run(statement, _) if statement.always_changes())
        })
    }

    fn wait(&self, what: What, whose: &Arc<Trace>) {
        self.waiting().push(Waiting { what, whose: whose.clone() });
    }

    /// One journey: what waits, in order, and `asked` behind it. If something that waited fails, that is why the
    /// rest does, and it is the error.
    async fn travel<T>(&self, asked: Pin<&mut (dyn Future<Output = T> + Send)>) -> Result<T> {
        let waiting = std::mem::take(&mut *self.waiting());
        if waiting.is_empty() {
            return Ok(asked.await);
        }
        // Before anything is sent: a statement that had to be prepared first would be overtaken by the next.
        for one in &waiting {
            if let What::Run(statement, _) = one.what
                && let Err(error) = self.prepare(statement).await
            {
                for lost in &waiting {
                    lost.whose.fail(&error);
                }
                return Err(error);
            }
        }
        let all = join_all(waiting.iter().map(|one| self.done(one)));
        let (done, answer) = Box::pin(join(all, asked)).await;
        done.into_iter().collect::<Result<()>>()?;
        Ok(answer)
    }

    async fn done(&self, waiting: &Waiting) -> Result<()> {
        let done = match &waiting.what {
            What::Steer(word) => {
                let said = self.client.batch_execute(word).await;
                said.map(|()| 0).map_err(|error| fault::postgres_plain(error, word))
            }
            What::Run(statement, values) => {
                let prepared = self.prepare(statement).await?;
                let values = borrowed(values);
                let done = self.client.execute(&prepared, &values).await;
                done.map_err(|error| fault::postgres(statement, error))
            }
        };
        match done {
            Ok(count) => _ = waiting.whose.changes.fetch_add(count, Ordering::Relaxed),
            Err(error) => {
                waiting.whose.fail(&error);
                return Err(error);
            }
        }
        Ok(())
    }

    /// If this fails nothing that waits is sent any more, and whoever let it wait has to hear of that.
    async fn prepare_asked(&self, statement: &'static Statement) -> Result<tokio_postgres::Statement> {
        let prepared = self.prepare(statement).await;
        if let Err(error) = &prepared {
            for lost in self.waiting().drain(..) {
                lost.whose.fail(error);
            }
        }
        prepared
    }

    pub async fn prepare(&self, statement: &'static Statement) -> Result<tokio_postgres::Statement> {
        let text = &statement.compiled().postgres;
        self.client.prepare_cached(text).await.map_err(|error| fault::postgres(statement, error))
    }

    fn waiting(&self) -> std::sync::MutexGuard<'_, Vec<Waiting>> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn borrowed(values: &[Value]) -> Vec<&(dyn ToSql + Sync)> {
    values.iter().map(|value| value as &(dyn ToSql + Sync)).collect()
}
