//! The form by which a file is struck out: of an entry, or of a clause or an agreement.

use std::marker::PhantomData;

use crate::actions::{Outcome, attachments};
use crate::domain::dossier::Dossier;
use crate::domain::id::Uid;
use crate::domain::ledger::ObjectKind;
use crate::domain::party::Attachment;
use crate::render::form::FormView;
use crate::render::pages::noun_form::Section;
use crate::render::words::Words;
use crate::store::attachments::Keeps;

use super::read::Reader;
use super::{ContractDesk, GoTo, Noun, Place, WritingOf};

/// What knows the files of what stands in a place.
pub trait HasFiles {
    /// The files.
    fn files(&self) -> &[Attachment];
}

impl HasFiles for Dossier {
    fn files(&self) -> &[Attachment] {
        &self.attachments
    }
}

impl HasFiles for ContractDesk {
    fn files(&self) -> &[Attachment] {
        &self.files
    }
}

/// A file in a place.
pub struct FileNoun<P>(PhantomData<P>);

impl<P> Noun for FileNoun<P>
where
    P: Place,
    P::Desk: HasFiles,
    P::Thing: Keeps,
{
    type Place = P;
    type Stored = Attachment;
    type Input = ();
    const SLUG: &'static str = "files";
    const KIND: ObjectKind = ObjectKind::Attachment;

    fn find(desk: &P::Desk, uid: Uid) -> Option<&Attachment> {
        desk.files().iter().find(|file| file.uid == uid && file.struck.is_none())
    }

    fn revision(_desk: &P::Desk, file: &Attachment) -> i64 {
        file.revision
    }

    fn lead(_desk: &P::Desk, _words: Words, stored: Option<&Attachment>) -> String {
        stored.map(|file| file.name.clone()).unwrap_or_default()
    }

    fn fields(_desk: &P::Desk, _words: Words, _stored: Option<&Attachment>) -> Vec<Section> {
        Vec::new()
    }

    fn blank(_desk: &P::Desk, form: FormView) -> FormView {
        form
    }

    fn filled(_desk: &P::Desk, _file: &Attachment) -> FormView {
        FormView::new()
    }

    fn read(_desk: &P::Desk, _form: &mut Reader, _stored: Option<&Attachment>) -> Option<()> {
        Some(())
    }

    fn strike(writing: WritingOf<'_, '_, Self>, uid: Uid, seen: i64, reason: String) -> Outcome<GoTo> {
        attachments::strike_out(writing.tx, writing.permit, uid, seen, reason).map(|_| None)
    }
}
