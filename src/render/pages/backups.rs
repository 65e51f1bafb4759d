//! The backups: how old the last good one is, and what became of each.

use serde::Serialize;

use super::incident::entry::size;
use super::pager::{Pager, pages};
use super::reader::Reader;
use crate::domain::backup::{BackupRun, Care, RUNS_PER_PAGE};
use crate::domain::moment::Stamp;
use crate::render::tera::Page;
use crate::render::words::Args;

/// The backups.
#[derive(Clone, Debug, Serialize)]
pub struct BackupsPage {
    /// How old the last good one is, as a sentence.
    pub state: String,
    /// Whether somebody should look.
    pub is_neglected: bool,
    /// Into which folder, how often, and what is kept; empty where there is no plan.
    pub plan: String,
    /// What became of each, the latest first.
    pub runs: Vec<RunLine>,
    /// The way to its other pages.
    #[serde(flatten)]
    pub pager: Pager,
}

/// A backup.
#[derive(Clone, Debug, Serialize)]
pub struct RunLine {
    /// When it was begun.
    pub at: String,
    /// By the plan or by the command.
    pub by: String,
    /// What became of it.
    pub outcome: String,
    /// Whether it is no good.
    pub is_trouble: bool,
    /// Length, contents, whether the key is in it; empty where there is nothing.
    pub facts: String,
    /// Where it lies.
    pub file: String,
}

impl Page for BackupsPage {
    const TEMPLATE: &'static str = "house/backups.html";
    const SECTION: &'static str = "house";
}

/// An age as one says it: in minutes, in hours from the first one on, in days from the second one on.
const fn rounded(seconds: i64) -> i64 {
    let unit = match seconds {
        ..3_600 => 60,
        3_600..172_800 => 3_600,
        _ => 86_400,
    };
    seconds - seconds % unit
}

/// How old the last good backup is, as a sentence.
pub(super) fn state(care: &Care, reader: Reader, now: Stamp) -> String {
    match care.last_good {
        Some(at) => {
            let age = reader.seconds(rounded((now - at).num_seconds().max(0)));
            reader.with_args("backups-last", &Args::new().text("age", age).text("at", reader.at(at)))
        }
        None => reader.get("backups-never"),
    }
}

impl BackupsPage {
    /// Of one page of the list, and how many there are; into which folder the plan writes, if there is one.
    pub fn new(
        care: &Care,
        folder: Option<String>,
        (runs, all): &(Vec<BackupRun>, i64),
        page: i64,
        reader: Reader,
        now: Stamp,
    ) -> Self {
        let plan = care.plan.zip(folder).map(|(plan, folder)| {
            let number = super::reader::number;
            let keep = Args::new().number("days", number(plan.keep.days)).number("weeks", number(plan.keep.weeks));
            reader.line(&[
                reader.with("backups-into", "folder", folder),
                reader.count("backups-every", i64::from(plan.every)),
                reader.with_args("backups-keep", &keep.number("months", number(plan.keep.months))),
            ])
        });
        Self {
            state: state(care, reader, now),
            is_neglected: care.is_neglected(now),
            plan: plan.unwrap_or_default(),
            runs: runs.iter().map(|run| RunLine::new(run, reader)).collect(),
            pager: Pager::new(reader.words(), (page, pages(*all, RUNS_PER_PAGE)), |page| format!("/house/backups?page={page}")),
        }
    }
}

impl RunLine {
    fn new(run: &BackupRun, reader: Reader) -> Self {
        let outcome = match (run.trouble, run.ended_at, run.gone_at) {
            (Some(trouble), ..) => reader.value("backup-trouble", trouble),
            (None, None, _) => reader.get("backup-running"),
            (None, Some(_), None) => reader.get("backup-good"),
            (None, Some(_), Some(at)) => reader.with("backup-gone", "at", reader.at(at)),
        };
        let key = if run.with_key { "backup-with-key" } else { "backup-without-key" };
        let facts = [
            run.size.map(size),
            run.changes.map(|changes| reader.count("backup-changes", changes)),
            run.files.map(|files| reader.count("backup-files", files)),
            run.size.map(|_| reader.get(key)),
        ];
        Self {
            at: reader.at(run.began_at),
            by: reader.get(if run.by_plan { "backup-by-plan" } else { "backup-by-command" }),
            outcome,
            is_trouble: run.trouble.is_some(),
            facts: reader.line(&facts.into_iter().flatten().collect::<Vec<_>>()),
            file: run.file.clone(),
        }
    }
}

#[cfg(test)]
mod samples {
    use chrono::Duration;

    use super::*;
    use crate::domain::backup::{BackupTrouble, Keep, Plan};
    use crate::domain::id::Id;
    use crate::domain::locale::{DEFAULT_ZONE, Locale};
    use crate::render::pages::Sampled;
    use crate::render::sample;

    impl Sampled for BackupsPage {
        fn samples() -> Vec<Self> {
            let (now, day) = (sample::friday(), Duration::days(1));
            let reader = Reader::of(Locale::Ja, DEFAULT_ZONE, now);
            let good = BackupRun {
                id: Id::new(1),
                began_at: now - day,
                ended_at: Some(now - day),
                by_plan: true,
                file: "/srv/<b>&\"' 加.zip".to_owned(),
                with_key: true,
                size: Some(12_345_678),
                changes: Some(1_234),
                files: Some(5),
                trouble: None,
                gone_at: None,
            };
            let failed = |trouble| BackupRun { trouble: Some(trouble), size: None, changes: None, files: None, ..good.clone() };
            let mut runs: Vec<BackupRun> = BackupTrouble::ALL.iter().map(|trouble| failed(*trouble)).collect();
            runs.push(BackupRun { ended_at: None, size: None, changes: None, files: None, ..good.clone() });
            runs.push(BackupRun { gone_at: Some(now), with_key: false, by_plan: false, ..good.clone() });
            runs.push(good);
            let all = super::super::reader::number(runs.len()) + 2 * RUNS_PER_PAGE;
            let plan = Plan { every: 24, keep: Keep::default() };
            let care = Care { plan: Some(plan), last_good: Some(now - day), recorded_since: Some(now - day * 30) };
            let neglected = Care { plan: None, last_good: None, ..care };
            vec![
                Self::new(&care, Some("/srv/<b>&\"' 加".to_owned()), &(runs, all), 2, reader, now),
                Self::new(&neglected, None, &(Vec::new(), 0), 1, reader, now),
            ]
        }
    }
}
