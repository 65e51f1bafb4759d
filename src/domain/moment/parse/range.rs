//! One point or two: `between 9 and 10`, `9時から10時の間`, `11/21 21:00 - 11/21 23:00`, `2、3日前`.

use super::MomentError;
use super::grammar::{is_joint, point, text};
use super::point::{Distance, Point, Way};
use super::tokens::{Kind, Token};
use super::words::{Mark, Sense, Twelve};

/// What the whole text says.
#[derive(Clone, Debug)]
pub(super) enum Said {
    /// One point.
    One(Box<Point>),
    /// Two ends.
    Two(Box<Point>, Box<Point>),
}

/// Reads all of `tokens`.
///
/// # Errors
/// [`MomentError::NotUnderstood`] for a word that fits nowhere, or an end that is missing.
pub(super) fn said(tokens: &[Token]) -> Result<Said, MomentError> {
    let announced = tokens.first().is_some_and(|token| token.kind == Kind::Word(Sense::Between));
    let body = &tokens[usize::from(announced)..];
    let body = if announced { body } else { without_now(body) };
    if let Some([first, second]) = pair(body)? {
        return Ok(two(whole(&first)?, whole(&second)?, announced));
    }
    let (first, length) = point(body)?;
    let Some(joint) = body.get(length) else {
        return if announced || length == 0 {
            Err(MomentError::NotUnderstood(text(tokens)))
        } else {
            Ok(Said::One(Box::new(first)))
        };
    };
    if are_days_or_dates(&body[..length], &body[length + 1..]) {
        return Err(MomentError::TwoReadings(text(body)));
    }
    let rest = without_trailer(&body[length + 1..]);
    if length == 0 || rest.is_empty() {
        return Err(MomentError::NotUnderstood(joint.text.clone()));
    }
    let second = whole(rest)?;
    let first = with_shared_tail(&body[..length], rest).unwrap_or(first);
    Ok(two(first, second, announced))
}

/// A bare number is an hour where the other end, or "between", says so.
fn two(mut first: Point, mut second: Point, announced: bool) -> Said {
    let is_hour = |point: &Point| point.clock.is_some_and(|clock| !clock.bare);
    let hours = announced || is_hour(&first) || is_hour(&second);
    for clock in [&mut first.clock, &mut second.clock].into_iter().flatten() {
        clock.bare &= !hours;
    }
    Said::Two(Box::new(first), Box::new(second))
}

/// One point that takes all of `tokens`.
fn whole(tokens: &[Token]) -> Result<Point, MomentError> {
    let (point, length) = point(tokens)?;
    match tokens.get(length) {
        Some(extra) => Err(MomentError::NotUnderstood(extra.text.clone())),
        None => Ok(point),
    }
}

/// Without 「までの間」 and the like after the second end.
fn without_trailer(mut tokens: &[Token]) -> &[Token] {
    while let Some((Token { kind: Kind::Word(Sense::Gap | Sense::Until | Sense::Filler | Sense::During), .. }, before)) =
        tokens.split_last()
    {
        tokens = before;
    }
    tokens
}

/// 「9〜10時頃」, "9 and 10 last night": what follows the second number belongs to the first as well. Not so with am and
/// pm ("from 9 to 5 pm"): that is settled when both are placed.
fn with_shared_tail(first: &[Token], second: &[Token]) -> Option<Point> {
    let ends_in_number = matches!(first.last()?.kind, Kind::Number(..));
    let (number, tail) = second.split_first()?;
    let shared = match tail.first()?.kind {
        Kind::Word(Sense::Part(part)) => part.twelve != Twelve::English,
        Kind::Word(_) => true,
        Kind::Number(..) | Kind::Sign(_) => false,
    };
    if !(ends_in_number && shared && matches!(number.kind, Kind::Number(..))) || tail.iter().any(is_joint) {
        return None;
    }
    let together: Vec<Token> = first.iter().chain(tail).cloned().collect();
    whole(&together).ok()
}

