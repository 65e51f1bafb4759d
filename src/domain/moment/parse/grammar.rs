//! The grammar: tokens fill the slots of one [`Point`]. The order of the words is free, as it differs between languages;
//! a slot that is filled twice is an error, and so is a word that fits nowhere.

use super::MomentError;
use super::point::{Clock, Counted, Distance, Edge, Point, Ref, Way};
use super::tokens::{Kind, Token};
use super::words::{Mark, Sense, Twelve, Unit};

/// A rule: takes what it knows from the tokens, and says whether it took anything.
type Rule = fn(&mut Reader<'_>) -> Result<bool, MomentError>;

/// In this order: what is longer and more particular comes first.
const RULES: &[Rule] = &[
    |reader| reader.numeric_date(),
    |reader| reader.distance(),
    |reader| reader.marked_date(),
    |reader| reader.named_month(),
    |reader| reader.year_alone(),
    |reader| reader.clock(),
    |reader| reader.word(),
];

/// Reads one point from the beginning of `tokens`; says how many tokens it took. It ends at what stands between two ends.
///
/// # Errors
/// [`MomentError::NotUnderstood`] for a word that fits nowhere.
pub(super) fn point(tokens: &[Token]) -> Result<(Point, usize), MomentError> {
    let mut reader = Reader { tokens, at: 0, point: Point::default() };
    while reader.at < tokens.len() && !is_joint(&tokens[reader.at]) {
        let mut took = false;
        for rule in RULES {
            took = rule(&mut reader)?;
            if took {
                break;
            }
        }
        if !took {
            return Err(reader.misfit());
        }
    }
    reader.point.text = text(&tokens[..reader.at]);
    Ok((reader.point, reader.at))
}

/// Whether `token` can stand between two ends.
pub(super) fn is_joint(token: &Token) -> bool {
    matches!(token.kind, Kind::Word(Sense::To) | Kind::Sign('-'))
}

/// The tokens as one piece of text, for messages.
pub(super) fn text(tokens: &[Token]) -> String {
    let mut all = String::new();
    for token in tokens {
        let both_latin =
            all.ends_with(|c: char| c.is_ascii_alphanumeric()) && token.text.starts_with(|c: char| c.is_ascii_alphanumeric());
        if both_latin {
            all.push(' ');
        }
        all.push_str(&token.text);
    }
    all
}

/// A number of units, and whether half a one more.
struct Amount {
    number: u32,
    half: bool,
    unit: Unit,
}

struct Reader<'a> {
    tokens: &'a [Token],
    at: usize,
    point: Point,
}

