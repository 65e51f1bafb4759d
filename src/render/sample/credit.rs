//! The week with a credit in it: restored after two days, claimed, and answered in part.

use super::builder::{at, rough, uid};
use crate::domain::contract::Clause;
use crate::domain::credit_claim::{ClaimAnswer, ClaimWay, CreditClaim};
use crate::domain::dossier::Dossier;
use crate::domain::entry::Struck;
use crate::domain::id::{Id, Uid};
use crate::domain::incident::{IncidentTime, Which};
use crate::domain::locale::{DEFAULT_ZONE, Locale};
use crate::domain::moment::Moment;
use crate::domain::statement::Citation;
use crate::domain::term::facts::Fault;
use crate::domain::visibility::Visibility;

/// The clause that gives the credit, as addresses name it.
pub fn credit_uid() -> Uid {
    uid(6, 2)
}

const TERM: &str = r#"{"kind": "credit", "from": "started", "minimum_hours": 24, "block_hours": 24, "requires_total": true,
    "requires_fault": "provider", "per_block": {"of": "monthly_fee", "divided_by": 30},
    "claim_within": {"n": 3, "unit": "months", "from": "restored"}}"#;

/// The week with it.
pub fn week(locale: Locale) -> Dossier {
    let t = |ja, en| if locale == Locale::Ja { ja } else { en };
    let mut dossier = super::story(locale);
    dossier.clauses.push(Clause {
        id: Id::new(2),
        uid: credit_uid(),
        revision: 0,
        contract: Id::new(1),
        number: t("第27条", "27").to_owned(),
        heading: t("料金の減額", "Credits").to_owned(),
        quote: t(
            "全く利用できない状態が生じたときは、24時間を一日として、その日数に対応する料金を減額します。",
            "Where the service cannot be used at all, the fee is reduced by the number of whole days, each of twenty-four hours.",
        )
        .to_owned(),
        term: Some(serde_json::from_str(TERM).expect("a term")),
        struck: None,
    });
    let restored = Moment::exact(at("2006-11-24T08:00"), DEFAULT_ZONE);
    dossier.incident.times.retain(|time| !matches!(time.which, Which::Started | Which::Restored));
    let started = rough("2006-11-21T21:00", "2006-11-21T23:00", t("火曜の夜10時頃", "about ten on Tuesday night"));
    dossier.incident.times.push(IncidentTime { which: Which::Started, at: started, by: None });
    dossier.incident.times.push(IncidentTime { which: Which::Restored, at: restored, by: None });
    (dossier.incident.total, dossier.incident.fault) = (Some(true), Some(Fault::Provider));
    let claim = CreditClaim {
        id: Id::new(1),
        uid: uid(11, 1),
        revision: 1,
        incident: dossier.incident.id,
        of: Citation::Clause(Id::new(2)),
        provider: Id::new(1),
        sent: Moment::exact(at("2006-11-24T08:30"), DEFAULT_ZONE),
        way: ClaimWay::Letter,
        address: t("料金窓口 <b>&\"'加", "Billing <b>&\"'").to_owned(),
        sent_by: Some(Id::new(1)),
        amount: Some(3_200),
        currency: "JPY".to_owned(),
        answer_by: at("2006-12-08T00:00").with_timezone(&DEFAULT_ZONE).date_naive().into(),
        answer: ClaimAnswer::PartlyGranted,
        answered: Some(Moment::exact(at("2006-11-24T08:45"), DEFAULT_ZONE)),
        granted: Some(1_600),
        answer_words: t("一日分に限り減額します <b>&", "We grant one day <b>&").to_owned(),
        entry: None,
        visibility: Visibility::Provider,
        struck: None,
    };
    let struck = Struck { at: super::friday(), reason: t("宛先違い", "sent to the wrong desk").to_owned() };
    let wrong = CreditClaim { id: Id::new(2), uid: uid(11, 2), struck: Some(struck), amount: None, ..claim.clone() };
    dossier.credit_claims = vec![claim, wrong];
    dossier
}
