//! A small browser: cookies, forms, one connection a request. It sends what it is told, even what no browser would.

use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::Mutex;
use std::time::Duration;

use super::page::{Form, Page};

/// How long an answer may take before the test fails: unoptimised code on a busy machine.
const PATIENCE: Duration = Duration::from_secs(60);

/// Somebody's browser.
pub struct Browser {
    site: SocketAddr,
    cookies: Mutex<BTreeMap<String, String>>,
}

impl Clone for Browser {
    fn clone(&self) -> Self {
        Self { site: self.site, cookies: Mutex::new(self.cookies()) }
    }
}

/// A request as it is sent.
pub struct Request<'a> {
    pub method: &'a str,
    pub path: &'a str,
    pub headers: Vec<(&'a str, String)>,
    pub body: Vec<u8>,
}

impl<'a> Request<'a> {
    pub fn new(method: &'a str, path: &'a str) -> Self {
        Self { method, path, headers: Vec::new(), body: Vec::new() }
    }

    #[must_use]
    pub fn header(mut self, name: &'a str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    /// With a url-encoded form for its body.
    #[must_use]
    pub fn form(mut self, fields: &[(String, String)]) -> Self {
        self.body = url_encoded(fields).into_bytes();
        self.header("content-type", "application/x-www-form-urlencoded")
    }
}

/// What came back.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Browser {
    /// A browser that has never been here.
    pub fn new(site: SocketAddr) -> Self {
        Self { site, cookies: Mutex::default() }
    }

    /// A browser with these cookies.
    pub fn with_cookies(site: SocketAddr, cookies: BTreeMap<String, String>) -> Self {
        Self { site, cookies: Mutex::new(cookies) }
    }

    /// Its cookies.
    pub fn cookies(&self) -> BTreeMap<String, String> {
        self.cookies.lock().expect("no test panics with the cookies in hand").clone()
    }

    /// Sends a request and keeps the cookies of the answer. Follows nothing.
    pub fn send(&self, request: Request<'_>) -> Answer {
        self.try_send(&request).unwrap_or_else(|error| panic!("{} {}: {error}", request.method, request.path))
    }

    /// The same, where the server may be gone.
    pub fn try_send(&self, request: &Request<'_>) -> std::io::Result<Answer> {
        let mut stream = TcpStream::connect(self.site)?;
        stream.set_read_timeout(Some(PATIENCE))?;
        let mut head = format!("{} {} HTTP/1.1\r\nconnection: close\r\n", request.method, request.path);
        if !request.headers.iter().any(|(name, _)| *name == "host") {
            head += &format!("host: {}\r\n", self.site);
        }
        let cookies = self.cookies();
        if !cookies.is_empty() {
            let cookies: Vec<String> = cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
            head += &format!("cookie: {}\r\n", cookies.join("; "));
        }
        for (name, value) in &request.headers {
            head += &format!("{name}: {value}\r\n");
        }
        if !["GET", "HEAD"].contains(&request.method) {
            head += &format!("content-length: {}\r\n", request.body.len());
        }
        stream.write_all(format!("{head}\r\n").as_bytes())?;
        // A server that refuses a body may close before it has read it all; its answer counts.
        let sent = stream.write_all(&request.body);
        let mut bytes = Vec::new();
        match stream.read_to_end(&mut bytes) {
            Err(error) if bytes.is_empty() => return Err(error),
            _ if bytes.is_empty() => sent?,
            _ => {}
        }
        // The answer to HEAD says how long the body would be, and has none (RFC 9110, 9.3.2).
        let answer = Answer::parse(&bytes, request.method != "HEAD")?;
        self.keep_cookies(&answer);
        Ok(answer)
    }

    fn keep_cookies(&self, answer: &Answer) {
        let mut jar = self.cookies.lock().expect("no test panics with the cookies in hand");
        for cookie in answer.all("set-cookie") {
            let pair = cookie.split(';').next().unwrap_or_default();
            let Some((name, value)) = pair.split_once('=') else { continue };
            if value.is_empty() || cookie.to_ascii_lowercase().contains("max-age=0") {
                jar.remove(name.trim());
            } else {
                jar.insert(name.trim().to_owned(), value.trim().to_owned());
            }
        }
    }

