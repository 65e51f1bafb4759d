//! Tellonce: an outage caused by a provider, told once.
//!
//! # The map
//!
//! Rooms may use what stands below them, never above (`tests/tidy.rs` holds this):
//!
//! ```text
//!             main → cli                      commands
//!      web        jobs                        who comes in; what goes out and what time brings
//!          actions                            every write: one use case = one transaction
//!      render      intake      store          values → HTML, PDF · bytes → facts · the only Diesel calls
//!                  domain                     pure: no I/O, no clock
//! ```
//!
//! | room | what it is for | what must never happen there |
//! |---|---|---|
//! | [`domain`] | the nouns, their rules and figures, and [`domain::dossier`], the one value every output is made from | I/O, a clock (`now` is an argument), Diesel, actix |
//! | `store` | the only Diesel calls; transactions; permits; the ledger's rows | a rule of the domain, a word for the screen, a write outside a `Tx` |
//! | `intake` | bytes and typed text from outside → facts | I/O |
//! | `render` | dossier and overview → HTML, PDF, tables, calendars, zip | reading the store, deciding who may see what |
//! | `actions` | every write, named as the ledger names it | HTTP, HTML, a pool |
//! | `web` | HTTP: routes, forms, sessions | a query of its own, a rule of its own |
//! | `jobs` | queued work and what time brings | being reached from a request |
//! | `cli` | the commands | logic of its own |
//!
//! # A walkthrough: a call, while it happens
//!
//! 1. `static/js/desk.js` stamps each tap and line, keeps it in the browser (`desk-outbox.js`) and sends it: `POST
//!    /incidents/INC-2026-0007/desk/taps`. What the call has come to, [`domain::call::live::Live`] makes of the taps; its twin in
//!    `static/js/call.js` does so on the page.
//! 2. `actions::desk::append` adds them in one transaction (`store::live`); what came before changes nothing. Nothing is on record yet.
//! 3. `web::desk::review` shows what it will be; `actions::desk::put_on_record` makes a `NewCall` of it and logs it as below.
//!
//! # A walkthrough: log a call
//!
//! 1. `POST /incidents/INC-2026-0007/calls/new` is one line of `web::routes`: the handlers of all nouns' forms, given
//!    `web::nouns::CallNoun`, which reads the form into domain types. A form it refuses goes back with its values and a
//!    message at the field.
//! 2. On a blocking thread, `store.write(|tx| …)` opens the transaction. `store::incidents::for_edit(tx, actor, number)`
//!    is the scoped look-up: it answers with a `Permit<'tx, Edit, Incident>`, or says "not found" to those who may not know.
//! 3. `actions::calls::log(tx, permit, …)` makes the [`domain::entry::Entry`] and gives it to `store::entries`, which writes
//!    the rows and appends the ledger row in the same transaction. It has no other way to write.
//! 4. The answer is 303 to the incident's page.
//!
//! A machine logs one by `POST /api/v1/incidents/INC-2026-0007/calls`, one line of `web::api::table`, which is its route, its scope and
//! its documentation. Its token says who it is (`web::api::caller`); its body is held against its type and then read as that very form
//! is (`web::api::body`), so that from step 2 on nothing differs.
//!
//! # A walkthrough: what a clause comes to
//!
//! 1. A clause's rule is a [`domain::term::Term`], chosen in the form of `web::nouns::terms` and kept with the clause.
//! 2. [`domain::verdict`] makes a case of clause, agreement and record; [`domain::term::verdict::Case::verdict`] judges it, rule by
//!    rule (`domain/term/{notice,deadline,credit,availability}.rs`), counting in [`domain::calendar::count`]. Pages and papers show
//!    it as of now.
//! 3. What is written to an incident's or a contract's chain queues the incident (`store::ledger::append`); `jobs::verdicts` computes
//!    it again, and `actions::verdicts::find` keeps what comes to something else, with the facts that made it so.
//!
//! A credit that is due has a page and a letter ([`domain::credit_claim`], `web::credits`, `render/pdf/claim_letter.rs`). That it was sent
//! is recorded by `actions::credit_claims`; a verdict takes the day of the claim from there, and its deadline ends.
//!
//! # Print a final
//!
//! `web::papers` reads the dossier and the number that the next final bears, prints it outside any transaction, and keeps the bytes
//! beside the files. `actions::papers::freeze` writes the row where the chain still stands where it stood when it was read; otherwise
//! nothing is frozen, and the form says so. Printed again, the bytes are read and hashed, never made anew. Any print is held against the
//! record by `store::against`, for the page and for `verify --against` alike.
//!
//! # Several processes on one database
//!
//! Nothing that matters lives in a process: sessions, keys of forms, wrong codes, the outbox and all jobs are rows. What one process
//! writes about a desk the others hear through `store::news`; what is read may come from a replica, never from before what was
//! acknowledged (`store::replicas`); files and exports may lie in a bucket (`store::bucket`). Told to stop ([`app::Stopping`]),
//! `cli::serve` says so at `/readyz` first, and lets what is under way end.
//!
//! # A list over all incidents
//!
//! Whatever is written to an incident's chain makes its row of `aux_standing` anew at the end of the same transaction
//! (`store::standing`); `store::morning` and `store::overview` read from there, so that they go through what they show and not through
//! all there is.
//!
//! # Show it
//!
//! `store::dossier` reads a [`domain::dossier::Dossier`] in a fixed number of queries;
//! [`domain::dossier::Dossier::view`] redacts it for one audience; page, PDF and JSON are made from that
//! [`domain::view::View`] and from nothing else, and so is all that can be taken out (`render::export`).
//!
//! # Where is …?
//!
//! | asked | found by way of |
//! |---|---|
//! | a promise marked broken | the form `web/nouns/promises.rs` → `actions::promises::settle`; that its time has passed: `late_seconds` in `domain/statement.rs` |
//! | said who may open a page | its line in `web/routes.rs` → the deed and the roles in `domain/permit.rs` → the look-up of the thing, such as `store::incidents::for_edit` |
//! | decided what a company is shown | [`domain::view::Audience`] → `domain/view/build.rs` |
//! | "about ten" made half an hour either way | `domain/moment/parse/grammar.rs` → `domain/moment/parse/place.rs` |
//! | a code made to be spoken | `render/pages/shares.rs` → [`domain::spoken`] |
//! | a wrong code counted | `web/share.rs` → `actions/shares.rs` → `store::shares` (`WRONG_CODES`) |
//! | a form that was sent twice taken once | `web/visit.rs` (`once`) → `store::idempotency` |
//! | a mail that was not taken tried again | `jobs/mail.rs` → [`domain::outbox`] |
//! | a quiet time folded in the picture | `render/picture/scale.rs`; drawn in `render/picture/axis.rs` |
//! | a row found that somebody altered | `store::verify` → [`domain::ledger`], by the rules in `domain/ledger/RULES.md` |

pub mod domain;

#[cfg(feature = "app")]
pub mod actions;
#[cfg(feature = "app")]
pub mod app;
#[cfg(feature = "app")]
pub mod cli;
#[cfg(feature = "app")]
pub mod clock;
#[cfg(feature = "app")]
pub mod config;
#[cfg(feature = "app")]
pub mod error;
#[cfg(feature = "intake")]
pub mod intake;
#[cfg(feature = "app")]
pub mod jobs;
#[cfg(feature = "app")]
pub mod render;
#[cfg(feature = "app")]
pub mod store;
#[cfg(feature = "app")]
pub mod web;
