CREATE TABLE port_requests (
    id                   INTEGER   NOT NULL PRIMARY KEY AUTOINCREMENT,
    account_id           BIGINT    NOT NULL REFERENCES accounts (id),
    location_id          BIGINT    NOT NULL REFERENCES locations (id),
    sid                  TEXT      NOT NULL UNIQUE,
    channel              TEXT      NOT NULL CHECK (channel IN ('in_app', 'manual')),
    stage                TEXT      NOT NULL CHECK (stage IN ('draft', 'awaiting_approval', 'awaiting_signature',
                                   'in_review', 'needs_info', 'submitted', 'foc_scheduled', 'partially_ported',
                                   'rejected', 'cancel_requested', 'completed', 'canceled')),
    stage_since          TIMESTAMP NOT NULL,
    version              INTEGER   NOT NULL DEFAULT 1,
    attempt              INTEGER   NOT NULL DEFAULT 1,
    name                 TEXT      NOT NULL DEFAULT '',
    losing_carrier       TEXT      NOT NULL DEFAULT '',
    number_count         INTEGER   NOT NULL DEFAULT 0,
    ported_count         INTEGER   NOT NULL DEFAULT 0,
    -- Whether every number of the account moves, as of the newest attempt: all, some, unknown; empty for a draft.
    scope                TEXT      NOT NULL DEFAULT '',
    submitted_by         BIGINT    NOT NULL REFERENCES users (id),
    created_at           TIMESTAMP NOT NULL,
    sent_at              TIMESTAMP,
    -- When the contact of a manual request proved the mailbox.
    confirmed_at         TIMESTAMP,
    assigned_to          BIGINT    REFERENCES users (id),
    next_step            TEXT      NOT NULL DEFAULT 'terms',
    current_action       TEXT      NOT NULL DEFAULT '',
    current_reason       TEXT      NOT NULL DEFAULT '',
    carrier_order_number TEXT      NOT NULL DEFAULT '',
    sent_to_carrier_at   TIMESTAMP,
    foc_starts_at        TIMESTAMP,
    foc_ends_at          TIMESTAMP,
    foc_zone             TEXT      NOT NULL DEFAULT '',
    closed_at            TIMESTAMP,
    secrets_erased_at    TIMESTAMP,
    deleted_at           TIMESTAMP,
    -- Whether its letter of authorization, while the request waits for a signature, waits for the requester.
    needs_letter         BOOLEAN   NOT NULL DEFAULT FALSE,
    -- Whether somebody of its account has to act. Whoever sent the manual form belongs to no account.
    needs_account        BOOLEAN   NOT NULL GENERATED ALWAYS AS (channel = 'in_app' AND (stage IN ('draft', 'needs_info',
                                   'rejected') OR (stage = 'awaiting_signature' AND needs_letter))) STORED
);
-- Lists walk these in their order, stage by stage or past a few stages. A deleted draft can be brought back for a day; no list shows it.
CREATE INDEX port_requests_by_account ON port_requests (account_id, created_at, id, stage, needs_account) WHERE deleted_at IS NULL;
CREATE INDEX port_requests_by_account_stage ON port_requests (account_id, stage, created_at, id) WHERE deleted_at IS NULL;
CREATE INDEX port_requests_by_submitter ON port_requests (submitted_by, created_at, id, stage, needs_account) WHERE deleted_at IS NULL;
CREATE INDEX port_requests_by_submitter_stage ON port_requests (submitted_by, stage, created_at, id) WHERE deleted_at IS NULL;
CREATE INDEX port_requests_needs_account ON port_requests (account_id, stage, created_at, id) WHERE deleted_at IS NULL AND needs_account;
CREATE INDEX port_requests_needs_submitter ON port_requests (submitted_by, stage, created_at, id) WHERE deleted_at IS NULL AND needs_account;
CREATE INDEX port_requests_by_carrier ON port_requests (account_id, losing_carrier, created_at, id, submitted_by, stage) WHERE deleted_at IS NULL;
CREATE INDEX port_requests_by_stage ON port_requests (stage, stage_since, id) WHERE deleted_at IS NULL;
CREATE INDEX port_requests_by_stage_time ON port_requests (stage, created_at, id) WHERE deleted_at IS NULL;
CREATE INDEX port_requests_by_location ON port_requests (location_id, stage, created_at, id) WHERE deleted_at IS NULL;
-- What a location holds is counted in these alone.
CREATE INDEX port_requests_by_submitter_location ON port_requests (submitted_by, location_id, stage) WHERE deleted_at IS NULL;
CREATE INDEX port_requests_moved_in ON port_requests (location_id, ported_count) WHERE deleted_at IS NULL;
CREATE INDEX port_requests_moved_in_by_submitter ON port_requests (submitted_by, location_id, ported_count) WHERE deleted_at IS NULL;
CREATE INDEX port_requests_unproven ON port_requests (channel, sent_at) WHERE confirmed_at IS NULL AND closed_at IS NULL;
CREATE INDEX port_requests_ended_to_erase ON port_requests (closed_at) WHERE secrets_erased_at IS NULL;
CREATE INDEX port_requests_deleted_to_erase ON port_requests (deleted_at) WHERE secrets_erased_at IS NULL;

