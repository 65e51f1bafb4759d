//! The week of `tests/fixtures/story.json`, typed into the forms as somebody would.

use std::collections::BTreeMap;

use serde_json::Value;

use super::client::{Browser, Filling};

/// The story's events and the figures that follow from them.
pub fn fixture() -> Value {
    serde_json::from_str(include_str!("../../fixtures/story.json")).expect("the story is JSON")
}

/// The companies of the story, by the letters it calls them.
const COMPANIES: &[(&str, &str, &[&str])] = &[
    ("P", "Provider P", &["a department, name unknown", "desk 1", "installation staff", "technical staff", "customer desk"]),
    ("C", "Contractor C", &["reception"]),
    ("U", "Upstream U", &[]),
    ("M", "Mail company M", &["support"]),
];

/// The story as it stands on a site.
pub struct Told {
    /// The incident's page.
    pub incident: String,
    /// The companies' pages, by their letters.
    pub companies: BTreeMap<&'static str, String>,
    /// The page of the contract with the provider.
    pub contract: String,
}

/// Puts down the companies and the contract, and opens the incident: nothing stands on its timeline yet.
pub fn open_incident(who: &Browser) -> Told {
    let story = fixture();
    let companies: BTreeMap<&str, String> =
        COMPANIES.iter().map(|(sign, name, people)| (*sign, company(who, name, people))).collect();
    let contract = contract(who, &companies["P"]);
    let incident = incident(who, &story, &companies);
    Told { incident, companies, contract }
}

/// Types the whole story in.
pub fn tell(who: &Browser) -> Told {
    let story = fixture();
    let told = open_incident(who);
    for call in story["calls"].as_array().expect("calls") {
        told.call(who, call);
    }
    told.entries(who);
    told.times(who, &story);
    told.settle(who);
    told.matters(who);
    told
}

fn company(who: &Browser, name: &str, people: &[&str]) -> String {
    let page = who.fill("/providers/new").with("name", name).with("numbers", "support: 0120-555-010").saved();
    for department in people {
        who.fill(&format!("{page}/contacts/new")).with("department", department).saved();
    }
    page
}

fn contract(who: &Browser, provider: &str) -> String {
    let page = who
        .fill(&format!("{provider}/contracts/new"))
        .with_all(&[
            ("title", "Business line"),
            ("number", "B-2005-0401"),
            ("monthly_fee", "52,500"),
            ("starts_on", "2005-04-01"),
        ])
        .tick("refused_email")
        .saved();
    who.fill(&format!("{page}/clauses/new"))
        .with_all(&[("number", "Article 12"), ("heading", "Notice")])
        .with(
            "quote",
            "Notice is given in writing, by e-mail, by posting on our website, or in another way that we find suitable.",
        )
        .saved();
    who.fill(&format!("{page}/agreements/new"))
        .with_all(&[("made", "2005-03"), ("made_with", "the salesperson"), ("how", "spoken")])
        .with("words", "Notice comes in writing; we use no e-mail address of yours.")
        .with("evidence", "The returned form for the mail password.")
        .choose("before_clause", "Article 12")
        .saved();
    page
}

fn incident(who: &Browser, story: &Value, companies: &BTreeMap<&str, String>) -> String {
    let uid = |sign: &str| companies[sign].rsplit('/').next().unwrap_or_default().to_owned();
    let mut filling = who
        .fill("/incidents/new")
        .with_all(&[
            ("title", "No mail can be sent (port 25)"),
            ("title_outward", "Mail cannot be sent over your line (port 25)"),
        ])
        .with_all(&[
            ("what", "Every mail to the outside fails."),
            ("affected", "All buildings."),
            ("cause", "Port 25 is blocked upstream."),
        ])
        .with("provider", &uid("P"))
        .with("kind", text(&story["kind"]))
        .with("severity", "2")
        .with("sign", "P")
        .choose("contracts", "Business line")
        .with("started", &moment(&story["started"]))
        .with("detected", &moment(&story["detected"]));
    for (n, (sign, role)) in [("C", "contractor"), ("U", "upstream"), ("M", "rescuer")].iter().enumerate() {
        let n = n + 1;
        filling = filling
            .with(&format!("party{n}_company"), &uid(sign))
            .with(&format!("party{n}_role"), role)
            .with(&format!("party{n}_sign"), sign);
    }
    filling.saved()
}

impl Told {
    /// The incident's number.
    pub fn number(&self) -> &str {
        self.incident.rsplit('/').next().unwrap_or_default()
    }

    fn uid(&self, sign: &str) -> &str {
        self.companies[sign].rsplit('/').next().unwrap_or_default()
    }

