//! Papers made and read back.

use chrono::{DateTime, TimeZone, Utc};

fn stamp() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2006, 11, 24, 0, 0, 0).single().unwrap_or_default()
}
