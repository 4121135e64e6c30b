-- A text stays as it was shown; that a second person was shown it, so that it is no one person's any more, may be said.

drop trigger wordings_immutable on wordings;
create trigger wordings_immutable before update of project_id, wording_hash, text on wordings
    for each row execute function refuse_update();

-- An erasure names the customer; nearly every text that is made for somebody has one.
drop index wordings_customer;
create index wordings_customer on wordings (project_id, customer_id);
