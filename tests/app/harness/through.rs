//! Programs that read one thing and write another.

use std::io::Write;
use std::process::{Command, Stdio};

/// What `program` makes of `input`. What is long goes in while what comes out is read.
pub fn through(program: &str, arguments: &[&str], input: &[u8]) -> Vec<u8> {
    let mut command = Command::new(program);
    command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut child = command.spawn().unwrap_or_else(|error| panic!("{program} is not here: {error}"));
    let mut stdin = child.stdin.take().expect("its input is ours");
    let input = input.to_vec();
    let writer = std::thread::spawn(move || stdin.write_all(&input));
    let output = child.wait_with_output().expect("it ends");
    writer.join().expect("no panic").expect("it reads its input");
    assert!(output.status.success(), "{program} ended with {}", output.status);
    output.stdout
}
