-- What one message of a campaign carries besides the campaign.

alter table messages
    add column test       boolean not null default false,   -- sent to try the campaign out: what is done with it counts nowhere
    add column parameters jsonb;                -- what an operation gave along: CustomParameters of its text; null: nothing

alter table operations
    add column campaign text;                   -- what the step send-message sends, instead of a message of its own
