-- Messages besides opt-in mails: a stored text, by email or by SMS.

create table message_texts (                    -- each text that was ever to be sent, once
    project_id integer not null,
    text_hash  text not null check (text_hash ~ '^[0-9a-f]{64}$'),
    subject    text not null,                   -- empty where there is no such part
    html       text not null,
    text       text not null,
    primary key (project_id, text_hash)
);

alter table messages
    drop constraint messages_kind_check,
    add constraint messages_kind_check check (kind in ('opt_in', 'transactional')),
    add column content text,                    -- the hash of a stored text, or the name of a built-in one
    add constraint messages_content_check check ((kind = 'transactional') = (content is not null));

drop index messages_due;                        -- each channel is taken by itself: one that hangs holds up no other
create index messages_due on messages (project_id, channel, due_at) where state in ('queued', 'sending');
