//! The command `tellonce`; everything it does stands in the library.

use std::process::ExitCode;

fn main() -> ExitCode {
    tellonce::cli::run()
}