-- What was typed into the wizard, sealed as a whole: it holds PINs, SSN digits and the account number.
CREATE TABLE drafts (
    port_request_id BIGINT    NOT NULL PRIMARY KEY REFERENCES port_requests (id),
    account_id      BIGINT    NOT NULL REFERENCES accounts (id),
    answers         BLOB      NOT NULL,
    saved_at        TIMESTAMP NOT NULL,
    version         INTEGER   NOT NULL DEFAULT 1,
    reminders       INTEGER   NOT NULL DEFAULT 0,
    reminded_at     TIMESTAMP
);
CREATE INDEX drafts_by_age ON drafts (reminders, saved_at);

-- The texts that people agree to; an acceptance names the version.
CREATE TABLE term_texts (
    id           INTEGER   NOT NULL PRIMARY KEY AUTOINCREMENT,
    slug         TEXT      NOT NULL,
    version      INTEGER   NOT NULL,
    body         TEXT      NOT NULL,
    effective_at TIMESTAMP NOT NULL,
    UNIQUE (slug, version)
);

CREATE TABLE acknowledgements (
    id              INTEGER   NOT NULL PRIMARY KEY AUTOINCREMENT,
    account_id      BIGINT    NOT NULL REFERENCES accounts (id),
    port_request_id BIGINT    NOT NULL REFERENCES port_requests (id),
    -- A guided request is agreed to once; the manual form once more with each attempt.
    attempt         INTEGER   NOT NULL,
    slug            TEXT      NOT NULL,
    text_version    INTEGER   NOT NULL,
    accepted_by     BIGINT    NOT NULL REFERENCES users (id),
    accepted_at     TIMESTAMP NOT NULL,
    client_address  TEXT      NOT NULL,
    UNIQUE (port_request_id, slug, text_version, attempt)
);

-- The facts of one attempt, as they were sent.
CREATE TABLE submissions (
    id                  INTEGER   NOT NULL PRIMARY KEY AUTOINCREMENT,
    account_id          BIGINT    NOT NULL REFERENCES accounts (id),
    port_request_id     BIGINT    NOT NULL REFERENCES port_requests (id),
    attempt             INTEGER   NOT NULL,
    sent_by             BIGINT    NOT NULL REFERENCES users (id),
    sent_at             TIMESTAMP NOT NULL,
    losing_carrier      TEXT      NOT NULL,
    account_number      BLOB      NOT NULL,
    account_pin         BLOB,
    btn                 TEXT,
    reseller            TEXT,
    scope               TEXT      NOT NULL,
    new_btn             TEXT,
    -- Those that stay, in E.164 with spaces.
    staying             TEXT      NOT NULL,
    account_type        TEXT      NOT NULL,
    business_name       TEXT,
    contact_name        TEXT      NOT NULL,
    authorized_email    TEXT      NOT NULL,
    street              TEXT      NOT NULL,
    unit                TEXT,
    city                TEXT      NOT NULL,
    state               TEXT      NOT NULL,
    postal_code         TEXT      NOT NULL,
    preferred_date      DATE,
    proof               TEXT      NOT NULL,
    bill_date           DATE      NOT NULL,
    UNIQUE (port_request_id, attempt)
);

CREATE TABLE port_numbers (
    id              INTEGER   NOT NULL PRIMARY KEY AUTOINCREMENT,
    account_id      BIGINT    NOT NULL REFERENCES accounts (id),
    port_request_id BIGINT    NOT NULL REFERENCES port_requests (id),
    submitted_by    BIGINT    NOT NULL REFERENCES users (id),
    position        INTEGER   NOT NULL,
    e164            TEXT      NOT NULL,
    kind            TEXT      NOT NULL CHECK (kind IN ('landline', 'wireless', 'toll-free')),
    state           TEXT      NOT NULL CHECK (state IN ('pending', 'submitted', 'foc_scheduled', 'ported', 'rejected', 'removed')),
    pin_kind        TEXT      NOT NULL DEFAULT '',
    pin             BLOB,
    pin_length      INTEGER   NOT NULL DEFAULT 0,
    pin_set_at      TIMESTAMP,
    ported_at       TIMESTAMP,
    UNIQUE (port_request_id, e164)
);
CREATE INDEX port_numbers_by_number ON port_numbers (e164);
CREATE INDEX port_numbers_by_state ON port_numbers (account_id, state, e164, id);
CREATE INDEX port_numbers_by_submitter ON port_numbers (submitted_by, state, e164, id);

