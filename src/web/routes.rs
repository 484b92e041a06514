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
    get "/help" => pages::help::contents::show;
    get "/help/{page}" => pages::help::topic::show;
    get "/live" => live::show;
    get "/letter-of-authorization.pdf" => pages::blank_loa::show;
    get "/manual-port-requests" => pages::manual::start;
    post "/manual-port-requests" => pages::manual::begin;
    get "/manual-port-requests/{secret}/details" => pages::manual::details;
    post "/manual-port-requests/{secret}/details" => pages::manual::save;
    get "/manual-port-requests/{secret}/numbers" => pages::manual::numbers;
    post "/manual-port-requests/{secret}/numbers" => pages::manual::save;
    get "/manual-port-requests/{secret}/documents" => pages::manual::documents;
    post "/manual-port-requests/{secret}/documents" => pages::manual::save_documents;
    get "/manual-port-requests/{secret}/check" => pages::manual::check;
    post "/manual-port-requests/{secret}/check" => pages::manual::send;
    get "/manual-port-requests/{secret}/confirmation" => pages::manual::confirmation;
    post "/manual-port-requests/{secret}/confirmation/again" => pages::manual::send_again;
    post "/manual-port-requests/{secret}/confirmation/change" => pages::manual::take_back;
    get "/confirm/{token}" => pages::manual::confirm::show;
    post "/confirm/{token}" => pages::manual::confirm::save;
    get "/status" => pages::status::new_link::show;
    post "/status" => pages::status::new_link::save;
    get "/status/{token}" => pages::status::show::show;
    post "/status/{token}/confirmation" => pages::status::actions::confirm;
    post "/status/{token}/correction" => pages::status::actions::correct;
    post "/status/{token}/documents" => pages::status::documents::save;
    get "/status/{token}/cancellation" => pages::status::cancellation::show;
    post "/status/{token}/cancellation" => pages::status::cancellation::save;
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
    get "/desk/port-requests/{sid}/loa" => pages::desk::loa::download;
    get "/desk/port-requests/{sid}/loa/view" => pages::desk::loa::view;
    get "/desk/port-requests/{sid}/loa/certificate" => pages::desk::loa::certificate;
    post "/desk/port-requests/{sid}/loa/signing" => pages::desk::loa::ask;
    post "/desk/port-requests/{sid}/loa/date" => pages::desk::loa::compare;
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
    get "/port-requests/{sid}/signer" => pages::port_requests::signer::show;
    post "/port-requests/{sid}/signer" => pages::port_requests::signer::save;
    post "/port-requests/{sid}/changes" => pages::port_requests::changes::begin;
    post "/port-requests/{sid}/changes/removal" => pages::port_requests::changes::discard;
    get "/port-requests/{sid}/loa" => pages::port_requests::loa::show::show;
    post "/port-requests/{sid}/loa/again" => pages::port_requests::loa::actions::send_again;
    post "/port-requests/{sid}/loa/extension" => pages::port_requests::loa::actions::extend;
    get "/port-requests/{sid}/loa/signing" => pages::port_requests::loa::actions::sign;
    get "/port-requests/{sid}/loa/signer" => pages::port_requests::loa::signer::show;
    post "/port-requests/{sid}/loa/signer" => pages::port_requests::loa::signer::save;
    get "/port-requests/{sid}/loa/upload" => pages::port_requests::loa::upload::show;
    post "/port-requests/{sid}/loa/upload" => pages::port_requests::loa::upload::save;
    get "/port-requests/{sid}/loa/letter.pdf" => pages::port_requests::loa::files::show;
    get "/port-requests/{sid}/loa/signed.pdf" => pages::port_requests::loa::files::show;
    get "/port-requests/{sid}/loa/certificate.pdf" => pages::port_requests::loa::files::show;
    get "/port-requests/{sid}/loa/uploaded.pdf" => pages::port_requests::loa::files::show;
    get "/port-requests/{sid}/confirmation" => pages::port_requests::confirmation::show;
    get "/port-requests/{sid}/continue" => pages::port_requests::resume::go_on;
    get "/port-requests/{sid}/fix" => pages::port_requests::resume::fix;
    get "/verify" => pages::verify::show::show;
    post "/verify" => pages::verify::show::look_up;
    post "/verify/file" => pages::verify::file::check;
    get "/verify/certificate.pem" => pages::verify::certificate::show;
    get "/verify/{secret}" => pages::verify::qr::show;
    get "/sign/{token}" => pages::sign::landing::show;
    post "/sign/{token}/open" => pages::sign::landing::open;
    post "/sign/{token}/fresh-link" => pages::sign::landing::fresh_link;
    get "/sign/{token}/report" => pages::sign::report::show;
    post "/sign/{token}/report" => pages::sign::report::save;
    get "/sign/r/{loa_id}" => pages::sign::step::show;
    post "/sign/r/{loa_id}/code" => pages::sign::code::send;
    post "/sign/r/{loa_id}/verification" => pages::sign::code::verify;
    post "/sign/r/{loa_id}/consent" => pages::sign::consent::save;
    get "/sign/r/{loa_id}/letter.pdf" => pages::sign::letter::pdf;
    post "/sign/r/{loa_id}/signature" => pages::sign::letter::save;
    get "/sign/r/{loa_id}/signed.pdf" => pages::sign::done::signed;
    get "/sign/r/{loa_id}/certificate.pdf" => pages::sign::done::certificate;
    get "/sign/r/{loa_id}/decline" => pages::sign::answers::show;
    post "/sign/r/{loa_id}/decline" => pages::sign::answers::save;
    get "/sign/r/{loa_id}/correction" => pages::sign::answers::show;
    post "/sign/r/{loa_id}/correction" => pages::sign::answers::save;
    get "/sign/r/{loa_id}/wrong-person" => pages::sign::answers::show;
    post "/sign/r/{loa_id}/wrong-person" => pages::sign::answers::save;
    get "/sign/r/{loa_id}/paper" => pages::sign::paper::show;
    post "/sign/r/{loa_id}/paper" => pages::sign::paper::save;
    get "/letters/{loa_id}/signed.pdf" => pages::signed_loa::show;
    get "/letters/{loa_id}/certificate.pdf" => pages::signed_loa::show;
    get "/letters/{loa_id}/uploaded.pdf" => pages::signed_loa::show;
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
