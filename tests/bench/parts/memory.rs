//! The limits: the same page rendered from memory, and an answer of the same bytes, by the same kind of server.

use std::net::{SocketAddr, TcpListener};
use std::path::Path;
use std::sync::Arc;
use std::thread;

use actix_web::web::{self, Bytes, Data};
use actix_web::{App, HttpResponse, HttpServer};
use tellonce::domain::dossier::Dossier;
use tellonce::domain::locale::{DEFAULT_ZONE, Locale};
use tellonce::domain::moment::Stamp;
use tellonce::domain::permit::Actor;
use tellonce::domain::view::Internal;
use tellonce::render::frame::{Frame, FrameMe};
use tellonce::render::pages::incident::IncidentPage;
use tellonce::render::pages::incident::timeline::TimelineFilter;
use tellonce::render::tera::render;
use tellonce::store::{self, DatabaseUrl, Store};

/// The dossier of an incident, read once, and the time of its folder.
pub fn dossier(data: &Path, number: &str) -> (Dossier, Stamp) {
    let store = Store::open(&DatabaseUrl::file(&data.join("tellonce.db"))).expect("the site's database");
    let now = tellonce::clock::for_folder(data, None).expect("the site's clock").now();
    let number = number.parse().expect("an incident's number");
    let dossier = store.read(now, |tx| {
        let permit = store::incidents::to_look(tx, Actor::House, number)?;
        store::dossier::load(tx, &permit)
    });
    (dossier.expect("the dossier"), now)
}

/// Reads the dossier of an incident, by one store: anew, or as it is kept.
pub fn reader(data: &Path, number: &str) -> impl Fn(bool) {
    let store = Store::open(&DatabaseUrl::file(&data.join("tellonce.db"))).expect("the site's database");
    let now = tellonce::clock::for_folder(data, None).expect("the site's clock").now();
    let number = number.parse().expect("an incident's number");
    move |anew| {
        let read = store.read(now, |tx| {
            let permit = store::incidents::to_look(tx, Actor::House, number)?;
            if anew { store::dossier::load(tx, &permit).map(drop) } else { store::dossier::kept(tx, &permit).map(drop) }
        });
        read.expect("the dossier");
    }
}

/// The frame that stands around the page of somebody who may write.
fn frame() -> Frame {
    Frame {
        me: Some(FrameMe { name: "Bob".to_owned(), login: "bob".to_owned(), may_edit: true, may_manage: false }),
        company: Some("株式会社みなと".to_owned()),
        csrf: "0".repeat(128),
        key: "0".repeat(64),
        zone: DEFAULT_ZONE,
        ..Frame::anonymous(Locale::En)
    }
}

/// Serves the page from memory, and the bytes `raw`; answers with both addresses. The servers end with the process.
pub fn serve(data: &Path, number: &str, raw: &[u8]) -> (SocketAddr, SocketAddr) {
    let (dossier, now) = dossier(data, number);
    let dossier = Arc::new(dossier);
    let page = move || -> Bytes {
        let (view, frame) = (dossier.view::<Internal>(&None, now), frame());
        let page = IncidentPage::new(&view, &frame, &TimelineFilter::default(), true);
        render(&page, &frame).expect("the page renders").into()
    };
    let rendered = page();
    let difference = rendered.len().abs_diff(raw.len());
    assert!(difference * 20 < raw.len(), "the page from memory is another: {} bytes against {}", rendered.len(), raw.len());
    let raw = Bytes::copy_from_slice(raw);
    (listen(page), listen(move || raw.clone()))
}

/// A server that answers everything with what `body` makes.
fn listen(body: impl Fn() -> Bytes + Send + Sync + 'static) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = listener.local_addr().expect("its address");
    let body: Arc<dyn Fn() -> Bytes + Send + Sync> = Arc::new(body);
    thread::spawn(move || {
        let server =
            HttpServer::new(move || App::new().app_data(Data::from(Arc::new(body.clone()))).default_service(web::to(answer)));
        actix_web::rt::System::new().block_on(async move { server.listen(listener).expect("it listens").run().await })
    });
    address
}

async fn answer(body: Data<Arc<dyn Fn() -> Bytes + Send + Sync>>) -> HttpResponse {
    HttpResponse::Ok().content_type("text/html; charset=utf-8").body(body())
}