    /// Asks for a page. Follows nothing.
    pub fn get(&self, path: &str) -> Answer {
        self.send(Request::new("GET", path))
    }

    /// Opens a page, following where it is sent; the page must be there.
    pub fn open(&self, path: &str) -> Page {
        let mut path = path.to_owned();
        for _ in 0..5 {
            let answer = self.get(&path);
            match answer.status {
                302 | 303 | 307 => path = answer.location(),
                200 => return answer.page(),
                status => panic!("GET {path} answered {status}: {}", answer.page().text()),
            }
        }
        panic!("{path} leads round in a circle");
    }

    /// Posts fields as they are given, with nothing added.
    pub fn post(&self, path: &str, fields: &[(String, String)]) -> Answer {
        self.send(Request::new("POST", path).header("sec-fetch-site", "same-origin").form(fields))
    }

    /// Begins to fill in the form that stands on the page `path` and is sent to the same path (or is the only one there).
    pub fn fill(&self, path: &str) -> Filling<'_> {
        self.fill_on(path, path)
    }

    /// Begins to fill in the form on the page `path` that is sent to `action`.
    pub fn fill_on(&self, path: &str, action: &str) -> Filling<'_> {
        let page = self.open(path);
        let form = page.form(action).unwrap_or_else(|| panic!("{path} has no form for {action}: {}", page.text()));
        self.filling(form)
    }

    /// Fills in a form of an answer.
    pub fn filling(&self, form: Form) -> Filling<'_> {
        Filling { browser: self, form, from: None }
    }
}

/// A form that is being filled in.
pub struct Filling<'a> {
    browser: &'a Browser,
    pub form: Form,
    /// The network it is sent from, where that is another one.
    from: Option<String>,
}

impl Filling<'_> {
    /// With `value` typed into the field `name`, which the form must have.
    #[must_use]
    pub fn with(mut self, name: &str, value: &str) -> Self {
        self.form.set(name, value);
        self
    }

    /// With all of these typed in.
    #[must_use]
    pub fn with_all(self, fields: &[(&str, &str)]) -> Self {
        fields.iter().fold(self, |filling, (name, value)| filling.with(name, value))
    }

    /// With the option or the tick chosen whose label holds `label`.
    #[must_use]
    pub fn choose(mut self, name: &str, label: &str) -> Self {
        self.form.choose(name, label);
        self
    }

    /// With the box `name` ticked.
    #[must_use]
    pub fn tick(mut self, name: &str) -> Self {
        self.form.set(name, "yes");
        self
    }

    /// From that network, as a proxy on the server's machine says it.
    #[must_use]
    pub fn from(mut self, address: impl Into<String>) -> Self {
        self.from = Some(address.into());
        self
    }

    /// Sends it. Follows nothing.
    pub fn send(&self) -> Answer {
        self.browser.send(self.request().form(&self.form.fields()))
    }

    fn request(&self) -> Request<'_> {
        let request = Request::new("POST", &self.form.action).header("sec-fetch-site", "same-origin");
        self.from.iter().fold(request, |request, address| request.header("x-forwarded-for", address))
    }

    /// Sends it with a file, as a browser does (RFC 7578).
    pub fn upload(&self, name: &str, bytes: &[u8]) -> Answer {
        let field = self.form.file_field().unwrap_or_else(|| panic!("the form of {} takes no file", self.form.action));
        self.send_in_parts(Some((field, name, bytes)))
    }

    /// Sends it in parts, without a file.
    pub fn send_parts(&self) -> Answer {
        self.send_in_parts(None)
    }

    fn send_in_parts(&self, file: Option<(&str, &str, &[u8])>) -> Answer {
        const EDGE: &str = "----the-edge-between-the-parts";
        let mut body = Vec::new();
        for (field, value) in self.form.fields() {
            body.extend(format!("--{EDGE}\r\ncontent-disposition: form-data; name=\"{field}\"\r\n\r\n{value}\r\n").bytes());
        }
        if let Some((field, name, bytes)) = file {
            let head = format!("--{EDGE}\r\ncontent-disposition: form-data; name=\"{field}\"; filename=\"{name}\"\r\n");
            body.extend(head.bytes());
            body.extend(b"content-type: application/octet-stream\r\n\r\n");
            body.extend(bytes);
            body.extend(b"\r\n");
        }
        body.extend(format!("--{EDGE}--\r\n").bytes());
        let request = self.request().header("content-type", format!("multipart/form-data; boundary={EDGE}"));
        self.browser.send(Request { body, ..request })
    }

    /// Sends it; where the form comes back to show how a moment was understood, agrees once. It must be taken in the end.
    /// The answer is where one is sent.
    pub fn saved(self) -> String {
        let answer = self.send();
        let answer = if answer.status == 422 { self.agreed(&answer).send() } else { answer };
        assert!(answer.status == 303, "{} was not taken ({}): {}", self.form.action, answer.status, answer.page().problems());
        answer.location()
    }

    /// The form as it came back.
    fn agreed(&self, answer: &Answer) -> Filling<'_> {
        let page = answer.page();
        let form = page.form(&self.form.action).unwrap_or_else(|| panic!("{} did not come back", self.form.action));
        Filling { browser: self.browser, form, from: self.from.clone() }
    }
}

