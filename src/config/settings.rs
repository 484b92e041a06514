//! The table of all settings.

/// Name, default and meaning of every setting, in the order of the README's table.
pub const SETTINGS: &[(&str, &str, &str)] = &[
    ("DATABASE_URL", "an SQLite file in the data folder", "`sqlite://PATH` or `postgres://USER:PASSWORD@HOST/NAME`"),
    ("PORTDESK_LISTEN", "127.0.0.1:8080", "address and port on which the server listens"),
    (
        "PORTDESK_BASE_URL",
        "http:// and the listen address",
        "the address that people and mails use; https turns on secure cookies",
    ),
    ("PORTDESK_DATA_DIR", "./data", "folder for the database, files, mail and keys"),
    (
        "PORTDESK_SMTP_URL",
        "none: mail goes to files in the data folder",
        "`smtps://USER:PASSWORD@HOST`, `smtp://HOST:587?tls=required`, or `smtp://localhost:25`",
    ),
    ("PORTDESK_SMTP_CA_FILE", "none", "PEM file with the certificate authority of a private mail server"),
    ("PORTDESK_MAIL_FROM", "portdesk@ and the host of the base URL", "sender of every mail"),
    (
        "PORTDESK_FILES_URL",
        "a folder in the data folder",
        "where documents are kept: a folder, or `s3://BUCKET/PREFIX` with the usual `AWS_*` settings",
    ),
    (
        "PORTDESK_SECRET_KEY",
        "made at first start in the data folder",
        "32 bytes in base64 that seal PINs and account numbers; several with commas to change keys; must be set with PostgreSQL",
    ),
    (
        "PORTDESK_SEAL_KEY_FILE",
        "`seal.pem` in the data folder, made at first start",
        "PEM file with the P-256 key and certificate that seal letters; must be set with PostgreSQL",
    ),
    (
        "PORTDESK_TIMESTAMP_URLS",
        "none",
        "one or two addresses of timestamp authorities (RFC 3161), with a comma; each letter's seal gets a timestamp",
    ),
    ("PORTDESK_COUNTRIES", "US", "`US` or `US,CA`: whose numbers may be moved in"),
    ("PORTDESK_BRAND_NAME", "Portdesk", "the product name that people see"),
    ("PORTDESK_BRAND_ACCENT", "#0B5A6F", "colour of links and buttons; one that could not be read is refused"),
    ("PORTDESK_BRAND_LOGO_FILE", "none: our own mark", "SVG or PNG file, shown 28 pixels high in the masthead"),
    (
        "PORTDESK_SUPPORT_EMAIL",
        "support@ and the host of the base URL",
        "where people write for help, and the Reply-To of mails",
    ),
    (
        "PORTDESK_PROVIDER_NAME",
        "the product name",
        "your company's legal name: letters of authorization name it as agent",
    ),
    ("PORTDESK_PROVIDER_ADDRESS", "none", "your company's address in one line, for letters of authorization"),
    ("PORTDESK_PROVIDER_PHONE", "none", "your company's telephone, for letters of authorization"),
    (
        "PORTDESK_RESP_ORG",
        "none",
        "`ABC01 Company name`: the RespOrg that takes over toll-free numbers; without it no request with one can be sent",
    ),
    (
        "PORTDESK_FONTS_DIR",
        "none",
        "folder of more fonts (TTF, OTF), for letters of authorization with names in other scripts than Latin",
    ),
    (
        "PORTDESK_DESK_TIME_ZONE",
        "America/New_York",
        "the desk's time zone: business days and staff without a zone of their own",
    ),
    ("PORTDESK_TRUSTED_PROXIES", "none", "addresses of proxies, with commas, whose `X-Forwarded-For` is believed"),
    (
        "PORTDESK_MANUAL_REQUESTS",
        "confirmed",
        "`confirmed`: manual requests come before the desk when their mailbox is confirmed; `at-once`: before that, marked so, and canceled when nobody confirms within 7 days",
    ),
    ("PORTDESK_MAX_NUMBERS", "1000", "numbers in one request, at most 10000"),
    ("PORTDESK_ERASE_SECRETS_DAYS", "30", "days after completion or cancel until PINs and SSN digits are erased"),
    ("PORTDESK_PASSWORD_MEMORY_KIB", "19456", "memory that one password hash takes (argon2id)"),
];
