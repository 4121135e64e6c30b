-- Why a variant was chosen: the figures at that moment, which go on changing afterwards.

alter table campaigns
    add column winner_basis json;               -- basis, decided_at, decided_by, variants; null for older ones

-- The next lines of a file that were not looked at: without it each batch stepped past all lines before.
create index campaign_addresses_waiting on campaign_addresses (project_id, campaign_id, line) where outcome is null;
