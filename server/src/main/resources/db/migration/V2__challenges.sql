-- Challenges for more than opt-in: proofs of contacts and authorizations, answered by links or codes.

alter table challenges drop constraint challenges_purpose_check;
alter table challenges
    add constraint challenges_purpose_check check (purpose in ('opt_in', 'confirm_contact', 'authorize')),
    add column type          text not null default 'email' check (type in ('email', 'mobile')),
    add column tried         integer not null default 0,     -- codes guessed, counted before they are compared
    add column last_tried_at timestamptz;

create table codes (                            -- as keyed hashes only; the code is in its message and nowhere else
    project_id   integer not null,
    challenge_id uuid not null,
    code_hash    bytea not null,
    message_id   uuid not null,
    created_at   timestamptz not null,
    expires_at   timestamptz not null,
    primary key (project_id, challenge_id, code_hash),
    foreign key (project_id, challenge_id) references challenges on delete cascade
);
create index codes_expired on codes (project_id, expires_at);

create table guards (                           -- running counts that a resend does not clear
    project_id integer not null,
    kind       text not null check (kind in ('failures_of_value', 'failures_of_address', 'sms_to_number',
                                             'sms_to_prefix', 'sms_from_address')),
    value      text not null,
    count      integer not null,
    since      timestamptz not null,
    primary key (project_id, kind, value)
);
create index guards_old on guards (project_id, since);

create table processed_transactions (           -- ids of transactions that were carried out: each is once
    project_id     integer not null,
    transaction_id uuid not null,
    at             timestamptz not null,
    primary key (project_id, transaction_id)
);
create index processed_transactions_old on processed_transactions (project_id, at);

alter table projects                            -- the guards' caps, see docs/reference/provisioning.md
    add column code_failures_per_day_and_contact integer not null default 10
        check (code_failures_per_day_and_contact between 1 and 1000),
    add column code_failures_per_day_and_ip      integer not null default 50
        check (code_failures_per_day_and_ip between 1 and 1000000),
    add column sms_codes_per_day_and_number      integer not null default 10
        check (sms_codes_per_day_and_number between 1 and 1000),
    add column sms_codes_per_hour_and_prefix     integer not null default 50
        check (sms_codes_per_hour_and_prefix between 1 and 1000000),
    add column sms_codes_per_hour_and_ip         integer not null default 20
        check (sms_codes_per_hour_and_ip between 1 and 1000000);
