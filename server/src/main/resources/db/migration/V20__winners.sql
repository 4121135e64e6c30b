-- Why a variant was chosen: the figures at that moment, which go on changing afterwards.

alter table campaigns
    add column winner_basis json;               -- basis, decided_at, decided_by, variants; null as winner is, and for older ones
