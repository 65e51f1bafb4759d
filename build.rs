//! Templates, texts, static files and migrations are part of the binary: a new file among them is a reason to build again.

fn main() {
    for folder in ["templates", "static", "migrations"] {
        println!("cargo::rerun-if-changed={folder}");
    }
}
