//! The week itself.

use super::builder::{at, call, claimed_notice, days, entry, exact, ours, rough, say, theirs, uid, wed};
use crate::domain::call::{CallWith, Direction, Outcome, WaitWhy};
use crate::domain::contract::{Agreement, AgreementHow, Clause, Contract, NoticeForm, Standing};
use crate::domain::dossier::{Dossier, Head};
use crate::domain::entry::{Entry, EntryKind};
use crate::domain::id::Id;
use crate::domain::incident::{Incident, IncidentKind, IncidentNumber, IncidentTime, Party, PartyRole, Severity, Which};
use crate::domain::ledger::Digest;
use crate::domain::locale::{DEFAULT_ZONE, Locale};
use crate::domain::matter::{Against, Ask, Contradiction, RuledOut, RuledOutKind};
use crate::domain::notice::Change;
use crate::domain::party::Provider;
use crate::domain::permit::Role;
use crate::domain::person::{House, Person};
use crate::domain::statement::{Citation, DueBy, Promise, PromiseState, StatementKind};
use crate::domain::term::{NoticeTerm, Term};
use crate::domain::visibility::Visibility;

const P: Id<Provider> = Id::new(1);
const C: Id<Provider> = Id::new(2);
const U: Id<Provider> = Id::new(3);
const M: Id<Provider> = Id::new(4);

/// The week, in one language.
pub fn week(locale: Locale) -> Dossier {
    let t = |ja, en| say(locale, ja, en);
    let company = |id: i64, name: &str, trade: &str| Provider {
        id: Id::new(id),
        uid: uid(3, id),
        revision: 0,
        name: name.to_owned(),
        trade: trade.to_owned(),
        note: String::new(),
        numbers: Vec::new(),
    };
    let mut entries = before_noon(locale);
    entries.extend(afternoon(locale));
    Dossier {
        house: House {
            id: Id::new(1),
            revision: 0,
            company: t("髙﨑産業株式会社", "Takasaki Industries").into(),
            locale,
            zone: DEFAULT_ZONE,
        },
        incident: incident(locale),
        providers: vec![
            company(1, t("東都ネット", "Toto Net"), t("インターネット回線", "internet line")),
            company(2, t("さくら通信工事", "Sakura Wiring"), t("モデム交換", "modem swap")),
            company(3, t("全国バックボーン", "National Backbone"), t("上位回線", "upstream")),
            company(4, t("北斗メール", "Hokuto Mail"), t("メールサーバー", "mail server")),
        ],
        contacts: Vec::new(),
        people: vec![person(t("青木 有子", "Alice Aoki"), locale)],
        contracts: vec![contract(locale)],
        clauses: clauses(locale),
        agreements: vec![agreement(locale)],
        entries,
        promises: promises(locale),
        asks: asks(locale),
        ruled_out: ruled_out(locale),
        contradictions: contradictions(),
        verdicts: Vec::new(),
        credit_claims: Vec::new(),
        changes: vec![change(locale)],
        notices: vec![claimed_notice(
            &change(locale),
            t("送ったとの説明。宛先と日付はまだ示されていない", "They say it was sent; neither address nor date has been named."),
        )],
        attachments: Vec::new(),
        head: Head { count: 61, hash: ledger_hash() },
    }
}

/// A hash whose fingerprint is `7f3a-09c1-e4`.
fn ledger_hash() -> Digest {
    format!("7f3a09c1e4{}", "0".repeat(54)).parse().expect("64 hex digits")
}

fn person(name: &str, locale: Locale) -> Person {
    Person {
        id: Id::new(1),
        uid: uid(4, 1),
        revision: 0,
        login: "alice".to_owned(),
        name: name.to_owned(),
        role: Role::Admin,
        locale,
        zone: DEFAULT_ZONE,
        disabled_at: None,
    }
}

