//! A site of one test: a server that runs, and what can be done to it.

use std::cell::{Cell, RefCell};
use std::io::{BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStderr, ChildStdout, Command, Stdio};
use std::sync::{Arc, Mutex};

use rustix::process::{Pid, Signal, kill_process};
use tellonce::domain::moment::Stamp;
use tellonce::domain::outbox::Queued;
use tellonce::domain::permit::Actor;
use tellonce::store::{Store, house, incidents, outbox, people, second_factors, verdicts};
use tempfile::TempDir;

use super::client::Browser;
use super::databases::{Kind, drop_postgres, fresh_name, make_postgres};
use super::seed::{self, Session};
use super::smtp::until;

/// The time at which the tests' clock stands.
pub const NOW: &str = "2006-11-24T09:00:00+09:00";
/// Everybody's password.
pub const PASSWORD: &str = "correct horse battery 加";

/// An address of this machine that nobody listens on now.
pub fn free_address() -> SocketAddr {
    TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr()).expect("a port")
}

/// A server that runs.
pub struct Running {
    pub address: SocketAddr,
    child: RefCell<Child>,
    /// What it printed after its first line; it is read no further, so that it must print little.
    printed: RefCell<BufReader<ChildStdout>>,
    /// What it has logged.
    log: Arc<Mutex<Vec<String>>>,
}

impl Running {
    /// Starts `serve` on a data folder, with more arguments, and waits until it listens.
    pub fn start(data: &Path, database: Option<&str>, more: &[&str]) -> Self {
        // The tests themselves are the proxy that says from which network somebody comes.
        let serve = ["serve", "--trust-proxy", "127.0.0.1"];
        let listen: &[&str] = if more.contains(&"--listen") { &[] } else { &["--listen", "127.0.0.1:0"] };
        Self::start_command(tellonce(data, database, &[&serve, listen, more].concat()))
    }

    /// Starts the demo on a data folder.
    pub fn demo(data: &Path, more: &[&str]) -> Self {
        Self::start_command(tellonce(data, None, &[&["demo", "--listen", "127.0.0.1:0"], more].concat()))
    }

    fn start_command(mut command: Command) -> Self {
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the server starts");
        let mut printed = BufReader::new(child.stdout.take().expect("its output is ours"));
        let mut first = String::new();
        printed.read_line(&mut first).expect("its output can be read");
        let log = child.stderr.take().expect("its log is ours");
        let Some(address) = first.trim().strip_prefix("listening on http://").and_then(|address| address.parse().ok()) else {
            let log: Vec<String> = BufReader::new(log).lines().map_while(Result::ok).collect();
            panic!("the server's first line was “{}”: {}", first.trim(), log.join("\n"));
        };
        let log = drain(log);
        Self { address, child: RefCell::new(child), printed: RefCell::new(printed), log }
    }

    /// The path of the set-up link, which stands in the second line.
    pub fn setup_link(&self) -> String {
        let mut second = String::new();
        self.printed.borrow_mut().read_line(&mut second).expect("its output can be read");
        let at = second.find("/setup/").unwrap_or_else(|| panic!("no set-up link in “{second}”"));
        second[at..].split_whitespace().next().unwrap_or_default().to_owned()
    }

    /// The next line that it prints.
    pub fn next_line(&self) -> String {
        let mut line = String::new();
        self.printed.borrow_mut().read_line(&mut line).expect("its output can be read");
        line.trim_end().to_owned()
    }

    /// How much memory it holds, in KiB.
    pub fn resident_kib(&self) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.borrow().id())).expect("Linux says it");
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).expect("it is running");
        line.trim().trim_end_matches("kB").trim().parse().expect("a number")
    }

    /// Ends it as `kill -9` does.
    pub fn kill(&self) {
        let mut child = self.child.borrow_mut();
        if let Err(error) = child.kill().and_then(|()| child.wait().map(drop)) {
            eprintln!("a server was gone already: {error}");
        }
    }
}

impl Running {
    /// Tells it to stop, as the system does (SIGTERM).
    pub fn tell_to_stop(&self) {
        let id = i32::try_from(self.child.borrow().id()).ok().and_then(Pid::from_raw).expect("its number");
        kill_process(id, Signal::TERM).expect("it is told");
    }

    /// What it has logged so far.
    pub fn logged(&self) -> Vec<String> {
        self.log.lock().expect("no writer panicked").clone()
    }

    /// With which status it ended, if it has.
    pub fn ended(&self) -> Option<i32> {
        self.child.borrow_mut().try_wait().expect("it can be asked").and_then(|status| status.code())
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.kill();
    }
}

/// Takes what a server logs, and shows its errors, so that it never waits for its reader.
fn drain(log: ChildStderr) -> Arc<Mutex<Vec<String>>> {
    let lines = Arc::new(Mutex::new(Vec::new()));
    let kept = lines.clone();
    std::thread::spawn(move || {
        for line in BufReader::new(log).lines().map_while(Result::ok) {
            if line.contains("ERROR") {
                eprintln!("server: {line}");
            }
            kept.lock().expect("no reader panicked").push(line);
        }
    });
    lines
}

