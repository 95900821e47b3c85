-- accept_feed(id): an operator vouches for a feed whose source we do not know, so that
-- its participants are told. How many observations that is about; SL001 if there is no
-- such feed, or it needs no word. For adm.
create or replace function sluis.accept_feed(id bigint) returns bigint
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
declare
	moved bigint;
begin
	update sluis.feed f set vouched = true where f.id = accept_feed.id and not f.vouched;
	if not found then
		raise exception 'there is no feed of that number that waits for a word' using errcode = 'SL001';
	end if;
	perform sluis.see('*');
	with waiting as (
		delete from sluis.observation o where o.feed = accept_feed.id and not o.vouched returning o.*
	)
	insert into sluis.observation as o (participant, vouched, type, severity, address, host, port, feed, again,
	    first, last, seen)
	select w.participant, true, w.type, w.severity, w.address, w.host, w.port, w.feed, w.again, w.first, w.last, w.seen
	from waiting w
	on conflict (participant, type, vouched, (coalesce(host(address), '')), (coalesce(host, '')), port)
	do update set severity = excluded.severity, feed = excluded.feed, last = excluded.last, times = o.times + 1,
	    again = excluded.again;
	get diagnostics moved = row_count;
	perform sluis.see('');
	return moved;
end
$$;
