//! Pages made from a whole view, as samples; and every sample written to `target/look` to be looked at, with
//! `TELLONCE_LOOK=1 cargo test --lib look` and any server of files at the package's root.

use std::path::Path;

use super::Sample;
use super::incident::IncidentPage;
use super::incident::samples;
use super::incident::timeline::TimelineFilter;
use super::incidents::samples as list;
use crate::domain::entry::EntryKind;
use crate::domain::locale::Locale;
use crate::render::assets;
use crate::render::frame::{Frame, FrameMe};
use crate::render::sample;
use crate::render::tera::{Page, RenderError, render};

/// A sample that is made for its reader.
fn made<P: Page + 'static>(make: impl Fn(&Frame) -> P + 'static) -> Sample {
    Sample { template: P::TEMPLATE, render: Box::new(move |frame: &Frame| render(&make(frame), frame)) }
}

/// The pages with their names.
fn named() -> Vec<(&'static str, Sample)> {
    let found = TimelineFilter { kind: Some(EntryKind::Call), ..TimelineFilter::default() };
    vec![
        ("incident", made(|frame| samples::page(&samples::story(frame), frame))),
        ("incident-credit", made(|frame| samples::page(&sample::with_credit(frame.locale), frame))),
        ("incident-fresh", made(|frame| samples::page(&samples::fresh(frame), frame))),
        ("incident-long", made(|frame| samples::page(&sample::long_story(frame.locale, 200), frame))),
        ("incidents", made(list::page)),
        ("incidents-none", made(|frame| list::none(frame, ""))),
        ("incidents-not-found", made(|frame| list::none(frame, "髙﨑 <b>&"))),
        ("incident-found", made(move |frame| IncidentPage::new(&samples::view(&samples::story(frame)), frame, &found, false))),
    ]
}

/// What every template is rendered with.
pub fn samples() -> Vec<Sample> {
    named().into_iter().map(|(_, sample)| sample).collect()
}

/// Somebody's frame.
fn frame(locale: Locale) -> Frame {
    let name = if locale == Locale::Ja { "青木 有子" } else { "Alice Aoki" };
    let me = FrameMe { name: name.to_owned(), login: "alice".to_owned(), may_edit: true, may_manage: true };
    let clock = if locale == Locale::Ja { "2006年11月24日(金) 09:00 JST" } else { "Fri 24 Nov 2006 09:00 JST" };
    Frame {
        me: Some(me),
        company: Some(if locale == Locale::Ja { "髙﨑産業株式会社" } else { "Takasaki Industries" }.to_owned()),
        clock: Some(clock.to_owned()),
        section: "incidents",
        ..Frame::anonymous(locale)
    }
}

/// Every sample with a name: those of this file, and those that pages bring themselves.
fn all() -> Vec<(String, Sample)> {
    let own = named().into_iter().map(|(name, sample)| (name.to_owned(), sample));
    let others = super::samples().into_iter().filter(|sample| !sample.template.starts_with("incidents/")).enumerate();
    let name = |(number, sample): (usize, Sample)| {
        (format!("{}-{number}", sample.template.trim_end_matches(".html").replace('/', "-")), sample)
    };
    own.chain(others.map(name)).collect()
}

#[test]
fn every_page_can_be_looked_at() -> Result<(), RenderError> {
    let wanted = std::env::var_os("TELLONCE_LOOK").is_some();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/look");
    let of_static = assets::url("");
    for locale in Locale::ALL {
        for (name, sample) in all() {
            let html = (sample.render)(&frame(*locale))?;
            assert!(!html.contains(" style="), "{name} carries a style, which browsers are told to refuse");
            if wanted {
                std::fs::create_dir_all(&folder).expect("a folder");
                std::fs::write(folder.join(format!("{name}.{locale}.html")), html.replace(&of_static, "/static/"))
                    .expect("a file");
            }
        }
    }
    Ok(())
}