impl Answer {
    fn parse(bytes: &[u8], has_body: bool) -> std::io::Result<Self> {
        let broken = || std::io::Error::new(std::io::ErrorKind::UnexpectedEof, "the answer breaks off");
        let end = bytes.windows(4).position(|window| window == b"\r\n\r\n").ok_or_else(broken)?;
        let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
        let mut lines = head.split("\r\n");
        let status = lines.next().and_then(|line| line.split(' ').nth(1)?.parse().ok()).ok_or_else(broken)?;
        let split =
            |line: &str| line.split_once(':').map(|(name, value)| (name.trim().to_ascii_lowercase(), value.trim().to_owned()));
        let mut answer = Self { status, headers: lines.filter_map(split).collect(), body: bytes[end + 4..].to_vec() };
        if !has_body {
            return Ok(answer);
        }
        if answer.header("transfer-encoding") == Some("chunked") {
            answer.body = unchunked(&answer.body).ok_or_else(broken)?;
        } else if let Some(length) = answer.header("content-length").and_then(|length| length.parse::<usize>().ok())
            && answer.body.len() < length
        {
            return Err(broken());
        }
        Ok(answer)
    }

    /// The header `name`, if it is there.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(header, _)| header == name).map(|(_, value)| value.as_str())
    }

    /// Every header `name`.
    pub fn all(&self, name: &str) -> Vec<&str> {
        self.headers.iter().filter(|(header, _)| header == name).map(|(_, value)| value.as_str()).collect()
    }

    /// Where it sends one.
    pub fn location(&self) -> String {
        self.header("location").unwrap_or_else(|| panic!("{} without a location: {}", self.status, self.page().text())).to_owned()
    }

    /// Its body as a page.
    pub fn page(&self) -> Page {
        Page::new(String::from_utf8_lossy(&self.body).into_owned())
    }

    /// Its body as JSON.
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.body)
            .unwrap_or_else(|error| panic!("no JSON ({error}): {}", String::from_utf8_lossy(&self.body)))
    }

    /// The same answer, which must have this status.
    pub fn is(self, status: u16) -> Self {
        assert_eq!(self.status, status, "{}", self.page().text());
        self
    }
}

fn unchunked(mut bytes: &[u8]) -> Option<Vec<u8>> {
    let mut body = Vec::new();
    loop {
        let end = bytes.windows(2).position(|window| window == b"\r\n")?;
        let size = usize::from_str_radix(std::str::from_utf8(&bytes[..end]).ok()?.split(';').next()?.trim(), 16).ok()?;
        if size == 0 {
            return Some(body);
        }
        body.extend_from_slice(bytes.get(end + 2..end + 2 + size)?);
        bytes = bytes.get(end + 4 + size..)?;
    }
}

/// Fields as a form sends them.
pub fn url_encoded(fields: &[(String, String)]) -> String {
    let pairs: Vec<String> = fields.iter().map(|(name, value)| format!("{}={}", percent(name), percent(value))).collect();
    pairs.join("&")
}

fn percent(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' => encoded.push(char::from(byte)),
            b' ' => encoded.push('+'),
            _ => encoded += &format!("%{byte:02X}"),
        }
    }
    encoded
}
