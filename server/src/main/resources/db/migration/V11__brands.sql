-- Customers by status, and topics that were deleted.

-- Who has which status at a node: filters, counts and recipients of campaigns read it in the order of customers.
create index subscriptions_status on subscriptions (project_id, brand_id, channel, topic_id, status, customer_id);
create index contact_points_waiting on contact_points (project_id, type, customer_id) where slot = 'non_primary';

create table topic_deletions (                  -- topics whose subscribers are still to be unsubscribed
    project_id integer not null,
    topic_id   integer not null,
    brand_id   integer not null,
    actor      text not null,
    deleted_at timestamptz not null,
    primary key (project_id, topic_id)
);