fn incident(locale: Locale) -> Incident {
    let t = |ja, en| say(locale, ja, en).to_owned();
    let time = |which, at, by| IncidentTime { which, at, by };
    let party = |provider, role, sign: &str| Party { provider, role, sign: sign.to_owned() };
    Incident {
        id: Id::new(1),
        number: IncidentNumber { year: 2006, count: 1 },
        revision: 4,
        kind: IncidentKind::ChangeOrStop,
        title: t("全社でメールを送信できない(ポート25の遮断)", "No mail leaves the company: port 25 blocked"),
        title_outward: t("メールを送信できない件(ポート25)", "Mail that cannot be sent (port 25)"),
        provider: P,
        severity: Severity::S2,
        what: t(
            "社外あての送信がすべて失敗する。閲覧と受信は正常",
            "Every message to the outside fails. The web and incoming mail work.",
        ),
        affected: t("別棟を含む全拠点、全員", "All buildings, everybody."),
        cause: t(
            "上位回線事業者によるポート25の遮断(7月頃の告知)。モデムとルーターは原因でないと確認済み",
            "Port 25 blocked by the upstream provider (announced about July). Modem and router are not the cause.",
        ),
        total: None,
        fault: None,
        times: vec![
            time(Which::Started, rough("2006-11-21T21:00", "2006-11-21T23:00", &t("昨夜10時頃", "about ten last night")), None),
            time(Which::Detected, exact(wed("08:40")), None),
            time(Which::Reported, exact(wed("10:21")), None),
            time(Which::Mitigated, rough("2006-11-22T11:00", "2006-11-22T12:30", &t("昼前後", "around noon")), Some(M)),
        ],
        parties: vec![
            party(P, PartyRole::Provider, "P"),
            party(C, PartyRole::Contractor, "C"),
            party(U, PartyRole::Upstream, "U"),
            party(M, PartyRole::Rescuer, "M"),
        ],
        contracts: vec![Id::new(1)],
        restricted_to: Vec::new(),
        cost: None,
    }
}

fn contract(locale: Locale) -> Contract {
    Contract {
        id: Id::new(1),
        uid: uid(5, 1),
        revision: 0,
        provider: P,
        title: say(locale, "法人向けインターネット接続サービス契約約款", "Terms of the Business Internet Service").to_owned(),
        number: "TN-204-7781".to_owned(),
        starts_on: None,
        ends_on: None,
        monthly_fee: Some(48_000),
        currency: "JPY".to_owned(),
        zone: DEFAULT_ZONE,
        addresses: Vec::new(),
        note: String::new(),
        hours: None,
    }
}

fn clauses(locale: Locale) -> Vec<Clause> {
    let t = |ja, en| say(locale, ja, en).to_owned();
    vec![Clause {
        id: Id::new(1),
        uid: uid(6, 1),
        revision: 0,
        contract: Id::new(1),
        number: t("第18条第1項", "18.1"),
        heading: t("通知", "Notices"),
        quote: t(
            "当社から契約者への通知は、書面、電子メール、当社ウェブサイトへの掲載その他当社が適当と認める方法により行います。",
            "We give notice to the customer in writing, by e-mail, by posting it on our website, or in another way that we find suitable.",
        ),
        term: Some(Term::Notice(NoticeTerm {
            forms: Some(vec![NoticeForm::Letter, NoticeForm::Email, NoticeForm::Website]),
            ..NoticeTerm::default()
        })),
        struck: None,
    }]
}

fn agreement(locale: Locale) -> Agreement {
    let t = |ja, en| say(locale, ja, en).to_owned();
    Agreement {
        id: Id::new(1),
        uid: uid(7, 1),
        revision: 0,
        contract: Id::new(1),
        made: days("2004-03-01", "2004-04-01", &t("契約時(2004年3月頃)", "before signing, about March 2004")),
        made_with: t("営業担当者", "the salesperson"),
        contact: None,
        how: AgreementHow::Spoken,
        words: t(
            "この種の連絡は書面でいただく。メールアドレスは使わず、登録もしない。",
            "Notice of anything like this comes in writing. We use none of the e-mail addresses, and register none.",
        ),
        verbatim: false,
        evidence: t("返却したメールパスワードの用紙の控え", "our copy of the returned form for the mail password"),
        standing: Standing::Ours,
        confirmed_in: None,
        before_clause: Some(Id::new(1)),
        term: Some(Term::Notice(NoticeTerm {
            forms: Some(vec![NoticeForm::Letter, NoticeForm::RegisteredLetter]),
            ..NoticeTerm::default()
        })),
        visibility: Visibility::Provider,
        struck: None,
    }
}

fn before_noon(locale: Locale) -> Vec<Entry> {
    let t = |ja, en| say(locale, ja, en);
    let mut swap = entry(
        1,
        EntryKind::Visit,
        days("2006-11-20", "2006-11-21", t("月曜", "on Monday")),
        t("モデムの交換", "The modem is swapped"),
    );
    swap.provider = Some(C);
    swap.recorded_at = wed("09:05");
    let mut colleague =
        call(2, Direction::In, P, ("08:40", Some("08:40"), "08:44"), Outcome::Answered).seen_by(Visibility::Meeting);
    colleague.provider = None;
    if let Some(call) = &mut colleague.call {
        call.with = CallWith::OwnColleague;
    }
    let mut entries = vec![
        swap,
        colleague.says(ours(1, StatementKind::Claim, t("メールが送れない!", "I can't send mail!"))),
        entry(
            3,
            EntryKind::Observation,
            rough("2006-11-22T08:45", "2006-11-22T09:00", t("8時50分頃", "about 8:50")),
            t("契約先のサイトに告知なし、よくある質問にも該当なし", "Nothing on the provider's site, no such case in the FAQ"),
        ),
        call(4, Direction::Out, C, ("09:10", Some("09:10:30"), "09:16"), Outcome::Answered).says(theirs(
            2,
            C,
            t("受付", "reception"),
            StatementKind::Promise,
            t("2時間後に伺います", "We'll be there in two hours."),
        )),
        entry(
            5,
            EntryKind::Observation,
            rough("2006-11-22T09:20", "2006-11-22T09:40", t("9時半頃", "about 9:30")),
            t("上位回線事業者のサイトに7月頃の告知", "An article of about July on the upstream provider's site"),
        )
        .body(t(
            "9月から12月にかけて、プロバイダごとにポート25を順次遮断するとある。どこからもリンクされていないページ。",
            "Port 25 is to be blocked, provider by provider, from September to December. No page links to it.",
        )),
    ];
    entries.extend(in_vain());
    entries.push(the_call(locale));
    entries
}

