-- Whom a text was shown to, as long as that is one person: it goes with an erased customer. Null: several, or a page.

alter table wordings add column customer_id uuid;
drop trigger wordings_immutable on wordings;
create trigger wordings_immutable before update of project_id, wording_hash, text on wordings
    for each row execute function refuse_update();
create index wordings_customer on wordings (project_id, customer_id);
