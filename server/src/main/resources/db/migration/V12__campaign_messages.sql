-- What one message of a campaign carries besides the campaign.

alter table messages
    add column test       boolean not null default false,   -- sent to try the campaign out: what is done with it counts nowhere
    add column parameters jsonb;                -- what an operation gave along: CustomParameters of its text; null: nothing

alter table operations
    add column campaign text;                   -- what the step send-message sends, instead of a message of its own

create table campaign_content_changes (         -- which text was sent from when to when: evidence, never changed
    project_id   integer not null,
    campaign_id  integer not null,
    change_id    uuid not null,
    variant      text not null,
    language     text not null,
    content_hash text,                          -- null: taken out
    at           timestamptz not null,
    by           text not null,
    primary key (project_id, campaign_id, change_id),
    foreign key (project_id, campaign_id) references campaigns
);
