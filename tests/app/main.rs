//! Tests of the whole: the real binary on a real port, on SQLite and on PostgreSQL.

mod harness;

mod accounts;
mod commands;
mod costs;
mod credit_claims;
mod deadlines;
mod desk;
mod exports;
mod floods;
mod headers;
mod holidays;
mod hostile;
mod import;
mod login;
mod mail;
mod mail_file;
mod meeting;
mod orders;
mod overview;
mod papers;
mod permissions;
mod prints;
mod provider_record;
mod reminders;
mod replies;
mod reply_mail;
mod search;
mod share_options;
mod sharing;
mod story;
mod strangers;
mod twin;
mod verdicts;
mod visibility;
mod writing;
