//! How people reach us, and how mail leaves.

use super::Look;
use crate::jobs::courier::ask;
use crate::jobs::mail::Postman;
use crate::render::words::Args;
use crate::web::health::PROXY;

/// Looks at all of it.
pub fn look(look: &mut Look<'_>) {
    mail(look);
    address(look);
}

fn mail(look: &mut Look<'_>) {
    const WHAT: &str = "doctor-on-mail";
    let Some(url) = look.config.smtp.as_deref() else { return look.mind(WHAT, "doctor-mail-none", &Args::new()) };
    let tried =
        Postman::new(url, &look.config.mail_from).map_err(|error| error.to_string()).and_then(|postman| postman.is_let_in());
    match tried {
        Ok(true) => look.good(WHAT, "doctor-mail", &Args::new().text("from", &look.config.mail_from)),
        Ok(false) => look.bad(WHAT, "doctor-mail-away", &Args::new().text("why", "")),
        Err(why) => look.bad(WHAT, "doctor-mail-away", &Args::new().text("why", why)),
    }
}

/// The address under which people reach us: whether it leads here, encrypted, and whether the proxy on the way is believed.
fn address(look: &mut Look<'_>) {
    const WHAT: &str = "doctor-on-address";
    let Some(base) = look.config.base_url.clone() else {
        let is_local = look.config.listen.ip().is_loopback();
        let listen = Args::new().text("listen", look.config.listen.to_string());
        return if is_local {
            look.mind(WHAT, "doctor-address-none", &listen)
        } else {
            look.bad(WHAT, "doctor-address-open", &listen)
        };
    };
    let named = Args::new().text("url", base.to_string());
    if base.scheme() != "https" {
        look.mind(WHAT, "doctor-address-plain", &named);
    }
    let asked = base.join("livez").map_err(|error| error.to_string()).and_then(|url| ask(&url, &[]));
    let (headers, said) = match asked {
        Ok(answer) => answer,
        Err(why) => return look.mind(WHAT, "doctor-address-away", &named.text("why", why)),
    };
    let proxy = headers.get(PROXY).and_then(|value| value.to_str().ok());
    match proxy {
        None => look.bad(WHAT, "doctor-address-other", &named.text("said", said.lines().next().unwrap_or_default())),
        Some(_) => look.good(WHAT, "doctor-address", &named),
    }
    match proxy {
        Some("ignored") => look.bad("doctor-on-proxy", "doctor-proxy-ignored", &Args::new()),
        Some("believed") => look.good("doctor-on-proxy", "doctor-proxy", &Args::new()),
        Some(_) if base.scheme() == "https" => look.bad("doctor-on-proxy", "doctor-proxy-silent", &Args::new()),
        _ => {}
    }
}
