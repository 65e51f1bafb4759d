//! Companies and their people: the phone book.

use crate::domain::id::{Id, Uid};
use crate::domain::party::{Contact, PhoneNumber, Provider};
use crate::domain::person::House;
use crate::store::permit::{Permit, Writes};
use crate::store::{Tx, contacts, providers};

use super::{Outcome, next_revision, unfit};

/// A company, as it is put down or as it shall stand.
#[derive(Clone, Debug)]
pub struct CompanyInput {
    /// Its name.
    pub name: String,
    /// What it does for us.
    pub trade: String,
    /// Anything else; ours alone.
    pub note: String,
    /// Its own numbers.
    pub numbers: Vec<PhoneNumber>,
}

/// Puts a company in the phone book.
///
/// # Errors
/// [`super::Refused`].
pub fn put_down<'tx, D: Writes>(tx: &mut Tx<'tx>, permit: Permit<'tx, D, House>, new: CompanyInput) -> Outcome<Provider> {
    let provider = Provider {
        id: tx.fresh_id()?,
        uid: tx.fresh_uid()?,
        revision: 0,
        name: new.name,
        trade: new.trade,
        note: new.note,
        numbers: new.numbers,
    };
    check(&provider)?;
    providers::add(tx, &permit, "companies::put_down", &provider)?;
    Ok(provider)
}

/// Changes what is known of a company.
///
/// # Errors
/// [`super::Refused::Stale`] where `seen` is not the revision that stands.
pub fn correct<'tx, D: Writes>(
    tx: &mut Tx<'tx>,
    permit: Permit<'tx, D, Provider>,
    seen: i64,
    new: CompanyInput,
) -> Outcome<Provider> {
    let mut provider = providers::get(tx, &permit)?;
    provider.revision = next_revision(seen, provider.revision)?;
    provider.name = new.name;
    provider.trade = new.trade;
    provider.note = new.note;
    provider.numbers = new.numbers;
    check(&provider)?;
    providers::change(tx, &permit, "companies::correct", &provider)?;
    Ok(provider)
}

fn check(provider: &Provider) -> Outcome<()> {
    if provider.name.is_empty() { unfit("name", "company-needs-name") } else { Ok(()) }
}

/// One of their people, as put down or as they shall stand.
#[derive(Clone, Debug)]
pub struct ContactInput {
    /// Their name, where known.
    pub name: Option<String>,
    /// The department or desk.
    pub department: String,
    /// Their role or title.
    pub role: String,
    /// A mail address.
    pub email: String,
    /// Anything else; ours alone.
    pub note: String,
    /// Their numbers.
    pub numbers: Vec<PhoneNumber>,
}

impl ContactInput {
    fn write(self, contact: &mut Contact) -> Outcome<()> {
        if self.name.is_none() && self.department.is_empty() && self.role.is_empty() {
            return unfit("name", "contact-says-nothing");
        }
        contact.name = self.name;
        contact.department = self.department;
        contact.role = self.role;
        contact.email = self.email;
        contact.note = self.note;
        contact.numbers = self.numbers;
        Ok(())
    }
}

/// Puts one of a company's people in the phone book.
///
/// # Errors
/// [`super::Refused`].
pub fn add_contact<'tx, D: Writes>(tx: &mut Tx<'tx>, permit: Permit<'tx, D, Provider>, new: ContactInput) -> Outcome<Contact> {
    let mut contact = Contact {
        id: tx.fresh_id()?,
        uid: tx.fresh_uid()?,
        revision: 0,
        provider: permit.id(),
        name: None,
        department: String::new(),
        role: String::new(),
        email: String::new(),
        note: String::new(),
        numbers: Vec::new(),
        merged_into: None,
    };
    new.write(&mut contact)?;
    contacts::add(tx, &permit, "companies::add_contact", &contact)?;
    Ok(contact)
}

/// Changes what is known of one of their people: named at last, say. What was recorded under them shows the new name.
///
/// # Errors
/// [`super::Refused::Stale`] where `seen` is not the revision that stands.
pub fn correct_contact<'tx, D: Writes>(
    tx: &mut Tx<'tx>,
    permit: Permit<'tx, D, Provider>,
    uid: Uid,
    seen: i64,
    new: ContactInput,
) -> Outcome<Contact> {
    let mut contact = contacts::get(tx, &permit, uid)?;
    contact.revision = next_revision(seen, contact.revision)?;
    new.write(&mut contact)?;
    contacts::change(tx, &permit, "companies::correct_contact", &contact)?;
    Ok(contact)
}

/// Says that two of their people are one: `uid` is found to be `into`. Both spellings are kept.
///
/// # Errors
/// [`super::Refused`] where either is merged already, since a merged contact leads to one that is not.
pub fn merge_contacts<'tx, D: Writes>(
    tx: &mut Tx<'tx>,
    permit: Permit<'tx, D, Provider>,
    uid: Uid,
    seen: i64,
    into: Uid,
) -> Outcome<Contact> {
    let mut contact = contacts::get(tx, &permit, uid)?;
    contact.revision = next_revision(seen, contact.revision)?;
    let target = contacts::get(tx, &permit, into)?;
    if target.id == contact.id || target.merged_into.is_some() || leads_here(tx, &permit, contact.id)? {
        return unfit("into", "contact-merges-once");
    }
    contact.merged_into = Some(target.id);
    contacts::change(tx, &permit, "companies::merge_contacts", &contact)?;
    Ok(contact)
}

fn leads_here<'tx, D: Writes>(tx: &mut Tx<'tx>, permit: &Permit<'tx, D, Provider>, id: Id<Contact>) -> Outcome<bool> {
    let all = contacts::of_provider(tx, permit)?;
    Ok(all.iter().any(|contact| contact.merged_into == Some(id)))
}
