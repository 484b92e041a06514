//! The table of all addresses. Tests read it too: an address without a line in their table of roles fails.

use actix_web::web::{self, ServiceConfig};

use super::{assets, error::WebError, live, pages};

/// Writes the table of addresses and the function that mounts them from one list, so that neither can fall behind.
macro_rules! routes {
    ($($method:ident $path:literal => $handler:path;)*) => {
        /// Method and path of every address.
        pub const TABLE: &[(&str, &str)] = &[$((stringify!($method), $path)),*];

        /// Mounts every address, fixed ones first: they are compared as they stand, those with a part to read by a pattern each.
        pub fn mount(config: &mut ServiceConfig) {
            let mut routes = vec![$(($path, method::$method().to($handler))),*];
            routes.sort_by_key(|(path, _)| path.contains('{'));
            for (path, route) in routes {
                config.route(path, route);
            }
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
    get "/letter-of-authorization.pdf" => pages::blank_loa::show;
    get "/sign-in" => pages::sign_in::show;
    post "/sign-in" => pages::sign_in::save;
    post "/sign-out" => pages::sign_out::one;
    post "/sign-out/everywhere" => pages::sign_out::everywhere;
    get "/password-resets/new" => pages::password_resets::new::show;
    post "/password-resets/new" => pages::password_resets::new::save;
    get "/password-resets/{token}" => pages::password_resets::one::show;
    post "/password-resets/{token}" => pages::password_resets::one::save;
    get "/invitations/{token}" => pages::invitations::show;
    post "/invitations/{token}" => pages::invitations::save;
    get "/first-admin/{token}" => pages::first_admin::show;
    post "/first-admin/{token}" => pages::first_admin::save;
    get "/profile" => pages::profile::show::show;
    post "/profile" => pages::profile::show::save;
    get "/profile/password" => pages::profile::password::show;
    post "/profile/password" => pages::profile::password::save;
    get "/admin/accounts" => pages::admin::accounts::list::show;
    get "/admin/accounts/new" => pages::admin::accounts::new::show;
    post "/admin/accounts/new" => pages::admin::accounts::new::save;
    get "/admin/accounts/{id}" => pages::admin::accounts::one::show;
    post "/admin/accounts/{id}" => pages::admin::accounts::one::save;
    get "/admin/locations" => pages::admin::locations::list::show;
    get "/admin/locations/new" => pages::admin::locations::new::show;
    post "/admin/locations/new" => pages::admin::locations::new::save;
    get "/admin/locations/{location_id}" => pages::admin::locations::one::show;
    post "/admin/locations/{location_id}" => pages::admin::locations::one::save;
    get "/admin/users" => pages::admin::users::list::show;
    get "/admin/users/new" => pages::admin::users::new::show;
    post "/admin/users/new" => pages::admin::users::new::save;
    get "/admin/users/{id}" => pages::admin::users::one::show;
    post "/admin/users/{id}" => pages::admin::users::one::save;
    get "/admin/users/{id}/deactivation" => pages::admin::users::access::confirm;
    post "/admin/users/{id}/deactivation" => pages::admin::users::access::deactivate;
    post "/admin/users/{id}/activation" => pages::admin::users::access::activate;
    post "/admin/users/{id}/invitation" => pages::admin::users::access::resend;
    get "/admin/area-codes" => pages::admin::area_codes::show;
    post "/admin/area-codes" => pages::admin::area_codes::add;
    post "/admin/area-codes/{id}/removal" => pages::admin::area_codes::remove;
    get "/parked" => pages::parked::show;
    post "/parked" => pages::parked::save;
    get "/desk" => pages::desk::queue::show;
    get "/desk/port-requests/{sid}" => pages::desk::port_request::show;
    post "/desk/port-requests/{sid}/reveal" => pages::desk::reveal::save;
    post "/desk/port-requests/{sid}/assignment" => pages::desk::assignment::save;
    get "/desk/port-requests/{sid}/submission" => pages::desk::submission::show;
    post "/desk/port-requests/{sid}/submission" => pages::desk::submission::save;
    get "/desk/port-requests/{sid}/foc" => pages::desk::foc::show;
    post "/desk/port-requests/{sid}/foc" => pages::desk::foc::save;
    get "/desk/port-requests/{sid}/completion" => pages::desk::completion::show;
    post "/desk/port-requests/{sid}/completion" => pages::desk::completion::save;
    get "/desk/port-requests/{sid}/rejection" => pages::desk::rejection::show;
    post "/desk/port-requests/{sid}/rejection" => pages::desk::rejection::save;
    get "/desk/port-requests/{sid}/cancellation" => pages::desk::cancellation::show;
    post "/desk/port-requests/{sid}/cancellation" => pages::desk::cancellation::save;
    get "/desk/port-requests/{sid}/current-action" => pages::desk::current_action::show;
    post "/desk/port-requests/{sid}/current-action" => pages::desk::current_action::save;
    get "/desk/mail" => pages::desk::mail::show;
    get "/desk/mail/{id}" => pages::desk::letter::show;
    post "/desk/mail/{id}/resending" => pages::desk::letter::send_again;
    get "/locations" => pages::locations::list::show;
    get "/locations/{location_id}" => pages::locations::show::show;
    get "/locations/{location_id}/edit" => pages::locations::edit::show;
    post "/locations/{location_id}/edit" => pages::locations::edit::save;
    post "/locations/{location_id}/managers" => pages::locations::managers::invite;
    post "/locations/{location_id}/managers/{user_id}/removal" => pages::locations::managers::remove;
    post "/locations/{location_id}/managers/{user_id}/restoration" => pages::locations::managers::restore;
    post "/locations/{location_id}/managers/{user_id}/invitation" => pages::locations::managers::resend;
    post "/locations/{location_id}/managers/{user_id}/withdrawal" => pages::locations::managers::withdraw;
    get "/phone-numbers" => pages::phone_numbers::show;
    get "/port-requests" => pages::port_requests::list::show;
    get "/port-requests/new" => pages::port_requests::new::show;
    post "/port-requests/new" => pages::port_requests::new::save;
    get "/port-requests/export" => pages::port_requests::export::show;
    get "/port-requests/{sid}" => pages::port_requests::show::show;
    get "/port-requests/{sid}/deletion" => pages::port_requests::deletion::show;
    post "/port-requests/{sid}/deletion" => pages::port_requests::deletion::save;
    post "/port-requests/{sid}/restoration" => pages::port_requests::deletion::undo;
    get "/port-requests/{sid}/cancellation" => pages::port_requests::cancellation::show;
    post "/port-requests/{sid}/cancellation" => pages::port_requests::cancellation::save;
    get "/port-requests/{sid}/terms" => pages::port_requests::terms::show;
    post "/port-requests/{sid}/terms" => pages::port_requests::saving::save;
    get "/port-requests/{sid}/numbers" => pages::port_requests::numbers::show;
    post "/port-requests/{sid}/numbers" => pages::port_requests::saving::save;
    get "/port-requests/{sid}/contact" => pages::port_requests::contact::show;
    post "/port-requests/{sid}/contact" => pages::port_requests::saving::save;
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

/// What the words of the table mean.
mod method {
    use actix_web::{Route, guard, web};

    /// Answers GET, and HEAD as GET without its body.
    pub fn get() -> Route {
        web::route().guard(guard::Any(guard::Get()).or(guard::Head()))
    }

    /// Answers POST.
    pub fn post() -> Route {
        web::post()
    }
}
