//! A house of any size: incidents with varied Japanese text, made by the same use cases as everything else, so that each row has its
//! place in the ledger. The same in every run.

use chrono::Duration;
use tellonce::actions::calls::{self, NewCall};
use tellonce::actions::companies::{self, CompanyInput};
use tellonce::actions::entries::{self, NewEntry};
use tellonce::actions::incidents::{self, IncidentInput};
use tellonce::actions::statements::NewStatement;
use tellonce::actions::{Outcome, Refused};
use tellonce::domain::call::{Call, CallWith, Direction, Outcome as Ending};
use tellonce::domain::entry::EntryKind;
use tellonce::domain::id::Id;
use tellonce::domain::incident::{IncidentKind, IncidentTime, Severity, Which};
use tellonce::domain::locale::DEFAULT_ZONE;
use tellonce::domain::moment::{Moment, Stamp};
use tellonce::domain::party::Provider;
use tellonce::domain::permit::Actor;
use tellonce::domain::statement::{Speaker, StatementKind};
use tellonce::store::{self, Store, Tx};

/// How many companies there are. Whoever has been let down fifty times as often has not fifty times as many providers; and a page that
/// lets choose among them shows them all, so that what it takes would grow with what it shows.
const COMPANIES: usize = 100;

const WHERE: [&str; 12] = [
    "本社",
    "別棟",
    "第二工場",
    "札幌支店",
    "倉庫",
    "受付",
    "会計課",
    "設計室",
    "大阪営業所",
    "髙﨑出張所",
    "社員寮",
    "データ室",
];
const WHAT: [&str; 16] = [
    "メールを送信できない",
    "インターネットに接続できない",
    "内線に雑音が入る",
    "FAXが途中で切れる",
    "請求書の宛先が違う",
    "帳票を印刷できない",
    "VPNが五分ごとに切れる",
    "電話が着信しない",
    "受注データが届かない",
    "バックアップが終わらない",
    "認証で弾かれる",
    "夜間に監視が鳴る",
    "画面が真っ白になる",
    "振込データを書き出せない",
    "ポート25の遮断",
    "証明書の期限切れ",
];
const SAID: [&str; 20] = [
    "確認して折り返します",
    "担当が席を外しております",
    "そのような通知はお送りしております",
    "技術の者から二時間以内に連絡させます",
    "こちらでは正常に見えております",
    "ルーターを再起動してください",
    "仕様変更によるものです",
    "明日の午前中に伺います",
    "上流の事業者に問い合わせ中です",
    "契約書の第十二条をご覧ください",
    "同じ症状の方がほかにもいらっしゃいます",
    "申し訳ございません、障害でした",
    "復旧の見込みは立っておりません",
    "別の窓口におかけ直しください",
    "書面ではお出しできません",
    "設定を戻しましたのでお試しください",
    "ＤＮＳの反映に一日かかります",
    "それは工事業者の範囲です",
    "料金は日割りでお返しします",
    "記録が残っておりません",
];
const SEEN: [&str; 12] = [
    "三台から一通ずつ送信し、二通は届き、一通は 550 で戻った",
    "ランプは緑のまま、通信量だけが零になっている",
    "同じ時刻に別棟では問題がなかった",
    "障害情報の頁には何も出ていない",
    "ケーブルを替えても変わらない",
    "昨日の二十二時ごろから遅くなっていたと夜勤から聞いた",
    "郵便の台帳を七月から見直したが、それらしい通知はない",
    "再起動の直後だけ通り、十分で元に戻る",
    "ログに timeout が 37 件続いている",
    "携帯の回線に替えると送れる",
    "会議の資料に要る表を書き出した",
    "相手の声に笑いがあった",
];

/// Numbers that look random and are the same in every run (a linear congruential generator with Knuth's MMIX constants).
pub struct Dice(u64);

