//! A page as a person or a browser sees it: its text, its forms, its links. Reads the HTML that we write, not all there is.

/// A page.
#[derive(Clone, Debug)]
pub struct Page {
    pub html: String,
}

/// A form, with what stands in it.
#[derive(Clone, Debug)]
pub struct Form {
    pub action: String,
    is_post: bool,
    controls: Vec<Control>,
    /// The name of the field that takes a file, if it has one.
    file: Option<String>,
}

#[derive(Clone, Debug)]
struct Control {
    name: String,
    /// What would be sent now; none for an empty tick.
    value: Option<String>,
    kind: Kind,
}

#[derive(Clone, Debug)]
enum Kind {
    Text,
    /// A tick or a radio button: what it would send, and what it says.
    Tick {
        sends: String,
        label: String,
    },
    /// What can be chosen: what is sent, and what it says.
    Select(Vec<(String, String)>),
}

/// A piece of HTML.
pub(super) enum Piece<'a> {
    Open { name: &'a str, rest: &'a str },
    Close { name: &'a str },
    Text(&'a str),
}

impl Page {
    pub const fn new(html: String) -> Self {
        Self { html }
    }

    /// What can be read on it, spaces drawn together.
    pub fn text(&self) -> String {
        let mut text = String::new();
        let mut hidden = false;
        for piece in pieces(&self.html) {
            match piece {
                Piece::Open { name: "script" | "style", .. } => hidden = true,
                Piece::Close { name: "script" | "style" } => hidden = false,
                Piece::Text(piece) if !hidden => text += piece,
                _ => text.push(' '),
            }
        }
        unescaped(&text).split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// Whether `what` can be read on it.
    pub fn shows(&self, what: &str) -> bool {
        self.text().contains(&what.split_whitespace().collect::<Vec<_>>().join(" "))
    }

    /// The messages at its fields and above its form; all its text where there are none.
    pub fn problems(&self) -> String {
        let marked: Vec<String> = self
            .html
            .split("class=\"f")
            .filter(|part| part.starts_with("ield-error") || part.starts_with("orm-error"))
            .filter_map(|part| Some(unescaped(part.split_once('>')?.1.split('<').next()?)))
            .collect();
        if marked.is_empty() { self.text() } else { marked.join(" · ") }
    }

    /// Where its links lead, in order.
    pub fn links(&self) -> Vec<String> {
        let link = |piece| match piece {
            Piece::Open { name: "a", rest } => attribute(rest, "href"),
            _ => None,
        };
        pieces(&self.html).filter_map(link).collect()
    }

    /// The first link whose address passes `wanted`.
    pub fn link(&self, wanted: impl Fn(&str) -> bool) -> String {
        let links = self.links();
        links.iter().find(|link| wanted(link)).unwrap_or_else(|| panic!("no such link among {links:?}")).clone()
    }

    /// The form that is posted to `path`, or the only one that is posted anywhere (leaving aside the one that logs out).
    pub fn form(&self, path: &str) -> Option<Form> {
        let forms: Vec<Form> = self.forms().into_iter().filter(|form| form.is_post && form.action != "/logout").collect();
        let bare = path.split('?').next().unwrap_or(path);
        let exact = forms.iter().find(|form| form.action == path || form.action == bare);
        exact.or(if forms.len() == 1 { forms.first() } else { None }).cloned()
    }

    /// Its forms.
    pub fn forms(&self) -> Vec<Form> {
        let mut forms: Vec<Form> = Vec::new();
        let mut reading = Reading::default();
        for piece in pieces(&self.html) {
            match piece {
                Piece::Open { name: "form", rest } => forms.push(Form {
                    action: attribute(rest, "action").unwrap_or_default(),
                    is_post: attribute(rest, "method").is_some_and(|method| method.eq_ignore_ascii_case("post")),
                    controls: Vec::new(),
                    file: None,
                }),
                piece => {
                    let done = reading.take(&piece);
                    if let (Some(form), Some(file)) = (forms.last_mut(), file_field(&piece)) {
                        form.file = Some(file);
                    }
                    if let Some(form) = forms.last_mut() {
                        form.controls.extend(done);
                    }
                }
            }
        }
        forms
    }
}

fn file_field(piece: &Piece<'_>) -> Option<String> {
    match piece {
        Piece::Open { name: "input", rest } if attribute(rest, "type").as_deref() == Some("file") => attribute(rest, "name"),
        _ => None,
    }
}

/// A select: its name, the value that is chosen, and every option with its label.
type Select = (String, Option<String>, Vec<(String, String)>);

/// The control that is being read, as its text comes after its tag.
#[derive(Default)]
struct Reading {
    area: Option<(String, String)>,
    select: Option<Select>,
    in_option: bool,
    label_due: Option<Control>,
}

impl Reading {
    fn take(&mut self, piece: &Piece<'_>) -> Vec<Control> {
        match piece {
            Piece::Open { name: "input", rest } => self.input(rest),
            Piece::Open { name: "textarea", rest } => {
                self.area = attribute(rest, "name").map(|name| (name, String::new()));
                Vec::new()
            }
            Piece::Open { name: "select", rest } => {
                self.select = attribute(rest, "name").map(|name| (name, None, Vec::new()));
                Vec::new()
            }
            Piece::Open { name: "option", rest } => {
                if let Some((_, chosen, options)) = &mut self.select {
                    let value = attribute(rest, "value").unwrap_or_default();
                    if has_attribute(rest, "selected") {
                        *chosen = Some(value.clone());
                    }
                    options.push((value, String::new()));
                    self.in_option = true;
                }
                Vec::new()
            }
            Piece::Text(text) => {
                self.text(text);
                Vec::new()
            }
            Piece::Close { name } => self.close(name),
            Piece::Open { .. } => Vec::new(),
        }
    }

    fn input(&mut self, rest: &str) -> Vec<Control> {
        let mut done: Vec<Control> = self.label_due.take().into_iter().collect();
        let Some(name) = attribute(rest, "name") else { return done };
        let value = attribute(rest, "value").unwrap_or_default();
        match attribute(rest, "type").as_deref() {
            Some("checkbox" | "radio") => {
                let checked = has_attribute(rest, "checked").then(|| value.clone());
                let kind = Kind::Tick { sends: value, label: String::new() };
                self.label_due = Some(Control { name, value: checked, kind });
            }
            Some("submit" | "file") => {}
            _ => done.push(Control { name, value: Some(value), kind: Kind::Text }),
        }
        done
    }

    fn text(&mut self, text: &str) {
        if let Some((_, area)) = &mut self.area {
            *area += text;
        }
        if self.in_option
            && let Some((_, label)) = self.select.as_mut().and_then(|(_, _, options)| options.last_mut())
        {
            *label += &unescaped(text);
        }
        if let Some(Control { kind: Kind::Tick { label, .. }, .. }) = &mut self.label_due {
            *label += &unescaped(text);
        }
    }

    fn close(&mut self, name: &str) -> Vec<Control> {
        match name {
            "textarea" => {
                let Some((name, text)) = self.area.take() else { return Vec::new() };
                // A line end right behind the tag belongs to the markup.
                let text = unescaped(text.strip_prefix('\n').unwrap_or(&text));
                vec![Control { name, value: Some(text), kind: Kind::Text }]
            }
            "option" => {
                self.in_option = false;
                Vec::new()
            }
            "select" => {
                let Some((name, chosen, options)) = self.select.take() else { return Vec::new() };
                let value = chosen.or_else(|| options.first().map(|(value, _)| value.clone()));
                vec![Control { name, value, kind: Kind::Select(options) }]
            }
            "label" | "form" => self.label_due.take().into_iter().collect(),
            _ => Vec::new(),
        }
    }
}

impl Form {
    /// What would be sent.
    pub fn fields(&self) -> Vec<(String, String)> {
        self.controls.iter().filter_map(|control| Some((control.name.clone(), control.value.clone()?))).collect()
    }

    /// The name of the field that takes a file, if it has one.
    pub fn file_field(&self) -> Option<&str> {
        self.file.as_deref()
    }

    /// What stands in a field.
    pub fn value(&self, name: &str) -> Option<&str> {
        self.controls.iter().find(|control| control.name == name)?.value.as_deref()
    }

    /// Types into a field, or ticks or chooses what sends this value.
    pub fn set(&mut self, name: &str, value: &str) {
        let action = self.action.clone();
        let mut named: Vec<&mut Control> = self.controls.iter_mut().filter(|control| control.name == name).collect();
        assert!(!named.is_empty(), "the form of {action} has no field {name}");
        for control in &mut named {
            match &control.kind {
                Kind::Text => control.value = Some(value.to_owned()),
                Kind::Select(options) => {
                    assert!(options.iter().any(|(sends, _)| sends == value), "{name} offers no {value}: {options:?}");
                    control.value = Some(value.to_owned());
                }
                Kind::Tick { sends, .. } => control.value = (sends == value).then(|| value.to_owned()),
            }
        }
    }

    /// Chooses by what can be read: an option, or one more tick among several.
    pub fn choose(&mut self, name: &str, wanted: &str) {
        let mut offered = Vec::new();
        for control in self.controls.iter_mut().filter(|control| control.name == name) {
            match &control.kind {
                Kind::Select(options) => {
                    if let Some((sends, _)) = options.iter().find(|(_, label)| label.contains(wanted)) {
                        control.value = Some(sends.clone());
                        return;
                    }
                    offered.extend(options.iter().map(|(_, label)| label.clone()));
                }
                Kind::Tick { sends, label } if label.contains(wanted) => {
                    control.value = Some(sends.clone());
                    return;
                }
                Kind::Tick { label, .. } => offered.push(label.clone()),
                Kind::Text => {}
            }
        }
        panic!("the form of {} offers no “{wanted}” for {name}: {offered:?}", self.action);
    }
}

/// Tags and what stands between them.
pub(super) fn pieces(html: &str) -> impl Iterator<Item = Piece<'_>> {
    let mut rest = html;
    std::iter::from_fn(move || {
        while let Some(comment) = rest.strip_prefix("<!--") {
            rest = comment.split_once("-->").map_or("", |(_, after)| after);
        }
        if rest.is_empty() {
            return None;
        }
        let Some(tag) = rest.strip_prefix('<') else {
            let (text, after) = rest.split_at(rest.find('<').unwrap_or(rest.len()));
            rest = after;
            return Some(Piece::Text(text));
        };
        let (inside, after) = tag.split_at(end_of_tag(tag));
        rest = after.strip_prefix('>').unwrap_or(after);
        Some(match inside.strip_prefix('/') {
            Some(name) => Piece::Close { name: name.trim() },
            None => {
                let (name, attributes) = inside.split_at(inside.find(|c: char| c.is_whitespace()).unwrap_or(inside.len()));
                Piece::Open { name: name.trim_end_matches('/'), rest: attributes }
            }
        })
    })
}

/// Where the tag ends: the first `>` that stands in no attribute.
fn end_of_tag(tag: &str) -> usize {
    let mut quoted = false;
    for (at, c) in tag.char_indices() {
        match c {
            '"' => quoted = !quoted,
            '>' if !quoted => return at,
            _ => {}
        }
    }
    tag.len()
}

/// The names and values of a tag's attributes.
pub(super) fn attributes(rest: &str) -> Vec<(&str, String)> {
    let mut all = Vec::new();
    let mut rest = rest.trim_start();
    while !rest.is_empty() {
        let end = rest.find(|c: char| c == '=' || c.is_whitespace()).unwrap_or(rest.len());
        let (name, after) = rest.split_at(end);
        let (value, after) = match after.strip_prefix("=\"") {
            Some(quoted) => quoted.split_once('"').unwrap_or((quoted, "")),
            None => match after.strip_prefix('=') {
                Some(bare) => bare.split_at(bare.find(char::is_whitespace).unwrap_or(bare.len())),
                None => ("", after),
            },
        };
        all.push((name, unescaped(value)));
        rest = after.trim_start();
    }
    all
}

fn attribute(rest: &str, wanted: &str) -> Option<String> {
    attributes(rest).into_iter().find(|(name, _)| *name == wanted).map(|(_, value)| value)
}

fn has_attribute(rest: &str, wanted: &str) -> bool {
    attribute(rest, wanted).is_some()
}

/// Without the escapes of HTML.
fn unescaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out += &rest[..at];
        rest = &rest[at..];
        let end = rest.find(';').filter(|end| *end <= 10);
        match end.and_then(|end| Some((end, entity(&rest[1..end])?))) {
            Some((end, c)) => {
                out.push(c);
                rest = &rest[end + 1..];
            }
            None => {
                out.push('&');
                rest = &rest[1..];
            }
        }
    }
    out + rest
}

fn entity(name: &str) -> Option<char> {
    match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        "nbsp" => Some('\u{a0}'),
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code)
        }
    }
}
