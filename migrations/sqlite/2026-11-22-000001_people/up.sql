-- name_key is the name without case and spaces: two accounts may share it, after a warning.
CREATE TABLE accounts (
    id         INTEGER   NOT NULL PRIMARY KEY AUTOINCREMENT,
    name       TEXT      NOT NULL,
    name_key   TEXT      NOT NULL,
    active     BOOLEAN   NOT NULL DEFAULT TRUE,
    created_at TIMESTAMP NOT NULL,
    version    INTEGER   NOT NULL DEFAULT 1
);
CREATE INDEX accounts_by_name_key ON accounts (name_key);
CREATE INDEX accounts_by_name ON accounts (name, id);

-- location_key is the Location ID in lower case: ids are compared without case, in the whole system.
CREATE TABLE locations (
    id                 INTEGER   NOT NULL PRIMARY KEY AUTOINCREMENT,
    account_id         BIGINT    NOT NULL REFERENCES accounts (id),
    location_id        TEXT      NOT NULL,
    location_key       TEXT      NOT NULL UNIQUE,
    name               TEXT      NOT NULL,
    time_zone          TEXT      NOT NULL,
    porting_off_reason TEXT      NOT NULL DEFAULT '',
    created_at         TIMESTAMP NOT NULL,
    version            INTEGER   NOT NULL DEFAULT 1
);
CREATE INDEX locations_by_account ON locations (account_id, name, id);
CREATE INDEX locations_by_name ON locations (name, id);

-- Contacts came through the manual form and sign in nowhere: one row a request, and a key that is no address.
CREATE TABLE users (
    id            INTEGER   NOT NULL PRIMARY KEY AUTOINCREMENT,
    account_id    BIGINT    REFERENCES accounts (id),
    email         TEXT      NOT NULL,
    email_key     TEXT      NOT NULL UNIQUE,
    name          TEXT      NOT NULL,
    role          TEXT      NOT NULL CHECK (role IN ('owner', 'manager', 'reviewer', 'admin', 'contact')),
    state         TEXT      NOT NULL CHECK (state IN ('invited', 'active', 'deactivated')),
    password_hash TEXT,
    time_zone     TEXT,
    theme         TEXT      NOT NULL DEFAULT 'system' CHECK (theme IN ('system', 'light', 'dark')),
    created_at    TIMESTAMP NOT NULL,
    last_seen_at  TIMESTAMP,
    version       INTEGER   NOT NULL DEFAULT 1,
    CHECK ((account_id IS NULL) = (role IN ('reviewer', 'admin')))
);
-- Lists go along these in the order of names; role and state are in them so that no row is read to be left out.
CREATE INDEX users_by_account ON users (account_id, name, id, role, state);
CREATE INDEX users_by_name ON users (name, id, role, state);

-- Which locations a manager may send requests for; owners may for all of their account.
CREATE TABLE location_members (
    id          INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    account_id  BIGINT  NOT NULL REFERENCES accounts (id),
    location_id BIGINT  NOT NULL REFERENCES locations (id),
    user_id     BIGINT  NOT NULL REFERENCES users (id),
    UNIQUE (location_id, user_id)
);
CREATE INDEX location_members_by_user ON location_members (user_id);

CREATE TABLE sessions (
    id               INTEGER   NOT NULL PRIMARY KEY AUTOINCREMENT,
    token_hash       TEXT      NOT NULL UNIQUE,
    user_id          BIGINT    NOT NULL REFERENCES users (id),
    created_at       TIMESTAMP NOT NULL,
    authenticated_at TIMESTAMP NOT NULL,
    last_seen_at     TIMESTAMP NOT NULL,
    expires_at       TIMESTAMP NOT NULL
);
CREATE INDEX sessions_by_user ON sessions (user_id);
CREATE INDEX sessions_by_expiry ON sessions (expires_at);

-- Links of invitations, forgotten passwords and the first admin. Only hashes of their tokens are kept.
CREATE TABLE private_links (
    id         INTEGER   NOT NULL PRIMARY KEY AUTOINCREMENT,
    purpose    TEXT      NOT NULL CHECK (purpose IN ('invitation', 'password_reset', 'first_admin')),
    token_hash TEXT      NOT NULL UNIQUE,
    user_id    BIGINT    REFERENCES users (id),
    created_at TIMESTAMP NOT NULL,
    expires_at TIMESTAMP NOT NULL,
    used_at    TIMESTAMP
);
CREATE INDEX private_links_by_user ON private_links (user_id);

-- One row a try: of signing in, of asking for a link. key_hash hides whose.
CREATE TABLE throttle_tries (
    id       INTEGER   NOT NULL PRIMARY KEY AUTOINCREMENT,
    scope    TEXT      NOT NULL,
    key_hash TEXT      NOT NULL,
    tried_at TIMESTAMP NOT NULL
);
CREATE INDEX throttle_tries_by_key ON throttle_tries (scope, key_hash, tried_at);
CREATE INDEX throttle_tries_by_time ON throttle_tries (tried_at);

-- A form that creates something carries a one-use token; the second arrival is sent to the first one's result.
CREATE TABLE submit_tokens (
    id         INTEGER   NOT NULL PRIMARY KEY AUTOINCREMENT,
    token_hash TEXT      NOT NULL UNIQUE,
    result     TEXT      NOT NULL,
    created_at TIMESTAMP NOT NULL
);
CREATE INDEX submit_tokens_by_time ON submit_tokens (created_at);

-- A form that arrived signed out waits here, sealed, for an hour.
CREATE TABLE parked_posts (
    id         INTEGER   NOT NULL PRIMARY KEY AUTOINCREMENT,
    token_hash TEXT      NOT NULL UNIQUE,
    user_id    BIGINT    REFERENCES users (id),
    path       TEXT      NOT NULL,
    body       BLOB      NOT NULL,
    created_at TIMESTAMP NOT NULL
);

-- Words under which accounts, locations and users are found; owner_id is the row of the table that kind names.
CREATE TABLE name_terms (
    id         INTEGER   NOT NULL PRIMARY KEY AUTOINCREMENT,
    account_id BIGINT    REFERENCES accounts (id),
    kind       TEXT      NOT NULL CHECK (kind IN ('account', 'location', 'user')),
    owner_id   BIGINT    NOT NULL,
    term       TEXT      NOT NULL
);
CREATE INDEX name_terms_by_term ON name_terms (kind, term, owner_id);
CREATE INDEX name_terms_by_owner ON name_terms (kind, owner_id, term);

-- Area codes that the built-in table does not have yet. One that was taken out again stays, so that it can be told who did.
CREATE TABLE area_codes (
    id         INTEGER   NOT NULL PRIMARY KEY AUTOINCREMENT,
    code       TEXT      NOT NULL,
    country    TEXT      NOT NULL,
    kind       TEXT      NOT NULL CHECK (kind IN ('geographic', 'toll_free', 'premium', 'personal')),
    added_by   BIGINT    NOT NULL REFERENCES users (id),
    added_at   TIMESTAMP NOT NULL,
    removed_by BIGINT    REFERENCES users (id),
    removed_at TIMESTAMP
);
CREATE UNIQUE INDEX area_codes_in_use ON area_codes (code) WHERE removed_at IS NULL;
