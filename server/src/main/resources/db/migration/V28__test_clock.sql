-- With serve --test-clock tests move the time. What they leave behind is of the moved time, so a server that is started
-- again goes on from there. One row for the server, like its key: projects share one time. Empty wherever nobody tests.

create table test_clock (
    name         text primary key,
    ahead_micros bigint not null check (ahead_micros >= 0)
);
