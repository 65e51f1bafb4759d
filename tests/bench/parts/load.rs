//! Load by wrk: 32 connections that ask again as soon as they are answered.

use std::process::Command;

/// What a server did under load.
pub struct Load {
    pub per_second: f64,
    /// 99 of 100 answers came within this many milliseconds.
    pub p99_ms: f64,
}

impl Load {
    /// Asks for `url` with that cookie, for some seconds.
    pub fn of(url: &str, cookie: &str) -> Self {
        let header = format!("cookie: {cookie}");
        let mut command = Command::new("wrk");
        command.args(["--threads", "1", "--connections", "32", "--duration", "6s", "--latency"]);
        if !cookie.is_empty() {
            command.args(["--header", &header]);
        }
        let output = command.arg(url).output().expect("wrk is installed");
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(output.status.success() && !said.contains("Non-2xx"), "wrk {url}: {said}");
        let after = |name: &str| {
            let line = said.lines().find_map(|line| line.trim().strip_prefix(name));
            line.unwrap_or_else(|| panic!("wrk says no {name}: {said}")).trim().to_owned()
        };
        Self { per_second: after("Requests/sec:").parse().expect("a number"), p99_ms: milliseconds(&after("99%")) }
    }
}

fn milliseconds(text: &str) -> f64 {
    let (number, factor) = match text {
        us if us.ends_with("us") => (us.trim_end_matches("us"), 0.001),
        ms if ms.ends_with("ms") => (ms.trim_end_matches("ms"), 1.0),
        s => (s.trim_end_matches('s'), 1000.0),
    };
    number.parse::<f64>().expect("a time") * factor
}
