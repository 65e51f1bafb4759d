//! The table of the words in which moments are told, Japanese and English. It is input only: nothing here is ever shown.

use chrono::Weekday;

/// What a word of the table does in a moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sense {
    /// の, at, the: joins, and adds nothing.
    Filler,
    /// 中: adds nothing to a day; after a number of days, these are counted from now.
    During,
    /// at: what follows is a time of day.
    At,
    /// 頃, about.
    About,
    /// 前: ago after a duration, "shortly before" after a time of day.
    Mae,
    /// ago.
    Ago,
    /// 後, later.
    Later,
    /// in, within, 以内: what belongs to it is a duration from now, or a month.
    In,
    /// まで, by: a due time.
    Until,
    /// between, from: two ends follow.
    Between,
    /// から, and, to, 〜: stands between the two ends.
    To,
    /// 間 after two ends.
    Gap,
    /// 過ぎ, just after.
    JustAfter,
    /// just before.
    JustBefore,
    /// The unit of a date or a time of day.
    Mark(Mark),
    /// The unit of a duration.
    Unit(Unit),
    /// 半, half.
    Half,
    /// half an hour.
    HalfAnHour,
    /// half past, quarter to: minutes around the hour that follows.
    Around(i32),
    /// o'clock.
    OClock,
    /// st, nd, rd, th.
    Ordinal,
    /// 今, now.
    Now,
    /// Days from today.
    Day(i64),
    /// Days from today, and the part of that day.
    DayAnd(i64, Part),
    /// A part of the day.
    Part(Part),
    /// noon, 正午.
    Noon,
    /// midnight, 零時.
    Midnight,
    /// A day of the week.
    Weekday(Weekday),
    /// Weeks from this one.
    Week(i64),
    /// Months from this one.
    MonthFrom(i64),
    /// Years from this one.
    YearFrom(i64),
    /// last, this, next before a weekday, a month name or a unit of the calendar.
    Which(i64),
    /// A month by its name.
    Month(u32),
    /// 上旬, mid: the first day of a third of a month.
    Third(Third),
    /// An era: what is added to its year.
    Era(i32),
    /// A number in letters; 元 as in 元年.
    Number(u32),
}

/// A unit that makes a number part of a date or a time of day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mark {
    Year,
    Month,
    Day,
    Hour,
    Minute,
    Second,
}

/// A unit that makes a number a duration.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unit {
    Seconds,
    Minutes,
    Hours,
    Days,
    Weeks,
    Months,
}

/// A third of a month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Third {
    /// The 1st to the 10th.
    Early,
    /// The 11th to the 20th.
    Mid,
    /// The 21st to the end.
    Late,
}

/// How a part of the day takes the hour 12.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Twelve {
    /// As the hours of the part say.
    Plain,
    /// 12 am is midnight, 12 pm is noon.
    English,
    /// 午前12時, 午後12時: the ordinance of 1872 and today's use disagree, so we ask.
    Refused,
}

/// A part of the day, in hours from its midnight; beyond 24 is the next day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Part {
    /// Where it lies if no hour is given: rather too wide than too narrow.
    pub window: (i64, i64),
    /// Which hours it can be said of: the first reading of a 12-hour number within them is taken, the end excluded.
    pub hours: (i64, i64),
    /// What it makes of 12.
    pub twelve: Twelve,
    /// Whether "yesterday" with it leaves open which of two nights is meant, once past midnight.
    pub two_nights: bool,
}

const fn part(window: (i64, i64), hours: (i64, i64)) -> Part {
    Part { window, hours, twelve: Twelve::Plain, two_nights: false }
}

// The windows follow the names for parts of the day in the weather service's forecasts (未明 0–3, 明け方 3–6, 朝 6–9,
// 昼前 9–12, 昼過ぎ 12–15, 夕方 15–18), widened where people at work say it of more.
const AM: Part = Part { twelve: Twelve::English, ..part((0, 12), (0, 12)) };
const PM: Part = Part { twelve: Twelve::English, ..part((12, 24), (12, 24)) };
const GOZEN: Part = Part { twelve: Twelve::Refused, ..part((0, 12), (0, 12)) };
const GOGO: Part = Part { twelve: Twelve::Refused, ..part((12, 24), (12, 24)) };
const SMALL_HOURS: Part = part((0, 4), (0, 6));
const DAWN: Part = part((3, 6), (2, 8));
const EARLY_MORNING: Part = part((4, 8), (3, 10));
const ASA: Part = part((5, 10), (0, 12));
const MORNING: Part = part((5, 12), (0, 12));
const BEFORE_NOON: Part = part((9, 12), (8, 13));
/// 昼, 昼前後, around noon.
const MIDDAY: Part = part((11, 13), (10, 17));
const AFTER_NOON: Part = part((12, 15), (12, 17));
const AFTERNOON: Part = part((12, 18), (12, 20));
const DUSK: Part = part((15, 19), (15, 20));
const EVENING: Part = part((17, 22), (15, 24));
/// 夜, night: until the next morning.
const NIGHT: Part = part((18, 29), (17, 29));
const DEEP_NIGHT: Part = Part { two_nights: true, ..part((22, 29), (21, 30)) };

