use std::collections::{BTreeSet, HashMap};

use chrono::{NaiveDate, TimeZone, Utc};

use super::*;
use crate::domain::call::{Direction, Outcome, WaitWhy};
use crate::domain::entry::EntryKind;
use crate::domain::id::Uid;
use crate::domain::locale::{DEFAULT_ZONE, Locale};
use crate::domain::moment::show;
use crate::domain::statement::{DueBy, PromiseState};
use crate::domain::view::{AskView, Attempts, CallView, EntryView, LegView, PromiseView, Quote, WaitView, Who};
use crate::domain::visibility::Visibility;

const JAPANESE: [&str; 2] =
    [include_str!("../../../templates/locales/ja/phrases.ftl"), include_str!("../../../templates/locales/ja/words.ftl")];
const ENGLISH: [&str; 2] =
    [include_str!("../../../templates/locales/en/phrases.ftl"), include_str!("../../../templates/locales/en/words.ftl")];

/// The Japanese texts, which need no plural forms.
fn japanese() -> HashMap<&'static str, &'static str> {
    JAPANESE.iter().flat_map(|file| file.lines()).filter_map(|line| line.split_once(" = ")).collect()
}

fn say(phrase: &Phrase) -> String {
    let value = |arg: &Arg| match arg {
        Arg::Text(text) => text.clone(),
        Arg::Number(number) => number.to_string(),
        Arg::Moment(moment) => moment.shown(Locale::Ja, DEFAULT_ZONE, NaiveDate::from_ymd_opt(2006, 11, 24)).line(Locale::Ja),
        Arg::At(at) => show::at(*at, Locale::Ja, DEFAULT_ZONE, NaiveDate::from_ymd_opt(2006, 11, 24)),
        Arg::Seconds(seconds) => show::seconds_text(*seconds, Locale::Ja),
        Arg::Span(span) => show::span_text(*span, Locale::Ja),
        Arg::Day(day) => day.to_string(),
        Arg::Phrase(phrase) => say(phrase),
    };
    let text = japanese()[phrase.key].to_owned();
    let told = phrase.args.iter().fold(text, |text, (name, arg)| text.replace(&format!("{{ ${name} }}"), &value(arg)));
    assert!(!told.contains("{ $"), "{}: {told}", phrase.key);
    told
}

/// A time of the story's Wednesday.
fn at(hour: u32, minute: u32) -> Stamp {
    DEFAULT_ZONE.with_ymd_and_hms(2006, 11, 22, hour, minute, 0).unwrap().with_timezone(&Utc)
}

fn desk(company: &str, desk: &str) -> Who {
    Who::Theirs { company: company.to_owned(), desk: desk.to_owned(), name: None }
}

fn leg(who: Who, from: Stamp, telling_seconds: Option<i64>) -> LegView {
    LegView { who, from: Some(from), to: None, told_from_start: telling_seconds.is_some(), telling_seconds }
}

fn entry(kind: EntryKind, title: &str) -> EntryView {
    EntryView {
        uid: Uid::from_parts(0, [0; 10]),
        kind,
        occurred: Moment::exact(at(10, 20), DEFAULT_ZONE),
        recorded_at: at(18, 0),
        recorded_late: false,
        revision: 0,
        author: None,
        company: Some("プロバイダP".to_owned()),
        with: None,
        title: title.to_owned(),
        body: String::new(),
        place: String::new(),
        settles: None,
        visibility: Visibility::Provider,
        struck: None,
        call: None,
        reply: None,
        statements: Vec::new(),
        files: Vec::new(),
    }
}

fn call(direction: Direction, outcome: Outcome, length_seconds: i64) -> CallView {
    CallView {
        direction,
        own_colleague: false,
        number: String::new(),
        outcome,
        dialled: at(10, 20),
        answered: None,
        ended: None,
        length_seconds: Some(length_seconds),
        before_answer_seconds: 0,
        legs: Vec::new(),
        waits: Vec::new(),
    }
}

