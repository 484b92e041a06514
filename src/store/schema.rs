//! The tables, as both databases have them; a test compares this file with them.

diesel::table! {
    accounts (id) {
        id -> BigInt,
        name -> Text,
        name_key -> Text,
        active -> Bool,
        created_at -> Timestamp,
        version -> Integer,
    }
}

diesel::table! {
    locations (id) {
        id -> BigInt,
        account_id -> BigInt,
        location_id -> Text,
        location_key -> Text,
        name -> Text,
        time_zone -> Text,
        porting_off_reason -> Text,
        created_at -> Timestamp,
        version -> Integer,
    }
}

diesel::table! {
    users (id) {
        id -> BigInt,
        account_id -> Nullable<BigInt>,
        email -> Text,
        email_key -> Text,
        name -> Text,
        role -> Text,
        state -> Text,
        password_hash -> Nullable<Text>,
        time_zone -> Nullable<Text>,
        theme -> Text,
        created_at -> Timestamp,
        last_seen_at -> Nullable<Timestamp>,
        version -> Integer,
    }
}

diesel::table! {
    location_members (id) {
        id -> BigInt,
        account_id -> BigInt,
        location_id -> BigInt,
        user_id -> BigInt,
    }
}

diesel::table! {
    sessions (id) {
        id -> BigInt,
        token_hash -> Text,
        user_id -> BigInt,
        created_at -> Timestamp,
        authenticated_at -> Timestamp,
        last_seen_at -> Timestamp,
        expires_at -> Timestamp,
    }
}