/// The words of each sense, separated by `|`.
const WORDS: &[(Sense, &str)] = &[
    // Joints.
    (Sense::Filler, "の|に|は|時点|the|of|on|during"),
    (Sense::During, "中|中に"),
    (Sense::At, "at"),
    (Sense::In, "in|within|以内|以内に"),
    (Sense::Between, "between|from"),
    (Sense::To, "から|より|and|to|till"),
    (Sense::Until, "まで|までに|until|by"),
    (Sense::Gap, "間"),
    // How nearly.
    (Sense::About, "頃|ごろ|ころ|約|およそ|おおよそ|だいたい|前後|くらい|ぐらい|位|ほど|程"),
    (Sense::About, "about|around|approximately|approx.|approx|roughly|circa|some|or so"),
    (Sense::JustAfter, "過ぎ|すぎ|少し過ぎ|ちょっと過ぎ|直後|just after|shortly after"),
    (Sense::JustBefore, "少し前|ちょっと前|直前|just before|shortly before"),
    // Before and after now.
    (Sense::Mae, "前|まえ"),
    (Sense::Ago, "ago"),
    (Sense::Later, "後|later|from now"),
    (Sense::Now, "今|たった今|ただ今|ただいま|現在|now|right now|just now"),
    // Units.
    (Sense::Mark(Mark::Year), "年"),
    (Sense::Mark(Mark::Month), "月"),
    (Sense::Mark(Mark::Day), "日"),
    (Sense::Mark(Mark::Hour), "時"),
    (Sense::Mark(Mark::Minute), "分"),
    (Sense::Mark(Mark::Second), "秒"),
    (Sense::Unit(Unit::Seconds), "秒間|seconds|second|secs|sec|s"),
    (Sense::Unit(Unit::Minutes), "分間|minutes|minute|mins|min|m"),
    (Sense::Unit(Unit::Hours), "時間|hours|hour|hrs|hr|h"),
    (Sense::Unit(Unit::Days), "日間|days|day|d"),
    (Sense::Unit(Unit::Weeks), "週間|weeks|week"),
    (Sense::Unit(Unit::Months), "か月|ヶ月|ケ月|カ月|箇月|months|month"),
    (Sense::Half, "半"),
    (Sense::HalfAnHour, "半時間|half an hour|half hour"),
    (Sense::Around(30), "half past"),
    (Sense::Around(15), "quarter past|a quarter past"),
    (Sense::Around(-15), "quarter to|a quarter to"),
    (Sense::OClock, "o'clock|o’clock"),
    (Sense::Ordinal, "st|nd|rd|th"),
    // Days.
    (Sense::Day(-2), "一昨日|おととい|day before yesterday"),
    (Sense::Day(-1), "昨日|きのう|yesterday"),
    (Sense::Day(0), "今日|本日|きょう|today"),
    (Sense::Day(1), "明日|あした|あす|tomorrow"),
    (Sense::Day(2), "明後日|あさって|day after tomorrow"),
    (Sense::DayAnd(-2, NIGHT), "一昨夜|一昨晩"),
    (Sense::DayAnd(-1, NIGHT), "昨夜|昨晩|ゆうべ|夕べ|last night"),
    (Sense::DayAnd(-1, EVENING), "last evening"),
    (Sense::DayAnd(0, ASA), "今朝|けさ"),
    (Sense::DayAnd(0, MORNING), "this morning"),
    (Sense::DayAnd(0, AFTERNOON), "this afternoon"),
    (Sense::DayAnd(0, EVENING), "this evening"),
    (Sense::DayAnd(0, NIGHT), "今夜|今晩|tonight"),
    (Sense::DayAnd(1, ASA), "明朝"),
    (Sense::DayAnd(1, NIGHT), "明晩"),
    // Parts of the day.
    (Sense::Part(AM), "am|a.m."),
    (Sense::Part(PM), "pm|p.m."),
    (Sense::Part(GOZEN), "午前|午前中"),
    (Sense::Part(GOGO), "午後"),
    (Sense::Part(SMALL_HOURS), "未明"),
    (Sense::Part(DAWN), "明け方|dawn"),
    (Sense::Part(EARLY_MORNING), "早朝|early morning"),
    (Sense::Part(ASA), "朝"),
    (Sense::Part(MORNING), "morning|in the morning"),
    (Sense::Part(BEFORE_NOON), "昼前|お昼前|late morning|before noon"),
    (Sense::Part(MIDDAY), "昼|お昼|昼前後|お昼前後|正午前後|midday|around midday|about midday|around noon|about noon"),
    (Sense::Part(AFTER_NOON), "昼過ぎ|昼すぎ|お昼過ぎ|お昼すぎ|early afternoon"),
    (Sense::Part(AFTERNOON), "afternoon|in the afternoon"),
    (Sense::Part(DUSK), "夕方|late afternoon"),
    (Sense::Part(EVENING), "evening|in the evening"),
    (Sense::Part(NIGHT), "夜|晩|night|at night"),
    (Sense::Part(DEEP_NIGHT), "深夜|夜中|夜更け|late at night"),
    (Sense::Noon, "正午|noon"),
    (Sense::Midnight, "零時|midnight"),
    // Weeks, months, years.
    (Sense::Weekday(Weekday::Mon), "月曜|月曜日|(月)|monday|mon"),
    (Sense::Weekday(Weekday::Tue), "火曜|火曜日|(火)|tuesday|tue"),
    (Sense::Weekday(Weekday::Wed), "水曜|水曜日|(水)|wednesday|wed"),
    (Sense::Weekday(Weekday::Thu), "木曜|木曜日|(木)|thursday|thu"),
    (Sense::Weekday(Weekday::Fri), "金曜|金曜日|(金)|friday|fri"),
    (Sense::Weekday(Weekday::Sat), "土曜|土曜日|(土)|saturday|sat"),
    (Sense::Weekday(Weekday::Sun), "日曜|日曜日|(日)|sunday|sun"),
    (Sense::Week(-2), "先々週"),
    (Sense::Week(-1), "先週|last week"),
    (Sense::Week(0), "今週|this week"),
    (Sense::Week(1), "来週|next week"),
    (Sense::Week(2), "再来週"),
    (Sense::MonthFrom(-1), "先月|last month"),
    (Sense::MonthFrom(0), "今月|this month"),
    (Sense::MonthFrom(1), "来月|next month"),
    (Sense::YearFrom(-2), "一昨年"),
    (Sense::YearFrom(-1), "昨年|去年|last year"),
    (Sense::YearFrom(0), "今年|this year"),
    (Sense::YearFrom(1), "来年|next year"),
    (Sense::Which(-1), "last"),
    (Sense::Which(0), "this"),
    (Sense::Which(1), "next"),
    (Sense::Month(1), "january|jan"),
    (Sense::Month(2), "february|feb"),
    (Sense::Month(3), "march|mar"),
    (Sense::Month(4), "april|apr"),
    (Sense::Month(5), "may"),
    (Sense::Month(6), "june|jun"),
    (Sense::Month(7), "july|jul"),
    (Sense::Month(8), "august|aug"),
    (Sense::Month(9), "september|sept|sep"),
    (Sense::Month(10), "october|oct"),
    (Sense::Month(11), "november|nov"),
    (Sense::Month(12), "december|dec"),
    (Sense::Third(Third::Early), "上旬|初旬|early"),
    (Sense::Third(Third::Mid), "中旬|mid|middle of"),
    (Sense::Third(Third::Late), "下旬|late"),
    (Sense::Era(2018), "令和"),
    (Sense::Era(1988), "平成"),
    (Sense::Era(1925), "昭和"),
    // Numbers in letters.
    (Sense::Number(1), "元|a|an|one"),
    (Sense::Number(2), "two"),
    (Sense::Number(3), "three"),
    (Sense::Number(4), "four"),
    (Sense::Number(5), "five"),
    (Sense::Number(6), "six"),
    (Sense::Number(7), "seven"),
    (Sense::Number(8), "eight"),
    (Sense::Number(9), "nine"),
    (Sense::Number(10), "ten"),
    (Sense::Number(11), "eleven"),
    (Sense::Number(12), "twelve"),
    (Sense::Number(15), "fifteen"),
    (Sense::Number(20), "twenty"),
    (Sense::Number(30), "thirty"),
    (Sense::Number(40), "forty"),
    (Sense::Number(50), "fifty"),
];

