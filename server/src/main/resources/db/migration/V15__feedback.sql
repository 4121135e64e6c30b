-- What comes back about messages: who may tell it, what was told before, and what could not be placed.

create table feedback_endpoints (               -- addresses that mail servers, providers and gateways report to
    project_id  integer not null references projects,
    endpoint_id uuid not null,
    kind        text not null check (kind in ('mail', 'ses', 'events', 'sms')),
    name        text not null,
    secret_hash bytea not null,                 -- of the secret in its address
    sealed      bytea,                          -- the key that events are signed with
    created_by  text not null,
    created_at  timestamptz not null,
    revoked_at  timestamptz,
    primary key (project_id, endpoint_id),
    check ((kind = 'events') = (sealed is not null))
);
create unique index feedback_endpoints_secret on feedback_endpoints (project_id, secret_hash);

create table feedback_mailboxes (               -- where mails of a project come back to, as the set-up names it
    project_id integer not null references projects,
    kind       text not null check (kind in ('imap', 'maildir')),
    settings   jsonb not null,
    sealed     bytea,                           -- the password
    changed_at timestamptz not null,
    primary key (project_id, kind)
);

create table feedback_reports (                 -- what was told already: each report counts once
    project_id  integer not null,
    report_hash bytea not null,
    taken_at    timestamptz not null,
    primary key (project_id, report_hash)
);
create index feedback_reports_age on feedback_reports (project_id, taken_at);

create table feedback_unmatched (               -- for operators; the newest ones, for a while
    project_id  integer not null,
    feedback_id uuid not null,
    at          timestamptz not null,
    source      text not null,                  -- the way it came by
    kind        text not null,                  -- what was told
    reason      text not null,                  -- why it belongs to nobody
    recipient   text,
    detail      text,
    primary key (project_id, feedback_id)
);
