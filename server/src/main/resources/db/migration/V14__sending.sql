-- Who vouches for mails, and where they bounce to.

alter table brands
    add column return_domain text check (return_domain ~ '^[a-z0-9.-]{3,190}$');    -- null: bounces go to the sender

create table dkim_keys (
    project_id integer not null,
    brand_id   integer not null,
    domain     text not null check (domain ~ '^[a-z0-9.-]{3,190}$'),
    selector   text not null check (selector ~ '^[a-z0-9][a-z0-9-]{0,62}$'),
    algorithm  text not null check (algorithm in ('rsa-sha256', 'ed25519-sha256')),
    record     text not null,                   -- what the domain is to publish
    sealed     bytea,                           -- the private key, encrypted with the server's key
    created_at timestamptz not null,
    created_by text not null,
    retired_at timestamptz,
    primary key (project_id, brand_id, domain, selector),
    foreign key (project_id, brand_id) references brands,
    check ((retired_at is null) = (sealed is not null))     -- a key that signs no more is not kept
);
