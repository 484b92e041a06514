//! The certificates of our seal, for those who check without us.

use actix_web::{HttpResponse, http::header, web::Data};

use crate::web::app::App;

/// GET /verify/certificate.pem
pub async fn show(app: Data<App>) -> HttpResponse {
    HttpResponse::Ok()
        .insert_header((header::CONTENT_TYPE, "application/x-pem-file"))
        .insert_header((header::CONTENT_DISPOSITION, "attachment; filename=\"portdesk-seal.pem\""))
        .body(app.sealer.certificates_pem())
}