/// 「今から2時間後」 is one time: from where it is counted is said twice.
fn without_now(tokens: &[Token]) -> &[Token] {
    let [Token { kind: Kind::Word(Sense::Now), .. }, Token { kind: Kind::Word(Sense::To), .. }, rest @ ..] = tokens else {
        return tokens;
    };
    let is_counted = |point: Point| {
        let is_away = |distance: Distance| distance.seconds != 0 && distance.way != Way::Unsaid;
        point.counted.is_some() || point.distance.is_some_and(is_away)
    };
    let says_it_again = whole(rest).is_ok_and(is_counted) || pair(rest).is_ok_and(|pair| pair.is_some());
    if says_it_again { rest } else { tokens }
}

/// 「2、3日前」, "2, 3 days ago", 「11月22、23日」: two numbers that follow one another are two ends, and the rest belongs to both.
///
/// # Errors
/// [`MomentError::TwoReadings`] for 「2、3日」, which may be days of the month or a number of days;
/// [`MomentError::NotUnderstood`] beside a further end.
fn pair(tokens: &[Token]) -> Result<Option<[Vec<Token>; 2]>, MomentError> {
    let Some(at) = (0..tokens.len()).find(|at| begins_pair(tokens, *at)) else { return Ok(None) };
    let (before, numbers, after) = (&tokens[..at], &tokens[at..at + 2], &tokens[at + 2..]);
    if tokens.iter().any(is_joint) {
        return Err(MomentError::NotUnderstood(text(numbers)));
    }
    let mut after = after.to_vec();
    let is_dated = before.iter().any(|token| !matches!(token.kind, Kind::Word(Sense::About | Sense::Filler)));
    let is_day = after.first().is_some_and(|token| token.kind == Kind::Word(Sense::Mark(Mark::Day)));
    if is_day && !is_dated {
        let few = numbers.iter().all(|number| matches!(number.kind, Kind::Number(..10, _)));
        match after.iter_mut().skip(1).find(|token| token.kind != Kind::Word(Sense::About)) {
            Some(Token { kind: Kind::Word(Sense::Mae | Sense::Later | Sense::In), .. }) => {}
            // 「2、3日中に」 is 「2、3日以内に」.
            Some(during) if few && during.kind == Kind::Word(Sense::During) => during.kind = Kind::Word(Sense::In),
            _ => return Err(MomentError::TwoReadings(text(&tokens[..at + 3]))),
        }
    }
    let end = |number: &Token| before.iter().chain([number]).chain(&after).cloned().collect();
    Ok(Some([end(&numbers[0]), end(&numbers[1])]))
}

/// Whether at `at` a number stands, and after it the next one with its unit. Not so where the first belongs to what stands before.
fn begins_pair(tokens: &[Token], at: usize) -> bool {
    let kind = |at: usize| tokens.get(at).map(|token| token.kind);
    let is_own = at == 0 || !matches!(kind(at - 1), Some(Kind::Sign(_) | Kind::Word(Sense::At)));
    let units = matches!(kind(at + 2), Some(Kind::Word(Sense::Unit(_) | Sense::Mark(Mark::Day | Mark::Minute | Mark::Second))));
    let (Some(Kind::Number(one, _)), Some(Kind::Number(next, _))) = (kind(at), kind(at + 1)) else { return false };
    is_own && units && one.checked_add(1) == Some(next)
}

/// Whether two ends may be days of the month or numbers of days: 「2〜3日中に」.
fn are_days_or_dates(first: &[Token], second: &[Token]) -> bool {
    let is_number = |token: &Token| matches!(token.kind, Kind::Number(..));
    let (day, during) = (Kind::Word(Sense::Mark(Mark::Day)), Kind::Word(Sense::During));
    match (first, second) {
        ([first], [number, unit, word, ..]) => is_number(first) && is_number(number) && unit.kind == day && word.kind == during,
        _ => false,
    }
}
