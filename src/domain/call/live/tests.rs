use chrono::{Duration, TimeDelta};
use proptest::prelude::*;

use super::*;
use crate::domain::statement::StatementKind;

fn at(seconds: i64) -> Stamp {
    Stamp::UNIX_EPOCH + TimeDelta::seconds(seconds)
}

fn uid(n: u64) -> Uid {
    Uid::from_parts(n, [0; 10])
}

fn tap(n: u64, seconds: i64, act: Act) -> Tap {
    Tap { uid: uid(n), at: at(seconds), act }
}

fn taps(acts: &[(i64, Act)]) -> Vec<Tap> {
    acts.iter().zip(1..).map(|((seconds, act), n)| tap(n, *seconds, act.clone())).collect()
}

fn dial() -> Act {
    Act::Dial { number: String::new() }
}

fn call(acts: &[(i64, Act)]) -> Call {
    Live::of(&taps(acts)).call(|_| None).expect("it began")
}

#[test]
fn a_call_with_a_transfer_and_a_hold_is_what_was_tapped() {
    let call = call(&[
        (0, dial()),
        (60, Act::Answered),
        (120, Act::Transfer),
        (180, Act::Answered),
        (180, Act::Tell),
        (420, Act::Tell),
        (1080, Act::Hold),
        (1440, Act::Back),
        (1800, Act::End),
    ]);
    assert_eq!((call.before_answer().num_seconds(), call.talked().num_seconds()), (60, 1740 - 60 - 360));
    assert_eq!(call.waited(WaitWhy::Transfer).num_seconds(), 60);
    assert_eq!(call.waited(WaitWhy::Hold).num_seconds(), 360);
    assert_eq!(call.legs.len(), 2);
    let told = call.legs[1].told_from_start.and_then(Telling::length).map(|length| length.num_seconds());
    assert_eq!(told, Some(240));
    assert_eq!(call.misfit(), None);
}

#[test]
fn who_only_waited_has_reached_nobody_and_all_of_it_was_waiting() {
    let call = call(&[(0, dial()), (10, Act::Hold), (150, Act::End)]);
    assert!(call.failed() && call.waits.is_empty());
    assert_eq!(call.attempted_for().num_seconds(), 150);
    for (act, outcome) in [(Act::Busy, Outcome::Busy), (Act::CutOff, Outcome::NoAnswer), (Act::End, Outcome::NoAnswer)] {
        assert_eq!(self::call(&[(0, dial()), (150, act)]).outcome, outcome);
    }
}

#[test]
fn who_puts_us_through_in_vain_is_on_the_line_again() {
    let live = Live::of(&taps(&[
        (0, dial()),
        (5, Act::Answered),
        (6, Act::Who { leg: 0, contact: Some(uid(9)), who: String::new() }),
        (60, Act::Transfer),
        (90, Act::Back),
    ]));
    assert_eq!(live.phase, Phase::Talking);
    assert_eq!(live.legs.iter().map(|leg| leg.contact).collect::<Vec<_>>(), [Some(uid(9)), Some(uid(9))]);
}

#[test]
fn a_call_picked_up_before_it_was_said_to_ring_came_in() {
    let live = Live::of(&taps(&[(7, Act::Answered), (8, Act::End)]));
    assert_eq!((live.direction, live.dialled, live.answered), (Direction::In, Some(at(7)), Some(at(7))));
}

#[test]
fn a_clock_set_back_loses_nothing() {
    let live = Live::of(&taps(&[(100, dial()), (40, Act::Answered), (160, Act::End)]));
    assert_eq!((live.answered, live.ended), (Some(at(100)), Some(at(160))));
}

#[test]
fn a_stamp_is_moved_and_a_line_is_corrected_and_taken_back() {
    let line = |words: &str| Line {
        kind: StatementKind::Claim,
        ours: false,
        words: words.to_owned(),
        verbatim: true,
        due: String::new(),
        cites: None,
        against: None,
        answers: None,
    };
    let mut all = taps(&[
        (0, dial()),
        (60, Act::Answered),
        (70, Act::Line(line("we told yuo"))),
        (80, Act::Line(line("by mail"))),
        (90, Act::Move { of: uid(2), to: at(50) }),
        (95, Act::Reline { of: uid(3), line: line("we told you") }),
        (96, Act::Unline { of: uid(4) }),
    ]);
    // A resend changes nothing.
    all.extend(all.clone());
    let live = Live::of(&all);
    assert_eq!(live.answered, Some(at(50)));
    let said: Vec<_> = live.lines.iter().map(|line| (line.line.words.as_str(), line.at, line.leg)).collect();
    assert_eq!(said, [("we told you", at(70), Some(0))]);
}