/// The longest word at the beginning of `text` (lower case), and what it does. A word that ends in a Latin letter is
/// one only where no further letter follows: "mon" does not begin "month".
pub(super) fn longest(text: &str) -> Option<(&'static str, Sense)> {
    WORDS
        .iter()
        .flat_map(|(sense, words)| words.split('|').map(move |word| (word, *sense)))
        .filter(|(word, _)| text.strip_prefix(word).is_some_and(|rest| ends_here(word, rest)))
        .max_by_key(|(word, _)| word.len())
}

fn ends_here(word: &str, rest: &str) -> bool {
    let letter = |c: char| c.is_ascii_alphabetic();
    !(word.ends_with(letter) && rest.starts_with(letter))
}

/// Kanji numerals to 99 at the beginning of `text`: how many bytes, and their value.
pub(super) fn kanji_number(text: &str) -> Option<(usize, u32)> {
    const DIGITS: &str = "〇一二三四五六七八九";
    let digit = |c: char| DIGITS.chars().position(|d| d == c).and_then(|d| u32::try_from(d).ok());
    let (mut tens, mut ones, mut length) = (None, None, 0);
    for c in text.chars() {
        match (digit(c), ones, tens) {
            (Some(d), None, _) => ones = Some(d),
            (None, _, None) if c == '十' => tens = Some(ones.take().unwrap_or(1)),
            _ => break,
        }
        length += c.len_utf8();
    }
    (length > 0).then(|| (length, tens.unwrap_or(0) * 10 + ones.unwrap_or(0)))
}

/// Every word of the table.
#[cfg(test)]
pub(super) fn all() -> impl Iterator<Item = &'static str> {
    WORDS.iter().flat_map(|(_, words)| words.split('|'))
}
