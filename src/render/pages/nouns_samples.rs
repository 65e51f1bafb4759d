//! Samples of the forms of the nouns, of the phone book, the contracts, files and histories.

use super::attachments::AttachmentPage;
use super::companies::{CompaniesPage, CompanyCard, CompanyPage, ContractPage};
use super::history::{Erased, ErasurePage, Eyes, HistoryPage, Made};
use super::noun_form::{Choice, FieldKind, Fields, Link, NounFormPage, Standing};
use crate::domain::locale::{DEFAULT_ZONE, Locale};
use crate::render::form::{FormView, Problem};
use crate::render::sample;
use crate::render::tera::Sampled;
use crate::render::words::Words;

/// What is hard to show.
const HARD: &str = "髙﨑①㈱ｶﾅ <b>&\"'加";

fn link() -> Link {
    Link { href: "/incidents/INC-2006-0012".to_owned(), text: HARD.to_owned() }
}

fn choices() -> Vec<Choice> {
    vec![Choice { value: "a".to_owned(), label: HARD.to_owned() }, Choice { value: "b".to_owned(), label: "b".to_owned() }]
}

impl Sampled for NounFormPage {
    fn samples() -> Vec<Self> {
        let fields = Fields::new(Words::new(Locale::Ja))
            .line("title", true)
            .area("body", false)
            .moment("occurred", true)
            .tick("reports")
            .field("starts_on", "starts_on", FieldKind::Day, false)
            .field("number", "number", FieldKind::Phone, false)
            .section("section-more", true)
            .choice("company", "company", false, choices())
            .several("contracts", "contracts", choices())
            .section("section-times", false)
            .moment("started", false)
            .hidden("revision");
        let blank = Self {
            starts: vec![Link { href: "?start=in-writing".to_owned(), text: "in writing".to_owned() }],
            title: HARD.to_owned(),
            lead: String::new(),
            back: link(),
            action: "/incidents/INC-2006-0012/asks/new".to_owned(),
            submit: "OK".to_owned(),
            sections: fields.done(),
            form: FormView::new(),
            standing: Vec::new(),
            changed: String::new(),
            beside: Vec::new(),
        };
        let names = ["title", "body", "occurred", "reports", "starts_on", "number", "company", "contracts", "started"];
        let form = names.iter().fold(FormView::new().with("revision", "3"), |form, name| {
            form.with(*name, HARD).with_problem(*name, Problem::new("strike-needs-reason"))
        });
        let standing = Standing { label: "件名".to_owned(), on_record: HARD.to_owned(), typed: "b".to_owned() };
        let refused = Self {
            lead: HARD.to_owned(),
            form: FormView { stale: true, ..form },
            standing: vec![standing],
            changed: HARD.to_owned(),
            beside: vec![link()],
            ..blank.clone()
        };
        vec![blank, refused]
    }
}

impl Sampled for AttachmentPage {
    fn samples() -> Vec<Self> {
        let form = FormView::new().with("visibility", "a").with_problem("file", Problem::new("file-missing"));
        let page = |form| Self { back: link(), action: "/files".to_owned(), visibilities: choices(), form };
        vec![page(FormView::new()), page(form)]
    }
}

impl Sampled for CompaniesPage {
    fn samples() -> Vec<Self> {
        let companies = sample::story(Locale::Ja).providers.iter().map(CompanyCard::of).collect();
        vec![
            Self { words: String::new(), companies: Vec::new() },
            Self { words: HARD.to_owned(), companies: Vec::new() },
            Self { words: HARD.to_owned(), companies },
        ]
    }
}

impl Sampled for CompanyPage {
    fn samples() -> Vec<Self> {
        let dossier = sample::story(Locale::Ja);
        let companies = dossier.providers.iter();
        companies.map(|company| Self::new(company, &dossier.contacts, &dossier.contracts)).collect()
    }
}

impl Sampled for ContractPage {
    fn samples() -> Vec<Self> {
        let dossier = sample::story(Locale::Ja);
        let (contracts, providers) = (dossier.contracts.iter(), &dossier.providers);
        let words = Words::new(Locale::Ja);
        contracts
            .zip(providers.iter().cycle())
            .flat_map(|(contract, company)| {
                let full = (dossier.clauses.as_slice(), dossier.agreements.as_slice(), dossier.attachments.as_slice());
                [full, (&[], &[], &[])]
                    .map(|parts| Self::new(contract, company, parts, words, sample::friday()).while_computing((3, 40), words))
            })
            .collect()
    }
}

impl Sampled for ErasurePage {
    fn samples() -> Vec<Self> {
        let refused = super::refused_form(&["reason"]);
        let words = Words::new(Locale::Ja);
        [FormView::new(), refused].into_iter().map(|form| Self::new(form, HARD.to_owned(), link(), 2, words)).collect()
    }
}

impl Sampled for HistoryPage {
    fn samples() -> Vec<Self> {
        let entry = sample::story(Locale::Ja).entries.first().and_then(|entry| serde_json::to_value(entry).ok());
        let made = |number, payload| Made {
            at: sample::friday(),
            who: HARD.to_owned(),
            action: "entries::correct".to_owned(),
            number,
            payload,
        };
        let today = sample::friday().date_naive();
        let names = std::collections::BTreeMap::new();
        let eyes = Eyes { words: Words::new(Locale::Ja), zone: DEFAULT_ZONE, today, names: &names };
        let made = [made(0, entry.clone()), made(1, entry), made(2, None)];
        let erased = [Erased { at: sample::friday(), who: HARD.to_owned(), reason: HARD.to_owned() }];
        let erasure = "/history/entry/x/erasure".to_owned();
        vec![
            Self::new(HARD.to_owned(), link(), (&made, &[]), String::new(), eyes),
            Self::new(HARD.to_owned(), link(), (&made, &erased), erasure, eyes),
        ]
    }
}
