-- expect_test(id): a mail with that Message-ID, by keyed hash, is a test of the
-- operator's. One that never came is forgotten after a day. For adm.
create or replace function sluis.expect_test(id bytea) returns void
language sql volatile security definer set search_path = pg_catalog, pg_temp
as $$
	delete from sluis.expected_test e where e.made < now() - interval '1 day';
	insert into sluis.expected_test (id) values (expect_test.id) on conflict do nothing
$$;
