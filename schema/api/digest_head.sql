-- digest_head(participant) returns what a digest to it begins with: its names and
-- first language, the local date of the last one, and how far that went. No row:
-- it gets none. Sees the rows of this participant only. For work.
create or replace function sluis.digest_head(participant int)
returns table (id int, name text, title text, language text, day date, until timestamptz)
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
begin
	perform set_config('sluis.participant', digest_head.participant::text, true);
	return query select p.id, p.name, p.title, p.languages[1], d.day, d.until
	    from sluis.participant p left join sluis.digest d on d.participant = p.id
	    where p.kind = 'member' and p.digest and p.removed is null;
	perform set_config('sluis.participant', '', true);
end
$$;