/// The binary on a data folder, with nothing of our own environment. The folder keeps its clock.
fn tellonce(data: &Path, database: Option<&str>, arguments: &[&str]) -> Command {
    let mut command = bare(arguments);
    command.arg("--data").arg(data);
    if let Some(url) = database {
        command.args(["--database", url]);
    }
    command
}

fn bare(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_tellonce"));
    let settings = std::env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("TELLONCE_"));
    for (name, _) in settings {
        command.env_remove(name);
    }
    command.args(arguments);
    command
}

/// A command that ran to its end.
#[derive(Debug)]
pub struct Ran {
    pub status: i32,
    pub out: Vec<u8>,
    pub err: String,
}

impl Ran {
    /// What it printed, as text.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.out).into_owned()
    }

    /// The same run, which must have ended with this status.
    pub fn ended(self, status: i32) -> Self {
        assert_eq!(self.status, status, "{}{}", self.text(), self.err);
        self
    }
}

fn run(mut command: Command, input: &str) -> Ran {
    let spawned = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn();
    let mut child = spawned.expect("the command starts");
    if let Some(mut stdin) = child.stdin.take() {
        // A command that asks for nothing may have closed its end.
        if let Err(error) = stdin.write_all(input.as_bytes()) {
            eprintln!("the command took no input: {error}");
        }
    }
    let output = child.wait_with_output().expect("the command ends");
    let status = output.status.code().expect("it was not killed");
    Ran { status, out: output.stdout, err: String::from_utf8_lossy(&output.stderr).into_owned() }
}

/// Runs a command on a folder that no server knows.
pub fn run_alone(data: &Path, arguments: &[&str]) -> Ran {
    run(tellonce(data, None, arguments), "")
}

/// A process on a machine of its own.
pub struct Machine {
    pub running: Running,
    /// Gone with it.
    pub folder: TempDir,
}

/// A site of one test.
pub struct Site {
    pub kind: Kind,
    folder: TempDir,
    database: Option<(String, String)>,
    running: RefCell<Running>,
    /// Whether its test means mail to be waiting at its end.
    pub may_leave_mail: Cell<bool>,
}

