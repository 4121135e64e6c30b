-- Keys that sign and authentication tickets

-- The key itself, encrypted: an integration signs tickets with it (docs/decisions/0015-authentication-tickets.md). Null
-- for keys that were made before; provisioning the same key again fills it.
alter table integration_keys add column sealed bytea;

create table authentication_tickets (           -- secrets of links that tell who comes, as keyed hashes only
    project_id   integer not null,
    secret_hash  bytea not null,
    kind         text not null check (kind in ('email', 'email_hex', 'mobile_hex', 'universal', 'permanent')),
    customer_id  uuid not null,
    value_hash   bytea,                         -- keyed hash of the contact that it was sent to and is bound to
    created_at   timestamptz not null,
    expires_at   timestamptz,                   -- null: as long as the customer lives
    primary key (project_id, secret_hash),
    foreign key (project_id, customer_id) references customers on delete cascade,
    check ((kind in ('email', 'email_hex', 'mobile_hex')) = (value_hash is not null))
);
create index authentication_tickets_customer on authentication_tickets (project_id, customer_id);
