-- A hard bounce suppresses the address: so do those of before.
insert into suppressions (project_id, suppression_id, type, value, reason, actor, created_at)
select v.project_id, gen_random_uuid(), v.type, v.value, 'hard_bounce', 'bounce', v.invalid_since
from contact_validity v
where v.reason = 'no_such_address'
on conflict (project_id, type, value, reason) where lifted_at is null do nothing;

-- What is false is left out: {"everybody": false} would have chosen everybody.
update campaigns set audience = audience - 'everybody' where audience -> 'everybody' = 'false'::jsonb;
update campaigns set audience = audience - 'file' where audience -> 'file' = 'false'::jsonb;