fn with_call(kind: EntryKind, call: CallView) -> EntryView {
    EntryView { call: Some(call), ..entry(kind, "") }
}

const INWARD: Teller<'_> = Teller::inward("プロバイダP");
const OUTWARD: Teller<'_> = Teller::outward("プロバイダP");

#[test]
fn a_call_tells_who_was_reached_how_they_put_through_and_what_it_cost() {
    let mut call = call(Direction::Out, Outcome::Answered, 1800);
    call.legs = vec![
        leg(desk("プロバイダP", "無関係の部署"), at(10, 21), None),
        leg(desk("プロバイダP", "最初の窓口"), at(10, 23), Some(240)),
    ];
    call.waits = vec![
        WaitView { why: WaitWhy::Hold, from: at(10, 38), seconds: 360 },
        WaitView { why: WaitWhy::Transfer, from: at(10, 22), seconds: 60 },
    ];
    let headline = INWARD.headline(&with_call(EntryKind::Call, call));
    assert_eq!(say(&headline.lead), "通話 30分");
    assert_eq!(headline.rest.as_ref().map(say).as_deref(), Some("無関係の部署 → 取次ぎ 1分 → 最初の窓口"));
    assert_eq!(headline.tags.iter().map(say).collect::<Vec<_>>(), ["保留 6分", "一から説明 4分"]);
    assert_eq!(say(&headline.line()), "通話 30分 無関係の部署 → 取次ぎ 1分 → 最初の窓口 · 保留 6分 · 一から説明 4分");
}

#[test]
fn a_call_from_another_company_names_it() {
    let mut call = call(Direction::In, Outcome::CutOff, 1500);
    call.legs = vec![leg(desk("工事業者C", "受付"), at(16, 11), Some(600)), leg(desk("工事業者C", ""), at(16, 20), Some(60))];
    let line = say(&INWARD.headline(&with_call(EntryKind::Call, call)).line());
    assert_eq!(line, "着信 25分 工事業者C 受付 → 工事業者Cの担当者(氏名不明) · 途中で切れた · 一から説明 2回 11分");
}

#[test]
fn a_call_among_ourselves_says_so() {
    let mut call = call(Direction::In, Outcome::Answered, 240);
    call.own_colleague = true;
    let told = EntryView { company: None, ..with_call(EntryKind::Call, call) };
    assert_eq!(say(&INWARD.headline(&told).line()), "着信 4分 社内");
}

#[test]
fn an_attempt_tells_how_it_failed_but_never_to_the_provider_that_they_refused() {
    let attempt = |outcome| with_call(EntryKind::FailedAttempt, call(Direction::Out, outcome, 150));
    let inward = |outcome| say(&INWARD.headline(&attempt(outcome)).line());
    assert_eq!(inward(Outcome::NoAnswer), "つながらず(応答なし) プロバイダP · 2分30秒");
    assert_eq!(inward(Outcome::Busy), "つながらず(話し中) プロバイダP · 2分30秒");
    assert_eq!(inward(Outcome::Refused), "受けてもらえず プロバイダP · 2分30秒");
    assert_eq!(say(&OUTWARD.headline(&attempt(Outcome::Refused)).lead), "つながらず(応答なし)");
}

#[test]
fn a_run_of_attempts_is_one_line() {
    let attempt = with_call(EntryKind::FailedAttempt, call(Direction::Out, Outcome::Busy, 150));
    let run =
        Attempts {
            company: Some("プロバイダP"), entries: vec![&attempt; 9], from: at(9, 45), to: at(10, 15), seconds: 1350
        };
    assert_eq!(say(&INWARD.attempts(&run).line()), "プロバイダPへ 9回 つながらず · 22分30秒");
}