-- One row for each number in a live request of the whole system: the key is what forbids the second one.
CREATE TABLE number_claims (
    e164            TEXT      NOT NULL PRIMARY KEY,
    port_request_id BIGINT    NOT NULL REFERENCES port_requests (id),
    account_id      BIGINT    NOT NULL REFERENCES accounts (id),
    claimed_at      TIMESTAMP NOT NULL
);
CREATE INDEX number_claims_by_request ON number_claims (port_request_id);

-- Prefixes are looked up here: words of names, SIDs, numbers with ten digits and their last seven and four.
CREATE TABLE search_terms (
    id              INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    account_id      BIGINT  NOT NULL REFERENCES accounts (id),
    port_request_id BIGINT  NOT NULL REFERENCES port_requests (id),
    term            TEXT    NOT NULL
);
CREATE INDEX search_terms_by_term ON search_terms (term, port_request_id);
CREATE INDEX search_terms_by_account ON search_terms (account_id, term, port_request_id);
CREATE INDEX search_terms_by_request ON search_terms (port_request_id, term);

CREATE TABLE documents (
    id              INTEGER   NOT NULL PRIMARY KEY AUTOINCREMENT,
    account_id      BIGINT    NOT NULL REFERENCES accounts (id),
    port_request_id BIGINT    NOT NULL REFERENCES port_requests (id),
    public_id       TEXT      NOT NULL UNIQUE,
    kind            TEXT      NOT NULL,
    file_name       TEXT      NOT NULL,
    format          TEXT      NOT NULL,
    size            BIGINT    NOT NULL,
    sha256          TEXT      NOT NULL,
    pages           INTEGER,
    width           INTEGER,
    height          INTEGER,
    object_key      TEXT      NOT NULL,
    uploaded_by     BIGINT    REFERENCES users (id),
    uploaded_at     TIMESTAMP NOT NULL,
    -- When it was first sent with the request; until then only whoever changes the request sees it.
    sent_at         TIMESTAMP,
    removed_at      TIMESTAMP
);
CREATE INDEX documents_by_request ON documents (port_request_id, id);
-- A bill may serve several requests of an account; its bytes go with the last of them.
CREATE INDEX documents_by_key ON documents (object_key);

-- Append-only: what happened, who did it, and whether customers see it. It also feeds live status.
CREATE TABLE history (
    id              INTEGER   NOT NULL PRIMARY KEY AUTOINCREMENT,
    account_id      BIGINT    NOT NULL REFERENCES accounts (id),
    port_request_id BIGINT    NOT NULL REFERENCES port_requests (id),
    happened_at     TIMESTAMP NOT NULL,
    actor_id        BIGINT    REFERENCES users (id),
    actor_name      TEXT      NOT NULL,
    actor_side      TEXT      NOT NULL CHECK (actor_side IN ('customer', 'desk', 'system')),
    event           TEXT      NOT NULL,
    from_stage      TEXT,
    to_stage        TEXT,
    note            TEXT      NOT NULL DEFAULT '',
    visible         BOOLEAN   NOT NULL
);
CREATE INDEX history_by_request ON history (port_request_id, id);

CREATE TABLE foc_windows (
    id              INTEGER   NOT NULL PRIMARY KEY AUTOINCREMENT,
    account_id      BIGINT    NOT NULL REFERENCES accounts (id),
    port_request_id BIGINT    NOT NULL REFERENCES port_requests (id),
    starts_at       TIMESTAMP NOT NULL,
    ends_at         TIMESTAMP NOT NULL,
    zone            TEXT      NOT NULL,
    set_by          BIGINT    NOT NULL REFERENCES users (id),
    set_at          TIMESTAMP NOT NULL
);
CREATE INDEX foc_windows_by_request ON foc_windows (port_request_id);

CREATE TABLE rejection_reasons (
    id              INTEGER   NOT NULL PRIMARY KEY AUTOINCREMENT,
    account_id      BIGINT    NOT NULL REFERENCES accounts (id),
    port_request_id BIGINT    NOT NULL REFERENCES port_requests (id),
    attempt         INTEGER   NOT NULL,
    source          TEXT      NOT NULL CHECK (source IN ('desk', 'carrier')),
    slug            TEXT      NOT NULL,
    message         TEXT      NOT NULL,
    carrier_words   TEXT      NOT NULL DEFAULT '',
    set_at          TIMESTAMP NOT NULL
);
CREATE INDEX rejection_reasons_by_request ON rejection_reasons (port_request_id, attempt);