/// Nine times in half an hour, and nobody answers.
fn in_vain() -> impl Iterator<Item = Entry> {
    let attempts = [
        ("09:45", "09:47:30", Outcome::NoAnswer),
        ("09:48", "09:50:30", Outcome::Busy),
        ("09:52", "09:54:30", Outcome::NoAnswer),
        ("09:55", "09:57:30", Outcome::NoAnswer),
        ("09:59", "10:01:30", Outcome::Busy),
        ("10:03", "10:05:30", Outcome::NoAnswer),
        ("10:07", "10:09:30", Outcome::NoAnswer),
        ("10:10", "10:12:30", Outcome::Busy),
        ("10:13", "10:15:30", Outcome::NoAnswer),
    ];
    attempts.into_iter().zip(6..).map(|((from, to, outcome), id)| call(id, Direction::Out, P, (from, None, to), outcome))
}

/// The call of half an hour.
fn the_call(locale: Locale) -> Entry {
    let t = |ja, en| say(locale, ja, en);
    let desk = t("最初の窓口", "desk 1");
    let mut sent = theirs(5, P, desk, StatementKind::Claim, t("メールで送りました", "We sent it by e-mail."));
    sent.cites = vec![Citation::Clause(Id::new(1)), Citation::Agreement(Id::new(1))];
    call(20, Direction::Out, P, ("10:20", Some("10:21"), "10:50"), Outcome::Answered)
        .leg(t("部署名不明(取次ぎ)", "a department, name unknown"), ("10:21", "10:22"), None)
        .leg(desk, ("10:23", "10:50"), Some(("10:23", "10:27")))
        .wait(WaitWhy::Transfer, "10:22", "10:23")
        .wait(WaitWhy::Hold, "10:38", "10:44")
        .says(ours(
            3,
            StatementKind::Question,
            t(
                "法人契約なのに、何の連絡もなくポートを閉じたのですか",
                "We are contracted as a company. How can you close a port without a word?",
            ),
        ))
        .says(theirs(4, P, desk, StatementKind::Claim, t("いえ、ご連絡しております", "No, we did notify you.")))
        .says(sent)
        .says(ours(6, StatementKind::Claim, t("メールでの連絡は取り決めと違います", "E-mail was not what we agreed.")))
        .says(theirs(
            7,
            P,
            desk,
            StatementKind::Promise,
            t("すぐに分かる者から連絡させます", "Somebody who knows will call you at once."),
        ))
}

fn afternoon(locale: Locale) -> Vec<Entry> {
    let t = |ja, en| say(locale, ja, en);
    let mut rescue = entry(
        22,
        EntryKind::Action,
        rough("2006-11-22T11:00", "2006-11-22T12:30", t("昼前後", "around noon")),
        t("別ポートでの送信に切り替え、メール回復", "Sending moved to another port; mail works again"),
    );
    rescue.provider = Some(M);
    rescue.body = t("ポート25は閉じたまま。", "Port 25 stays closed.").to_owned();
    let mut post = entry(
        26,
        EntryKind::Observation,
        exact(at("2006-11-23T10:00")),
        t("郵便物を確認。該当の書面なし", "The post was searched; no letter of the kind"),
    );
    post.recorded_at = at("2006-11-23T15:20");
    post.change = Some(Id::new(1));
    post.visibility = Visibility::Provider;
    vec![
        call(21, Direction::Out, M, ("10:53", Some("10:53:20"), "10:58"), Outcome::Answered).says(ours(
            8,
            StatementKind::Question,
            t("25番以外で送信できるポートはありますか", "Is there a port other than 25 we can send through?"),
        )),
        rescue,
        call(23, Direction::In, P, ("16:10", Some("16:10"), "16:35"), Outcome::Answered).leg(
            t("設置担当", "installation staff"),
            ("16:10", "16:35"),
            Some(("16:11", "16:21")),
        ),
        call(24, Direction::In, P, ("18:05", Some("18:05"), "18:40"), Outcome::Answered).leg(
            t("技術担当", "technical staff"),
            ("18:05", "18:40"),
            Some(("18:06", "18:18")),
        ),
        call(25, Direction::In, P, ("21:30", Some("21:30"), "22:10"), Outcome::Answered).leg(
            t("お客様窓口", "customer desk"),
            ("21:30", "22:10"),
            Some(("21:31", "21:46")),
        ),
        post,
        entry(27, EntryKind::Note, exact(wed("10:46")), t("声に笑いがあった", "There was a laugh in the voice"))
            .seen_by(Visibility::Internal),
    ]
}

