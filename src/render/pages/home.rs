//! Where one arrives.

use serde::Serialize;

use crate::render::tera::Page;

/// The first page after logging in.
#[derive(Clone, Debug, Serialize)]
pub struct HomePage {}

impl Page for HomePage {
    const TEMPLATE: &'static str = "home.html";
    const SECTION: &'static str = "home";
}

#[cfg(test)]
impl crate::render::tera::Sampled for HomePage {
    fn samples() -> Vec<Self> {
        vec![Self {}]
    }
}
