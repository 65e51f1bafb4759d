//! News: that something was written about an incident's desks, told to those who wait for it, whichever process on this database wrote
//! it. PostgreSQL passes it on (`NOTIFY` within the transaction, heard when it is committed; PostgreSQL documentation, "NOTIFY"); SQLite
//! says only that another connection has written (`PRAGMA data_version`), so that everybody looks.
//!
//! News is a hint to look, never what there is to see: a lost one costs its waiter the time until they look on their own.

use std::time::Duration;

use diesel::connection::SimpleConnection;
use tokio::sync::broadcast::{Receiver, Sender};
use tokio::time::{Instant, timeout_at};

use super::dialect::{self, AnyConnection, Purpose};
use super::{Result, Store, Tx};
use crate::domain::id::Id;
use crate::domain::incident::Incident;

/// How often it is asked for while somebody waits.
const ASK_EVERY: Duration = Duration::from_millis(100);
/// How often it is looked whether anybody waits.
const LISTEN_EVERY: Duration = Duration::from_millis(250);
/// How many of them wait for somebody who is slow; then it is told that something was, no longer what.
const KEPT: usize = 64;

/// About which incident something was written; none: about any.
type About = Option<Id<Incident>>;

/// Where news is told in this process.
pub(super) struct News(Sender<About>);

impl Default for News {
    fn default() -> Self {
        Self(Sender::new(KEPT))
    }
}

impl News {
    fn tell(&self, about: About) {
        // Nobody may be there to hear it.
        drop(self.0.send(about));
    }
}

/// Somebody who waits for news.
pub struct Listener(Receiver<About>);

impl Listener {
    /// Waits until something was written about that incident, but no longer than that.
    pub async fn wait_for(&mut self, incident: Id<Incident>, at_most: Duration) {
        let until = Instant::now() + at_most;
        while let Ok(Ok(Some(about))) = timeout_at(until, self.0.recv()).await {
            if about == incident {
                return;
            }
        }
    }
}

impl Store {
    /// Listens to news from now on.
    pub fn listen(&self) -> Listener {
        Listener(self.0.news.0.subscribe())
    }

    /// Passes news on from the database to those who listen in this process, until `rest`, which waits so long, says that it is to stop.
    ///
    /// # Errors
    /// [`super::StoreError`] where the database does not answer. Whoever listens is told to look.
    pub fn pass_on_news(&self, rest: impl Fn(Duration) -> bool) -> Result<()> {
        let news = &self.0.news;
        let mut conn = self.0.connections.another(Purpose::Read)?;
        dialect::listen(&mut conn)?;
        // What was written while nobody listened.
        news.tell(None);
        let passed = pass_on(&mut conn, news, rest);
        news.tell(None);
        passed
    }
}

fn pass_on(conn: &mut AnyConnection, news: &News, rest: impl Fn(Duration) -> bool) -> Result<()> {
    let mut version = dialect::data_version(conn)?;
    let mut heard = Vec::new();
    while !rest(if news.0.receiver_count() == 0 { LISTEN_EVERY } else { ASK_EVERY }) {
        match conn {
            AnyConnection::Postgres(_) => {
                dialect::heard(conn, &mut heard)?;
                heard.drain(..).for_each(|about: i64| news.tell(Some(Id::new(about))));
            }
            AnyConnection::Sqlite(_) if news.0.receiver_count() > 0 => {
                let now = dialect::data_version(conn)?;
                if now != version {
                    news.tell(None);
                }
                version = now;
            }
            AnyConnection::Sqlite(_) => {}
        }
    }
    Ok(())
}

/// Tells, once this transaction lasts, that something was written about the desks of that incident.
pub(super) fn tell(tx: &mut Tx<'_>, incident: Id<Incident>) -> Result<()> {
    match tx.conn() {
        AnyConnection::Postgres(c) => Ok(c.batch_execute(&format!("NOTIFY {}, '{}'", dialect::DESKS, incident.raw()))?),
        AnyConnection::Sqlite(_) => Ok(()),
    }
}