impl Reader<'_> {
    fn kind(&self, ahead: usize) -> Option<Kind> {
        self.tokens.get(self.at + ahead).map(|token| token.kind)
    }

    fn number(&self, ahead: usize) -> Option<u32> {
        match self.kind(ahead) {
            Some(Kind::Number(value, _)) => Some(value),
            _ => None,
        }
    }

    /// A number of four digits, as years are written.
    fn year(&self, ahead: usize) -> Option<i32> {
        match self.kind(ahead) {
            Some(Kind::Number(value, 4)) => i32::try_from(value).ok(),
            _ => None,
        }
    }

    fn sense(&self, ahead: usize) -> Option<Sense> {
        match self.kind(ahead) {
            Some(Kind::Word(sense)) => Some(sense),
            _ => None,
        }
    }

    fn sign(&self, ahead: usize, sign: char) -> bool {
        self.kind(ahead) == Some(Kind::Sign(sign))
    }

    fn marked(&self, ahead: usize, mark: Mark) -> bool {
        self.sense(ahead) == Some(Sense::Mark(mark))
    }

    /// The token at hand fits nowhere.
    fn misfit(&self) -> MomentError {
        MomentError::NotUnderstood(self.tokens.get(self.at).map_or_else(String::new, |token| token.text.clone()))
    }

    fn took(&mut self, tokens: usize) -> Result<bool, MomentError> {
        self.at += tokens;
        Ok(true)
    }

    fn fill<T>(&mut self, slot: fn(&mut Point) -> &mut Option<T>, value: T) -> Result<(), MomentError> {
        if slot(&mut self.point).is_some() {
            return Err(self.misfit());
        }
        *slot(&mut self.point) = Some(value);
        Ok(())
    }

    fn fill_month(&mut self, month: u32) -> Result<(), MomentError> {
        self.fill(|point| &mut point.month, Ref::Number(month))
    }

    fn fill_day(&mut self, day: u32) -> Result<(), MomentError> {
        self.fill(|point| &mut point.day, day)
    }

    fn fill_year(&mut self, year: i32) -> Result<(), MomentError> {
        self.fill(|point| &mut point.year, Ref::Number(year))
    }

    /// `2006-11-22`, `2006/11/22`, `2006.11.22`, `2006/11`, `11/22`. Month before day, as Japan writes it.
    fn numeric_date(&mut self) -> Result<bool, MomentError> {
        if let Some(year) = self.year(0) {
            let Some(sign) = ['-', '/', '.'].into_iter().find(|sign| self.sign(1, *sign)) else { return Ok(false) };
            let Some(month) = self.number(2) else { return Ok(false) };
            match self.number(4).filter(|_| self.sign(3, sign)) {
                Some(day) => {
                    self.fill_day(day)?;
                    self.fill_year(year)?;
                    self.fill_month(month)?;
                    return self.took(5);
                }
                None if self.year(2).is_none() && !self.sign(3, ':') => {
                    self.fill_year(year)?;
                    self.fill_month(month)?;
                    return self.took(3);
                }
                None => return Ok(false),
            }
        }
        let (Some(month), true, Some(day)) = (self.number(0), self.sign(1, '/'), self.number(2)) else { return Ok(false) };
        self.fill_month(month)?;
        self.fill_day(day)?;
        self.took(3)
    }

    /// `10分前`, `1時間半前`, `2 hours ago`, `in 30 minutes`, `30m`: a duration from now.
    fn distance(&mut self) -> Result<bool, MomentError> {
        let ahead_first = self.sense(0) == Some(Sense::In);
        let Some((length, parts)) = self.duration(usize::from(ahead_first)) else { return Ok(false) };
        let mut end = usize::from(ahead_first) + length;
        let mut about = false;
        while self.sense(end) == Some(Sense::About) {
            about = true;
            end += 1;
        }
        let within = ahead_first || self.sense(end) == Some(Sense::In);
        let way = match self.sense(end) {
            Some(Sense::Mae | Sense::Ago) if !ahead_first => Way::Back,
            Some(Sense::Later | Sense::In) if !ahead_first => Way::Ahead,
            _ if ahead_first => Way::Ahead,
            _ => Way::Unsaid,
        };
        end += usize::from(!ahead_first && way != Way::Unsaid);
        self.point.about |= about;
        self.fill_distance(&parts, way, if within { Counted::ToTheDay } else { Counted::Roughly })?;
        self.took(end)
    }

    /// The numbers with their units that stand at `ahead`: how many tokens, and what they say.
    fn duration(&self, ahead: usize) -> Option<(usize, Vec<Amount>)> {
        if self.sense(ahead) == Some(Sense::HalfAnHour) {
            return Some((1, vec![Amount { number: 30, half: false, unit: Unit::Minutes }]));
        }
        let (mut length, mut parts) = (0, Vec::new());
        while let (Some(number), Some(unit)) = (self.number(ahead + length), self.unit(ahead + length + 1)) {
            length += 2;
            let half = self.sense(ahead + length) == Some(Sense::Half);
            length += usize::from(half);
            parts.push(Amount { number, half, unit });
        }
        (!parts.is_empty()).then_some((length, parts))
    }

    /// The unit of a duration at `ahead`. 分 and 秒 are units of durations as well, 日 and 月 only before 前 and 後.
    fn unit(&self, ahead: usize) -> Option<Unit> {
        match self.sense(ahead)? {
            Sense::Unit(unit) => Some(unit),
            Sense::Mark(Mark::Minute) => Some(Unit::Minutes),
            Sense::Mark(Mark::Second) => Some(Unit::Seconds),
            Sense::Mark(Mark::Day) => self.before_or_after(ahead + 1).then_some(Unit::Days),
            _ => None,
        }
    }

    fn before_or_after(&self, ahead: usize) -> bool {
        let first = (ahead..).find(|at| self.sense(*at) != Some(Sense::About)).and_then(|at| self.sense(at));
        matches!(first, Some(Sense::Mae | Sense::Later | Sense::In))
    }

    /// Hours, minutes and seconds add up to a distance; days, weeks and months, told alone, move the day.
    fn fill_distance(&mut self, parts: &[Amount], way: Way, counted: Counted) -> Result<(), MomentError> {
        if let [Amount { number, half: false, unit: unit @ (Unit::Days | Unit::Weeks | Unit::Months) }] = parts {
            let count = match way {
                Way::Back => -i64::from(*number),
                Way::Ahead => i64::from(*number),
                Way::Unsaid => return Err(self.misfit()),
            };
            self.point.counted = Some(counted);
            return match unit {
                Unit::Months => self.fill(|point| &mut point.month, Ref::FromNow(count)),
                Unit::Weeks => {
                    // Weeks are counted roughly, unless the weekday is said, or nothing later will do.
                    self.point.give = 3;
                    self.fill(|point| &mut point.offset, count * 7)
                }
                _ => self.fill(|point| &mut point.offset, count),
            };
        }
        let mut seconds = 0;
        for Amount { number, half, unit } in parts {
            let length = match unit {
                Unit::Seconds => 1,
                Unit::Minutes => 60,
                Unit::Hours => 3600,
                Unit::Days | Unit::Weeks | Unit::Months => return Err(self.misfit()),
            };
            seconds += i64::from(*number) * length + if *half { length / 2 } else { 0 };
        }
        self.fill(|point| &mut point.distance, Distance { seconds, way })
    }

    /// `2006年`, `平成18年`, `11月`, `22日`.
    fn marked_date(&mut self) -> Result<bool, MomentError> {
        if let (Some(Sense::Era(base)), Some(year), true) = (self.sense(0), self.number(1), self.marked(2, Mark::Year)) {
            self.fill_year(base.saturating_add_unsigned(year))?;
            return self.took(3);
        }
        let Some(number) = self.number(0) else { return Ok(false) };
        match self.sense(1) {
            Some(Sense::Mark(Mark::Year)) => {
                let year = self.year(0).ok_or_else(|| self.misfit())?;
                self.fill_year(year)?;
            }
            Some(Sense::Mark(Mark::Month)) => self.fill_month(number)?,
            Some(Sense::Mark(Mark::Day)) | Some(Sense::Ordinal) => self.fill_day(number)?,
            _ => return Ok(false),
        }
        self.took(2)
    }

    /// `22 Nov`, `Nov 22`, `November`, `last July`.
    fn named_month(&mut self) -> Result<bool, MomentError> {
        if let (Some(day), Some(Sense::Month(month))) = (self.number(0), self.sense(1)) {
            if self.year(0).is_some() {
                return Ok(false);
            }
            self.fill_day(day)?;
            self.fill_month(month)?;
            return self.took(2);
        }
        let Some(Sense::Month(month)) = self.sense(0) else { return Ok(false) };
        self.fill_month(month)?;
        self.at += 1;
        let is_day = self.point.day.is_none() && self.year(0).is_none() && !self.is_hour(1);
        if let Some(day) = self.number(0).filter(|_| is_day) {
            self.fill_day(day)?;
            self.at += 1 + usize::from(self.sense(1) == Some(Sense::Ordinal));
        }
        Ok(true)
    }

    /// Whether what stands at `ahead` makes the number before it an hour.
    fn is_hour(&self, ahead: usize) -> bool {
        match self.sense(ahead) {
            Some(Sense::Mark(Mark::Hour) | Sense::OClock) => true,
            Some(Sense::Part(part)) => part.twelve == Twelve::English,
            _ => self.sign(ahead, ':'),
        }
    }

    /// The year beside a month's name, or after "in": `July 2006`, `2006 Nov 22`, `in 2006`.
    fn year_alone(&mut self) -> Result<bool, MomentError> {
        let Some(year) = self.year(0) else { return Ok(false) };
        let after_in = self.at > 0 && self.tokens[self.at - 1].kind == Kind::Word(Sense::In);
        let beside_month = self.point.month.is_some() || matches!(self.sense(1), Some(Sense::Month(_)));
        if !(after_in || beside_month) || self.is_hour(1) {
            return Ok(false);
        }
        self.fill_year(year)?;
        self.took(1)
    }

    /// `10:20`, `10:20:30`, `10時半`, `10時20分30秒`, `5pm`, `ten o'clock`, `half past ten`, a number alone.
    fn clock(&mut self) -> Result<bool, MomentError> {
        if let (Some(Sense::Around(shift)), Some(hour)) = (self.sense(0), self.number(1)) {
            let clock = Clock { shift, ..Clock::hour(hour, Some(0)) };
            self.fill(|point| &mut point.clock, clock)?;
            return self.took(2);
        }
        let Some(hour) = self.number(0) else { return Ok(false) };
        let (clock, length) = if self.sign(1, ':') {
            self.colon_clock(hour)?
        } else if self.marked(1, Mark::Hour) {
            self.marked_clock(hour)
        } else if matches!(self.sense(1), Some(Sense::OClock)) {
            (Clock::hour(hour, None), 2)
        } else if self.is_beside_another() {
            return Err(self.misfit());
        } else {
            let bare = !matches!(self.sense(1), Some(Sense::Part(_)));
            (Clock { bare, ..Clock::hour(hour, None) }, 1)
        };
        self.fill(|point| &mut point.clock, clock)?;
        self.took(length)
    }

    /// Whether the number at hand stands right before another one that has a unit: 「2、5日前」 and "2, 5 Nov" say nothing of two
    /// o'clock.
    fn is_beside_another(&self) -> bool {
        let has_unit = matches!(self.sense(2), Some(Sense::Unit(_) | Sense::Mark(_) | Sense::Month(_)));
        !self.point.at && self.number(1).is_some() && has_unit
    }

    fn colon_clock(&self, hour: u32) -> Result<(Clock, usize), MomentError> {
        let minute = self.number(2).ok_or_else(|| self.misfit())?;
        match self.number(4).filter(|_| self.sign(3, ':')) {
            Some(second) => Ok((Clock { second, ..Clock::hour(hour, Some(minute)) }, 5)),
            None => Ok((Clock::hour(hour, Some(minute)), 3)),
        }
    }

    fn marked_clock(&self, hour: u32) -> (Clock, usize) {
        if self.sense(2) == Some(Sense::Half) {
            return (Clock::hour(hour, Some(30)), 3);
        }
        let Some(minute) = self.number(2).filter(|_| self.marked(3, Mark::Minute)) else {
            return (Clock::hour(hour, None), 2);
        };
        match self.number(4).filter(|_| self.marked(5, Mark::Second)) {
            Some(second) => (Clock { second, ..Clock::hour(hour, Some(minute)) }, 6),
            None => (Clock::hour(hour, Some(minute)), 4),
        }
    }

    /// A word that stands for itself.
    fn word(&mut self) -> Result<bool, MomentError> {
        let Some(sense) = self.sense(0) else { return Ok(false) };
        match sense {
            Sense::Filler | Sense::During | Sense::In => {}
            Sense::At => self.point.at = true,
            Sense::About => self.point.about = true,
            Sense::Until => self.point.until = true,
            Sense::JustAfter => self.fill(|point| &mut point.edge, Edge::After)?,
            Sense::JustBefore => self.fill(|point| &mut point.edge, Edge::Before)?,
            Sense::Mae => self.mae()?,
            Sense::Now => self.fill(|point| &mut point.distance, Distance { seconds: 0, way: Way::Back })?,
            Sense::Day(days) => self.fill(|point| &mut point.offset, days)?,
            Sense::DayAnd(days, part) => {
                self.fill(|point| &mut point.offset, days)?;
                self.fill(|point| &mut point.part, part)?;
            }
            Sense::Part(part) => self.fill(|point| &mut point.part, part)?,
            Sense::Noon => self.fill(|point| &mut point.clock, Clock::hour(12, None))?,
            Sense::Midnight => {
                let clock = Clock { midnight: true, ..Clock::hour(0, None) };
                self.fill(|point| &mut point.clock, clock)?;
            }
            Sense::Weekday(weekday) => self.fill(|point| &mut point.weekday, weekday)?,
            Sense::Week(weeks) => self.fill(|point| &mut point.week, weeks)?,
            Sense::MonthFrom(months) => self.fill(|point| &mut point.month, Ref::FromNow(months))?,
            Sense::YearFrom(years) => self.fill(|point| &mut point.year, Ref::FromNow(years))?,
            Sense::Which(which) => self.fill(|point| &mut point.which, which)?,
            Sense::Third(third) => self.fill(|point| &mut point.third, third)?,
            _ => return Ok(false),
        }
        self.took(1)
    }

    /// 前 after a time of day. 「10時10分前」 is ten past or ten to: we ask.
    fn mae(&mut self) -> Result<(), MomentError> {
        match self.point.clock {
            Some(Clock { minute: None | Some(30), bare: false, .. }) => self.fill(|point| &mut point.edge, Edge::Before),
            Some(Clock { bare: false, .. }) => Err(MomentError::TwoReadings(text(&self.tokens[..=self.at]))),
            _ => Err(self.misfit()),
        }
    }
}
