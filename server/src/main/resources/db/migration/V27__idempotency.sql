-- Requests that came with an Idempotency-Key, for a day: a repeat gets the answer of the first. What the caller chose as
-- the key, and what was asked, are kept as keyed hashes; the answer is sealed, as it may hold a secret or personal data.

create table idempotency_keys (
    project_id   integer not null,
    key_hash     bytea not null,                -- of the caller and the key
    request_hash bytea not null,                -- of method, path, query, content type and body
    attempt_id   uuid not null,                 -- which request holds the key
    reserved_at  timestamptz not null,
    status       smallint,                      -- null: not answered yet, or the server ended before it was written
    content_type text,
    content      bytea,                         -- sealed; null: too large to be kept
    primary key (project_id, key_hash)
);
create index idempotency_keys_old on idempotency_keys (project_id, reserved_at);
alter table idempotency_keys alter column content set storage external;    -- what is encrypted does not get smaller
