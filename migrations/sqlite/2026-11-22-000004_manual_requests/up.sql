-- The manual form: what somebody without an account types before it is a request of an account, sealed as a whole.
CREATE TABLE manual_drafts (
    id              INTEGER   NOT NULL PRIMARY KEY AUTOINCREMENT,
    -- Of the secret in the address of its pages.
    token_hash      TEXT      NOT NULL UNIQUE,
    answers         BLOB     NOT NULL,
    version         INTEGER   NOT NULL DEFAULT 1,
    created_at      TIMESTAMP NOT NULL,
    saved_at        TIMESTAMP NOT NULL,
    -- The rejected request that it corrects.
    corrects        BIGINT    REFERENCES port_requests (id),
    -- Made when it is sent; the request gets it when its contact has confirmed the mailbox.
    sid             TEXT,
    sent_at         TIMESTAMP,
    port_request_id BIGINT    REFERENCES port_requests (id)
);
CREATE INDEX manual_drafts_by_age ON manual_drafts (saved_at) WHERE port_request_id IS NULL;
CREATE INDEX manual_drafts_by_sid ON manual_drafts (sid);
CREATE INDEX manual_drafts_by_request ON manual_drafts (port_request_id);
CREATE INDEX manual_drafts_by_corrected ON manual_drafts (corrects);

-- The PDFs of such a draft, until they are documents of a request.
CREATE TABLE manual_files (
    id           INTEGER   NOT NULL PRIMARY KEY AUTOINCREMENT,
    manual_draft BIGINT    NOT NULL REFERENCES manual_drafts (id),
    public_id    TEXT      NOT NULL UNIQUE,
    kind         TEXT      NOT NULL CHECK (kind IN ('letter', 'bill')),
    file_name    TEXT      NOT NULL,
    format       TEXT      NOT NULL,
    size         BIGINT    NOT NULL,
    sha256       TEXT      NOT NULL,
    pages        INTEGER,
    object_key   TEXT      NOT NULL,
    uploaded_at  TIMESTAMP NOT NULL
);
CREATE INDEX manual_files_by_draft ON manual_files (manual_draft, id);
CREATE INDEX manual_files_by_key ON manual_files (object_key);

-- Links in mails to people without an account: they confirm a mailbox or open a request's status. Only hashes are kept.
CREATE TABLE contact_links (
    id              INTEGER   NOT NULL PRIMARY KEY AUTOINCREMENT,
    token_hash      TEXT      NOT NULL UNIQUE,
    manual_draft    BIGINT    REFERENCES manual_drafts (id),
    -- Keyed hash of the address that a link to confirm went to: it proves that one alone.
    mailbox         TEXT,
    port_request_id BIGINT    REFERENCES port_requests (id),
    created_at      TIMESTAMP NOT NULL,
    CHECK ((manual_draft IS NULL) <> (port_request_id IS NULL))
);
CREATE INDEX contact_links_by_draft ON contact_links (manual_draft);
CREATE INDEX contact_links_by_request ON contact_links (port_request_id);
