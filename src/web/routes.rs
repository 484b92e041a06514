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
    get "/locations" => pages::locations::list::show;
    get "/locations/{location_id}" => pages::locations::show::show;
    get "/locations/{location_id}/edit" => pages::locations::edit::show;
    post "/locations/{location_id}/edit" => pages::locations::edit::save;
    post "/locations/{location_id}/managers" => pages::locations::managers::invite;
    post "/locations/{location_id}/managers/{user_id}/removal" => pages::locations::managers::remove;
    post "/locations/{location_id}/managers/{user_id}/restoration" => pages::locations::managers::restore;
    get "/phone-numbers" => pages::phone_numbers::show;
    get "/port-requests" => pages::port_requests::list::show;
    get "/port-requests/export" => pages::port_requests::export::show;
    get "/port-requests/{sid}" => pages::port_requests::show::show;
    get "/port-requests/{sid}/deletion" => pages::port_requests::deletion::show;
    post "/port-requests/{sid}/deletion" => pages::port_requests::deletion::save;
    post "/port-requests/{sid}/restoration" => pages::port_requests::deletion::undo;
    get "/port-requests/{sid}/cancellation" => pages::port_requests::cancellation::show;
    post "/port-requests/{sid}/cancellation" => pages::port_requests::cancellation::save;
}

async fn not_found() -> Result<actix_web::HttpResponse, WebError> {
    Err(WebError::NotFound)
}