    /// A form of the incident.
    pub fn form<'a>(&self, who: &'a Browser, noun: &str) -> Filling<'a> {
        who.fill(&format!("{}/{noun}", self.incident))
    }

    /// What the incident is, as JSON, for an audience.
    pub fn view(&self, who: &Browser, audience: &str) -> Value {
        who.get(&format!("{}/view.json?audience={audience}", self.incident)).is(200).json()
    }

    fn call(&self, who: &Browser, call: &Value) {
        let with = text(&call["with"]);
        let own = with == "own colleague";
        let mut filling = self
            .form(who, "calls/new")
            .with("with", if own { "own_colleague" } else { "company" })
            .with("company", if own { "" } else { self.uid(with) })
            .with("direction", text(&call["direction"]))
            .with("outcome", call["outcome"].as_str().unwrap_or("answered"))
            .with("dialled", text(&call["at"]))
            .with("answered", call["answered"].as_str().unwrap_or_default())
            .with("ended", text(&call["ended"]));
        for (n, leg) in (1..).zip(list(&call["legs"])) {
            filling = fill_leg(filling, n, leg);
        }
        for (n, wait) in (1..).zip(list(&call["waiting"])) {
            let name = |part: &str| format!("wait{n}_{part}");
            filling = filling
                .with(&name("why"), text(&wait["why"]))
                .with(&name("from"), text(&wait["from"]))
                .with(&name("to"), text(&wait["to"]));
        }
        let mut n = 1;
        for promise in list(&call["promises"]) {
            filling = fill_promise(filling, n, promise);
            n += 1;
        }
        if is_desk_1(call) {
            filling = filling.tick("reports");
            for words in ["We did notify you.", "We sent it by e-mail."] {
                filling = filling.with(&format!("s{n}_kind"), "claim").with(&format!("s{n}_words"), words);
                n += 1;
            }
        }
        filling.saved();
    }

    /// What was seen and done beside the calls.
    fn entries(&self, who: &Browser) {
        self.form(who, "entries/new")
            .with_all(&[("kind", "observation"), ("occurred", "2006-11-22T09:30"), ("title", "The cause is found")])
            .with("body", "An article of about July on the upstream provider's site: port 25 will be blocked.")
            .saved();
        self.form(who, "entries/new")
            .with_all(&[("kind", "observation"), ("occurred", "2006-11-22T11:30"), ("title", "Nothing came by post")])
            .with("body", "The post book from July to November was looked through.")
            .saved();
        self.form(who, "entries/new")
            .with_all(&[("kind", "note"), ("occurred", "2006-11-22T10:40"), ("body", "A laugh in the voice.")])
            .saved();
    }

    fn times(&self, who: &Browser, story: &Value) {
        self.form(who, "times").with("mitigated", &moment(&story["mitigated"])).with("mitigated_by", self.uid("M")).saved();
    }

    /// The promise of the desk was broken: nobody called at once.
    fn settle(&self, who: &Browser) {
        let view = self.view(who, "internal");
        let promise = list(&view["promises"]).iter().find(|promise| promise["due_by"] == "ours").expect("the desk's promise");
        self.form(who, &format!("promises/{}/settlement", text(&promise["uid"])))
            .with_all(&[("state", "broken"), ("settled", "2006-11-22T16:10")])
            .saved();
    }

    fn matters(&self, who: &Browser) {
        self.form(who, "contradictions/new")
            .choose("statement", "We did notify you.")
            .choose("against", "Nothing came by post")
            .saved();
        self.form(who, "contradictions/new")
            .choose("statement", "We sent it by e-mail.")
            .choose("against", "Notice comes in writing")
            .saved();
        self.form(who, "asks/new").with("words", "When and to which address was the notice sent?").saved();
        self.form(who, "ruled-out/new").with("what", "The modem").with("why", "Browsing works.").saved();
        self.form(who, "changes/new").with("what", "Port 25 is blocked").saved();
        self.form(who, "notices/new").choose("change", "Port 25").with("form", "email").with("sent", "2006-07").saved();
    }
}

fn is_desk_1(call: &Value) -> bool {
    list(&call["legs"]).iter().any(|leg| leg["who"] == "desk 1")
}

fn fill_leg<'a>(filling: Filling<'a>, n: usize, leg: &Value) -> Filling<'a> {
    let name = |part: &str| format!("leg{n}_{part}");
    let filling = filling
        .choose(&name("contact"), text(&leg["who"]))
        .with(&name("from"), leg["from"].as_str().unwrap_or_default())
        .with(&name("to"), leg["to"].as_str().unwrap_or_default());
    match leg.get("told_from_start") {
        Some(told) => {
            filling.tick(&name("told")).with(&name("told_from"), text(&told["from"])).with(&name("told_to"), text(&told["to"]))
        }
        None => filling,
    }
}

fn fill_promise<'a>(filling: Filling<'a>, n: usize, promise: &Value) -> Filling<'a> {
    let name = |part: &str| format!("s{n}_{part}");
    let filling = filling
        .with(&name("kind"), "promise")
        .with(&name("words"), text(&promise["words"]))
        .tick(&name("verbatim"))
        .with(&name("due"), text(&promise["due"]));
    match promise["due_is_ours"].as_str() {
        Some(reason) => filling.with(&name("due_by"), "ours").with(&name("due_reason"), reason),
        None => filling,
    }
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_else(|| panic!("{value} is no text"))
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

/// A time of the story as a form takes it.
fn moment(value: &Value) -> String {
    match value.as_str() {
        Some(exact) => exact.to_owned(),
        None => {
            let words = text(&value["words"]).split(" / ").last().unwrap_or_default();
            format!("{}/{} 「{words}」", text(&value["from"]), text(&value["to"]))
        }
    }
}
