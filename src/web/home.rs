//! Where one arrives.

use super::extract::Visit;
use super::visit::Answer;
use crate::render::pages::home::HomePage;

/// `GET /`
pub async fn show(visit: Visit) -> Answer {
    visit.page(|_, _| Ok(HomePage {})).await
}
