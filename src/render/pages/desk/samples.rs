//! Samples of the desk and of the page on which its call is checked.

use super::review::ReviewPage;
use super::*;
use crate::domain::call::live::LiveCall;
use crate::domain::call::live::{Act, Line};
use crate::domain::id::Id;
use crate::domain::locale::Locale;
use crate::domain::share::Digits;
use crate::domain::statement::StatementKind;
use crate::render::form::FormView;
use crate::render::pages::incident::samples::{fresh, story, view};
use crate::render::pages::share::sample_share;
use crate::render::sample;
use crate::render::tera::Sampled;

fn taps() -> Vec<Tap> {
    let line = |kind, ours| {
        Act::Line(Line {
            kind,
            ours,
            words: "<b>&\"' 加".to_owned(),
            verbatim: !ours,
            due: "30分後".to_owned(),
            cites: None,
            against: None,
            answers: None,
        })
    };
    let acts = [
        Act::Dial { number: "03-5555-0100".to_owned() },
        Act::Answered,
        Act::Who { leg: 0, contact: None, who: "<b>部署不明".to_owned() },
        Act::Tell,
        line(StatementKind::Promise, false),
        Act::Transfer,
        Act::Answered,
        line(StatementKind::Question, true),
        Act::Hold,
        Act::End,
    ];
    let at = |n: i64| sample::friday() + chrono::Duration::minutes(n);
    (0_i64..).zip(acts).map(|(n, act)| Tap { uid: Uid::from_parts(n.unsigned_abs(), [0; 10]), at: at(n), act }).collect()
}

impl Sampled for DeskPage {
    fn samples() -> Vec<Self> {
        let frame = Frame::anonymous(Locale::Ja);
        let open = OpenCall { uid: Uid::NIL, person: "<b>Bob".to_owned(), mine: false, state: LiveState::Running, taps: taps() };
        let given = (sample_share(), Given { token: "0f".repeat(32), code: Digits::from_seven(7_305_184) });
        let page = |dossier: &Dossier, calls, given| {
            Self::new((dossier, &view(dossier)), (calls, "0.0".to_owned()), given, "https://example.jp", &frame, sample::friday())
        };
        vec![page(&story(&frame), vec![open], Some(&given)), page(&fresh(&frame), Vec::new(), None)]
    }
}

impl Sampled for CallSheetPage {
    fn samples() -> Vec<Self> {
        vec![Self {}]
    }
}

impl Sampled for ReviewPage {
    fn samples() -> Vec<Self> {
        let frame = Frame::anonymous(Locale::Ja);
        let call = LiveCall {
            id: Id::new(1),
            uid: Uid::NIL,
            incident: Id::new(1),
            person: Id::new(1),
            began_at: sample::friday(),
            state: LiveState::Over,
            entry: None,
            taps: taps(),
        };
        let page = |dossier: &Dossier| Self::new(dossier, &call, FormView::new(), &frame, sample::friday());
        vec![page(&story(&frame)), page(&fresh(&frame)).asking_to_drop()]
    }
}