#[test]
fn what_is_not_a_call_tells_its_kind_with_whom_and_what() {
    let action = EntryView {
        company: Some("メールサーバー会社M".to_owned()), ..entry(EntryKind::Action, "別のポートを依頼")
    };
    assert_eq!(say(&INWARD.headline(&action).line()), "対応したこと メールサーバー会社M · 別のポートを依頼");
    let letter = EntryView { with: Some(desk("プロバイダP", "お客様窓口")), ..entry(EntryKind::Letter, "") };
    let letter = EntryView { body: "回答書\n二行目".to_owned(), ..letter };
    assert_eq!(say(&INWARD.headline(&letter).line()), "書面・FAX お客様窓口 · 回答書");
}

#[test]
fn the_record_says_what_is_to_be_known_of_itself() {
    let note = EntryView { recorded_late: true, revision: 2, struck: Some("二重".to_owned()), ..entry(EntryKind::Note, "加") };
    assert_eq!(say(&INWARD.headline(&note).line()), "メモ 加 · 後から記録(11月22日(水) 18:00) · 訂正2回 · 取消: 二重");
}

fn quote() -> Quote {
    Quote {
        uid: Uid::from_parts(0, [0; 10]),
        entry: Uid::from_parts(0, [0; 10]),
        who: desk("プロバイダP", "最初の窓口"),
        at: Moment::exact(at(10, 24), DEFAULT_ZONE),
        words: "メールで送りました".to_owned(),
        verbatim: true,
    }
}

fn promise(state: PromiseState, overdue: bool, late_seconds: Option<i64>) -> PromiseView {
    PromiseView {
        uid: Uid::from_parts(0, [0; 10]),
        quote: quote(),
        due: Some(Moment::exact(at(11, 20), DEFAULT_ZONE)),
        due_by: DueBy::Ours,
        due_reason: String::new(),
        state,
        overdue,
        settled: None,
        late_seconds,
        struck: None,
    }
}

#[test]
fn a_quotation_says_whose_when_and_how_it_was_taken_down() {
    assert_eq!(say(&INWARD.source(&quote())), "最初の窓口 · 11月22日(水) 10:24 · 聞き取りによる記録(録音なし)");
}

#[test]
fn a_promise_says_when_it_is_due_and_what_became_of_it() {
    let late = promise(PromiseState::Broken, false, Some(17_400));
    assert_eq!(say(&INWARD.due(&late)), "11月22日(水) 11:20までと受け取り");
    assert_eq!(say(&INWARD.state(&late)), "期限経過・未履行 4時間50分");
    assert_eq!(say(&INWARD.state(&promise(PromiseState::Open, true, Some(59)))), "期限経過");
    assert_eq!(say(&INWARD.state(&promise(PromiseState::Open, false, None))), "未確認");
    assert_eq!(say(&OUTWARD.state(&late)), "確認できていません");
}

#[test]
fn an_ask_says_how_often_it_was_asked() {
    let ask = |times_asked| AskView {
        uid: Uid::from_parts(0, [0; 10]),
        company: "プロバイダP".to_owned(),
        words: String::new(),
        times_asked,
        answer: None,
        agreement: None,
        replies: Vec::new(),
        visibility: Visibility::Provider,
        struck: None,
    };
    assert_eq!(say(&INWARD.asked(&ask(2))), "2回尋ねた · 未回答");
    assert_eq!(say(&INWARD.asked(&ask(0))), "まだ尋ねていない · 未回答");
    assert_eq!(say(&OUTWARD.asked(&ask(2))), "2回お尋ねしています · ご回答待ち");
}

#[test]
fn both_languages_have_the_same_phrases() {
    let keys = |files: [&'static str; 2]| -> BTreeSet<&'static str> {
        let lines = files.into_iter().flat_map(str::lines);
        lines.filter(|line| line.starts_with("phrase-")).filter_map(|line| line.split_once(" =")).map(|(key, _)| key).collect()
    };
    assert_eq!(keys(JAPANESE), keys(ENGLISH));
}
