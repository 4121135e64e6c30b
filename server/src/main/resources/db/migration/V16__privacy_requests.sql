-- What people ask for about their own data, and how it was dealt with. A row outlives the customer: it shows that an
-- erasure was carried out, and names nobody any more.

create table privacy_requests (
    project_id   integer not null,
    request_id   uuid not null,
    customer_id  uuid not null,
    brand_id     integer not null,
    message_id   uuid not null,                 -- carries the link by which it is confirmed
    kind         text not null check (kind in ('download', 'erasure')),
    state        text not null check (state in ('asked', 'confirmed', 'done', 'refused')),
    asked_at     timestamptz not null,
    confirmed_at timestamptz,
    closed_at    timestamptz,
    due_at       timestamptz not null,          -- the end of the term that the law sets
    decided_by   text,
    reason       text,
    primary key (project_id, request_id),
    check ((state = 'asked') = (confirmed_at is null)),
    check ((state in ('done', 'refused')) = (closed_at is not null)),
    check (state <> 'refused' or reason is not null)
);
create unique index privacy_requests_message on privacy_requests (project_id, message_id);
create index privacy_requests_customer on privacy_requests (project_id, customer_id, asked_at);
create index privacy_requests_state on privacy_requests (project_id, state, request_id);

alter table projects
    add column erasure_needs_approval boolean not null default true;
