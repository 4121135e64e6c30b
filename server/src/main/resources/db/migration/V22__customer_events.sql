-- The events of one customer, which an erasure takes away: without this it looked at every event of the project.
create index events_customer on events (project_id, customer_id);
