//! One point or two: `between 9 and 10`, `9時から10時の間`, `11/21 21:00 - 11/21 23:00`.

use super::MomentError;
use super::grammar::{is_joint, point, text};
use super::point::Point;
use super::tokens::{Kind, Token};
use super::words::{Sense, Twelve};

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
    let (first, length) = point(body)?;
    let Some(joint) = body.get(length) else {
        return if announced || length == 0 {
            Err(MomentError::NotUnderstood(text(tokens)))
        } else {
            Ok(Said::One(Box::new(first)))
        };
    };
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
    while let Some((Token { kind: Kind::Word(Sense::Gap | Sense::Until | Sense::Filler), .. }, before)) = tokens.split_last() {
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
