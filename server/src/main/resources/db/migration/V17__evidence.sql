-- Consents as chains that show when somebody changed them (docs/decisions/0026-consent-chain.md), the keys that sign
-- proof documents, and who changed set-up and campaigns.

alter table consents
    add column operation     text,              -- the operation of an integration that it came by
    add column mail_hash     bytea,             -- the wording of the mail whose link was followed
    add column position      integer,           -- in the chain of its customer, from 1
    add column previous_hash bytea,             -- of the record before it; null for the first
    add column hash          bytea,
    add column keyed         boolean;           -- false: from before there were chains, hashed without a key

-- Records from before there were chains: whatever follows, and the first anchor, hold on to these hashes.
create function consent_digest(c consents) returns bytea language sql stable as
$$ select sha256(convert_to(jsonb_build_array(c.project_id, c.consent_id, c.customer_id, c.contact_id, c.kind,
       extract(epoch from c.at), encode(c.wording_hash, 'hex'), c.form_id, c.form_version, c.page, c.ip, c.user_agent,
       c.integration_id, c.actor, c.message_id)::text, 'UTF8')) $$;

alter table consents disable trigger consents_immutable;
update consents c set position = n.position, previous_hash = n.previous_hash, hash = n.hash, keyed = false
from (select project_id, consent_id, consent_digest(consents) as hash,
             row_number() over chain as position, lag(consent_digest(consents)) over chain as previous_hash
      from consents window chain as (partition by project_id, customer_id order by consent_id)) n
where c.project_id = n.project_id and c.consent_id = n.consent_id;
alter table consents enable trigger consents_immutable;

alter table consents
    alter column position set not null,
    alter column hash set not null,
    alter column keyed set not null,
    add constraint consents_chain_check check ((position = 1) = (previous_hash is null));
drop index consents_customer;
create unique index consents_customer on consents (project_id, customer_id, position);
create trigger wordings_immutable before update on wordings for each row execute function refuse_update();

alter table customers                           -- the end of the customer's chain, so that a missing end shows
    add column consents      integer not null default 0,
    add column consents_hash bytea,
    add constraint customers_chain_check check ((consents = 0) = (consents_hash is null));
update customers c set consents = n.position, consents_hash = n.hash
from (select distinct on (project_id, customer_id) project_id, customer_id, position, hash
      from consents order by project_id, customer_id, position desc) n
where c.project_id = n.project_id and c.customer_id = n.customer_id;

create table erased_consents (                  -- what an erasure leaves of a consent: nothing that tells of anybody
    project_id integer not null,
    consent_id uuid not null,
    hash       bytea not null,
    erased_at  timestamptz not null,
    primary key (project_id, consent_id)
);

create table consent_anchors (                  -- each over all consents of a project since the one before it
    project_id    integer not null,
    number        integer not null,
    at            timestamptz not null,
    until         uuid not null,                -- covers the ids from the one before up to this, exclusive
    records       integer not null,
    previous_hash bytea,
    hash          bytea not null,
    primary key (project_id, number)
);

create table signing_keys (                     -- of proof documents; the newest signs, all of them verify
    key_id     text primary key,
    public_key bytea not null,                  -- Ed25519, 32 bytes
    sealed     bytea not null,                  -- the private key, encrypted with the server's key
    created_at timestamptz not null
);

create table campaign_events (                  -- what was done to campaigns, and what became of them
    project_id  integer not null,
    event_id    uuid not null,
    campaign_id integer not null,
    at          timestamptz not null,
    change      text not null,                  -- created, changed, ready, sending, paused, done, deleted, ...
    actor       text not null,
    primary key (project_id, event_id)
);
create index campaign_events_campaign on campaign_events (project_id, campaign_id, event_id);

create table setup_changes (                    -- who set what up
    project_id integer not null,
    change_id  uuid not null,
    at         timestamptz not null,
    change     text not null check (change in ('created', 'changed', 'deleted')),
    what       text not null,                   -- brand shop of acme
    actor      text not null,
    primary key (project_id, change_id)
);
