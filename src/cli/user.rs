//! `tellonce user …`: for the first admin of a machine without a screen, and for who has locked themselves out.

use std::io::{IsTerminal, Write, stdin, stdout};

use clap::Subcommand;

use super::{CliError, open, open_or_make, say};
use crate::actions::passwords::Password;
use crate::actions::people::{self as actions, NewPerson};
use crate::actions::second_step;
use crate::actions::secrets;
use crate::actions::setup::{self, NewHouse};
use crate::app::App;
use crate::config::Config;
use crate::domain::account::Client;
use crate::domain::locale::DEFAULT_ZONE;
use crate::domain::permit::{Actor, Role};
use crate::domain::person::{House, Login};
use crate::domain::text::Line;
use crate::render::words::{Args, Words};
use crate::store::permit::{Look, Manage, Permit};
use crate::store::{Tx, house, people};

/// How long a made-up password is: 24 hexadecimal digits are 96 random bits.
const MADE_UP_DIGITS: usize = 24;

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Add a person; the password is the first line of standard input, or is made up and printed
    Add {
        /// What they log in with
        login: Login,
        /// Their name [default: the login]
        #[arg(long, value_parser = line)]
        name: Option<Line>,
        /// admin, member or reader [default: member; admin for the first person]
        #[arg(long)]
        role: Option<Role>,
    },
    /// Set a person's password: the first line of standard input, or made up and printed; ends their sessions
    Password {
        /// What they log in with
        login: Login,
        /// Take their second step away as well: for whoever has lost both the app and the recovery codes
        #[arg(long)]
        without_second_step: bool,
    },
    /// Suspend a person: they can log in no more, and their sessions end
    Disable {
        /// What they log in with
        login: Login,
    },
    /// List the people: login, name, role, and whether they are suspended
    List,
}

fn line(text: &str) -> Result<Line, String> {
    Line::required(text).map_err(|error| error.to_string())
}

/// Runs one of the commands.
pub fn run(command: Command, config: &Config) -> Result<(), CliError> {
    let (app, words) = if matches!(command, Command::Add { .. }) { open_or_make(config)? } else { open(config)? };
    match command {
        Command::Add { login, name, role } => add(&app, words, login, name, role),
        Command::Password { login, without_second_step } => password(&app, words, &login, without_second_step),
        Command::Disable { login } => disable(&app, words, &login),
        Command::List => list(&app, words),
    }
}

fn add(app: &App, words: Words, login: Login, name: Option<Line>, role: Option<Role>) -> Result<(), CliError> {
    let (password_hash, made_up) = new_password(words)?;
    let name = name.map_or_else(|| line(login.as_str()).map_err(CliError::Input), Ok)?;
    let company = line(&words.get("cli-company-unnamed")).map_err(CliError::Input)?;
    let shown = login.as_str().to_owned();
    let added = app.store.write(app.now(), |tx| {
        setup::furnish(tx, NewHouse { company, locale: words.locale(), zone: DEFAULT_ZONE })?;
        let role = match role {
            Some(role) => role,
            None if people::count(tx)? == 0 => Role::Admin,
            None => Role::Member,
        };
        let house = house::to_manage(tx, Actor::House)?;
        actions::add(tx, &house, NewPerson { login, name, role, locale: words.locale(), zone: DEFAULT_ZONE, password_hash })
    });
    added.map_err(|error| CliError::from_people(error, words))?;
    println!("{}", say(words, "cli-user-added", "login", &shown));
    print_made_up(words, made_up);
    Ok(())
}

fn password(app: &App, words: Words, login: &Login, without_second_step: bool) -> Result<(), CliError> {
    let (hash, made_up) = new_password(words)?;
    app.store.write(app.now(), |tx| {
        let permit = by_login(tx, words, login)?;
        if without_second_step {
            second_step::end(tx, &permit, &Client::default())?;
        }
        Ok::<_, CliError>(actions::set_password(tx, &permit, &hash, None, &Client::default())?)
    })?;
    println!("{}", say(words, "cli-user-password-set", "login", login.as_str()));
    print_made_up(words, made_up);
    Ok(())
}

fn disable(app: &App, words: Words, login: &Login) -> Result<(), CliError> {
    app.store.write(app.now(), |tx| {
        let permit = by_login(tx, words, login)?;
        actions::suspend(tx, &permit, &Client::default()).map_err(|error| CliError::from_people(error, words))
    })?;
    println!("{}", say(words, "cli-user-disabled", "login", login.as_str()));
    Ok(())
}

fn list(app: &App, words: Words) -> Result<(), CliError> {
    let everybody = app.store.read(app.now(), |tx| {
        let permit: Permit<'_, Look, House> = house::to_look(tx, Actor::House)?;
        people::all(tx, &permit)
    })?;
    let mut out = stdout().lock();
    for person in everybody {
        let state = if person.disabled_at.is_some() { words.get("person-disabled") } else { String::new() };
        writeln!(out, "{}\t{}\t{}\t{state}", person.login, person.name, person.role)?;
    }
    Ok(())
}

fn by_login<'tx>(
    tx: &mut Tx<'tx>,
    words: Words,
    login: &Login,
) -> Result<Permit<'tx, Manage, crate::domain::person::Person>, CliError> {
    let (person, _) = people::by_login(tx, login.as_str())?
        .ok_or_else(|| CliError::No(say(words, "cli-user-unknown", "login", login.as_str())))?;
    Ok(people::for_manage(tx, Actor::House, person.uid)?)
}

/// The hash of a new password, and the password itself where it was made up and has to be told.
fn new_password(words: Words) -> Result<(String, Option<String>), CliError> {
    let (typed, made_up) = match typed_password()? {
        Some(typed) => (typed, None),
        None => {
            let made_up: String = secrets::fresh()?.chars().take(MADE_UP_DIGITS).collect();
            (made_up.clone(), Some(made_up))
        }
    };
    let password = Password::new(&typed).map_err(|bad| CliError::Input(words.get(bad.key())))?;
    let hash = password.hash().map_err(|error| CliError::No(error.to_string()))?;
    Ok((hash, made_up))
}

/// The first line of standard input, where that is not a terminal (which would show it to who looks over the shoulder).
fn typed_password() -> Result<Option<String>, CliError> {
    if stdin().is_terminal() {
        return Ok(None);
    }
    let mut line = String::new();
    stdin().read_line(&mut line)?;
    let line = line.trim_end_matches(['\r', '\n']);
    Ok(Some(line.to_owned()).filter(|line| !line.is_empty()))
}

fn print_made_up(words: Words, made_up: Option<String>) {
    if let Some(password) = made_up {
        println!("{}", words.with("cli-made-up-password", &Args::new().text("password", password)));
    }
}
