-- end_feed(feed, format, matched, others, harmless, malformed, lines, whys): all of its
-- rows are accounted for; lines and whys are the first of those that were wrong. For
-- work and adm.
create or replace function sluis.end_feed(feed bigint, format text, matched bigint, others bigint,
    harmless bigint, malformed bigint, lines text[], whys text[]) returns void
language sql volatile security definer set search_path = pg_catalog, pg_temp
as $$
	insert into sluis.feed_fault (feed, line, why)
	select end_feed.feed, l.line::int, l.why from unnest(end_feed.lines, end_feed.whys) l (line, why);
	update sluis.feed f set format = end_feed.format, matched = end_feed.matched, others = end_feed.others,
	    harmless = end_feed.harmless, malformed = end_feed.malformed,
	    rows = end_feed.matched + end_feed.others + end_feed.harmless + end_feed.malformed
	where f.id = end_feed.feed;
$$;
