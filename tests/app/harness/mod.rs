//! What every test stands on: a real server on a port of its own, its data in a folder of its own, and the cast.
//!
//! - **Alice**, the admin, set the house up. She rules.
//! - **Bob**, the colleague, is a member. He reads and writes.
//! - **Mei** is a reader. She reads and prints.
//! - **Charlie**, the outsider, has no account.
//!
//! Their clock stands at Friday, 24 November 2006, 9:00 in Tokyo.

mod bucket;
mod client;
mod databases;
pub mod desk;
mod inert;
mod page;
mod paper;
mod place;
mod receiver;
pub mod seed;
mod site;
mod smtp;
mod standing;
mod story;
mod through;

pub use bucket::Bucket;
pub use client::{Answer, Browser, Filling, Request, url_encoded};
pub use databases::{Kind, open_sqlite};
pub use inert::what_is_live;
pub use page::{Form, Page};
pub use paper::{text_of_pdf, text_of_pdf_cell_by_cell};
pub use place::Place;
pub use receiver::{Came, Receiver};
pub use site::{NOW, PASSWORD, Ran, Running, Site, free_address, run_alone};
pub use smtp::{Smtp, until};
pub use story::{Told, fixture, open_incident, tell};
pub use through::through;

/// Runs a test on each database there is: SQLite, and PostgreSQL where TELLONCE_TEST_POSTGRES names a server.
pub fn on_both(test: impl Fn(&Site)) {
    for kind in Kind::here() {
        eprintln!("on {kind:?}");
        let site = Site::open(kind);
        test(&site);
        assert_eq!(standing::astray(&site), 0, "where incidents stand is not what their rows say");
        assert!(site.may_leave_mail.get() || site.mail_waiting() == 0, "mail was left waiting");
    }
}
