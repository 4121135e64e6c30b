-- What deliveries told about addresses and numbers: a fact about the value, whoever holds it.

create table contact_validity (                 -- no row: nothing speaks against it
    project_id    integer not null,
    type          text not null check (type in ('email', 'mobile')),
    value         text not null,
    reason        text check (reason in ('no_such_address', 'refuses_messages', 'mailbox_full')),
    invalid_since timestamptz,
    invalid_until timestamptz,                  -- empty when it does not end by itself
    refused       integer not null default 0,   -- refusals since the last acceptance
    refused_since timestamptz,
    full_periods  integer not null default 0,   -- in succession: each is longer than the one before
    primary key (project_id, type, value),
    check ((reason is null) = (invalid_since is null)),
    check (invalid_until is null or reason is not null),
    check ((refused = 0) = (refused_since is null))
);

alter table contact_points drop column invalid_reason;   -- nothing has ever written it
