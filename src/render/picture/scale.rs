//! Where a time stands in the picture: in proportion, but for the long times in which nothing happened. Those are folded.

use chrono::Duration;

use crate::domain::moment::Stamp;

/// How wide a fold is.
pub const FOLD: f64 = 26.0;

/// Nothing shorter is folded.
const SHORTEST_FOLD: Duration = Duration::hours(4);

/// With more folds than this the picture would be all folds: then only longer times are folded.
const FOLDS_AT_MOST: usize = 6;

/// What stays open before and after a fold, so that nothing touches it.
const MARGIN: Duration = Duration::minutes(30);

/// A stretch of time and its place.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Piece {
    /// From when.
    pub from: Stamp,
    /// Until when.
    pub to: Stamp,
    /// Where it begins.
    pub x0: f64,
    /// Where it ends.
    pub x1: f64,
    /// Whether it is folded.
    pub folded: bool,
}

impl Piece {
    fn length(&self) -> f64 {
        seconds(self.to - self.from)
    }

    fn at(&self, time: Stamp) -> f64 {
        let part = seconds(time - self.from) / self.length();
        self.x0 + part.clamp(0.0, 1.0) * (self.x1 - self.x0)
    }
}

/// The scale of one picture.
#[derive(Clone, Debug)]
pub struct Scale {
    pieces: Vec<Piece>,
}

impl Scale {
    /// A scale from `left` to `right` on which all `times` stand; none where there is no time.
    pub fn new(mut times: Vec<Stamp>, left: f64, right: f64) -> Option<Self> {
        times.sort_unstable();
        times.dedup();
        let (first, last) = (*times.first()?, *times.last()?);
        let (begin, end) = (first - MARGIN, last + MARGIN);
        let quiet = quiet_times(&times);
        let mut pieces = Vec::new();
        let mut at = begin;
        for (from, to) in quiet {
            pieces.push(Piece { from: at, to: from, x0: 0.0, x1: 0.0, folded: false });
            pieces.push(Piece { from, to, x0: 0.0, x1: 0.0, folded: true });
            at = to;
        }
        pieces.push(Piece { from: at, to: end, x0: 0.0, x1: 0.0, folded: false });
        place(&mut pieces, left, right);
        Some(Self { pieces })
    }

    /// Where `time` stands.
    pub fn x(&self, time: Stamp) -> f64 {
        let holds = |piece: &&Piece| time <= piece.to;
        self.pieces.iter().find(holds).or(self.pieces.last()).map_or(0.0, |piece| piece.at(time))
    }

    /// The folds.
    pub fn folds(&self) -> impl Iterator<Item = &Piece> {
        self.pieces.iter().filter(|piece| piece.folded)
    }

    /// What is not folded.
    pub fn open(&self) -> impl Iterator<Item = &Piece> {
        self.pieces.iter().filter(|piece| !piece.folded)
    }

    /// How many seconds one unit of width stands for, where nothing is folded.
    pub fn seconds_per_unit(&self) -> f64 {
        let (length, width) =
            self.open().fold((0.0, 0.0), |(length, width), piece| (length + piece.length(), width + piece.x1 - piece.x0));
        length / f64::max(width, 1.0)
    }
}

/// The long times between two of `times` in which nothing happened, less their margins.
fn quiet_times(times: &[Stamp]) -> Vec<(Stamp, Stamp)> {
    let mut shortest = SHORTEST_FOLD;
    loop {
        let quiet: Vec<_> = times
            .windows(2)
            .filter(|pair| pair[1] - pair[0] >= shortest)
            .map(|pair| (pair[0] + MARGIN, pair[1] - MARGIN))
            .collect();
        if quiet.len() <= FOLDS_AT_MOST {
            return quiet;
        }
        shortest = shortest * 2;
    }
}

fn place(pieces: &mut [Piece], left: f64, right: f64) {
    let folds = pieces.iter().filter(|piece| piece.folded).fold(0.0, |width, _| width + FOLD);
    let length: f64 = pieces.iter().filter(|piece| !piece.folded).map(Piece::length).sum();
    let mut x = left;
    for piece in pieces {
        let width = if piece.folded { FOLD } else { (right - left - folds) * piece.length() / length };
        piece.x0 = x;
        x += width;
        piece.x1 = x;
    }
}

/// A duration as a number to draw with; whole seconds are enough.
fn seconds(duration: Duration) -> f64 {
    duration.as_seconds_f64()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::sample::at;

    #[test]
    fn a_quiet_night_is_folded_and_a_lunch_break_is_not() {
        let times = ["2006-11-21T23:00", "2006-11-22T08:40", "2006-11-22T12:00", "2006-11-22T15:30"].map(at).to_vec();
        let scale = Scale::new(times, 0.0, 600.0).expect("there are times");
        let folds: Vec<_> = scale.folds().map(|fold| (fold.from, fold.to)).collect();
        assert_eq!(folds, [(at("2006-11-21T23:30"), at("2006-11-22T08:10"))]);
    }

    #[test]
    fn times_stand_in_their_order_and_within_the_picture() {
        let times: Vec<Stamp> = (0..200).map(|n| at("2006-11-22T08:00") + Duration::minutes(n * n)).collect();
        let scale = Scale::new(times.clone(), 90.0, 700.0).expect("there are times");
        let places: Vec<f64> = times.iter().map(|time| scale.x(*time)).collect();
        assert!(places.windows(2).all(|pair| pair[0] < pair[1]));
        assert!(places.iter().all(|x| (90.0..=700.0).contains(x)));
        assert!(scale.folds().count() <= FOLDS_AT_MOST);
    }

    #[test]
    fn no_time_no_scale_and_one_time_is_enough() {
        assert!(Scale::new(Vec::new(), 0.0, 100.0).is_none());
        let one = Scale::new(vec![at("2006-11-22T08:00")], 0.0, 100.0).expect("there is a time");
        assert!((one.x(at("2006-11-22T08:00")) - 50.0).abs() < 0.1);
    }
}
