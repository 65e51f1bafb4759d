//! Who may come which way: every route of the binary. A route that is not listed here fails. That it is so is tried in `doors`.

use std::collections::BTreeSet;

use tellonce::web::routes::{Access, table};

use crate::credit_claims::{sent, with_due_credit};
use crate::harness::{Site, Told, tell};
use crate::sharing::share;
use Who::{Admins, Everybody, Members, Readers};

/// Who is let in: each of these lets in those below it as well.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Who {
    /// Charlie the outsider too.
    Everybody,
    /// Mei the reader, Bob the colleague, Alice the admin.
    Readers,
    /// Bob and Alice.
    Members,
    /// Alice alone.
    Admins,
}

/// What the house rules say, written down apart from the routes.
#[rustfmt::skip]
pub const RULES: &[(&str, &str, Who)] = &[
    ("GET",  "/",                                            Readers),
    ("GET",  "/deadlines",                                   Readers),
    ("GET",  "/login",                                       Everybody),
    ("POST", "/login",                                       Everybody),
    ("POST", "/login/code",                                  Everybody),
    ("POST", "/logout",                                      Readers),
    ("GET",  "/setup/{token}",                               Everybody),
    ("POST", "/setup/{token}",                               Everybody),
    ("GET",  "/reset/{token}",                               Everybody),
    ("POST", "/reset/{token}",                               Everybody),
    ("GET",  "/account",                                     Readers),
    ("POST", "/account",                                     Readers),
    ("POST", "/account/password",                            Readers),
    ("GET",  "/account/second-step",                         Readers),
    ("POST", "/account/second-step",                         Readers),
    ("POST", "/account/second-step/confirmation",            Readers),
    ("POST", "/account/second-step/codes",                   Readers),
    ("POST", "/account/second-step/end",                     Readers),
    ("GET",  "/account/sessions",                            Readers),
    ("POST", "/account/sessions/end",                        Readers),
    ("GET",  "/account/security",                            Readers),
    ("GET",  "/house/security",                              Admins),
    ("GET",  "/account/tokens",                              Readers),
    ("POST", "/account/tokens",                              Readers),
    ("POST", "/account/tokens/{uid}/revocation",             Readers),
    ("GET",  "/house/backups",                               Admins),
    ("GET",  "/house/seals",                                 Admins),
    ("GET",  "/house/seals/{digest}",                        Admins),
    ("GET",  "/house/tokens",                                Admins),
    ("POST", "/people/{person}/tokens/{uid}/revocation",     Admins),
    ("GET",  "/house/webhooks",                              Admins),
    ("POST", "/house/webhooks",                              Admins),
    ("GET",  "/house/webhooks/{uid}",                        Admins),
    ("POST", "/house/webhooks/{uid}",                        Admins),
    ("POST", "/house/webhooks/{uid}/secret",                 Admins),
    ("POST", "/house/webhooks/{uid}/trial",                  Admins),
    ("POST", "/house/webhooks/{uid}/pause",                  Admins),
    ("POST", "/house/webhooks/{uid}/resumption",             Admins),
    ("POST", "/house/webhooks/{uid}/removal",                Admins),
    ("POST", "/house/webhooks/{uid}/deliveries/{message}/repetition", Admins),
    ("GET",  "/account/calendar",                            Readers),
    ("POST", "/account/calendar",                            Readers),
    ("POST", "/account/calendar/revocation",                 Readers),
    ("GET",  "/account/reminders",                           Readers),
    ("POST", "/account/reminders",                           Readers),
    ("POST", "/account/reminders/cancellation",              Readers),
    ("GET",  "/calendar/{secret}.ics",                       Everybody),
    ("GET",  "/people",                                      Admins),
    ("POST", "/people",                                      Admins),
    ("GET",  "/people/new",                                  Admins),
    ("GET",  "/people/{person}",                             Admins),
    ("POST", "/people/{person}",                             Admins),
    ("POST", "/people/{person}/link",                        Admins),
    ("POST", "/people/{person}/suspension",                  Admins),
    ("POST", "/people/{person}/reinstatement",               Admins),
    ("GET",  "/house",                                       Admins),
    ("POST", "/house",                                       Admins),
    ("GET",  "/incidents",                                   Readers),
    ("GET",  "/incidents/new",                               Members),
    ("POST", "/incidents/new",                               Members),
    ("GET",  "/incidents/{at}",                              Readers),
    ("GET",  "/incidents/{at}/report.pdf",                   Readers),
    ("GET",  "/incidents/{at}/offline.html",                 Readers),
    ("GET",  "/incidents/{at}/view.json",                    Readers),
    ("GET",  "/incidents/{at}/tables.zip",                   Readers),
    ("GET",  "/incidents/{at}/calendar.ics",                 Readers),
    ("GET",  "/incidents/{at}/archive.zip",                  Readers),
    ("GET",  "/incidents/{at}/exports",                      Readers),
    ("POST", "/incidents/{at}/exports",                      Readers),
    ("GET",  "/incidents/{at}/exports/{uid}",                Readers),
    ("GET",  "/incidents/{at}/edit",                         Members),
    ("POST", "/incidents/{at}/edit",                         Members),
    ("GET",  "/incidents/{at}/times",                        Members),
    ("POST", "/incidents/{at}/times",                        Members),
    ("GET",  "/incidents/{at}/closure",                      Members),
    ("POST", "/incidents/{at}/closure",                      Members),
    ("GET",  "/incidents/{at}/meeting",                      Readers),
    ("GET",  "/incidents/{at}/decisions/new",                Members),
    ("POST", "/incidents/{at}/decisions/new",                Members),
    ("GET",  "/incidents/{at}/papers",                       Readers),
    ("GET",  "/incidents/{at}/papers/new",                   Members),
    ("POST", "/incidents/{at}/papers/new",                   Members),
    ("GET",  "/incidents/{at}/papers/{uid}/paper.pdf",       Readers),
    ("GET",  "/incidents/{at}/papers/{uid}/since",           Readers),
    ("GET",  "/incidents/{at}/papers/{uid}/strike",          Members),
    ("POST", "/incidents/{at}/papers/{uid}/strike",          Members),
    ("GET",  "/against",                                     Readers),
    ("POST", "/against",                                     Readers),
    ("GET",  "/incidents/{at}/shares",                       Readers),
    ("GET",  "/incidents/{at}/shares/new",                   Members),
    ("POST", "/incidents/{at}/shares/new",                   Members),
    ("GET",  "/incidents/{at}/shares/{uid}",                 Members),
    ("GET",  "/incidents/{at}/shares/{uid}/edit",            Members),
    ("POST", "/incidents/{at}/shares/{uid}/edit",            Members),
    ("POST", "/incidents/{at}/shares/{uid}/pause",           Members),
    ("POST", "/incidents/{at}/shares/{uid}/resume",          Members),
    ("GET",  "/incidents/{at}/shares/{uid}/preview",         Members),
    ("GET",  "/incidents/{at}/shares/{uid}/preview.pdf",     Members),
    ("GET",  "/incidents/{at}/shares/{uid}/openings/{opening}", Members),
    ("GET",  "/incidents/{at}/shares/{uid}/fax.pdf",         Members),
    ("GET",  "/incidents/{at}/shares/{uid}/mail",            Members),
    ("POST", "/incidents/{at}/shares/{uid}/mail",            Members),
    ("GET",  "/incidents/{at}/summary",                      Members),
    ("POST", "/incidents/{at}/summary",                      Members),
    ("GET",  "/incidents/{at}/replies",                      Readers),
    ("POST", "/incidents/{at}/replies/{uid}/note",           Members),
    ("POST", "/incidents/{at}/replies/{uid}/acceptance",     Members),
    ("POST", "/incidents/{at}/files/{uid}/release",          Members),
    ("GET",  "/incidents/{at}/shares/{uid}/strike",          Members),
    ("POST", "/incidents/{at}/shares/{uid}/strike",          Members),
    ("GET",  "/incidents/{at}/calls/new",                    Members),
    ("POST", "/incidents/{at}/calls/new",                    Members),
    ("GET",  "/incidents/{at}/entries/new",                  Members),
    ("POST", "/incidents/{at}/entries/new",                  Members),
    ("GET",  "/incidents/{at}/entries/{uid}/edit",           Members),
    ("POST", "/incidents/{at}/entries/{uid}/edit",           Members),
    ("GET",  "/incidents/{at}/entries/{uid}/strike",         Members),
    ("POST", "/incidents/{at}/entries/{uid}/strike",         Members),
    ("GET",  "/incidents/{at}/entries/{uid}/statements/new", Members),
    ("POST", "/incidents/{at}/entries/{uid}/statements/new", Members),
    ("GET",  "/incidents/{at}/entries/{uid}/files/new",      Members),
    ("POST", "/incidents/{at}/entries/{uid}/files/new",      Members),
    ("GET",  "/incidents/{at}/entries/{uid}/visibility",     Members),
    ("POST", "/incidents/{at}/entries/{uid}/visibility",     Members),
    ("GET",  "/incidents/{at}/files/{uid}/strike",           Members),
    ("POST", "/incidents/{at}/files/{uid}/strike",           Members),
    ("GET",  "/incidents/{at}/cost",                         Members),
    ("POST", "/incidents/{at}/cost",                         Members),
    ("GET",  "/incidents/{at}/restriction",                  Admins),
    ("POST", "/incidents/{at}/restriction",                  Admins),
    ("GET",  "/incidents/{at}/entries/{uid}/erasure",        Members),
    ("POST", "/incidents/{at}/entries/{uid}/erasure",        Members),
    ("GET",  "/incidents/{at}/statements/{uid}/edit",        Members),
    ("POST", "/incidents/{at}/statements/{uid}/edit",        Members),
    ("GET",  "/incidents/{at}/promises/{uid}/settlement",    Members),
    ("POST", "/incidents/{at}/promises/{uid}/settlement",    Members),
    ("GET",  "/incidents/{at}/asks/new",                     Members),
    ("POST", "/incidents/{at}/asks/new",                     Members),
    ("GET",  "/incidents/{at}/asks/{uid}/edit",              Members),
    ("POST", "/incidents/{at}/asks/{uid}/edit",              Members),
    ("GET",  "/incidents/{at}/asks/{uid}/strike",            Members),
    ("POST", "/incidents/{at}/asks/{uid}/strike",            Members),
    ("GET",  "/incidents/{at}/ruled-out/new",                Members),
    ("POST", "/incidents/{at}/ruled-out/new",                Members),
    ("GET",  "/incidents/{at}/ruled-out/{uid}/edit",         Members),
    ("POST", "/incidents/{at}/ruled-out/{uid}/edit",         Members),
    ("GET",  "/incidents/{at}/ruled-out/{uid}/strike",       Members),
    ("POST", "/incidents/{at}/ruled-out/{uid}/strike",       Members),
    ("GET",  "/incidents/{at}/contradictions/new",           Members),
    ("POST", "/incidents/{at}/contradictions/new",           Members),
    ("GET",  "/incidents/{at}/contradictions/{uid}/edit",    Members),
    ("POST", "/incidents/{at}/contradictions/{uid}/edit",    Members),
    ("GET",  "/incidents/{at}/contradictions/{uid}/strike",  Members),
    ("POST", "/incidents/{at}/contradictions/{uid}/strike",  Members),
    ("GET",  "/incidents/{at}/changes/new",                  Members),
    ("POST", "/incidents/{at}/changes/new",                  Members),
    ("GET",  "/incidents/{at}/changes/{uid}/edit",           Members),
    ("POST", "/incidents/{at}/changes/{uid}/edit",           Members),
    ("GET",  "/incidents/{at}/changes/{uid}/strike",         Members),
    ("POST", "/incidents/{at}/changes/{uid}/strike",         Members),
    ("GET",  "/incidents/{at}/notices/new",                  Members),
    ("POST", "/incidents/{at}/notices/new",                  Members),
    ("GET",  "/incidents/{at}/mail-file",                    Members),
    ("POST", "/incidents/{at}/mail-file",                    Members),
    ("GET",  "/incidents/{at}/mail-file/{uid}",              Members),
    ("POST", "/incidents/{at}/mail-file/{uid}",              Members),
    ("GET",  "/incidents/{at}/notices/{uid}/edit",           Members),
    ("POST", "/incidents/{at}/notices/{uid}/edit",           Members),
    ("GET",  "/incidents/{at}/notices/{uid}/strike",         Members),
    ("POST", "/incidents/{at}/notices/{uid}/strike",         Members),
    ("GET",  "/incidents/{at}/credits/{uid}",                Readers),
    ("GET",  "/incidents/{at}/credits/{uid}/letter.pdf",     Readers),
    ("GET",  "/incidents/{at}/credit-claims/new",            Members),
    ("POST", "/incidents/{at}/credit-claims/new",            Members),
    ("GET",  "/incidents/{at}/credit-claims/{uid}/edit",      Members),
    ("POST", "/incidents/{at}/credit-claims/{uid}/edit",      Members),
    ("GET",  "/incidents/{at}/credit-claims/{uid}/answer",    Members),
    ("POST", "/incidents/{at}/credit-claims/{uid}/answer",    Members),
    ("GET",  "/incidents/{at}/credit-claims/{uid}/strike",    Members),
    ("POST", "/incidents/{at}/credit-claims/{uid}/strike",    Members),
    ("GET",  "/providers",                                   Readers),
    ("GET",  "/providers/new",                               Members),
    ("POST", "/providers/new",                               Members),
    ("GET",  "/providers/{at}",                              Readers),
    ("GET",  "/providers/{at}/record",                       Readers),
    ("GET",  "/providers/{at}/record.pdf",                   Readers),
    ("GET",  "/providers/{at}/edit",                         Members),
    ("POST", "/providers/{at}/edit",                         Members),
    ("GET",  "/providers/{at}/contacts/new",                 Members),
    ("POST", "/providers/{at}/contacts/new",                 Members),
    ("GET",  "/providers/{at}/contacts/{uid}/edit",          Members),
    ("POST", "/providers/{at}/contacts/{uid}/edit",          Members),
    ("GET",  "/providers/{at}/contacts/{uid}/merger",        Members),
    ("POST", "/providers/{at}/contacts/{uid}/merger",        Members),
    ("GET",  "/providers/{at}/contracts/new",                Members),
    ("POST", "/providers/{at}/contracts/new",                Members),
    ("GET",  "/contracts/{at}",                              Readers),
    ("GET",  "/contracts/{at}/edit",                         Members),
    ("POST", "/contracts/{at}/edit",                         Members),
    ("GET",  "/contracts/{at}/import",                       Members),
    ("POST", "/contracts/{at}/import",                       Members),
    ("POST", "/contracts/{at}/import/clauses",               Members),
    ("GET",  "/contracts/{at}/clauses/new",                  Members),
    ("POST", "/contracts/{at}/clauses/new",                  Members),
    ("GET",  "/contracts/{at}/clauses/{uid}/edit",           Members),
    ("POST", "/contracts/{at}/clauses/{uid}/edit",           Members),
    ("GET",  "/contracts/{at}/clauses/{uid}/term",           Members),
    ("POST", "/contracts/{at}/clauses/{uid}/term",           Members),
    ("GET",  "/contracts/{at}/clauses/{uid}/strike",         Members),
    ("POST", "/contracts/{at}/clauses/{uid}/strike",         Members),
    ("GET",  "/contracts/{at}/clauses/{uid}/files/new",      Members),
    ("POST", "/contracts/{at}/clauses/{uid}/files/new",      Members),
    ("GET",  "/contracts/{at}/agreements/new",               Members),
    ("POST", "/contracts/{at}/agreements/new",               Members),
    ("GET",  "/contracts/{at}/agreements/{uid}/edit",        Members),
    ("POST", "/contracts/{at}/agreements/{uid}/edit",        Members),
    ("GET",  "/contracts/{at}/agreements/{uid}/term",        Members),
    ("POST", "/contracts/{at}/agreements/{uid}/term",        Members),
    ("GET",  "/contracts/{at}/agreements/{uid}/strike",      Members),
    ("POST", "/contracts/{at}/agreements/{uid}/strike",      Members),
    ("GET",  "/contracts/{at}/agreements/{uid}/files/new",   Members),
    ("POST", "/contracts/{at}/agreements/{uid}/files/new",   Members),
    ("GET",  "/contracts/{at}/files/{uid}/strike",           Members),
    ("POST", "/contracts/{at}/files/{uid}/strike",           Members),
    ("GET",  "/desk",                                        Members),
    ("GET",  "/call-sheet",                                  Readers),
    ("GET",  "/incidents/{at}/desk",                         Members),
    ("GET",  "/incidents/{at}/desk/calls",                   Members),
    ("GET",  "/incidents/{at}/desk/events",                  Members),
    ("POST", "/incidents/{at}/desk/taps",                    Members),
    ("GET",  "/incidents/{at}/desk/calls/{uid}",             Members),
    ("POST", "/incidents/{at}/desk/calls/{uid}",             Members),
    ("GET",  "/incidents/{at}/desk/calls/{uid}/withdrawal",  Members),
    ("POST", "/incidents/{at}/desk/calls/{uid}/withdrawal",  Members),
    ("GET",  "/search",                                      Readers),
    ("GET",  "/history/{kind}/{uid}",                        Readers),
    ("GET",  "/history/{kind}/{uid}/erasure",                Admins),
    ("POST", "/history/{kind}/{uid}/erasure",                Admins),
    ("GET",  "/files/{uid}",                                 Readers),
    ("GET",  "/moments",                                     Readers),
    ("GET",  "/taken",                                       Readers),
    ("GET",  "/s",                                           Everybody),
    ("POST", "/s",                                           Everybody),
    ("GET",  "/s/{token}",                                   Everybody),
    ("POST", "/s/{token}",                                   Everybody),
    ("GET",  "/s/view/{number}",                             Everybody),
    ("GET",  "/s/view/{number}/report.pdf",                  Everybody),
    ("GET",  "/s/view/{number}/files/{uid}",                 Everybody),
    ("GET",  "/s/view/{number}/answer",                      Everybody),
    ("POST", "/s/view/{number}/answer",                      Everybody),
    ("GET",  "/s/view/{number}/answer/{uid}",                Everybody),
    ("GET",  "/api/v1/openapi.json",                         Everybody),
    ("GET",  "/api/v1/reference",                            Everybody),
    ("GET",  "/static/{version}/{path:.*}",                  Everybody),
    ("GET",  "/robots.txt",                                  Everybody),
    ("GET",  "/livez",                                       Everybody),
    ("GET",  "/readyz",                                      Everybody),
];

