-- What a node has taken of a campaign in bulk is one row, not a mark in each message: a mark and its removal wrote each
-- message twice over, with all its index entries.

create table takes (
    project_id  integer not null,
    take_id     uuid not null,
    campaign_id integer not null,
    until       timestamptz not null,           -- the end of the lease: what is not done by then is due again
    messages    uuid[] not null,
    primary key (project_id, take_id)
);
create index takes_campaign on takes (project_id, campaign_id);
alter table takes alter column messages set storage external;   -- ids do not get smaller by packing
