//! The call's two machines, in Rust and in the browser's JavaScript, are one: 10,000 random sequences of taps give the same call.

use std::process::Command;

use serde_json::{Value, json};
use tellonce::domain::call::live::{Live, Tap};
use tellonce::domain::id::Uid;

use crate::harness::through;

const SEQUENCES: usize = 10_000;
const ACTS: [&str; 15] = [
    "dial",
    "ring",
    "answered",
    "hold",
    "back",
    "transfer",
    "no_answer",
    "busy",
    "voicemail",
    "refused",
    "cut_off",
    "end",
    "tell",
    "undo",
    "move",
];

/// Reads the sequences, and answers with what each comes to.
const TWIN: &str = r#"
const { liveOf } = await import(process.argv[1]);
let text = "";
for await (const part of process.stdin) text += part;
const kept = ({ phase, direction, dialled, answered, ended, outcome, legs, waits }) => ({ phase, direction, dialled, answered, ended, outcome,
  legs: legs.map(({ from, to, told_from, told_to }) => ({ from, to, told_from, told_to })), waits });
process.stdout.write(JSON.stringify(JSON.parse(text).map((taps) => kept(liveOf(taps)))));
"#;

/// Numbers that look random and are the same in every run (a linear congruential generator with Knuth's MMIX constants).
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % limit
    }
}

fn sequence(dice: &mut Dice) -> Vec<Value> {
    let mut now: i64 = 1_164_158_400_000;
    let mut taps: Vec<Value> = Vec::new();
    for n in 1..=dice.below(24) {
        // Now and then the clock goes back, and a tap is sent twice.
        now += i64::try_from(dice.below(120_000)).unwrap_or(0) - 8_000;
        let act = ACTS[usize::try_from(dice.below(ACTS.len() as u64)).unwrap_or(0)];
        let uid = Uid::from_parts(n, [0; 10]).to_string();
        let mut tap = json!({ "uid": uid, "at": now, "do": act });
        match act {
            "dial" | "ring" => tap["number"] = json!(""),
            "move" => {
                tap["of"] = json!(Uid::from_parts(1 + dice.below(n), [0; 10]).to_string());
                tap["to"] = json!(now - 60_000);
            }
            _ => {}
        }
        taps.push(tap.clone());
        if dice.below(20) == 0 {
            taps.push(tap);
        }
    }
    taps
}

#[test]
fn the_browsers_machine_and_ours_agree_on_ten_thousand_sequences_of_taps() {
    if Command::new("node").arg("--version").output().is_err() {
        eprintln!("left out: Node.js is not here");
        return;
    }
    let mut dice = Dice(2006);
    let sequences: Vec<Vec<Value>> = (0..SEQUENCES).map(|_| sequence(&mut dice)).collect();
    let script = format!("file://{}/static/js/call.js", env!("CARGO_MANIFEST_DIR"));
    let text = serde_json::to_vec(&sequences).expect("JSON");
    let said = through("node", &["--input-type=module", "--eval", TWIN, &script], &text);
    let theirs: Vec<Value> = serde_json::from_slice(&said).expect("JSON");
    assert_eq!(theirs.len(), SEQUENCES);
    for (taps, theirs) in sequences.iter().zip(theirs) {
        let read: Vec<Tap> = taps.iter().map(|tap| serde_json::from_value(tap.clone()).expect("a tap")).collect();
        assert_eq!(serde_json::to_value(Live::of(&read)).expect("JSON"), theirs, "{}", json!(taps));
    }
}
