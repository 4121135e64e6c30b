-- Whom a text was shown to, as long as that is one person: it goes with an erased customer. Null: several, or a page.

alter table wordings add column customer_id uuid;
create index wordings_customer on wordings (project_id, customer_id) where customer_id is not null;
