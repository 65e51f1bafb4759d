//! The process is killed while it writes. Nothing that was acknowledged is lost, and nothing half written is there.

use std::io::{BufRead, BufReader, Write};
use std::process::{Command, Stdio};

use super::samples;
use crate::domain::id::Uid;
use crate::domain::permit::Actor;
use crate::store::testing::{Scene, at, on_each};
use crate::store::verify::{Beside, verify};
use crate::store::{DatabaseUrl, Result, Store, StoreError, providers};

/// Where the writing process finds its database.
const DATABASE: &str = "TELLONCE_TEST_TORTURE";

fn open_failed(error: impl std::fmt::Display) -> StoreError {
    StoreError::Open(error.to_string())
}

fn address(url: &DatabaseUrl) -> String {
    match url {
        DatabaseUrl::Sqlite(path) => path.display().to_string(),
        DatabaseUrl::Postgres(url) => url.clone(),
    }
}

/// Not a test of its own: what [`twenty_kills_lose_nothing_that_was_acknowledged`] starts and kills.
#[test]
fn writes_until_it_is_killed() -> Result<()> {
    let Ok(url) = std::env::var(DATABASE) else { return Ok(()) };
    let store = Store::open(&url.parse()?)?;
    loop {
        let written = store.write(at(0), |tx| samples::companies(tx, Actor::House))?;
        writeln!(std::io::stdout(), "\nacknowledged {}", written.provider.uid).map_err(open_failed)?;
    }
}

/// Lets a process write, kills it after some acknowledgements and a moment more, and gives what it acknowledged.
fn write_and_kill(scene: &Scene, round: u64) -> std::io::Result<Vec<Uid>> {
    let mut writer = Command::new(std::env::current_exe()?)
        .args(["--exact", "--nocapture", "--test-threads=1", "store::tests::torture::writes_until_it_is_killed"])
        .env(DATABASE, address(&scene.url))
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()?;
    let Some(output) = writer.stdout.take() else { return Ok(Vec::new()) };
    let mut lines = BufReader::new(output).lines();
    let mut acknowledged = Vec::new();
    let mut read = |line: std::io::Result<String>| -> std::io::Result<()> {
        acknowledged.extend(line?.strip_prefix("acknowledged ").and_then(|uid| uid.parse::<Uid>().ok()));
        Ok(())
    };
    for line in lines.by_ref().take(6 + usize::try_from(round % 5).unwrap_or(0)) {
        read(line)?;
    }
    // Somewhere within the next write, another place in each round.
    std::thread::sleep(std::time::Duration::from_micros(round * 631 % 7000));
    writer.kill()?;
    writer.wait()?;
    lines.try_for_each(read)?;
    Ok(acknowledged)
}

#[test]
fn twenty_kills_lose_nothing_that_was_acknowledged() -> Result<()> {
    on_each(|scene| {
        let mut acknowledged = Vec::new();
        for round in 0..20 {
            let new = write_and_kill(scene, round).map_err(open_failed)?;
            assert!(!new.is_empty(), "round {round}: nothing was written");
            acknowledged.extend(new);
            if round % 5 == 4 {
                assert_eq!(verify(&scene.store, at(1), Beside::default())?.0.first_difference, None, "round {round}");
            }
        }
        scene.store.read(at(1), |tx| {
            for uid in &acknowledged {
                let permit = providers::to_look(tx, Actor::House, *uid)?;
                assert_eq!(providers::get(tx, &permit)?.uid, *uid);
            }
            Ok(())
        })
    })
}
