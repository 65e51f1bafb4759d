//! The form of a noun: one template for all of them, its fields described as values. Works without JavaScript.

use serde::Serialize;

use crate::render::form::FormView;
use crate::render::tera::Page;
use crate::render::words::Words;

/// The page of one form.
#[derive(Clone, Debug, Serialize)]
pub struct NounFormPage {
    /// What is being written down.
    pub title: String,
    /// A sentence below it; may be empty.
    pub lead: String,
    /// Other ways to begin the same form; for most, none.
    pub starts: Vec<Link>,
    /// Where one goes back to, and what that is called.
    pub back: Link,
    /// Where the form is sent.
    pub action: String,
    /// What the button says.
    pub submit: String,
    /// The fields, in groups.
    pub sections: Vec<Section>,
    /// What stands in them.
    pub form: FormView,
    /// What stands on record now, where somebody changed it meanwhile; by field.
    pub standing: Vec<Standing>,
    /// Who changed it meanwhile, and when; empty where nobody did.
    pub changed: String,
    /// What else can be done with the thing: strike it out, see its history.
    pub beside: Vec<Link>,
}

impl Page for NounFormPage {
    const TEMPLATE: &'static str = "nouns/form.html";
}

/// A link with its words.
#[derive(Clone, Debug, Serialize)]
pub struct Link {
    /// Where to.
    pub href: String,
    /// What it says.
    pub text: String,
}

/// One field as it stands on record, beside what was typed.
#[derive(Clone, Debug, Serialize)]
pub struct Standing {
    /// The field's label.
    pub label: String,
    /// What stands on record.
    pub on_record: String,
    /// What was typed.
    pub typed: String,
}

/// A group of fields.
#[derive(Clone, Debug, Serialize)]
pub struct Section {
    /// Its heading; empty for the first.
    pub title: String,
    /// Whether it is folded until wanted.
    pub folded: bool,
    /// Its fields.
    pub fields: Vec<Field>,
}

/// A field.
#[derive(Clone, Debug, Serialize)]
pub struct Field {
    /// Its name.
    pub name: String,
    /// Its label.
    pub label: String,
    /// A hint below it; may be empty.
    pub hint: String,
    /// How it is filled in.
    pub kind: FieldKind,
    /// Whether it must be filled in.
    pub required: bool,
    /// What can be chosen, where something is.
    pub options: Vec<Choice>,
    /// Whether it wants a line of its own.
    pub long: bool,
    /// Whether it or the one beside it must be filled in.
    pub either: bool,
}

/// From so many characters on a choice wants a line of its own.
const LONG: usize = 24;

/// How a field is filled in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum FieldKind {
    /// A line of text.
    Line,
    /// Several lines.
    Area,
    /// A moment, typed.
    Moment,
    /// A day.
    Day,
    /// A telephone number.
    Phone,
    /// One of the options, none of which is chosen for anybody.
    Choice,
    /// One of an enumeration's values; the first where nothing else was chosen.
    Word,
    /// Any of the options.
    Several,
    /// A tick.
    Tick,
    /// Carried along unseen.
    Hidden,
}

/// Something that can be chosen.
#[derive(Clone, Debug, Serialize)]
pub struct Choice {
    /// What is sent.
    pub value: String,
    /// What it says.
    pub label: String,
}

/// Describes the fields of a form, group by group.
pub struct Fields {
    words: Words,
    sections: Vec<Section>,
}

impl Fields {
    /// A form without fields.
    pub fn new(words: Words) -> Self {
        let first = Section { title: String::new(), folded: false, fields: Vec::new() };
        Self { words, sections: vec![first] }
    }

    /// A new group with a heading (a key of the catalogue).
    #[must_use]
    pub fn section(self, key: &str, folded: bool) -> Self {
        let title = self.words.get(key);
        self.section_called(title, folded)
    }

    /// A new group with a heading.
    #[must_use]
    pub fn section_called(mut self, title: String, folded: bool) -> Self {
        self.sections.push(Section { title, folded, fields: Vec::new() });
        self
    }

