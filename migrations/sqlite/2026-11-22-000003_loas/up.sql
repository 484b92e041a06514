-- One row a letter of authorization: who is to sign which facts, and how that ended. A letter whose facts change is another letter.
CREATE TABLE loas (
    id               INTEGER   NOT NULL PRIMARY KEY AUTOINCREMENT,
    account_id       BIGINT    NOT NULL REFERENCES accounts (id),
    port_request_id  BIGINT    NOT NULL REFERENCES port_requests (id),
    loa_id           TEXT      NOT NULL UNIQUE,
    -- The how many-th letter of the request.
    version          INTEGER   NOT NULL,
    state            TEXT      NOT NULL CHECK (state IN ('pending', 'signed', 'sealed', 'uploaded', 'declined', 'expired',
                               'voided', 'superseded')),
    mode             TEXT      NOT NULL CHECK (mode IN ('remote', 'self', 'uploaded')),
    -- The canonical JSON of everything that is printed, sealed: it holds the account number.
    facts            BLOB      NOT NULL,
    content_hash     TEXT      NOT NULL,
    -- The secret of the QR code opens what a stranger may know of the letter.
    qr_hash          TEXT      NOT NULL UNIQUE,
    number_count     INTEGER   NOT NULL,
    toll_free        BOOLEAN   NOT NULL,
    signer_name      TEXT      NOT NULL,
    signer_email     TEXT      NOT NULL,
    requested_by     BIGINT    NOT NULL REFERENCES users (id),
    created_at       TIMESTAMP NOT NULL,
    -- When the signer was last asked, and until when their links open.
    asked_at         TIMESTAMP NOT NULL,
    expires_at       TIMESTAMP NOT NULL,
    reminders        INTEGER   NOT NULL DEFAULT 0,
    next_reminder_at TIMESTAMP,
    -- Before this the seal that failed is not tried again.
    seal_after       TIMESTAMP,
    opened_at        TIMESTAMP,
    -- When the signer chose paper, since they were last asked.
    paper_chosen_at  TIMESTAMP,
    consented_at     TIMESTAMP,
    consent_version  INTEGER,
    signed_at        TIMESTAMP,
    -- The mark and what was confirmed, sealed, so that a letter whose seal failed can be sealed later.
    signature        BLOB,
    -- The day that stands on the letter: of signing, or as read from an uploaded one.
    signed_on        DATE,
    -- The day that whoever uploaded it typed; the desk may have read another one.
    told_on          DATE,
    -- When the desk compared that day with an uploaded letter.
    compared_at      TIMESTAMP,
    ended_at         TIMESTAMP,
    end_reason       TEXT      NOT NULL DEFAULT '',
    -- In the words of whoever ended it.
    end_note         TEXT      NOT NULL DEFAULT '',
    -- Whom a signer named who is not the right person.
    proposed_name    TEXT      NOT NULL DEFAULT '',
    proposed_email   TEXT      NOT NULL DEFAULT '',
    -- The chain of events: how many there are, and the hash of the last.
    chain_length     INTEGER   NOT NULL DEFAULT 0,
    chain_head       TEXT      NOT NULL,
    UNIQUE (port_request_id, version)
);
-- A request waits for one letter at most.
CREATE UNIQUE INDEX loas_pending ON loas (port_request_id) WHERE state = 'pending';
CREATE INDEX loas_to_expire ON loas (expires_at) WHERE state = 'pending';
CREATE INDEX loas_to_remind ON loas (next_reminder_at) WHERE state = 'pending';
CREATE INDEX loas_to_seal ON loas (signed_at) WHERE state = 'signed';

-- Links of signers. A new one for every mail; only hashes are kept.
CREATE TABLE loa_links (
    id           INTEGER   NOT NULL PRIMARY KEY AUTOINCREMENT,
    account_id   BIGINT    NOT NULL REFERENCES accounts (id),
    loa          BIGINT    NOT NULL REFERENCES loas (id),
    token_hash   TEXT      NOT NULL UNIQUE,
    reason       TEXT      NOT NULL,
    created_at   TIMESTAMP NOT NULL,
    revoked_at   TIMESTAMP,
    last_used_at TIMESTAMP
);
CREATE INDEX loa_links_by_loa ON loa_links (loa, id);

-- Browsers in which a link was opened.
CREATE TABLE loa_sessions (
    id           INTEGER   NOT NULL PRIMARY KEY AUTOINCREMENT,
    account_id   BIGINT    NOT NULL REFERENCES accounts (id),
    loa          BIGINT    NOT NULL REFERENCES loas (id),
    link         BIGINT    NOT NULL REFERENCES loa_links (id),
    cookie_hash  TEXT      NOT NULL UNIQUE,
    started_at   TIMESTAMP NOT NULL,
    last_seen_at TIMESTAMP NOT NULL,
    verified_at  TIMESTAMP
);
CREATE INDEX loa_sessions_by_loa ON loa_sessions (loa, id);

-- Six digits that prove a mailbox; only their keyed hash is kept.
CREATE TABLE loa_codes (
    id         INTEGER   NOT NULL PRIMARY KEY AUTOINCREMENT,
    account_id BIGINT    NOT NULL REFERENCES accounts (id),
    session    BIGINT    NOT NULL REFERENCES loa_sessions (id),
    code_hash  TEXT      NOT NULL,
    created_at TIMESTAMP NOT NULL,
    tries      INTEGER   NOT NULL DEFAULT 0,
    used_at    TIMESTAMP
);
CREATE INDEX loa_codes_by_session ON loa_codes (session, id);

-- What happened to a letter: append-only, each event with the hash of the one before.
CREATE TABLE loa_events (
    id             INTEGER   NOT NULL PRIMARY KEY AUTOINCREMENT,
    account_id     BIGINT    NOT NULL REFERENCES accounts (id),
    loa            BIGINT    NOT NULL REFERENCES loas (id),
    sequence       INTEGER   NOT NULL,
    kind           TEXT      NOT NULL,
    -- The event as canonical JSON: time, actor, client, detail.
    body           TEXT      NOT NULL,
    previous_hash  TEXT      NOT NULL,
    hash           TEXT      NOT NULL,
    UNIQUE (loa, sequence)
);
CREATE TRIGGER loa_events_are_never_changed BEFORE UPDATE ON loa_events
BEGIN
    SELECT RAISE(ABORT, 'events of letters are never changed');
END;
CREATE TRIGGER loa_events_are_never_removed BEFORE DELETE ON loa_events
BEGIN
    SELECT RAISE(ABORT, 'events of letters are never removed');
END;

-- The PDFs of a letter. Their bytes lie in the object store.
CREATE TABLE loa_files (
    id          INTEGER   NOT NULL PRIMARY KEY AUTOINCREMENT,
    account_id  BIGINT    NOT NULL REFERENCES accounts (id),
    loa         BIGINT    NOT NULL REFERENCES loas (id),
    kind        TEXT      NOT NULL CHECK (kind IN ('unsigned', 'signed', 'certificate', 'uploaded')),
    object_key  TEXT      NOT NULL,
    size        BIGINT    NOT NULL,
    sha256      TEXT      NOT NULL,
    -- The certificate that sealed it, and the time that an authority confirmed or why none did.
    sealed_by   TEXT      NOT NULL DEFAULT '',
    timestamped TEXT      NOT NULL DEFAULT '',
    created_at  TIMESTAMP NOT NULL,
    UNIQUE (loa, kind)
);
CREATE INDEX loa_files_by_key ON loa_files (object_key);
CREATE INDEX loa_files_by_hash ON loa_files (sha256);
