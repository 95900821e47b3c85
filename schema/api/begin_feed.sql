-- begin_feed(content, source, format, vouched, reception) returns id and again: a feed
-- that is to be read, by the keyed hash of its bytes; again: it was read before, and
-- nothing is to be done. Its rows then come by COPY into sluis.finding, which is
-- empty, and nobody else's until the transaction ends. Nobody is told of one from an
-- old mailbox. For work and adm.
create or replace function sluis.begin_feed(content bytea, source text, format text, vouched boolean,
    reception bigint, out id bigint, out again boolean)
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
begin
	perform pg_advisory_xact_lock(sluis.lock_key(11, 0));
	insert into sluis.feed as f (content, source, format, vouched, reception)
	values (begin_feed.content, begin_feed.source, begin_feed.format, begin_feed.vouched and not exists (select from sluis.reception r
	    where r.id = begin_feed.reception and r.imported), begin_feed.reception)
	on conflict on constraint feed_content_key do nothing returning f.id into id;
	again := not found;
	if again then
		select f.id into id from sluis.feed f where f.content = begin_feed.content;
	else
		truncate sluis.finding;
	end if;
end
$$;
