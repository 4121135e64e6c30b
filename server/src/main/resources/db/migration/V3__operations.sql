-- The named operations of integrations: what /v3/operations calls by name.

create table operations (
    project_id                integer not null,
    integration_id            integer not null,
    name_key                  text not null check (name_key = lower(name)),   -- found whatever the case of its letters
    name                      text not null check (name ~ '^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$'),
    step                      text not null,
    requires_secret_key       boolean not null default true,
    returns_validation_errors boolean not null default false,
    calls_per_minute          integer not null default 8000 check (calls_per_minute between 1 and 1000000),
    channel                   text check (channel in ('email', 'sms')),
    contact                   text check (contact in ('primary', 'non_primary')),
    lifetime_seconds          integer check (lifetime_seconds between 1 and 2592000),
    message_subject           text,
    message_html              text,
    message_text              text,
    changed_at                timestamptz not null,
    primary key (project_id, integration_id, name_key),
    foreign key (project_id, integration_id) references integrations
);
