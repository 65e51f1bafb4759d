//! Exports that take long: what was ordered, how far it has come, and the form that orders one.

use serde::Serialize;

use super::incident::entry::size;
use super::noun_form::Link;
use super::reader::Reader;
use crate::domain::export::{ExportForm, ExportOrder, ExportStage, KEPT};
use crate::domain::incident::IncidentNumber;
use crate::domain::locale::Locale;
use crate::domain::moment::Stamp;
use crate::domain::view::AudienceName;
use crate::render::form::FormView;
use crate::render::frame::Frame;
use crate::render::tera::Page;
use crate::render::words::Args;

/// The exports of an incident that its reader ordered.
#[derive(Clone, Debug, Serialize)]
pub struct ExportsPage {
    /// The way back.
    pub back: Link,
    /// The page's own address.
    pub href: String,
    /// The form that orders one: `form`, `audience`, `lang`.
    pub form: FormView,
    /// What can be taken out.
    pub forms: &'static [ExportForm],
    /// For whom.
    pub audiences: &'static [AudienceName],
    /// In which languages.
    pub locales: &'static [Locale],
    /// What was ordered, the latest first.
    pub orders: Vec<OrderLine>,
    /// Whether something is being made: then the page looks again by itself.
    pub under_way: bool,
}

impl Page for ExportsPage {
    const TEMPLATE: &'static str = "exports/page.html";
}

/// What was ordered.
#[derive(Clone, Debug, Serialize)]
pub struct OrderLine {
    /// What, for whom, in which language.
    pub name: String,
    /// Where it can be fetched; empty before that.
    pub href: String,
    /// Where it stands, in words.
    pub state: String,
    /// How much is done, in percent; none where it is not being made, or not known.
    pub percent: Option<i64>,
    /// Whether it is being made, or waits for that.
    pub under_way: bool,
    /// Why it cannot be made; empty where it can.
    pub failed: String,
}

impl OrderLine {
    fn of(order: &ExportOrder, href: &str, reader: Reader) -> Self {
        let name = reader.line(&[
            reader.value("export-form", order.form),
            reader.value("audience", order.audience),
            reader.value("locale", order.locale),
        ]);
        let stage = order.step.stage;
        let percent = order.step.percent().filter(|_| !stage.is_over());
        let asked = reader.with("export-asked", "at", reader.at(order.asked_at));
        let state = match (stage, order.made_at) {
            (ExportStage::Ready, Some(at)) => {
                let until = reader.at(order.asked_at + KEPT);
                let args = Args::new().text("at", reader.at(at)).text("size", size(order.size)).text("until", until);
                reader.with_args("export-made", &args)
            }
            (ExportStage::Ready | ExportStage::Failed, _) => asked,
            _ => {
                let percent = percent.map(|percent| reader.with("export-percent", "percent", percent.to_string()));
                let parts = [Some(reader.value("export-stage", stage)), percent, Some(asked)];
                reader.line(&parts.into_iter().flatten().collect::<Vec<_>>())
            }
        };
        let failed = match &order.trouble {
            Some((trouble, about)) if stage == ExportStage::Failed => {
                reader.with(&format!("export-failed-{trouble}"), "name", about.as_str())
            }
            _ => String::new(),
        };
        let href = if stage == ExportStage::Ready { format!("{href}/{}", order.uid) } else { String::new() };
        Self { name, href, state, percent, under_way: !stage.is_over(), failed }
    }
}

impl ExportsPage {
    /// Of what was ordered; `form` as it was asked for or sent.
    pub fn new(back: Link, number: IncidentNumber, orders: &[ExportOrder], form: FormView, frame: &Frame, now: Stamp) -> Self {
        let reader = Reader::new(frame, now);
        let href = format!("/incidents/{number}/exports");
        let orders: Vec<OrderLine> = orders.iter().map(|order| OrderLine::of(order, &href, reader)).collect();
        let usual = |form: FormView, name: &str, value: &str| {
            if form.values.contains_key(name) { form } else { form.with(name, value) }
        };
        let form = usual(form, "form", ExportForm::Archive.as_str());
        let form = usual(form, "audience", AudienceName::Meeting.as_str());
        let form = usual(form, "lang", frame.locale.as_str());
        Self {
            back,
            href,
            form,
            forms: ExportForm::ALL,
            audiences: AudienceName::ALL,
            locales: Locale::ALL,
            under_way: orders.iter().any(|order| order.under_way),
            orders,
        }
    }
}

#[cfg(test)]
mod samples {
    use super::*;
    use crate::domain::export::{ExportStep, ExportTrouble};
    use crate::domain::id::{Id, Uid};
    use crate::render::form::Problem;
    use crate::render::pages::Sampled;
    use crate::render::sample;

    fn order(stage: ExportStage) -> ExportOrder {
        let at = sample::friday();
        ExportOrder {
            id: Id::new(1),
            uid: Uid::NIL,
            incident: Id::new(1),
            person: Id::new(1),
            form: ExportForm::Archive,
            audience: AudienceName::Meeting,
            locale: Locale::Ja,
            site: "http://127.0.0.1".to_owned(),
            asked_at: at,
            step: ExportStep { stage, done: 40, whole: 99 },
            made_at: (stage == ExportStage::Ready).then_some(at),
            size: 412_345_678,
            trouble: (stage == ExportStage::Failed).then(|| (ExportTrouble::Altered, "<b>&\"' 加.txt".to_owned())),
        }
    }

    impl Sampled for ExportsPage {
        fn samples() -> Vec<Self> {
            let page = |orders: &[ExportOrder], form| {
                let number = IncidentNumber { year: 2006, count: 12 };
                let back = Link { href: format!("/incidents/{number}"), text: number.to_string() };
                Self::new(back, number, orders, form, &Frame::anonymous(Locale::Ja), sample::friday())
            };
            let all: Vec<ExportOrder> = ExportStage::ALL.iter().map(|stage| order(*stage)).collect();
            let refused = FormView::new().with_problem("", Problem::new("export-too-many"));
            vec![page(&[], FormView::new()), page(&all, refused)]
        }
    }
}
