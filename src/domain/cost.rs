//! What an outage cost us 費用: people × share of their work lost × rate × the time it lasted, and the time that we ourselves spent
//! on it. An estimate: its figures are entered, stand beside the result, and can be changed.

use serde::{Deserialize, Serialize};

use super::figures::Minutes;
use super::moment::Span;
use super::visibility::Visibility;

/// What the cost of an incident is reckoned from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "app", derive(utoipa::ToSchema))]
pub struct CostBasis {
    /// People whose work it stopped.
    pub people: i64,
    /// The share of their work that stood still, in percent.
    pub percent: i64,
    /// What an hour of one of them costs, in the smallest unit of `currency`.
    pub rate: i64,
    /// ISO 4217 code.
    pub currency: String,
    /// The working time in which it was down, in minutes; none: all the time it was down.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub working: Option<i64>,
    /// The time that we spent on it ourselves, in minutes.
    pub own: i64,
    /// Who may see it.
    pub visibility: Visibility,
}

impl CostBasis {
    /// The most of each figure: enough for any company, and their product still has room in 128 bits.
    pub const MOST: i64 = 1_000_000_000;

    /// What it comes to; `down` is how long it was down. None while that is not known and no working time was entered.
    pub fn cost(&self, down: Option<Span>) -> Option<Cost> {
        let whole = down.map(Minutes::from);
        let minutes = self.working.map(|minutes| Minutes { min: minutes, max: minutes }).or(whole)?;
        let lost = |minutes| share_of(self.people, minutes, self.rate, self.percent);
        let own = share_of(1, self.own, self.rate, 100);
        let [least, most] = [lost(minutes.min), lost(minutes.max)];
        Some(Cost {
            basis: self.clone(),
            minutes,
            lost: Amounts { min: least, max: most },
            own,
            total: Amounts { min: least.saturating_add(own), max: most.saturating_add(own) },
        })
    }
}

/// People × minutes × rate per hour × percent, to the whole unit below.
fn share_of(people: i64, minutes: i64, rate: i64, percent: i64) -> i64 {
    let product = [people, minutes, rate, percent].into_iter().map(i128::from).product::<i128>();
    i64::try_from(product / (60 * 100)).unwrap_or(i64::MAX)
}

/// What it came to, with what it is reckoned from. Amounts are in the smallest unit of the basis' currency.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "app", derive(utoipa::ToSchema))]
pub struct Cost {
    /// What it is reckoned from.
    pub basis: CostBasis,
    /// The time that counts for each of the people, at both readings.
    pub minutes: Minutes,
    /// The work lost.
    pub lost: Amounts,
    /// Our own time.
    pub own: i64,
    /// Both.
    pub total: Amounts,
}

/// An amount at both readings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "app", derive(utoipa::ToSchema))]
pub struct Amounts {
    /// At the least.
    pub min: i64,
    /// At the most.
    pub max: i64,
}

#[cfg(test)]
mod tests {
    use chrono::Duration;
    use proptest::prelude::*;

    use super::*;

    fn basis() -> CostBasis {
        let currency = "JPY".to_owned();
        CostBasis { people: 40, percent: 50, rate: 3000, currency, working: None, own: 90, visibility: Visibility::Internal }
    }

    #[test]
    fn the_weeks_outage_costs_what_one_reckons_on_a_pad() {
        let down = Span { min: Duration::hours(12), max: Duration::minutes(15 * 60 + 30) };
        let cost = basis().cost(Some(down)).expect("it is known how long");
        // 40 people, half their work, 3,000 yen an hour: 60,000 yen an hour.
        assert_eq!(cost.lost, Amounts { min: 720_000, max: 930_000 });
        assert_eq!(cost.own, 4_500);
        assert_eq!(cost.total, Amounts { min: 724_500, max: 934_500 });
    }

    #[test]
    fn the_working_time_that_was_entered_counts_in_place_of_the_whole() {
        let cost = CostBasis { working: Some(210), ..basis() }.cost(None).expect("it was entered");
        assert_eq!(cost.lost, Amounts { min: 210_000, max: 210_000 });
        assert_eq!(basis().cost(None), None, "how long it was down is not known");
    }

    proptest! {
        #[test]
        fn it_agrees_with_adding_up_minute_by_minute(
            people in 0_i64..20, percent in 0_i64..=100, rate in 0_i64..5000, least in 0_i64..300, more in 0_i64..300, own in 0_i64..300,
        ) {
            let basis = CostBasis { people, percent, rate, own, ..basis() };
            let down = Span { min: Duration::minutes(least), max: Duration::minutes(least + more) };
            let cost = basis.cost(Some(down)).expect("known");
            // Slowly: every person's every minute, in units of one sixtieth of a hundredth.
            let mut lost = 0;
            for _person in 0..people {
                for _minute in 0..least {
                    lost += rate * percent;
                }
            }
            prop_assert_eq!(cost.lost.min, lost / 6000);
            prop_assert!(cost.lost.min <= cost.lost.max && cost.total.min == cost.lost.min + cost.own);
        }

        #[test]
        fn no_figures_are_too_large(people in 0..=CostBasis::MOST, rate in 0..=CostBasis::MOST, working in 0..=CostBasis::MOST) {
            let cost = CostBasis { people, rate, working: Some(working), own: working, ..basis() }.cost(None).expect("entered");
            prop_assert!(cost.total.min >= 0 && cost.total.min >= cost.own);
        }
    }
}
