-- Letters to send. A letter with a private link keeps a marker in its place: the token is made when it is sent.
CREATE TABLE outbox (
    id              INTEGER   NOT NULL PRIMARY KEY AUTOINCREMENT,
    account_id      BIGINT    REFERENCES accounts (id),
    port_request_id BIGINT    REFERENCES port_requests (id),
    user_id         BIGINT    REFERENCES users (id),
    kind            TEXT      NOT NULL,
    to_address      TEXT      NOT NULL,
    subject         TEXT      NOT NULL,
    body_text       TEXT      NOT NULL,
    body_html       TEXT      NOT NULL,
    message_id      TEXT      NOT NULL UNIQUE,
    link_purpose    TEXT,
    -- The letter of authorization that it is about, the browser that waits for a code, and whether its PDFs go with it.
    loa             BIGINT    REFERENCES loas (id),
    loa_session     BIGINT    REFERENCES loa_sessions (id),
    with_loa        BOOLEAN   NOT NULL DEFAULT FALSE,
    -- The manual draft whose contact is asked to confirm the mailbox.
    manual_draft    BIGINT    REFERENCES manual_drafts (id),
    state           TEXT      NOT NULL CHECK (state IN ('queued', 'sent', 'dead', 'dropped')),
    attempts        INTEGER   NOT NULL DEFAULT 0,
    next_try_at     TIMESTAMP NOT NULL,
    leased_until    TIMESTAMP,
    lease           TEXT,
    last_error      TEXT      NOT NULL DEFAULT '',
    created_at      TIMESTAMP NOT NULL,
    sent_at         TIMESTAMP
);
CREATE INDEX outbox_to_send ON outbox (next_try_at) WHERE state = 'queued';
CREATE INDEX outbox_by_request ON outbox (port_request_id, id);
CREATE INDEX outbox_by_state ON outbox (state, id);
