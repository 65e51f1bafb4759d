//! Values of the domain → what people look at: pages, the paper. Never reads the store, never decides who may see what.
//!
//! - [`words`]: every text, in both languages.
//! - [`tera`]: templates; a page is a struct that names its template, see [`tera::Page`].
//! - [`pages`]: the structs, a file per noun, with samples by which the tests render every template.
//! - [`frame`]: what stands around every page.
//! - [`form`]: how a form goes back to the person who filled it in.
//! - [`assets`]: styles and scripts, under addresses that change with their content.
//! - [`say`]: the phrases of the domain, in a language and a zone.
//! - [`pdf`]: the paper.
//! - [`picture`]: the timeline as a picture, for page and paper.
//! - [`export`]: one incident taken out: tables, a calendar, everything in one zip.
//! - [`record`]: a provider's record over a year.
//! - [`credit`], [`cost`], [`money`]: what is due, what it cost us, and amounts as they are read.
//! - [`mail`], [`ics`], [`webhook`]: what goes to mailboxes, to calendars and to other systems.

pub mod assets;
pub mod cost;
pub mod credit;
pub mod export;
pub mod form;
pub mod frame;
pub mod ics;
pub mod mail;
pub mod money;
pub mod pages;
pub mod pdf;
pub mod picture;
pub mod record;
pub mod say;
pub mod tera;
pub mod webhook;
pub mod words;

#[cfg(test)]
pub mod sample;
