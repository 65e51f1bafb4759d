//! The first minute: the brief and the figures.

use crate::domain::figures::{CallFigures, Figures};
use crate::domain::incident::{Downtime, Which};
use crate::domain::moment::Span;
use crate::domain::statement::PromiseState;
use crate::domain::view::{Audience, PartyView, PromiseView, TimeView};
use crate::render::cost;
use crate::render::words::Args;

use super::super::sheet::{Fact, Figure, Line, Section, Style};
use super::Press;

impl<A: Audience> Press<'_, A> {
    pub(super) fn brief(&self) -> Vec<Fact> {
        let parties = Fact::lines(self.words.get("paper-brief-parties"), vec![self.parties(&self.view.parties)]);
        self.matter().into_iter().chain((!parties.is_empty()).then_some(parties)).collect()
    }

    /// The brief but for who else plays a part.
    pub(super) fn matter(&self) -> Vec<Fact> {
        let view = self.view;
        let text = |key: &str, text: &str| Fact::lines(self.words.get(key), vec![Line::new().plain(text)]);
        let times = Fact {
            label: self.words.get("paper-brief-times"),
            lines: Vec::new(),
            parts: view.times.iter().map(|time| self.time(time)).collect(),
        };
        let down = view.down.iter().map(|down| self.down(down)).collect();
        let rows = [
            text("paper-brief-what", &view.what),
            text("paper-brief-affected", &view.affected),
            times,
            Fact::lines(self.words.get("paper-brief-down"), down),
            text("paper-brief-cause", &view.cause),
            Fact::lines(self.words.get("cost"), self.cost()),
            Fact::lines(
                self.words.get("brief-credits"),
                view.overdue_credits().iter().map(|phrase| Line::new().and(Style::Alarm, self.say(phrase))).collect(),
            ),
        ];
        rows.into_iter().filter(|fact| !fact.is_empty()).collect()
    }

    /// What it cost, and on a line of its own what that is reckoned from.
    fn cost(&self) -> Vec<Line> {
        let Some(cost) = &self.view.cost else { return Vec::new() };
        let total = Line::new().and(Style::Strong, cost::total(cost, self.words));
        vec![total, Line::new().and(Style::Soft, cost::reckoning(cost, self.words))]
    }

    fn time(&self, time: &TimeView) -> Fact {
        let by = time.by.as_ref().map(|company| self.put("paper-by", "company", company)).unwrap_or_default();
        Fact::lines(self.value("time", time.which.as_str()), vec![self.when.moment(&time.at).plain(by)])
    }

    fn down(&self, down: &Span) -> Line {
        if self.view.still_down {
            let line = Line::new().and(Style::Strong, self.when.span(&down.in_minutes()));
            return line.plain(self.words.get("paper-down-still"));
        }
        let line = Line::new().and(Style::Strong, self.when.span(down));
        let time = |which| self.view.times.iter().find(|time| time.which == which).map(|time| time.by.as_ref());
        match (time(Which::Mitigated), time(Which::Restored)) {
            (Some(Some(company)), None) => line.plain(self.put("paper-down-mitigated-by", "company", company)),
            (Some(None), None) => line.plain(self.tone("paper-down-mitigated")),
            (None, Some(Some(company))) => line.plain(self.put("paper-down-restored-by", "company", company)),
            (None, Some(None)) => line.plain(self.words.get("paper-down-restored")),
            // It lasted until the makeshift; when it was restored stands among the times.
            (Some(_), Some(_)) | (None, None) => line,
        }
    }

    /// How long it was down by every definition; nothing where there is one alone, which the brief tells.
    pub(super) fn downs(&self) -> Option<Section<Fact>> {
        let several = self.view.downs.iter().filter(|_| self.view.downs.len() > 1);
        let facts = several.map(|down| self.downtime(down)).collect();
        self.section(self.words.get("down"), String::new(), &[], facts)
    }

    fn downtime(&self, down: &Downtime) -> Fact {
        let name = |which: Which| self.value("time", which.as_str());
        let to = down.to.map_or_else(|| self.words.get("down-now"), name);
        let args = Args::new().text("from", name(down.from)).text("to", to);
        Fact::lines(self.words.with("down-from-to", &args), vec![Line::new().plain(self.when.span(&down.told()))])
    }

    fn parties(&self, parties: &[PartyView]) -> Line {
        let one = |party: &PartyView| {
            let args = Args::new().text("company", &party.name).text("role", self.value("party-role", party.role.as_str()));
            self.words.with("paper-party", &args)
        };
        Line::new().plain(self.dotted(parties.iter().map(one)))
    }

    pub(super) fn figures(&self) -> Option<Section<Figure>> {
        let figures = self.view.figures.as_ref()?;
        let calls = &figures.provider;
        let others = Args::new()
            .number("others", whole(figures.others.calls_connected))
            .number("own", whole(figures.others.own_colleagues));
        let cells = vec![
            self.counted("calls", calls.calls_connected, vec![self.words.with("paper-figure-calls-detail", &others)]),
            self.counted("attempts", calls.attempts_failed, Vec::new()),
            self.timed("waiting", calls.waiting_seconds, self.waiting(calls)),
            self.timed("talking", calls.talking_seconds, Vec::new()),
            self.counted("people", calls.people_reached, Vec::new()),
            self.counted("told", calls.told_from_start, self.told(calls)),
            self.counted("promises", figures.promises.given, self.promise_figures(figures)),
            self.counted("contradictions", figures.contradictions, Vec::new()),
        ];
        let note = self.put("paper-figures-note", "company", &self.view.provider);
        self.section(self.words.get("paper-figures"), note, &[], cells)
    }

    fn counted(&self, key: &str, n: usize, detail: Vec<String>) -> Figure {
        let unit = self.count(&format!("paper-figure-{key}-unit"), n);
        let value = Line::new().and(Style::Strong, n.to_string()).plain(unit.strip_prefix(&n.to_string()).unwrap_or_default());
        Figure { value, label: self.words.get(&format!("paper-figure-{key}")), detail }
    }

    fn timed(&self, key: &str, seconds: i64, detail: Vec<String>) -> Figure {
        Figure { value: self.when.figure(seconds), label: self.words.get(&format!("paper-figure-{key}")), detail }
    }

    fn waiting(&self, calls: &CallFigures) -> Vec<String> {
        let of = &calls.waiting_of_which;
        let parts = [
            ("paper-waiting-attempts", of.failed_attempts),
            ("paper-waiting-before-answer", of.before_answer),
            ("paper-waiting-transfer", of.transfer),
            ("paper-waiting-hold", of.hold),
        ];
        let some = parts.into_iter().filter(|(_, seconds)| *seconds > 0);
        some.map(|(key, seconds)| self.put(key, "time", self.when.duration(seconds))).collect()
    }

    fn told(&self, calls: &CallFigures) -> Vec<String> {
        let all = (calls.told_from_start > 0)
            .then(|| self.put("paper-figure-told-in-all", "time", self.when.duration(calls.telling_seconds)));
        let again = (calls.retold > 0).then(|| {
            let args = Args::new().number("n", whole(calls.retold)).text("time", self.when.duration(calls.retelling_seconds));
            self.words.with("paper-figure-told-again", &args)
        });
        all.into_iter().chain(again).collect()
    }

    fn promise_figures(&self, figures: &Figures) -> Vec<String> {
        let promises = &figures.promises;
        // Whose time has passed is what one meets about, whether anybody has settled it or not.
        let is_overdue = |promise: &&PromiseView| {
            promise.struck.is_none() && promise.state == PromiseState::Open && promise.late_seconds.is_some()
        };
        let overdue = self.view.promises.iter().filter(is_overdue).count().min(promises.open);
        let parts = [
            ("overdue", overdue),
            ("broken", promises.broken),
            ("open", promises.open - overdue),
            ("kept", promises.kept),
            ("moved", promises.moved),
            ("withdrawn", promises.withdrawn),
        ];
        let some = parts.into_iter().filter(|(_, n)| *n > 0);
        some.map(|(state, n)| self.count(&format!("paper-figure-promises-{state}"), n)).collect()
    }
}

fn whole(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}
