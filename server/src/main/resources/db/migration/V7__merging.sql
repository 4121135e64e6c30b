-- A merge may leave a customer with several external ids of one name: they keep their order, the current one first.
alter table external_ids
    add column position integer not null default 0 check (position >= 0);
