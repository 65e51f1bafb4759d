//! The paper: PDF/A made by Typst from embedded templates and fonts.
//!
//! What people typed reaches the paper as data, never as Typst source ([`world`]), and only after [`glyphs`] has taken
//! out of it what no font of ours can print: one missing glyph would fail the whole PDF/A.

pub mod claim_letter;
pub mod fax;
pub mod glyphs;
pub mod record;
pub mod report;
pub mod sheet;
mod short;
mod when;
pub mod world;

pub use report::{Print, paper};
pub use short::qr;
pub use world::{PdfError, Template, compile};

#[cfg(test)]
mod tests;
