//! Every route, on one page: method, path, who may come that way, and what answers.
//!
//! The table registers the routes *and* says who may enter: [`super::extract::Visit`] asks it in every request, so that a handler
//! cannot forget to. A new verb is a new noun (`POST …/suspension`). Beyond the table, the store's permits decide about the thing itself.

use std::collections::HashMap;

use actix_web::http::Method;
use actix_web::web::{self, ServiceConfig};
use actix_web::{FromRequest, Handler, Responder, Route as ActixRoute, guard};

use super::{account, files, home, house, login, people, setup};
use crate::domain::permit::Deed::{self, Look, Manage};

/// Who may come a way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Everybody.
    Anyone,
    /// Who is logged in and may do this at all.
    Session(Deed),
}

use Access::{Anyone, Session};

/// The routes.
#[rustfmt::skip]
pub fn table() -> Vec<Route> {
    vec![
        get ("/",                              Session(Look),   home::show),

        get ("/login",                         Anyone,          login::show),
        post("/login",                         Anyone,          login::log_in),
        post("/logout",                        Session(Look),   login::log_out),
        get ("/setup/{token}",                 Anyone,          setup::show),
        post("/setup/{token}",                 Anyone,          setup::begin),

        get ("/account",                       Session(Look),   account::show),
        post("/account",                       Session(Look),   account::adjust),
        post("/account/password",              Session(Look),   account::set_password),

        get ("/people",                        Session(Manage), people::list),
        post("/people",                        Session(Manage), people::add),
        get ("/people/new",                    Session(Manage), people::new),
        get ("/people/{person}",               Session(Manage), people::show),
        post("/people/{person}",               Session(Manage), people::change),
        post("/people/{person}/password",      Session(Manage), people::set_password),
        post("/people/{person}/suspension",    Session(Manage), people::suspend),
        post("/people/{person}/reinstatement", Session(Manage), people::reinstate),

        get ("/house",                         Session(Manage), house::show),
        post("/house",                         Session(Manage), house::change),

        get ("/static/{version}/{path:.*}",    Anyone,          files::asset),
        get ("/robots.txt",                    Anyone,          files::robots),
    ]
}

/// One route.
pub struct Route {
    /// GET (which answers HEAD too) or POST.
    pub method: Method,
    /// The path, with its parameters in braces.
    pub path: &'static str,
    /// Who may come that way.
    pub access: Access,
    make: Box<dyn Fn() -> ActixRoute>,
}

fn get<F, Args>(path: &'static str, access: Access, handler: F) -> Route
where
    F: Handler<Args>,
    Args: FromRequest + 'static,
    F::Output: Responder + 'static,
{
    let make = move || web::route().guard(guard::Any(guard::Get()).or(guard::Head())).to(handler.clone());
    Route { method: Method::GET, path, access, make: Box::new(make) }
}

fn post<F, Args>(path: &'static str, access: Access, handler: F) -> Route
where
    F: Handler<Args>,
    Args: FromRequest + 'static,
    F::Output: Responder + 'static,
{
    Route { method: Method::POST, path, access, make: Box::new(move || web::post().to(handler.clone())) }
}

/// Who may come which way, as a request finds it.
#[derive(Clone, Debug)]
pub struct Book(HashMap<&'static str, Vec<(Method, Access)>>);

impl Book {
    /// Of the whole table.
    pub fn new() -> Self {
        let mut book: HashMap<_, Vec<_>> = HashMap::new();
        for Route { path, method, access, .. } in table() {
            book.entry(path).or_default().push((method, access));
        }
        Self(book)
    }

    /// Who may come by `method` on the path `pattern`; none where the table has no such route.
    pub fn access(&self, method: &Method, pattern: Option<&str>) -> Option<Access> {
        let method = if method == Method::HEAD { &Method::GET } else { method };
        self.0.get(pattern?)?.iter().find(|(of, _)| of == method).map(|(_, access)| *access)
    }
}

impl Default for Book {
    fn default() -> Self {
        Self::new()
    }
}

/// Registers the table.
pub fn register(config: &mut ServiceConfig) {
    let mut resources: Vec<(&'static str, actix_web::Resource)> = Vec::new();
    for route in table() {
        let made = (route.make)();
        match resources.iter().position(|(path, _)| *path == route.path) {
            Some(at) => {
                let (path, resource) = resources.remove(at);
                resources.insert(at, (path, resource.route(made)));
            }
            None => resources.push((route.path, web::resource(route.path).route(made))),
        }
    }
    for (_, resource) in resources {
        config.service(resource);
    }
}
