//! Says at the end of a plain `cargo test` what it left out, so that nobody takes half of the tests for all of them.
//! (Cargo runs the tests in the order of their names; this one has the last.)

fn main() {
    if std::env::var_os("TELLONCE_TEST_POSTGRES").is_none() {
        println!(
            "\nleft out: everything on PostgreSQL, as TELLONCE_TEST_POSTGRES names no server. \
             `tests/run` starts one and runs all there is."
        );
    }
    if std::env::var_os("TELLONCE_TEST_PYPI").is_none() {
        println!(
            "left out: holidays and calendars as PyPI's packages know them, as TELLONCE_TEST_PYPI names no folder that has them."
        );
    }
    if std::env::var_os("TELLONCE_TEST_SMTP").is_none() {
        println!("left out: mail, as TELLONCE_TEST_SMTP does not say that python3-aiosmtpd is installed.");
    }
    if std::env::var_os("TELLONCE_TEST_CORPUS").is_none() {
        println!("left out: mail of others, as TELLONCE_TEST_CORPUS names no folder of it.");
    }
}
