-- list_feeds(wanted) returns that feed, or the newest hundred (null), and how many
-- observations they were the last to have. For work and adm.
create or replace function sluis.list_feeds(wanted bigint)
returns table (id bigint, source text, format text, vouched boolean, reception bigint, came timestamptz,
    rows bigint, matched bigint, others bigint, harmless bigint, malformed bigint, observations bigint)
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
begin
	perform sluis.see('*');
	return query
		select f.id, f.source, f.format, f.vouched, f.reception, f.came, f.rows, f.matched, f.others,
		       f.harmless, f.malformed, (select count(*) from sluis.observation o where o.feed = f.id)
		from sluis.feed f where list_feeds.wanted is null or f.id = list_feeds.wanted
		order by f.id desc limit 100;
	perform sluis.see('');
end
$$;
