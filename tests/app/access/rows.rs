//! The table: one line an address. POSTs are empty forms; what a full one does is tested with its page.

use portdesk::domain::stage::Stage::{self, AwaitingSignature, Draft, FocScheduled, InReview, Rejected, Submitted};

/// Asked to sign in first.
pub const IN: u16 = 1;

/// What each visitor of an address gets, as HTTP status.
pub struct Row {
    pub method: &'static str,
    pub path: &'static str,
    /// In which stage the request is that the address names.
    pub stage: Stage,
    /// In the order of [`super::visit::Visitor::ALL`]. Owner and manager visit what is theirs; the stranger is everybody
    /// whose it is not: the owner of another account, an owner at another account's things, a manager at a colleague's.
    pub expected: [u16; 6],
}

const fn row(method: &'static str, path: &'static str, expected: [u16; 6]) -> Row {
    at(InReview, method, path, expected)
}

const fn at(stage: Stage, method: &'static str, path: &'static str, expected: [u16; 6]) -> Row {
    Row { method, path, stage, expected }
}

#[rustfmt::skip]
pub const ROWS: &[Row] = &[
    //                                                              nobody owner manager stranger reviewer admin
    row("get",  "/healthz",                                         [200, 200, 200, 200, 200, 200]),
    row("get",  "/readyz",                                          [200, 200, 200, 200, 200, 200]),
    row("get",  "/static/{digest}/{file}",                          [200, 200, 200, 200, 200, 200]),
    row("get",  "/",                                                [IN,  303, 303, 303, 303, 303]),
    row("get",  "/help",                                            [200, 200, 200, 200, 200, 200]),
    row("get",  "/help/{page}",                                     [200, 200, 200, 200, 200, 200]),
    row("get",  "/live",                                            [IN,  200, 200, 200, 200, 200]),
    row("get",  "/letter-of-authorization.pdf",                     [200, 200, 200, 200, 200, 200]),
    row("get",  "/sign-in",                                         [200, 200, 200, 200, 200, 200]),
    row("post", "/sign-in",                                         [422, 422, 422, 422, 422, 422]),
    row("post", "/sign-out",                                        [303, 303, 303, 303, 303, 303]),
    row("post", "/sign-out/everywhere",                             [IN,  303, 303, 303, 303, 303]),
    row("get",  "/parked",                                          [IN,  303, 303, 303, 303, 303]),
    row("post", "/parked",                                          [IN,  303, 303, 303, 303, 303]),

    row("get",  "/password-resets/new",                             [200, 200, 200, 200, 200, 200]),
    row("post", "/password-resets/new",                             [422, 422, 422, 422, 422, 422]),
    row("get",  "/password-resets/{token}",                         [200, 200, 200, 200, 200, 200]),
    row("post", "/password-resets/{token}",                         [422, 422, 422, 422, 422, 422]),
    row("get",  "/invitations/{token}",                             [200, 200, 200, 200, 200, 200]),
    row("post", "/invitations/{token}",                             [422, 422, 422, 422, 422, 422]),
    // Dead, because there is an admin.
    row("get",  "/first-admin/{token}",                             [404, 404, 404, 404, 404, 404]),
    row("post", "/first-admin/{token}",                             [404, 404, 404, 404, 404, 404]),

    row("get",  "/profile",                                         [IN,  200, 200, 200, 200, 200]),
    row("post", "/profile",                                         [IN,  422, 422, 422, 422, 422]),
    row("get",  "/profile/password",                                [IN,  200, 200, 200, 200, 200]),
    row("post", "/profile/password",                                [IN,  422, 422, 422, 422, 422]),

    // With one location the list is skipped; staff who follow a customer's link land at the desk.
    row("get",  "/locations",                                       [IN,  303, 303, 303, 303, 303]),
    row("get",  "/locations/{location_id}",                         [IN,  200, 200, 404, 404, 404]),
    row("get",  "/locations/{location_id}/edit",                    [IN,  200, 404, 404, 404, 404]),
    row("post", "/locations/{location_id}/edit",                    [IN,  422, 404, 404, 404, 404]),
    row("post", "/locations/{location_id}/managers",                [IN,  422, 404, 404, 404, 404]),
    row("post", "/locations/{location_id}/managers/{user_id}/removal",     [IN, 303, 404, 404, 404, 404]),
    row("post", "/locations/{location_id}/managers/{user_id}/restoration", [IN, 303, 404, 404, 404, 404]),
    row("post", "/locations/{location_id}/managers/{user_id}/invitation", [IN, 303, 404, 404, 404, 404]),
    row("post", "/locations/{location_id}/managers/{user_id}/withdrawal", [IN, 303, 404, 404, 404, 404]),
    row("get",  "/phone-numbers",                                   [IN,  200, 200, 200, 303, 303]),

    row("get",  "/port-requests",                                   [IN,  200, 200, 200, 303, 303]),
    row("get",  "/port-requests/export",                            [IN,  200, 200, 200, 404, 404]),
    row("get",  "/port-requests/new",                               [IN,  200, 200, 200, 404, 404]),
    row("post", "/port-requests/new",                               [IN,  303, 303, 303, 404, 404]),
    row("get",  "/port-requests/{sid}",                             [IN,  200, 200, 404, 303, 303]),
    at(Draft, "get",  "/port-requests/{sid}/deletion",              [IN,  200, 200, 404, 404, 404]),
    at(Draft, "post", "/port-requests/{sid}/deletion",              [IN,  303, 303, 404, 404, 404]),
    at(Draft, "post", "/port-requests/{sid}/restoration",           [IN,  303, 303, 404, 404, 404]),
    row("get",  "/port-requests/{sid}/cancellation",                [IN,  200, 200, 404, 404, 404]),
    row("post", "/port-requests/{sid}/cancellation",                [IN,  303, 303, 404, 404, 404]),
    at(Draft, "get",  "/port-requests/{sid}/terms",                 [IN,  200, 200, 404, 404, 404]),
    at(Draft, "post", "/port-requests/{sid}/terms",                 [IN,  303, 303, 404, 404, 404]),
    at(Draft, "get",  "/port-requests/{sid}/numbers",               [IN,  200, 200, 404, 404, 404]),
    at(Draft, "post", "/port-requests/{sid}/numbers",               [IN,  303, 303, 404, 404, 404]),
    at(Draft, "get",  "/port-requests/{sid}/contact",               [IN,  200, 200, 404, 404, 404]),
    at(Draft, "post", "/port-requests/{sid}/contact",               [IN,  303, 303, 404, 404, 404]),
    at(Draft, "get",  "/port-requests/{sid}/bill",                  [IN,  200, 200, 404, 404, 404]),
    at(Draft, "post", "/port-requests/{sid}/bill",                  [IN,  303, 303, 404, 404, 404]),
    at(Draft, "get",  "/port-requests/{sid}/check",                 [IN,  200, 200, 404, 404, 404]),
    at(Draft, "post", "/port-requests/{sid}/check",                 [IN,  303, 303, 404, 404, 404]),
    at(Draft, "get",  "/port-requests/{sid}/signer",                [IN,  200, 200, 404, 404, 404]),
    at(Draft, "post", "/port-requests/{sid}/signer",                [IN,  303, 303, 404, 404, 404]),
    row("post", "/port-requests/{sid}/changes",                     [IN,  303, 303, 404, 404, 404]),
    row("post", "/port-requests/{sid}/changes/removal",             [IN,  303, 303, 404, 404, 404]),
    at(AwaitingSignature, "get",  "/port-requests/{sid}/loa",       [IN,  200, 200, 404, 404, 404]),
    at(AwaitingSignature, "post", "/port-requests/{sid}/loa/again", [IN,  303, 303, 404, 404, 404]),
    at(AwaitingSignature, "post", "/port-requests/{sid}/loa/extension", [IN, 303, 303, 404, 404, 404]),
    at(AwaitingSignature, "get",  "/port-requests/{sid}/loa/signing", [IN, 303, 303, 404, 404, 404]),
    at(AwaitingSignature, "get",  "/port-requests/{sid}/loa/signer", [IN, 200, 200, 404, 404, 404]),
    at(AwaitingSignature, "post", "/port-requests/{sid}/loa/signer", [IN, 422, 422, 404, 404, 404]),
    at(AwaitingSignature, "get",  "/port-requests/{sid}/loa/upload", [IN, 200, 200, 404, 404, 404]),
    at(AwaitingSignature, "post", "/port-requests/{sid}/loa/upload", [IN, 422, 422, 404, 404, 404]),
    at(AwaitingSignature, "get",  "/port-requests/{sid}/loa/letter.pdf", [IN, 200, 200, 404, 404, 404]),
    // Not signed yet, so there is none of these; tests/app/port_requests/loa.rs has them.
    at(AwaitingSignature, "get",  "/port-requests/{sid}/loa/signed.pdf", [IN, 404, 404, 404, 404, 404]),
    at(AwaitingSignature, "get",  "/port-requests/{sid}/loa/certificate.pdf", [IN, 404, 404, 404, 404, 404]),
    at(AwaitingSignature, "get",  "/port-requests/{sid}/loa/uploaded.pdf", [IN, 404, 404, 404, 404, 404]),
    row("get",  "/port-requests/{sid}/confirmation",                [IN,  200, 200, 404, 404, 404]),
    at(Draft, "get",  "/port-requests/{sid}/continue",              [IN,  303, 303, 404, 404, 404]),
    at(Rejected, "get",  "/port-requests/{sid}/fix",                [IN,  303, 303, 404, 404, 404]),
    row("get",  "/verify",                                          [200, 200, 200, 200, 200, 200]),
    row("post", "/verify",                                          [422, 422, 422, 422, 422, 422]),
    row("post", "/verify/file",                                     [415, 415, 415, 415, 415, 415]),
    row("get",  "/verify/certificate.pem",                          [200, 200, 200, 200, 200, 200]),
    row("get",  "/verify/{secret}",                                 [200, 200, 200, 200, 200, 200]),
    row("get",  "/desk/port-requests/{sid}/loa",                    [IN,  404, 404, 404, 200, 200]),
    row("get",  "/desk/port-requests/{sid}/loa/view",               [IN,  404, 404, 404, 200, 200]),
    // Signed on paper in the table's requests, so there is no certificate; tests/app/desk/loa.rs has one.
    row("get",  "/desk/port-requests/{sid}/loa/certificate",        [IN,  404, 404, 404, 404, 404]),
    row("post", "/desk/port-requests/{sid}/loa/signing",            [IN,  404, 404, 404, 409, 409]),
    row("get",  "/letters/{loa_id}/signed.pdf",                     [IN,  404, 404, 404, 404, 404]),
    row("get",  "/letters/{loa_id}/certificate.pdf",                [IN,  404, 404, 404, 404, 404]),
    row("get",  "/letters/{loa_id}/uploaded.pdf",                   [IN,  200, 200, 404, 200, 200]),
    row("get",  "/documents/{public_id}",                           [IN,  200, 200, 404, 200, 200]),
    row("get",  "/documents/{public_id}/view",                      [IN,  200, 200, 404, 200, 200]),

    // A link needs nobody to be signed in.
    row("get",  "/sign/{token}",                                    [200, 200, 200, 200, 200, 200]),
    row("post", "/sign/{token}/open",                               [303, 303, 303, 303, 303, 303]),
    row("post", "/sign/{token}/fresh-link",                         [303, 303, 303, 303, 303, 303]),
    row("get",  "/sign/{token}/report",                             [200, 200, 200, 200, 200, 200]),
    row("post", "/sign/{token}/report",                             [303, 303, 303, 303, 303, 303]),
    // The letter of a manager who signs in person: the owner of the account is not its signer.
    row("get",  "/sign/r/{loa_id}",                                 [404, 404, 200, 404, 404, 404]),
    row("post", "/sign/r/{loa_id}/code",                            [404, 404, 303, 404, 404, 404]),
    row("post", "/sign/r/{loa_id}/verification",                    [404, 404, 303, 404, 404, 404]),
    row("post", "/sign/r/{loa_id}/consent",                         [404, 404, 422, 404, 404, 404]),
    row("get",  "/sign/r/{loa_id}/letter.pdf",                      [404, 404, 200, 404, 404, 404]),
    // Before the consent there is nothing to sign.
    row("post", "/sign/r/{loa_id}/signature",                       [404, 404, 303, 404, 404, 404]),
    row("get",  "/sign/r/{loa_id}/signed.pdf",                      [404, 404, 303, 404, 404, 404]),
    row("get",  "/sign/r/{loa_id}/certificate.pdf",                 [404, 404, 303, 404, 404, 404]),
    row("get",  "/sign/r/{loa_id}/decline",                         [404, 404, 303, 404, 404, 404]),
    row("post", "/sign/r/{loa_id}/decline",                         [404, 404, 303, 404, 404, 404]),
    row("get",  "/sign/r/{loa_id}/correction",                      [404, 404, 303, 404, 404, 404]),
    row("post", "/sign/r/{loa_id}/correction",                      [404, 404, 303, 404, 404, 404]),
    row("get",  "/sign/r/{loa_id}/wrong-person",                    [404, 404, 303, 404, 404, 404]),
    row("post", "/sign/r/{loa_id}/wrong-person",                    [404, 404, 303, 404, 404, 404]),
    row("get",  "/sign/r/{loa_id}/paper",                           [404, 404, 303, 404, 404, 404]),
    row("post", "/sign/r/{loa_id}/paper",                           [404, 404, 303, 404, 404, 404]),

    // An empty form of the desk names no version, so it is as good as a stale one.
    row("get",  "/desk",                                            [IN,  404, 404, 404, 200, 200]),
    row("get",  "/desk/port-requests/{sid}",                        [IN,  404, 404, 404, 200, 200]),
    row("post", "/desk/port-requests/{sid}/reveal",                 [IN,  404, 404, 404, 200, 200]),
    row("post", "/desk/port-requests/{sid}/assignment",             [IN,  404, 404, 404, 409, 409]),
    row("get",  "/desk/port-requests/{sid}/submission",             [IN,  404, 404, 404, 200, 200]),
    row("post", "/desk/port-requests/{sid}/submission",             [IN,  404, 404, 404, 409, 409]),
    at(Submitted, "get",  "/desk/port-requests/{sid}/foc",          [IN,  404, 404, 404, 200, 200]),
    at(Submitted, "post", "/desk/port-requests/{sid}/foc",          [IN,  404, 404, 404, 409, 409]),
    at(FocScheduled, "get",  "/desk/port-requests/{sid}/completion", [IN, 404, 404, 404, 200, 200]),
    at(FocScheduled, "post", "/desk/port-requests/{sid}/completion", [IN, 404, 404, 404, 409, 409]),
    row("get",  "/desk/port-requests/{sid}/rejection",              [IN,  404, 404, 404, 200, 200]),
    row("post", "/desk/port-requests/{sid}/rejection",              [IN,  404, 404, 404, 409, 409]),
    row("get",  "/desk/port-requests/{sid}/cancellation",           [IN,  404, 404, 404, 200, 200]),
    row("post", "/desk/port-requests/{sid}/cancellation",           [IN,  404, 404, 404, 409, 409]),
    at(Submitted, "get",  "/desk/port-requests/{sid}/current-action", [IN, 404, 404, 404, 200, 200]),
    at(Submitted, "post", "/desk/port-requests/{sid}/current-action", [IN, 404, 404, 404, 409, 409]),
    row("get",  "/desk/mail",                                       [IN,  404, 404, 404, 200, 200]),
    row("get",  "/desk/mail/{id}",                                  [IN,  404, 404, 404, 200, 200]),
    row("post", "/desk/mail/{id}/resending",                        [IN,  404, 404, 404, 303, 303]),

    row("get",  "/admin/accounts",                                  [IN,  404, 404, 404, 403, 200]),
    row("get",  "/admin/accounts/new",                              [IN,  404, 404, 404, 403, 200]),
    row("post", "/admin/accounts/new",                              [IN,  404, 404, 404, 403, 422]),
    row("get",  "/admin/accounts/{id}",                             [IN,  404, 404, 404, 403, 200]),
    row("post", "/admin/accounts/{id}",                             [IN,  404, 404, 404, 403, 422]),
    row("get",  "/admin/locations",                                 [IN,  404, 404, 404, 403, 200]),
    row("get",  "/admin/locations/new",                             [IN,  404, 404, 404, 403, 200]),
    row("post", "/admin/locations/new",                             [IN,  404, 404, 404, 403, 422]),
    row("get",  "/admin/locations/{location_id}",                   [IN,  404, 404, 404, 403, 200]),
    row("post", "/admin/locations/{location_id}",                   [IN,  404, 404, 404, 403, 422]),
    row("get",  "/admin/users",                                     [IN,  404, 404, 404, 403, 200]),
    row("get",  "/admin/users/new",                                 [IN,  404, 404, 404, 403, 200]),
    row("post", "/admin/users/new",                                 [IN,  404, 404, 404, 403, 422]),
    row("get",  "/admin/users/{id}",                                [IN,  404, 404, 404, 403, 200]),
    row("post", "/admin/users/{id}",                                [IN,  404, 404, 404, 403, 422]),
    row("get",  "/admin/users/{id}/deactivation",                   [IN,  404, 404, 404, 403, 200]),
    row("post", "/admin/users/{id}/deactivation",                   [IN,  404, 404, 404, 403, 303]),
    row("post", "/admin/users/{id}/activation",                     [IN,  404, 404, 404, 403, 303]),
    row("post", "/admin/users/{id}/invitation",                     [IN,  404, 404, 404, 403, 303]),
    row("get",  "/admin/area-codes",                                [IN,  404, 404, 404, 403, 200]),
    row("post", "/admin/area-codes",                                [IN,  404, 404, 404, 403, 422]),
    row("post", "/admin/area-codes/{id}/removal",                   [IN,  404, 404, 404, 403, 303]),
];