#[test]
fn every_route_is_listed_and_every_listed_route_is_there() {
    let by_session = || table().into_iter().filter(|route| !matches!(route.access, Access::Token(_)));
    let routes: BTreeSet<(String, &str)> = by_session().map(|route| (route.method.to_string(), route.path)).collect();
    let rules: BTreeSet<(String, &str)> = RULES.iter().map(|(method, path, _)| ((*method).to_owned(), *path)).collect();
    assert_eq!(routes.difference(&rules).collect::<Vec<_>>(), Vec::<&(String, &str)>::new(), "routes without a rule");
    assert_eq!(rules.difference(&routes).collect::<Vec<_>>(), Vec::<&(String, &str)>::new(), "rules without a route");
    assert_eq!(by_session().count(), RULES.len(), "a route is listed twice");
}

/// One of each thing that a route can be about.
pub struct Things {
    pub told: Told,
    /// Every link on the pages about them.
    links: Vec<String>,
}

impl Things {
    /// Bob tells the story and puts a file to it, and one to the contract.
    pub fn on(site: &Site) -> Self {
        let bob = site.bob();
        let told = tell(&bob);
        for page in [&told.incident, &told.contract] {
            let upload = bob.open(page).link(|link| link.ends_with("/files/new"));
            bob.fill(&upload).upload("letter.txt", b"Dear customer").is(303);
        }
        let credit = with_due_credit(&bob, &told);
        sent(&bob, &credit);
        let given = share(&told, &bob);
        crate::sharing::knock(&site.charlie(), "/s", &given.number, &given.code).is(303);
        let share = given.page;
        let (shares, papers) = (format!("{}/shares", told.incident), format!("{}/papers", told.incident));
        bob.fill(&format!("{papers}/new")).saved();
        site.alice().fill("/house/webhooks").with_all(&[("name", "Room"), ("address", "https://hooks.example/")]).send().is(200);
        let pages =
            [&told.incident, &told.contract, &told.companies["P"], "/people", &share, &shares, &papers, "/house/webhooks"];
        let mut links: Vec<String> = pages.into_iter().flat_map(|page| site.alice().open(page).links()).collect();
        // What is done by a button has no link of its own: its place is an entry's or a file's.
        let entry = links.iter().find_map(|link| link.split_once("/entries/")?.1.split_once('/').map(|(uid, _)| uid.to_owned()));
        links.push(format!("{}/replies/{}/note", told.incident, entry.unwrap_or_default()));
        Self { told, links }
    }