impl Dice {
    pub const fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(2).wrapping_add(1))
    }

    pub fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap_or(0) % limit
    }

    pub fn pick(&mut self, of: &[&'static str]) -> &'static str {
        of[self.below(of.len())]
    }
}

/// Adds incidents with so many entries each, with those companies, to a house that was set up.
pub fn fill(store: &Store, companies: &[Id<Provider>], incidents: std::ops::Range<usize>, entries: usize, start: Stamp) {
    for n in incidents {
        let mut dice = Dice::new(n as u64);
        let opened = start + Duration::minutes(i64::try_from(n).unwrap_or(0) * 11);
        let company = companies[dice.below(companies.len())];
        let done: Outcome<()> = store.write(opened, |tx| incident(tx, &mut dice, company, opened, entries));
        done.unwrap_or_else(|error| panic!("incident {n}: {}", said(&error)));
    }
}

fn said(error: &Refused) -> String {
    format!("{error:?}")
}

/// Puts down the companies of a house that was set up.
pub fn companies(store: &Store, at: Stamp) -> Vec<Id<Provider>> {
    let one = |n: usize| {
        let company = CompanyInput {
            name: format!("{}通信{n}", WHERE[n % WHERE.len()]),
            trade: "回線".to_owned(),
            note: String::new(),
            numbers: Vec::new(),
        };
        let made: Outcome<Id<Provider>> = store.write(at, |tx| {
            let house = store::house::to_edit(tx, Actor::House)?;
            Ok(companies::put_down(tx, house, company)?.id)
        });
        made.unwrap_or_else(|error| panic!("company {n}: {}", said(&error)))
    };
    (0..COMPANIES).map(one).collect()
}

fn incident(tx: &mut Tx<'_>, dice: &mut Dice, provider: Id<Provider>, at: Stamp, entries: usize) -> Outcome<()> {
    let started = Moment::exact(at - Duration::minutes(30), DEFAULT_ZONE);
    let input = IncidentInput {
        kind: IncidentKind::Outage,
        title: format!("{}で{}", dice.pick(&WHERE), dice.pick(&WHAT)),
        title_outward: String::new(),
        provider,
        severity: Severity::ALL[dice.below(Severity::ALL.len())],
        what: dice.pick(&SEEN).to_owned(),
        affected: dice.pick(&WHERE).to_owned(),
        cause: String::new(),
        total: None,
        fault: None,
        parties: Vec::new(),
        contracts: Vec::new(),
    };
    let times = vec![IncidentTime { which: Which::Started, at: started.clone(), by: None }];
    let house = store::house::to_edit(tx, Actor::House)?;
    let number = incidents::open(tx, house, input, times)?.0.number;
    for n in 0..entries {
        let when = at + Duration::minutes(i64::try_from(n).unwrap_or(0) * 7);
        let permit = store::incidents::for_edit(tx, Actor::House, number)?;
        if dice.below(3) == 0 {
            calls::log(tx, permit, call(dice, provider, when))?;
        } else {
            entries::record(tx, permit, note(dice, when))?;
        }
    }
    // Most are over.
    if dice.below(10) > 0 {
        let over = Moment::exact(at + Duration::hours(9), DEFAULT_ZONE);
        let all = [(Which::Started, started), (Which::Restored, over.clone()), (Which::Closed, over)];
        let times = all.into_iter().map(|(which, at)| IncidentTime { which, at, by: None }).collect();
        let permit = store::incidents::for_edit(tx, Actor::House, number)?;
        let seen = store::incidents::get(tx, &permit)?.revision;
        incidents::set_times(tx, permit, seen, times)?;
    }
    Ok(())
}

fn words(dice: &mut Dice) -> String {
    format!("{}。{}では{}({})。", dice.pick(&SEEN), dice.pick(&WHERE), dice.pick(&SAID), dice.below(100_000))
}

fn note(dice: &mut Dice, when: Stamp) -> NewEntry {
    NewEntry {
        title: format!("{}: {}", dice.pick(&WHERE), dice.pick(&WHAT)),
        body: words(dice),
        ..NewEntry::new(EntryKind::Note, Moment::exact(when, DEFAULT_ZONE))
    }
}

fn call(dice: &mut Dice, provider: Id<Provider>, when: Stamp) -> NewCall {
    let speaker = Speaker::Theirs { provider, contact: None, who: String::new() };
    NewCall {
        call: Call {
            direction: Direction::Out,
            with: CallWith::Company,
            number: "03-5550-0100".to_owned(),
            dialled: when,
            answered: Some(when + Duration::seconds(20)),
            ended: Some(when + Duration::minutes(5)),
            outcome: Ending::Answered,
            legs: Vec::new(),
            waits: Vec::new(),
        },
        zone: DEFAULT_ZONE,
        occurred: None,
        provider: Some(provider),
        title: String::new(),
        body: words(dice),
        visibility: None,
        statements: vec![NewStatement::new(StatementKind::Explanation, speaker, dice.pick(&SAID).to_owned(), true)],
        reports: false,
    }
}
