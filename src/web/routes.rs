//! The table of all addresses. Tests read it too: an address without a line in their table of roles fails.

use actix_web::web::{self, ServiceConfig};

use super::{assets, error::WebError, live, pages};

/// Writes the table of addresses and the function that mounts them from one list, so that neither can fall behind.
macro_rules! routes {
    ($($method:ident $path:literal => $handler:path;)*) => {
        /// Method and path of every address.
        pub const TABLE: &[(&str, &str)] = &[$((stringify!($method), $path)),*];

        /// Mounts every address.
        pub fn mount(config: &mut ServiceConfig) {
            $(config.route($path, web::$method().to($handler));)*
            config.default_service(web::to(not_found));
        }
    };
}

routes! {
    get "/healthz" => pages::health::live;
    get "/readyz" => pages::health::ready;
    get "/static/{digest}/{file}" => assets::show;
    get "/" => pages::home::show;
    get "/live" => live::show;
    get "/sign-in" => pages::sign_in::show;
    post "/sign-in" => pages::sign_in::save;
    post "/sign-out" => pages::sign_out::one;
    get "/parked" => pages::parked::show;
    get "/desk" => pages::desk::queue::show;
    get "/desk/port-requests/{sid}" => pages::desk::port_request::show;
    post "/desk/port-requests/{sid}/reveal" => pages::desk::port_request::reveal;
    post "/desk/port-requests/{sid}/assignment" => pages::desk::assignment::save;
    get "/desk/port-requests/{sid}/submission" => pages::desk::submission::show;
    post "/desk/port-requests/{sid}/submission" => pages::desk::submission::save;
    get "/desk/port-requests/{sid}/foc" => pages::desk::foc::show;
    post "/desk/port-requests/{sid}/foc" => pages::desk::foc::save;
    get "/desk/port-requests/{sid}/completion" => pages::desk::completion::show;
    post "/desk/port-requests/{sid}/completion" => pages::desk::completion::save;
    get "/desk/port-requests/{sid}/rejection" => pages::desk::rejection::show;
    post "/desk/port-requests/{sid}/rejection" => pages::desk::rejection::save;
    get "/desk/port-requests/{sid}/current-action" => pages::desk::current_action::show;
    post "/desk/port-requests/{sid}/current-action" => pages::desk::current_action::save;
    get "/desk/mail" => pages::desk::mail::show;
    get "/desk/mail/{id}" => pages::desk::letter::show;
    post "/desk/mail/{id}/resending" => pages::desk::letter::send_again;
}

async fn not_found() -> Result<actix_web::HttpResponse, WebError> {
    Err(WebError::NotFound)
}