fn promises(locale: Locale) -> Vec<Promise> {
    let promise = |id: i64, entry: i64, statement: i64, due: &str| Promise {
        id: Id::new(id),
        uid: uid(9, id),
        revision: 0,
        incident: Id::new(1),
        entry: Id::new(entry),
        statement: Id::new(statement),
        due: Some(exact(wed(due))),
        due_by: DueBy::Theirs,
        due_reason: String::new(),
        state: PromiseState::Open,
        settled: None,
        settled_by: None,
        moved_to: None,
        struck: None,
    };
    let mut at_once = promise(2, 20, 7, "11:20");
    at_once.due_by = DueBy::Ours;
    at_once.due_reason = say(locale, "「すぐ」を30分と受け取った", "“at once”, taken as half an hour").to_owned();
    at_once.state = PromiseState::Broken;
    at_once.settled = Some(exact(wed("16:10")));
    at_once.settled_by = Some(Id::new(23));
    vec![promise(1, 4, 2, "11:10"), at_once]
}

fn asks(locale: Locale) -> Vec<Ask> {
    let t = |ja, en| say(locale, ja, en).to_owned();
    let words = [
        t(
            "契約時の取り決め(書面での連絡)を書面で確認してほしい",
            "Please confirm in writing what was agreed at signing: notice in writing.",
        ),
        t(
            "ポート25を当社の回線で開けること、または代わりの手段とその期日",
            "Port 25 opened for our line, or another way, and by when.",
        ),
        t("連絡先を一人に決めてほしい", "One person to speak to."),
    ];
    let ask = |(words, id): (String, i64)| Ask {
        id: Id::new(id),
        uid: uid(10, id),
        revision: 0,
        incident: Id::new(1),
        provider: P,
        words,
        about: None,
        asked_in: vec![Id::new(20), Id::new(23)],
        answered_by: None,
        visibility: Visibility::Provider,
        struck: None,
    };
    words.into_iter().zip(1..).map(ask).collect()
}

fn ruled_out(locale: Locale) -> Vec<RuledOut> {
    let t = |ja, en| say(locale, ja, en).to_owned();
    let item = |id: i64, kind, what, why| RuledOut {
        id: Id::new(id),
        uid: uid(11, id),
        revision: 0,
        incident: Id::new(1),
        kind,
        what,
        why,
        visibility: Visibility::Provider,
        struck: None,
    };
    vec![
        item(
            1,
            RuledOutKind::Checked,
            t("モデムとルーター", "Modem and router"),
            t("閲覧と受信は正常。ほかのポートでは送信できる", "The web and incoming mail work; other ports send."),
        ),
        item(
            2,
            RuledOutKind::Remedy,
            t("契約先のサーバー経由での送信", "Sending through the provider's server"),
            t(
                "契約変更もできるIDとパスワードが要り、課の全員には渡せない",
                "It needs the ID and password that can also change the contract; they cannot be handed to a whole section.",
            ),
        ),
    ]
}

fn contradictions() -> Vec<Contradiction> {
    let item = |id: i64, statement: i64, against| Contradiction {
        id: Id::new(id),
        uid: uid(12, id),
        revision: 0,
        incident: Id::new(1),
        statement: Id::new(statement),
        against,
        note: String::new(),
        visibility: Visibility::Provider,
        struck: None,
    };
    vec![item(1, 4, Against::Entry(Id::new(26))), item(2, 5, Against::Agreement(Id::new(1)))]
}

fn change(locale: Locale) -> Change {
    Change {
        id: Id::new(1),
        uid: uid(13, 1),
        revision: 0,
        incident: Id::new(1),
        provider: P,
        what: say(locale, "外向きのポート25を遮断", "Outgoing port 25 is blocked").to_owned(),
        effective: Some(rough(
            "2006-11-21T21:00",
            "2006-11-21T23:00",
            say(locale, "11月21日22時頃", "about 22:00 on 21 November"),
        )),
        visibility: Visibility::Provider,
        struck: None,
    }
}
