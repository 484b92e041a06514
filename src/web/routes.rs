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
    get "/port-requests/new" => pages::port_requests::new::show;
    post "/port-requests/new" => pages::port_requests::new::save;
    get "/port-requests/{sid}/terms" => pages::port_requests::terms::show;
    post "/port-requests/{sid}/terms" => pages::port_requests::terms::save;
    get "/port-requests/{sid}/numbers" => pages::port_requests::numbers::show;
    post "/port-requests/{sid}/numbers" => pages::port_requests::numbers::save;
    get "/port-requests/{sid}/contact" => pages::port_requests::contact::show;
    post "/port-requests/{sid}/contact" => pages::port_requests::contact::save;
    get "/port-requests/{sid}/bill" => pages::port_requests::bill::show;
    post "/port-requests/{sid}/bill" => pages::port_requests::bill::save;
    get "/port-requests/{sid}/check" => pages::port_requests::check::show;
    post "/port-requests/{sid}/check" => pages::port_requests::check::save;
    get "/port-requests/{sid}/confirmation" => pages::port_requests::confirmation::show;
    get "/port-requests/{sid}/continue" => pages::port_requests::resume::go_on;
    get "/port-requests/{sid}/fix" => pages::port_requests::resume::fix;
    get "/documents/{public_id}" => pages::documents::download;
    get "/documents/{public_id}/view" => pages::documents::view;
}

async fn not_found() -> Result<actix_web::HttpResponse, WebError> {
    Err(WebError::NotFound)
}
