//! What stands beside the timeline: promises, contradictions, asks, agreements, changes, what was ruled out, people.
//!
//! What was struck out does not stand here, whoever reads: on our own papers the timeline alone shows it, struck out. The numbers are those
//! of all, so that a promise or a contradiction is called the same everywhere.

use crate::domain::matter::RuledOutKind;
use crate::domain::moment::Moment;
use crate::domain::statement::{DueBy, PromiseState};
use crate::domain::view::{
    AgainstView, AgreementView, Audience, ChangeView, ClauseView, ContradictionView, FileView, NoticeView, PersonReached,
    PromiseView, Who,
};

use crate::render::pages::incident::entry::size;

use super::super::sheet::{
    Agreed, AskRow, Changed, Fact, FileRow, Heard, Line, Mark, Pair, Person, PromiseRow, RuledOut, Section, Side, Style,
};
use super::Press;

impl<A: Audience> Press<'_, A> {
    pub(super) fn promises(&self) -> Option<Section<PromiseRow>> {
        let columns = ["paper-promises-words", "paper-promises-given", "paper-promises-due", "paper-promises-state"];
        self.by_urgency(&self.view.promises, self.tone("paper-promises"), &columns)
    }

    pub(super) fn steps(&self) -> Option<Section<PromiseRow>> {
        let columns = ["step-words", "step-owner", "step-due", "paper-promises-state"];
        self.by_urgency(&self.view.steps, self.words.get("steps"), &columns)
    }

    fn by_urgency(&self, promises: &[PromiseView], heading: String, columns: &[&str]) -> Option<Section<PromiseRow>> {
        let mut numbered: Vec<(usize, &PromiseView)> =
            (1..).zip(promises).filter(|(_, promise)| promise.struck.is_none()).collect();
        // What is late comes first, then what is open: those are what one meets about.
        numbered.sort_by_key(|(_, promise)| urgency(promise));
        let rows = numbered.into_iter().map(|(n, promise)| self.promise(n, promise)).collect();
        self.section(heading, String::new(), columns, rows)
    }

    fn promise(&self, n: usize, promise: &PromiseView) -> PromiseRow {
        let due = match &promise.due {
            Some(due) => self.when.moment(due),
            None => Line::new().plain(self.words.get("phrase-due-none")),
        };
        let reason = match promise.due_by {
            // Of a step of ours nobody asks who set its time.
            DueBy::Ours if promise.due_reason.is_empty() && is_own(promise) => String::new(),
            DueBy::Ours if promise.due_reason.is_empty() => self.words.get("paper-due-ours"),
            DueBy::Ours => promise.due_reason.clone(),
            DueBy::Theirs => String::new(),
        };
        PromiseRow {
            n,
            words: self.quoted(&promise.quote.words, promise.quote.verbatim),
            given: vec![Line::new().plain(self.who(&promise.quote.who)), self.when.moment(&promise.quote.at)],
            due: lines([due, Line::new().and(Style::Soft, reason)]),
            mark: self.mark(promise),
            state: self.promise_state(promise),
        }
    }

    /// How a promise stands, by its mark. To the provider nothing is shouted: what is late is not confirmed yet.
    fn mark(&self, promise: &PromiseView) -> Mark {
        match urgency(promise) {
            Mark::Late if self.outward => Mark::Open,
            mark => mark,
        }
    }

    fn promise_state(&self, promise: &PromiseView) -> Vec<Line> {
        let style = if self.mark(promise) == Mark::Late { Style::Alarm } else { Style::Strong };
        let settled = promise.settled.as_ref().map(|settled| {
            let key = if promise.state == PromiseState::Broken { "paper-settled-late" } else { "paper-settled" };
            self.when.moment(settled).plain(self.tone(key))
        });
        lines([Line::new().and(style, self.say(&self.teller.state(promise))), settled.unwrap_or_default()])
    }

    pub(super) fn heard(&self) -> Option<Section<Heard>> {
        let said = self.view.entries.iter().flat_map(|entry| entry.statements.iter().map(move |statement| (entry, statement)));
        // Promises stand by themselves.
        let told = said.filter(|(_, statement)| statement.promise.is_none() && self.is_reader(&statement.who));
        let mut told: Vec<_> = told
            .map(|(entry, statement)| {
                let exact = statement.said_at.map(|at| Moment::exact(at, entry.occurred.zone));
                (statement, exact.unwrap_or_else(|| entry.occurred.clone()))
            })
            .collect();
        told.sort_by_key(|(statement, at)| match statement.contradictions.is_empty() {
            false => (false, at.from.timestamp()),
            true => (true, -at.from.timestamp()),
        });
        let heard = told.into_iter().map(|(statement, at)| Heard {
            uid: statement.uid,
            words: self.quoted(&statement.words, statement.verbatim),
            source: self.whose(&statement.who, &at),
        });
        self.section(self.words.get("paper-heard"), String::new(), &[], heard.collect())
    }

    pub(super) fn contradictions(&self) -> Option<Section<Pair>> {
        let stand = (1..).zip(&self.view.contradictions).filter(|(_, item)| item.struck.is_none());
        let pairs = stand.map(|(n, item)| self.pair(n, item)).collect();
        self.section(self.tone("paper-contradictions"), self.words.get("paper-contradictions-note"), &[], pairs)
    }

    fn pair(&self, n: usize, item: &ContradictionView) -> Pair {
        let said = Side { source: self.source(&item.said), words: self.quoted(&item.said.words, item.said.verbatim) };
        Pair { n, sides: [said, self.against(&item.against)], note: item.note.clone() }
    }

    fn against(&self, against: &AgainstView) -> Side {
        match against {
            AgainstView::Statement { quote } => {
                Side { source: self.source(quote), words: self.quoted(&quote.words, quote.verbatim) }
            }
            AgainstView::Clause { number, quote } => Side {
                source: Line::new().and(Style::Strong, self.put("paper-clause", "number", number)),
                words: self.quoted(quote, true),
            },
            AgainstView::Agreement { made, how, words, standing } => Side {
                source: Line::new()
                    .and(Style::Strong, self.words.get("paper-agreement"))
                    .plain(self.separator())
                    .then(self.when.moment(made))
                    .plain(self.separator())
                    .plain(self.dotted([self.value("agreement-how", how.as_str()), self.value("standing", standing.as_str())])),
                words: words.clone(),
            },
            AgainstView::Entry { entry_kind, at, text, .. } => Side {
                source: Line::new()
                    .and(Style::Strong, self.value("entry-kind", entry_kind.as_str()))
                    .plain(self.separator())
                    .then(self.when.moment(at)),
                words: text.clone(),
            },
        }
    }

    pub(super) fn asks(&self) -> Option<Section<AskRow>> {
        let row = |(n, ask): (usize, &crate::domain::view::AskView)| {
            let answer = ask.answer.as_ref();
            let words = |quote: &crate::domain::view::Quote| {
                Line::new().plain(self.quoted(&quote.words, quote.verbatim)).plain(" ").then(self.source(quote))
            };
            AskRow {
                n,
                uid: Some(ask.uid),
                theirs: self.view.reader.as_ref() == Some(&ask.company),
                words: ask.words.clone(),
                about: self.dotted([self.put("paper-asked-of", "company", &ask.company), self.say(&self.teller.asked(ask))]),
                answer: answer.map(words).unwrap_or_default(),
                blank: if answer.is_none() { self.words.get("paper-answer-blank") } else { String::new() },
            }
        };
        let mut rows: Vec<AskRow> = (1..).zip(self.view.asks.iter().filter(|ask| ask.struck.is_none())).map(row).collect();
        // What we ask the provider to confirm, where nobody has put it into words yet.
        for question in &self.view.questions {
            rows.push(AskRow {
                n: rows.len() + 1,
                uid: None,
                // There is nothing yet that an answer could be put to.
                theirs: false,
                words: self.say(question),
                about: self.put("paper-asked-of", "company", &self.view.provider),
                answer: Line::new(),
                blank: self.words.get("paper-answer-blank"),
            });
        }
        self.section(self.tone("paper-asks"), String::new(), &[], rows)
    }

    pub(super) fn agreements(&self) -> Option<Section<Agreed>> {
        let stand = self.view.agreements.iter().filter(|agreement| agreement.struck.is_none());
        let agreements = stand.map(|agreement| self.agreement(agreement));
        let clauses = self.view.clauses.iter().map(|clause| self.clause(clause));
        self.section(self.words.get("paper-agreements"), String::new(), &[], agreements.chain(clauses).collect())
    }

    fn agreement(&self, agreement: &AgreementView) -> Agreed {
        let title = Line::new()
            .and(Style::Strong, self.words.get("paper-agreement"))
            .plain(self.separator())
            .then(self.when.moment(&agreement.made));
        let facts = [
            ("paper-agreement-how", self.value("agreement-how", agreement.how.as_str())),
            ("paper-agreement-with", agreement.made_with.clone()),
            ("paper-agreement-standing", self.value("standing", agreement.standing.as_str())),
            ("paper-agreement-evidence", agreement.evidence.clone()),
            ("paper-agreement-before", agreement.before_clause.clone().unwrap_or_default()),
            ("paper-agreement-contract", agreement.contract.clone()),
        ];
        let some = facts.into_iter().filter(|(_, text)| !text.is_empty());
        Agreed {
            title,
            words: self.quoted(&agreement.words, agreement.verbatim),
            printed: false,
            facts: some.map(|(key, text)| Fact::lines(self.words.get(key), vec![Line::new().plain(text)])).collect(),
        }
    }

    fn clause(&self, clause: &ClauseView) -> Agreed {
        let heading = [clause.number.clone(), clause.heading.clone()].into_iter().filter(|text| !text.is_empty());
        let title = Line::new()
            .and(Style::Strong, heading.collect::<Vec<_>>().join(" "))
            .plain(self.separator())
            .plain(clause.contract.clone());
        Agreed { title, words: self.quoted(&clause.quote, true), printed: true, facts: Vec::new() }
    }

    pub(super) fn changes(&self) -> Option<Section<Changed>> {
        let stand = self.view.changes.iter().filter(|change| change.struck.is_none());
        self.section(self.words.get("paper-changes"), String::new(), &[], stand.map(|change| self.change(change)).collect())
    }

    fn change(&self, change: &ChangeView) -> Changed {
        let effective = match &change.effective {
            Some(moment) => {
                let from = Line::new().plain(self.separator()).plain(self.words.get("paper-from-before"));
                from.then(self.when.moment(moment)).plain(self.words.get("paper-from-after"))
            }
            None => Line::new(),
        };
        let title = Line::new().and(Style::Strong, change.what.clone()).plain(self.separator()).plain(change.company.clone());
        let stand = change.notices.iter().filter(|notice| notice.struck.is_none());
        Changed { title: title.then(effective), notices: stand.map(|notice| self.notice(notice)).collect() }
    }

    fn notice(&self, notice: &NoticeView) -> Vec<Line> {
        let time = |key: &str, moment: Option<&crate::domain::moment::Moment>| {
            let label = Line::new().and(Style::Soft, self.put("paper-label", "label", self.words.get(key)));
            match moment {
                Some(moment) => label.then(self.when.moment(moment)),
                None => label.plain(self.words.get("paper-not-known")),
            }
        };
        let registered = match notice.to_registered {
            Some(true) => self.words.get("paper-notice-registered"),
            Some(false) => self.words.get("paper-notice-unregistered"),
            None => String::new(),
        };
        let address = [notice.address.clone(), registered];
        let first =
            self.dotted([self.value("notice-form", notice.form.as_str()), self.value("standing", notice.standing.as_str())]);
        lines([
            Line::new().and(Style::Strong, first),
            time("paper-notice-sent", notice.sent.as_ref())
                .plain(self.separator())
                .then(time("paper-notice-received", notice.received.as_ref())),
            Line::new().plain(self.dotted(address)),
            Line::new().plain(notice.note.clone()),
        ])
    }

    pub(super) fn ruled_out(&self) -> Option<Section<RuledOut>> {
        let columns = ["paper-ruled-out-kind", "paper-ruled-out-what", "paper-ruled-out-why"];
        let rows = self.view.ruled_out.iter().filter(|item| item.struck.is_none()).map(|item| RuledOut {
            checked: item.kind == RuledOutKind::Checked,
            kind: self.value("ruled-out-kind", item.kind.as_str()),
            what: item.what.clone(),
            why: item.why.clone(),
        });
        self.section(self.words.get("paper-ruled-out"), String::new(), &columns, rows.collect())
    }

    pub(super) fn files(&self) -> Option<Section<FileRow>> {
        let columns = ["paper-files-name", "paper-files-size", "paper-files-sha256"];
        let row = |file: &FileView| FileRow { name: file.name.clone(), size: size(file.size), sha256: file.sha256.clone() };
        self.section(self.words.get("paper-files"), String::new(), &columns, self.view.files().map(row).collect())
    }

    pub(super) fn people(&self) -> Option<Section<Person>> {
        let columns: &[&str] = if self.outward {
            &["paper-people-who", "paper-people-calls"]
        } else {
            &["paper-people-who", "paper-people-calls", "paper-people-told"]
        };
        let row = |person: &PersonReached| Person {
            who: self.who(&person.who),
            calls: self.count("paper-times", person.calls),
            told: if self.outward { String::new() } else { self.count("paper-times", person.told_from_start) },
        };
        self.section(self.words.get("paper-people"), String::new(), columns, self.view.people.iter().map(row).collect())
    }
}

/// How a promise stands, from the most pressing to the least.
fn urgency(promise: &PromiseView) -> Mark {
    match promise.state {
        PromiseState::Broken => Mark::Late,
        PromiseState::Open if promise.overdue => Mark::Late,
        PromiseState::Open => Mark::Open,
        PromiseState::Kept => Mark::Done,
        PromiseState::Moved | PromiseState::Withdrawn => Mark::Gone,
    }
}

/// Whether one of us gave it.
fn is_own(promise: &PromiseView) -> bool {
    matches!(promise.quote.who, Who::Ours { .. })
}

fn lines<const N: usize>(lines: [Line; N]) -> Vec<Line> {
    lines.into_iter().filter(|line| !line.is_empty()).collect()
}