    /// A field; label and hint are the catalogue's `label-…` and `hint-…` of `label`.
    #[must_use]
    pub fn field(mut self, name: impl Into<String>, label: &str, kind: FieldKind, required: bool) -> Self {
        let hint = format!("hint-{label}");
        let field = Field {
            name: name.into(),
            label: self.words.get(&format!("label-{label}")),
            hint: if self.words.has(&hint) { self.words.get(&hint) } else { String::new() },
            kind,
            required,
            options: Vec::new(),
            long: false,
            either: false,
        };
        if let Some(section) = self.sections.last_mut() {
            section.fields.push(field);
        }
        self
    }

    /// A field with a label of its own.
    #[must_use]
    pub fn called(mut self, name: String, label: String, kind: FieldKind) -> Self {
        let field =
            Field { name, label, hint: String::new(), kind, required: false, options: Vec::new(), long: false, either: false };
        if let Some(section) = self.sections.last_mut() {
            section.fields.push(field);
        }
        self
    }

    /// A line of text under its own name.
    #[must_use]
    pub fn line(self, name: &str, required: bool) -> Self {
        self.field(name, name, FieldKind::Line, required)
    }

    /// Several lines under their own name.
    #[must_use]
    pub fn area(self, name: &str, required: bool) -> Self {
        self.field(name, name, FieldKind::Area, required)
    }

    /// A moment under its own name.
    #[must_use]
    pub fn moment(self, name: &str, required: bool) -> Self {
        self.field(name, name, FieldKind::Moment, required)
    }

    /// A tick under its own name.
    #[must_use]
    pub fn tick(self, name: &str) -> Self {
        self.field(name, name, FieldKind::Tick, false)
    }

    /// A field carried along unseen.
    #[must_use]
    pub fn hidden(mut self, name: &str) -> Self {
        let field = Field {
            name: name.to_owned(),
            label: String::new(),
            hint: String::new(),
            kind: FieldKind::Hidden,
            required: false,
            options: Vec::new(),
            long: false,
            either: false,
        };
        if let Some(section) = self.sections.last_mut() {
            section.fields.push(field);
        }
        self
    }

    /// One of an enumeration's values, whose words are `prefix-value`.
    #[must_use]
    pub fn words<T: Copy + AsRef<str>>(self, name: impl Into<String>, label: &str, prefix: &str, all: &[T]) -> Self {
        let words = self.words;
        let choice =
            |value: &T| Choice { value: value.as_ref().to_owned(), label: words.get(&format!("{prefix}-{}", value.as_ref())) };
        let options = all.iter().map(choice).collect();
        self.with_options(name, label, FieldKind::Word, true, options)
    }

    /// One of `options`; an optional one can be left open.
    #[must_use]
    pub fn choice(self, name: impl Into<String>, label: &str, required: bool, options: Vec<Choice>) -> Self {
        self.with_options(name, label, FieldKind::Choice, required, options)
    }

    /// Any of `options`.
    #[must_use]
    pub fn several(self, name: impl Into<String>, label: &str, options: Vec<Choice>) -> Self {
        self.with_options(name, label, FieldKind::Several, false, options)
    }

    fn with_options(self, name: impl Into<String>, label: &str, kind: FieldKind, required: bool, options: Vec<Choice>) -> Self {
        let mut fields = self.field(name, label, kind, required);
        if let Some(field) = fields.last() {
            field.long = options.iter().any(|option| option.label.chars().count() > LONG);
            field.options = options;
        }
        fields
    }

    /// The last field wants a line of its own.
    #[must_use]
    pub fn on_its_own(mut self) -> Self {
        if let Some(field) = self.last() {
            field.long = true;
        }
        self
    }

    /// The last field or the one beside it must be filled in.
    #[must_use]
    pub fn or_the_other(mut self) -> Self {
        if let Some(field) = self.last() {
            field.either = true;
        }
        self
    }

    fn last(&mut self) -> Option<&mut Field> {
        self.sections.last_mut().and_then(|section| section.fields.last_mut())
    }

    /// The groups that have fields.
    pub fn done(self) -> Vec<Section> {
        self.sections.into_iter().filter(|section| !section.fields.is_empty()).collect()
    }
}