#[test]
fn a_tap_is_read_as_the_browser_writes_it() {
    let written = r#"{"uid":"00000000-0000-0000-0000-000000000001","at":1500,"do":"line","kind":"promise","ours":false,"words":"すぐ","verbatim":true,"due":"30分後"}"#;
    let read: Tap = serde_json::from_str(written).expect("a tap");
    assert_eq!(read.at, at(1) + TimeDelta::milliseconds(500));
    assert!(matches!(read.act, Act::Line(Line { kind: StatementKind::Promise, .. })));
    let plain: Tap =
        serde_json::from_str(r#"{"uid":"00000000-0000-0000-0000-000000000001","at":0,"do":"cut_off"}"#).expect("a tap");
    assert_eq!(plain.act, Act::CutOff);
}

/// What each part of the time from the answer to the end was, without a gap between them: a wait, or somebody speaking.
fn parts(live: &Live) -> Vec<(Option<WaitWhy>, Duration)> {
    let (Some(from), Some(end)) = (live.answered, live.ended) else { return Vec::new() };
    let mut parts = Vec::new();
    let mut reached = from;
    for wait in &live.waits {
        parts.push((None, wait.from - reached));
        reached = wait.to.unwrap_or(end);
        parts.push((Some(wait.why), reached - wait.from));
    }
    parts.push((None, end - reached));
    parts
}

fn any_stamp() -> impl Strategy<Value = Act> {
    use Act::{Answered, Back, Busy, CutOff, End, Hold, NoAnswer, Refused, Ring, Tell, Transfer, Voicemail};
    let ring = Ring { number: String::new() };
    let all = [dial(), ring, Answered, Hold, Back, Transfer, NoAnswer, Busy, Voicemail, Refused, CutOff, End, Tell];
    prop::sample::select(all.to_vec())
}

fn any_taps() -> impl Strategy<Value = Vec<(i64, Act)>> {
    prop::collection::vec((-30_i64..300, prop_oneof![8 => any_stamp(), 1 => Just(Act::Undo)]), 0..30).prop_map(|steps| {
        let mut now = 0;
        steps
            .into_iter()
            .map(|(step, act)| {
                now += step;
                (now, act)
            })
            .collect()
    })
}

proptest! {
    #[test]
    fn any_order_of_taps_gives_a_call_whose_parts_make_up_its_whole(acts in any_taps()) {
        let mut all = taps(&acts);
        all.push(tap(999, 1_000_000, Act::End));
        let live = Live::of(&all);
        let Some(call) = live.call(|_| None) else {
            prop_assert_eq!(live.phase, Phase::Idle);
            return Ok(());
        };
        prop_assert_eq!(call.misfit(), None);
        prop_assert_eq!(live.phase, Phase::Over);
        let whole = call.ended.expect("it ended") - call.dialled;
        let parts = parts(&live);
        prop_assert!(parts.iter().all(|(_, length)| *length >= Duration::zero()));
        if let (Some(answered), Some(ended)) = (live.answered, live.ended) {
            prop_assert_eq!(parts.iter().map(|(_, length)| *length).sum::<Duration>(), ended - answered);
        }
        let ringing = call.answered.map_or(Duration::zero(), |answered| answered - call.dialled);
        let accounted = if call.failed() { whole } else { ringing + call.talked() + call.waited(WaitWhy::Hold) + call.waited(WaitWhy::Transfer) };
        prop_assert_eq!(accounted, whole);
    }

    #[test]
    fn undo_is_exact(acts in any_taps(), stamp in any_stamp(), later in 0_i64..500) {
        let before = taps(&acts);
        let mut after = before.clone();
        let end = acts.last().map_or(0, |(at, _)| *at);
        after.push(tap(998, end + later, stamp));
        after.push(tap(999, end + later + 1, Act::Undo));
        prop_assert_eq!(Live::of(&after), Live::of(&before));
    }
}
