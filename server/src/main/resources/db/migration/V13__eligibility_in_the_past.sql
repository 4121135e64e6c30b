-- What a question about eligibility at a past moment reads, and campaigns that go on by themselves.

alter table history
    add column contact_id bigint;               -- of the contact that a row is about, where it is held from then on

-- Who has held an address: contacts change seldom, so that the index grows with customers, not with what they do.
create index history_contact on history (project_id, contact_type, value, history_id)
    where kind = 'contact' and value is not null;

create index suppressions_contact on suppressions (project_id, type, value);    -- lifted ones as well

create index campaigns_running on campaigns (project_id, campaign_id)
    where kind = 'bulk' and state in ('ready', 'sending');