diesel::table! {
    private_links (id) {
        id -> BigInt,
        purpose -> Text,
        token_hash -> Text,
        user_id -> Nullable<BigInt>,
        created_at -> Timestamp,
        expires_at -> Timestamp,
        used_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    throttle_tries (id) {
        id -> BigInt,
        scope -> Text,
        key_hash -> Text,
        tried_at -> Timestamp,
    }
}

diesel::table! {
    submit_tokens (id) {
        id -> BigInt,
        token_hash -> Text,
        result -> Text,
        created_at -> Timestamp,
    }
}

diesel::table! {
    parked_posts (id) {
        id -> BigInt,
        token_hash -> Text,
        user_id -> Nullable<BigInt>,
        path -> Text,
        body -> Binary,
        created_at -> Timestamp,
    }
}

diesel::table! {
    name_terms (id) {
        id -> BigInt,
        account_id -> Nullable<BigInt>,
        kind -> Text,
        owner_id -> BigInt,
        term -> Text,
    }
}

diesel::table! {
    area_codes (id) {
        id -> BigInt,
        code -> Text,
        country -> Text,
        kind -> Text,
        added_by -> BigInt,
        added_at -> Timestamp,
        removed_by -> Nullable<BigInt>,
        removed_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    port_requests (id) {
        id -> BigInt,
        account_id -> BigInt,
        location_id -> BigInt,
        sid -> Text,
        channel -> Text,
        stage -> Text,
        stage_since -> Timestamp,
        version -> Integer,
        attempt -> Integer,
        name -> Text,
        losing_carrier -> Text,
        number_count -> Integer,
        ported_count -> Integer,
        scope -> Text,
        submitted_by -> BigInt,
        created_at -> Timestamp,
        sent_at -> Nullable<Timestamp>,
        confirmed_at -> Nullable<Timestamp>,
        assigned_to -> Nullable<BigInt>,
        next_step -> Text,
        current_action -> Text,
        current_reason -> Text,
        carrier_order_number -> Text,
        sent_to_carrier_at -> Nullable<Timestamp>,
        foc_starts_at -> Nullable<Timestamp>,
        foc_ends_at -> Nullable<Timestamp>,
        foc_zone -> Text,
        closed_at -> Nullable<Timestamp>,
        secrets_erased_at -> Nullable<Timestamp>,
        deleted_at -> Nullable<Timestamp>,
        needs_letter -> Bool,
        needs_account -> Bool,
    }
}

diesel::table! {
    drafts (port_request_id) {
        port_request_id -> BigInt,
        account_id -> BigInt,
        answers -> Binary,
        saved_at -> Timestamp,
        version -> Integer,
        reminders -> Integer,
        reminded_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    term_texts (id) {
        id -> BigInt,
        slug -> Text,
        version -> Integer,
        body -> Text,
        effective_at -> Timestamp,
    }
}

diesel::table! {
    acknowledgements (id) {
        id -> BigInt,
        account_id -> BigInt,
        port_request_id -> BigInt,
        attempt -> Integer,
        slug -> Text,
        text_version -> Integer,
        accepted_by -> BigInt,
        accepted_at -> Timestamp,
        client_address -> Text,
    }
}

diesel::table! {
    submissions (id) {
        id -> BigInt,
        account_id -> BigInt,
        port_request_id -> BigInt,
        attempt -> Integer,
        sent_by -> BigInt,
        sent_at -> Timestamp,
        losing_carrier -> Text,
        account_number -> Binary,
        account_pin -> Nullable<Binary>,
        btn -> Nullable<Text>,
        reseller -> Nullable<Text>,
        scope -> Text,
        new_btn -> Nullable<Text>,
        staying -> Text,
        account_type -> Text,
        business_name -> Nullable<Text>,
        contact_name -> Text,
        authorized_email -> Text,
        street -> Text,
        unit -> Nullable<Text>,
        city -> Text,
        state -> Text,
        postal_code -> Text,
        preferred_date -> Nullable<Date>,
        proof -> Text,
        bill_date -> Date,
    }
}

diesel::table! {
    port_numbers (id) {
        id -> BigInt,
        account_id -> BigInt,
        port_request_id -> BigInt,
        submitted_by -> BigInt,
        position -> Integer,
        e164 -> Text,
        kind -> Text,
        state -> Text,
        pin_kind -> Text,
        pin -> Nullable<Binary>,
        pin_length -> Integer,
        pin_set_at -> Nullable<Timestamp>,
        ported_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    number_claims (e164) {
        e164 -> Text,
        port_request_id -> BigInt,
        account_id -> BigInt,
        claimed_at -> Timestamp,
    }
}

diesel::table! {
    search_terms (id) {
        id -> BigInt,
        account_id -> BigInt,
        port_request_id -> BigInt,
        term -> Text,
    }
}

diesel::table! {
    documents (id) {
        id -> BigInt,
        account_id -> BigInt,
        port_request_id -> BigInt,
        public_id -> Text,
        kind -> Text,
        file_name -> Text,
        format -> Text,
        size -> BigInt,
        sha256 -> Text,
        pages -> Nullable<Integer>,
        width -> Nullable<Integer>,
        height -> Nullable<Integer>,
        object_key -> Text,
        uploaded_by -> Nullable<BigInt>,
        uploaded_at -> Timestamp,
        sent_at -> Nullable<Timestamp>,
        removed_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    history (id) {
        id -> BigInt,
        account_id -> BigInt,
        port_request_id -> BigInt,
        happened_at -> Timestamp,
        actor_id -> Nullable<BigInt>,
        actor_name -> Text,
        actor_side -> Text,
        event -> Text,
        from_stage -> Nullable<Text>,
        to_stage -> Nullable<Text>,
        note -> Text,
        visible -> Bool,
    }
}

diesel::table! {
    foc_windows (id) {
        id -> BigInt,
        account_id -> BigInt,
        port_request_id -> BigInt,
        starts_at -> Timestamp,
        ends_at -> Timestamp,
        zone -> Text,
        set_by -> BigInt,
        set_at -> Timestamp,
    }
}

diesel::table! {
    rejection_reasons (id) {
        id -> BigInt,
        account_id -> BigInt,
        port_request_id -> BigInt,
        attempt -> Integer,
        source -> Text,
        slug -> Text,
        message -> Text,
        carrier_words -> Text,
        set_at -> Timestamp,
    }
}

diesel::table! {
    loas (id) {
        id -> BigInt,
        account_id -> BigInt,
        port_request_id -> BigInt,
        loa_id -> Text,
        version -> Integer,
        state -> Text,
        mode -> Text,
        facts -> Binary,
        content_hash -> Text,
        qr_hash -> Text,
        number_count -> Integer,
        toll_free -> Bool,
        signer_name -> Text,
        signer_email -> Text,
        requested_by -> BigInt,
        created_at -> Timestamp,
        asked_at -> Timestamp,
        expires_at -> Timestamp,
        reminders -> Integer,
        next_reminder_at -> Nullable<Timestamp>,
        seal_after -> Nullable<Timestamp>,
        opened_at -> Nullable<Timestamp>,
        paper_chosen_at -> Nullable<Timestamp>,
        consented_at -> Nullable<Timestamp>,
        consent_version -> Nullable<Integer>,
        signed_at -> Nullable<Timestamp>,
        signature -> Nullable<Binary>,
        signed_on -> Nullable<Date>,
        told_on -> Nullable<Date>,
        compared_at -> Nullable<Timestamp>,
        ended_at -> Nullable<Timestamp>,
        end_reason -> Text,
        end_note -> Text,
        proposed_name -> Text,
        proposed_email -> Text,
        chain_length -> Integer,
        chain_head -> Text,
    }
}

diesel::table! {
    loa_links (id) {
        id -> BigInt,
        account_id -> BigInt,
        loa -> BigInt,
        token_hash -> Text,
        reason -> Text,
        created_at -> Timestamp,
        revoked_at -> Nullable<Timestamp>,
        last_used_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    loa_sessions (id) {
        id -> BigInt,
        account_id -> BigInt,
        loa -> BigInt,
        link -> BigInt,
        cookie_hash -> Text,
        started_at -> Timestamp,
        last_seen_at -> Timestamp,
        verified_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    loa_codes (id) {
        id -> BigInt,
        account_id -> BigInt,
        session -> BigInt,
        code_hash -> Text,
        created_at -> Timestamp,
        tries -> Integer,
        used_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    loa_events (id) {
        id -> BigInt,
        account_id -> BigInt,
        loa -> BigInt,
        sequence -> Integer,
        kind -> Text,
        body -> Text,
        previous_hash -> Text,
        hash -> Text,
    }
}

diesel::table! {
    loa_files (id) {
        id -> BigInt,
        account_id -> BigInt,
        loa -> BigInt,
        kind -> Text,
        object_key -> Text,
        size -> BigInt,
        sha256 -> Text,
        sealed_by -> Text,
        timestamped -> Text,
        created_at -> Timestamp,
    }
}

diesel::table! {
    outbox (id) {
        id -> BigInt,
        account_id -> Nullable<BigInt>,
        port_request_id -> Nullable<BigInt>,
        user_id -> Nullable<BigInt>,
        kind -> Text,
        to_address -> Text,
        subject -> Text,
        body_text -> Text,
        body_html -> Text,
        message_id -> Text,
        link_purpose -> Nullable<Text>,
        loa -> Nullable<BigInt>,
        loa_session -> Nullable<BigInt>,
        with_loa -> Bool,
        manual_draft -> Nullable<BigInt>,
        state -> Text,
        attempts -> Integer,
        next_try_at -> Timestamp,
        leased_until -> Nullable<Timestamp>,
        lease -> Nullable<Text>,
        last_error -> Text,
        created_at -> Timestamp,
        sent_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    manual_drafts (id) {
        id -> BigInt,
        token_hash -> Text,
        answers -> Binary,
        version -> Integer,
        created_at -> Timestamp,
        saved_at -> Timestamp,
        corrects -> Nullable<BigInt>,
        sid -> Nullable<Text>,
        sent_at -> Nullable<Timestamp>,
        port_request_id -> Nullable<BigInt>,
    }
}

diesel::table! {
    manual_files (id) {
        id -> BigInt,
        manual_draft -> BigInt,
        public_id -> Text,
        kind -> Text,
        file_name -> Text,
        format -> Text,
        size -> BigInt,
        sha256 -> Text,
        pages -> Nullable<Integer>,
        object_key -> Text,
        uploaded_at -> Timestamp,
    }
}

diesel::table! {
    contact_links (id) {
        id -> BigInt,
        token_hash -> Text,
        manual_draft -> Nullable<BigInt>,
        mailbox -> Nullable<Text>,
        port_request_id -> Nullable<BigInt>,
        created_at -> Timestamp,
    }
}

diesel::allow_tables_to_appear_in_same_query!(
    manual_drafts,
    manual_files,
    contact_links,
    accounts,
    locations,
    users,
    location_members,
    sessions,
    private_links,
    throttle_tries,
    submit_tokens,
    parked_posts,
    name_terms,
    area_codes,
    port_requests,
    drafts,
    term_texts,
    acknowledgements,
    submissions,
    port_numbers,
    number_claims,
    search_terms,
    documents,
    history,
    foc_windows,
    rejection_reasons,
    loas,
    loa_links,
    loa_sessions,
    loa_codes,
    loa_events,
    loa_files,
    outbox,
);

diesel::joinable!(location_members -> users (user_id));
diesel::joinable!(location_members -> locations (location_id));
diesel::joinable!(sessions -> users (user_id));
diesel::joinable!(port_requests -> users (submitted_by));
diesel::joinable!(port_requests -> locations (location_id));
diesel::joinable!(port_numbers -> port_requests (port_request_id));
diesel::joinable!(number_claims -> port_requests (port_request_id));
diesel::joinable!(documents -> port_requests (port_request_id));
diesel::joinable!(history -> port_requests (port_request_id));
