-- list_participants(one) returns the participant of that handle, or all (null),
-- by name, with domains and networks. For adm.
create or replace function sluis.list_participants(one text)
returns table (name text, id int, title text, kind text, size text, umbrella text, policy text,
    agreement text, tlp_default text, fallback text, digest boolean, aliases text[], languages text[],
    products text[], domains text[], networks text[], out_of_scope text[],
    added timestamptz)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp
as $$
begin
	return query
		select p.name, p.id, p.title, p.kind, p.size, p.umbrella, p.policy, p.agreement,
		    p.tlp_default, p.fallback, p.digest, p.aliases, p.languages, p.products,
		    array(select d.domain from sluis.participant_domain d where d.participant = p.id order by d.domain),
		    array(select n.network::text from sluis.participant_network n where n.participant = p.id order by n.network),
		    p.out_of_scope,
		    p.added
		from sluis.participant p
		where p.removed is null and (one is null or lower(p.name) = lower(one))
		order by lower(p.name);
end
$$;
