//! A document: to download, or to look at beside a form, always behind a policy that runs nothing in it.

use actix_web::{
    HttpResponse, HttpResponseBuilder,
    body::SizedStream,
    http::header::{self, Charset, ContentDisposition, DispositionParam, DispositionType, ExtendedValue, HeaderValue},
    web::{Bytes, Data, Path},
};
use futures_util::TryStreamExt as _;
use tempfile::NamedTempFile;

use crate::{
    domain::{
        document::{FileFormat, FileName},
        people::{Customer, Reviewer},
    },
    files::DocumentKey,
    inspect::InspectError,
    services::documents,
    store::{StoreError, documents::Document},
    web::{
        app::App,
        error::{WebError, WebResult},
        extract::SignedIn,
        file_policy::{DOWNLOAD_POLICY, VIEW_POLICY},
        flash::see_other,
    },
};

/// GET /`documents/{public_id}`
pub async fn download(who: SignedIn, app: Data<App>, public_id: Path<String>) -> WebResult<HttpResponse> {
    let (document, format) = find(&app, who, public_id.into_inner()).await?;
    let name = FileName::from_stored(document.file_name.clone()).for_download(format);
    let mut response = builder(format, DispositionType::Attachment, &name);
    answer(&app, &document, &mut response).await
}

/// GET /`documents/{public_id}/view`
pub async fn view(who: SignedIn, app: Data<App>, public_id: Path<String>) -> WebResult<HttpResponse> {
    let (document, format) = find(&app, who, public_id.into_inner()).await?;
    let name = FileName::from_stored(document.file_name.clone()).for_download(format);
    match format {
        // No browser on every device shows these.
        FileFormat::Heic => Ok(see_other(&format!("/documents/{}", document.public_id))),
        FileFormat::Tiff => rendered(&app, &document, &name).await,
        _ => {
            let mut response = builder(format, DispositionType::Inline, &name);
            response.insert_header((header::CONTENT_SECURITY_POLICY, VIEW_POLICY));
            answer(&app, &document, &mut response).await
        }
    }
}

/// The document if this person may see it: a customer those of their requests, staff those of requests that were sent.
async fn find(app: &Data<App>, who: SignedIn, public_id: String) -> WebResult<(Document, FileFormat)> {
    // Nothing else was ever given out, and PostgreSQL takes no NUL.
    if !public_id.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte)) {
        return Err(WebError::NotFound);
    }
    let found = app
        .store
        .read(move |conn| match (Customer::of(who.person.clone()), Reviewer::of(who.person)) {
            (Some(customer), _) => documents::find_for_customer(conn, &customer, &public_id),
            (None, Some(reviewer)) => documents::find_for_desk(conn, &reviewer, &public_id),
            (None, None) => Err(StoreError::NotFound),
        })
        .await?;
    let format =
        FileFormat::from_code(&found.format).ok_or_else(|| WebError::internal("a document of no known format"))?;
    Ok((found, format))
}

fn builder(format: FileFormat, disposition: DispositionType, name: &str) -> HttpResponseBuilder {
    let plain =
        name.chars().map(|c| if c.is_ascii() && !c.is_ascii_control() && !"\"\\".contains(c) { c } else { '_' });
    let extended = ExtendedValue {
        charset: Charset::Ext("UTF-8".to_owned()),
        language_tag: None,
        value: name.as_bytes().to_vec(),
    };
    let parameters = vec![DispositionParam::Filename(plain.collect()), DispositionParam::FilenameExt(extended)];
    let mut response = HttpResponse::Ok();
    response
        .insert_header((header::CONTENT_TYPE, HeaderValue::from_static(format.media_type())))
        .insert_header(ContentDisposition { disposition, parameters })
        .insert_header((header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .insert_header((header::CACHE_CONTROL, "private, no-store"))
        .insert_header((header::CONTENT_SECURITY_POLICY, DOWNLOAD_POLICY));
    response
}

fn key(document: &Document) -> WebResult<DocumentKey> {
    DocumentKey::from_stored(&document.object_key).ok_or_else(|| WebError::internal("a document without a place"))
}

async fn answer(app: &App, document: &Document, response: &mut HttpResponseBuilder) -> WebResult<HttpResponse> {
    let bytes = app.files.read(&key(document)?).await?;
    let size = u64::try_from(document.size).unwrap_or(0);
    Ok(response.body(SizedStream::new(size, bytes.map_err(WebError::from))))
}

/// The first page of a TIFF as a picture that browsers show.
async fn rendered(app: &App, document: &Document, name: &str) -> WebResult<HttpResponse> {
    let source = app.files.copy_out(&key(document)?, &app.incoming).await?;
    let target = NamedTempFile::new_in(&app.incoming).map_err(WebError::internal)?;
    match app.inspector.render_png(source.path(), target.path()).await {
        Ok(_) => {}
        Err(InspectError::Refused(_)) => return Ok(see_other(&format!("/documents/{}", document.public_id))),
        Err(error @ InspectError::Unavailable(_)) => return Err(WebError::Unavailable(Box::new(error))),
    }
    let picture = tokio::fs::read(target.path()).await.map_err(WebError::internal)?;
    let mut response = builder(FileFormat::Png, DispositionType::Inline, &format!("{name}.png"));
    response.insert_header((header::CONTENT_SECURITY_POLICY, VIEW_POLICY));
    Ok(response.body(Bytes::from(picture)))
}
