#!/usr/bin/env python3
"""What a scanner needs to come into a demo: a session, a token, and the addresses of things that are there.

machine.py session BASE PASSWORD LOGIN        prints the cookies of a new session of that person
machine.py token BASE PASSWORD LOGIN SCOPE…   prints a new token of that person
machine.py config BASE TOKEN                  prints a configuration for schemathesis, with real values for what addresses hold
"""

import http.cookiejar
import json
import re
import sys
import urllib.error
import urllib.parse
import urllib.request

# The week of the demo.
INCIDENT = "INC-2006-0012"

# A status that says exactly what is wrong, where schemathesis would have another of the same kind: 412 for a tag that does not fit (RFC
# 9110, 15.5.13), 428 for one that is missing (RFC 6585, 3), 404 where there is nothing that a tag could be of, and 422 where a body has the
# right shape and says what cannot be, such as a company that is not there.
CHECKS = """[checks.positive_data_acceptance]
expected-statuses = ["2xx", "3xx", "401", "403", "404", "409", "412", "422", "429"]

[checks.negative_data_rejection]
expected-statuses = ["400", "401", "403", "404", "405", "406", "409", "412", "415", "422", "428", "429"]

[checks.missing_required_header]
expected-statuses = ["400", "401", "403", "404", "406", "415", "422", "428"]
"""


def field(html, name):
    return re.search(f'name="{name}" value="([^"]*)"', html).group(1)


def logged_in(base, password, login):
    """The cookies of somebody who has logged in, and how pages are asked for with them."""
    cookies = http.cookiejar.CookieJar()
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(cookies))

    def page(path, fields=None):
        body = urllib.parse.urlencode(fields).encode() if fields else None
        return browser.open(urllib.request.Request(base + path, body, {"Sec-Fetch-Site": "same-origin"})).read().decode()

    page("/login", {"csrf": field(page("/login"), "csrf"), "login": login, "password": password})
    return cookies, page


def session(base, password, login):
    cookies, _ = logged_in(base, password, login)
    print("; ".join(f"{cookie.name}={cookie.value}" for cookie in cookies))


def token(base, password, login, scopes):
    _, page = logged_in(base, password, login)
    form = page("/account/tokens")
    fields = {"csrf": field(form, "csrf"), "key": field(form, "key"), "purpose": "scan", "days": "7", "current": password}
    made = page("/account/tokens", fields | {scope: "yes" for scope in scopes})
    print(re.search("tellonce_[0-9a-f]{64}", made).group(0))


def config(base, secret):
    def ask(path):
        request = urllib.request.Request(f"{base}/api/v1{path}", headers={"Authorization": f"Bearer {secret}"})
        return json.load(urllib.request.urlopen(request))

    def first(path):
        try:
            return ask(path)["items"][0]["uid"]
        except (urllib.error.HTTPError, LookupError):
            return None

    places = {"incidents": INCIDENT, "providers": first("/providers"), "contracts": first("/contracts")}
    print(CHECKS)
    for path in filter(lambda path: "{" in path, ask("/openapi.json")["paths"]):
        at = places[path.split("/")[3]]
        values = {"path.at": at}
        if "/{uid}" in path:
            before = path.removeprefix("/api/v1").split("/{uid}")[0]
            values["path.uid"] = first(before.replace("{at}", at))
        known = ", ".join(f"{json.dumps(name)} = {json.dumps(value)}" for name, value in values.items() if value)
        print(f"[[operations]]\ninclude-path = {json.dumps(path)}\nparameters = {{ {known} }}\n")


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["session", base, password, login]:
            session(base, password, login)
        case ["token", base, password, login, *scopes]:
            token(base, password, login, scopes)
        case ["config", base, secret]:
            config(base, secret)
        case _:
            sys.exit(__doc__)