impl Site {
    /// A copy of the seed, served.
    pub fn open(kind: Kind) -> Self {
        let seed = seed::of(kind);
        let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).expect("a folder for the site");
        seed::copy_folder(seed.folder.path(), folder.path());
        let database = seed.database.as_ref().map(|template| {
            let name = fresh_name();
            let url = make_postgres(&name, Some(template));
            (name, url)
        });
        Self::serve(kind, folder, database)
    }

    fn serve(kind: Kind, folder: TempDir, database: Option<(String, String)>) -> Self {
        let running = Running::start(folder.path(), database.as_ref().map(|(_, url)| url.as_str()), &[]);
        Self { kind, folder, database, running: RefCell::new(running), may_leave_mail: Cell::new(false) }
    }

    /// A site on PostgreSQL with this one's record: a copy of its folder, of which the database was moved there. The server of this
    /// one stands still meanwhile; nobody is logged in there.
    pub fn moved_to_postgres(&self) -> Self {
        let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).expect("a folder for the site");
        seed::copy_folder(self.folder.path(), folder.path());
        let name = fresh_name();
        let url = make_postgres(&name, None);
        run(tellonce(folder.path(), None, &["move", "--to", &url]), "").ended(0);
        Self::serve(Kind::Postgres, folder, Some((name, url)))
    }

    fn url(&self) -> Option<&str> {
        self.database.as_ref().map(|(_, url)| url.as_str())
    }

    /// Where its database is.
    pub fn database_url(&self) -> String {
        self.url().map_or_else(|| format!("sqlite:{}", self.data().join("tellonce.db").display()), str::to_owned)
    }

    /// Its data folder.
    pub fn data(&self) -> PathBuf {
        self.folder.path().to_owned()
    }

    /// The files of the record, as they are kept on the disk.
    pub fn kept_files(&self) -> Vec<PathBuf> {
        let within = |folder: &Path| -> Vec<PathBuf> {
            let all = std::fs::read_dir(folder).into_iter().flatten();
            all.map(|entry| entry.expect("what stands in a folder").path()).collect()
        };
        within(&self.data().join("files")).iter().flat_map(|folder| within(folder)).collect()
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.running.borrow().address
    }

    /// Ends the server as `kill -9` does.
    pub fn kill(&self) {
        self.running.borrow().kill();
    }

    /// Tells the server to stop, as the system does.
    pub fn tell_to_stop(&self) {
        self.running.borrow().tell_to_stop();
    }

    /// With which status the server ended, if it has.
    pub fn ended(&self) -> Option<i32> {
        self.running.borrow().ended()
    }

    /// Starts the server again, on another port.
    pub fn start_again(&self) {
        self.start_again_with(&[]);
    }

    /// Ends the server and starts it again at another time, such as `2006-11-24T22:00:00+09:00`.
    pub fn at(&self, time: &str) {
        self.kill();
        self.start_again_with(&["--clock", &format!("fixed:{time}")]);
    }

    /// How many mails wait in its outbox.
    pub fn mail_waiting(&self) -> i64 {
        self.store().read(Stamp::UNIX_EPOCH, outbox::waiting).expect("it answers")
    }

    /// Whether a verdict waits to be computed again.
    pub fn a_verdict_waits(&self) -> bool {
        self.store().read(Stamp::UNIX_EPOCH, verdicts::waiting).expect("it answers").is_some()
    }

    /// Waits until every verdict that is to be computed again has been.
    pub fn verdicts_found(&self) {
        until("the verdicts are found", || !self.a_verdict_waits());
    }

    /// The mails about that incident, the latest first.
    pub fn mails(&self, number: &str) -> Vec<Queued> {
        let number = number.parse().expect("an incident's number");
        let mails = self.store().read(Stamp::UNIX_EPOCH, |tx| {
            let permit = incidents::to_look(tx, Actor::House, number)?;
            outbox::of_incident(tx, &permit)
        });
        mails.expect("they are there")
    }

    /// The secrets of second steps, as they stand in its database.
    pub fn second_factors(&self) -> Vec<String> {
        let sealed = self.store().read(Stamp::UNIX_EPOCH, |tx| {
            let house = house::to_look(tx, Actor::House)?;
            let everybody = people::all(tx, &house)?;
            let of = everybody.iter().map(|person| Ok(second_factors::of(tx, person.id)?.map(|factor| factor.sealed)));
            Ok::<_, tellonce::store::StoreError>(of.collect::<tellonce::store::Result<Vec<_>>>()?.into_iter().flatten().collect())
        });
        sealed.expect("they are there")
    }

    /// The site's database, as another process opens it.
    pub fn store(&self) -> Store {
        let url = self.database_url().parse().expect("the site's database");
        Store::open(&url).expect("the site's database opens")
    }

    /// How much memory its server holds, in KiB.
    pub fn resident_kib(&self) -> u64 {
        self.running.borrow().resident_kib()
    }

    /// Another process on the same data, as it stands, with more arguments.
    pub fn second(&self, more: &[&str]) -> Running {
        Running::start(self.folder.path(), self.url(), more)
    }

    /// Another machine on the same database: a process with a data folder of its own, which has the first one's key and clock.
    pub fn another_machine(&self, more: &[&str]) -> Machine {
        self.machine_in(self.folder_of_a_machine(), more)
    }

    /// A data folder for another machine.
    pub fn folder_of_a_machine(&self) -> TempDir {
        let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).expect("a folder");
        for name in std::fs::read_dir(self.data()).expect("a folder").map(|entry| entry.expect("a file").file_name()) {
            if matches!(name.to_str(), Some("secret.key" | "clock.json")) {
                std::fs::copy(self.data().join(&name), folder.path().join(&name)).expect("it is copied");
            }
        }
        folder
    }

    /// The machine with that data folder.
    pub fn machine_in(&self, folder: TempDir, more: &[&str]) -> Machine {
        let running = Running::start(folder.path(), Some(&self.database_url()), more);
        Machine { running, folder }
    }

    /// Starts the server again, with more arguments.
    pub fn start_again_with(&self, more: &[&str]) {
        let running = Running::start(self.folder.path(), self.url(), more);
        self.running.replace(running);
    }

    /// Runs a command on its data.
    pub fn run(&self, arguments: &[&str]) -> Ran {
        self.run_with(arguments, "")
    }

    /// Runs a command on its database alone: the data folder is one of the arguments.
    pub fn run_as_given(&self, arguments: &[&str]) -> Ran {
        let mut command = bare(arguments);
        command.args(["--database", &self.database_url()]);
        run(command, "")
    }

    /// The same, with something to read from standard input.
    pub fn run_with(&self, arguments: &[&str], input: &str) -> Ran {
        run(tellonce(self.folder.path(), self.url(), arguments), input)
    }

    fn browser(&self, session: &Session) -> Browser {
        Browser::with_cookies(self.address(), session.clone())
    }

    /// Alice's browser; she is logged in.
    pub fn alice(&self) -> Browser {
        self.browser(&seed::of(self.kind).alice)
    }

    /// Bob's browser; he is logged in.
    pub fn bob(&self) -> Browser {
        self.browser(&seed::of(self.kind).bob)
    }

    /// Mei's browser; she is logged in.
    pub fn mei(&self) -> Browser {
        self.browser(&seed::of(self.kind).mei)
    }

    /// The browser of Charlie, who has no account: or of anybody who has not logged in yet.
    pub fn charlie(&self) -> Browser {
        Browser::new(self.address())
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        self.running.borrow().kill();
        if let Some((name, _)) = &self.database {
            drop_postgres(name);
        }
    }
}
