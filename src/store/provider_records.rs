//! What each incident adds to its company's record, kept as it was last found. Derived: found again with the verdicts, in the
//! transaction that takes the incident off the queue. What waits there says so.

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Nullable, Text};

use super::overview::known;
use super::permit::{Allows, Permit, Writes};
use super::rows::broken;
use super::schema::{aux_records, ledger};
use super::types::Micros;
use super::{Result, Tx};
use crate::domain::dossier::Dossier;
use crate::domain::incident::{Incident, IncidentNumber};
use crate::domain::party::Provider;
use crate::domain::provider_record::{Row, Share, Shares};
use crate::domain::view::AudienceName;

/// Keeps what the permit's incident adds.
///
/// # Errors
/// [`super::StoreError::Database`].
pub fn keep<D: Writes>(tx: &mut Tx<'_>, permit: &Permit<'_, D, Incident>, dossier: &Dossier) -> Result<()> {
    let chain = ledger::table.filter(ledger::chain.eq(permit.chain()));
    let recorded: Option<Micros> = chain.select(diesel::dsl::min(ledger::at)).first(tx.conn())?;
    let (now, recorded) = (tx.now(), recorded.map_or(tx.now(), |at| at.0));
    let shares = Shares { inward: Share::of(dossier, now, recorded), outward: Share::outward(dossier, now, recorded) };
    diesel::delete(aux_records::table.find(permit.id().raw())).execute(tx.conn())?;
    diesel::insert_into(aux_records::table)
        .values((aux_records::incident_id.eq(permit.id().raw()), aux_records::share.eq(serde_json::to_string(&shares)?)))
        .execute(tx.conn())?;
    Ok(())
}

/// What every incident of the permit's company adds that the permit's actor may know of, as `audience` may see it; and how many have
/// never been computed. One query, however many there are.
///
/// # Errors
/// [`super::StoreError::Broken`] where something is not what we write.
pub fn of_company<D: Allows>(
    tx: &mut Tx<'_>,
    permit: &Permit<'_, D, Provider>,
    audience: AudienceName,
) -> Result<(Vec<Row>, usize)> {
    let sql = format!(
        "SELECT i.id, i.year, i.count, r.share, q.queued_at FROM incidents i LEFT JOIN aux_records r ON r.incident_id = i.id \
         LEFT JOIN aux_recomputations q ON q.incident_id = i.id WHERE i.provider_id = $1 AND {}",
        known(permit.actor())
    );
    let kept: Vec<Kept> = diesel::sql_query(sql).bind::<BigInt, _>(permit.id().raw()).load(tx.conn())?;
    let (mut rows, mut not_yet) = (Vec::with_capacity(kept.len()), 0);
    for kept in kept {
        let misfit = |what: &str| broken("aux_records", kept.id, what);
        let Some(share) = &kept.share else {
            not_yet += 1;
            continue;
        };
        let shares: Shares = serde_json::from_str(share).map_err(|_| misfit("its share is none"))?;
        let year = i32::try_from(kept.year).map_err(|_| misfit("its year is none"))?;
        rows.push(Row {
            number: IncidentNumber { year, count: kept.count },
            share: if audience == AudienceName::Provider { shares.outward } else { shares.inward },
            computing: kept.queued_at.is_some(),
        });
    }
    Ok((rows, not_yet))
}

/// An incident with what is kept of it.
#[derive(QueryableByName)]
struct Kept {
    #[diesel(sql_type = BigInt)]
    id: i64,
    #[diesel(sql_type = BigInt)]
    year: i64,
    #[diesel(sql_type = BigInt)]
    count: i64,
    #[diesel(sql_type = Nullable<Text>)]
    share: Option<String>,
    #[diesel(sql_type = Nullable<BigInt>)]
    queued_at: Option<i64>,
}