    /// A real address for a route.
    pub fn address(&self, pattern: &str) -> String {
        let mut address = String::new();
        for part in pattern.split('/').skip(1) {
            let part = match part {
                "{at}" => self.place(&address),
                "{uid}"
                    if ["/desk/calls", "/exports", "/mail-file", "/answer", "/s/view/0/files", "/tokens"]
                        .iter()
                        .any(|end| address.ends_with(end)) =>
                {
                    "00000000-0000-0000-0000-000000000000"
                }
                "{uid}" | "{person}" | "{kind}" | "{opening}" => self.next_part(&format!("{address}/")),
                "{secret}.ics" => "0.ics",
                "{message}" => "00000000-0000-0000-0000-000000000000",
                "{token}" | "{version}" | "{path:.*}" | "{number}" => "0",
                plain => plain,
            };
            address = format!("{address}/{part}");
        }
        match pattern {
            "/search" => format!("{address}?q=port"),
            "/moments" => format!("{address}?text=10:20"),
            "/taken" => format!("{address}?path=/&key=0"),
            _ => address,
        }
    }

    fn place(&self, under: &str) -> &str {
        let page = match under {
            "/incidents" => &self.told.incident,
            "/providers" => &self.told.companies["P"],
            "/contracts" => &self.told.contract,
            other => panic!("what stands under {other}?"),
        };
        page.rsplit('/').next().unwrap_or_default()
    }

    /// What stands behind `prefix` in some link.
    fn next_part(&self, prefix: &str) -> &str {
        let rest = self.links.iter().filter_map(|link| link.strip_prefix(prefix));
        let mut parts = rest.filter_map(|rest| rest.split(['/', '?']).next()).filter(|part| !part.is_empty() && *part != "new");
        parts.next().unwrap_or_else(|| panic!("no link leads to {prefix}…: {:?}", self.links))
    }
}
