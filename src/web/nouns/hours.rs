//! When a contract's business is open: a group of its form.

use chrono::{NaiveDate, NaiveTime, Weekday};

use crate::domain::calendar::{BusinessHours, WEEKDAYS};
use crate::domain::contract::Hours;
use crate::render::form::{FormView, Problem};
use crate::render::pages::noun_form::{FieldKind, Fields};
use crate::render::words::Words;

use super::read::Reader;

pub fn fields(fields: Fields, words: Words) -> Fields {
    let days = WEEKDAYS.map(|(name, _)| name);
    fields
        .section("label-hours", true)
        .several("business_days", "business_days", super::named(words, "weekday-", &days))
        .field("opens", "opens", FieldKind::Line, false)
        .field("closes", "closes", FieldKind::Line, false)
        .area("closed_days", false)
}

pub fn filled(form: FormView, hours: Option<&Hours>) -> FormView {
    let Some(hours) = hours else { return form };
    let days = WEEKDAYS.iter().filter(|(_, day)| hours.open.days.contains(day)).map(|(name, _)| (*name).to_owned());
    let closed: Vec<String> = hours.closed.iter().map(ToString::to_string).collect();
    form.with_all("business_days", days)
        .with("opens", hours.open.opens())
        .with("closes", hours.open.closes())
        .with("closed_days", closed.join("\n"))
}

/// None where nothing was said: as is usual in Japan.
pub fn read(form: &mut Reader) -> Option<Hours> {
    let days: Vec<String> = form.several_words("business_days");
    let closed: Vec<&str> =
        form.raw("closed_days").split([',', ' ', '\n', '\r', '\u{3001}']).filter(|day| !day.is_empty()).collect();
    if days.is_empty() && closed.is_empty() && form.is_blank("opens") && form.is_blank("closes") {
        return None;
    }
    let closed: Option<_> = closed.iter().map(|day| day.parse::<NaiveDate>().ok()).collect();
    let usual = BusinessHours::default();
    let chosen: Vec<Weekday> =
        WEEKDAYS.iter().filter(|(name, _)| days.iter().any(|day| day == name)).map(|(_, day)| *day).collect();
    let from = time(form, "opens").unwrap_or(Some(usual.from)).unwrap_or(usual.from);
    let to = time(form, "closes").unwrap_or(usual.to);
    if to.is_some_and(|to| to <= from) {
        form.refuse("closes", Problem::new("hours-close-before-they-open"));
    }
    if closed.is_none() {
        form.refuse("closed_days", Problem::new("hours-no-day"));
    }
    let open = BusinessHours { days: if chosen.is_empty() { usual.days } else { chosen }, from, to };
    Some(Hours { open, closed: closed.unwrap_or_default() })
}

/// A time of day, or midnight at its end; none where nothing was said.
fn time(form: &mut Reader, name: &str) -> Option<Option<NaiveTime>> {
    let text = form.raw(name).trim().to_owned();
    if text.is_empty() {
        return None;
    }
    if text == "24:00" && name == "closes" {
        return Some(None);
    }
    let time = NaiveTime::parse_from_str(&text, "%H:%M").ok();
    if time.is_none() {
        form.refuse(name, Problem::new("hours-no-time"));
    }
    time.map(Some)
}
