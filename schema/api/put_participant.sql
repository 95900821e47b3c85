-- put_participant(...) returns id and fresh: makes the participant of that
-- handle, or changes it. null leaves a value alone, or gives a new one the
-- default; a list replaces the whole list. SL001 says what is wrong. For adm.
create or replace function sluis.put_participant(name text, title text, kind text, size text,
    umbrella text, policy text, agreement text, tlp_default text, fallback text, digest boolean,
    aliases text[], languages text[], products text[], domains text[], networks text[],
    out_of_scope text[],
    out id int, out fresh boolean)
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
declare
	item text;
	wrong text;
begin
	insert into sluis.participant as p (name, title) values (put_participant.name,
	    coalesce(put_participant.title, put_participant.name))
	on conflict do nothing returning p.id into id;
	fresh := found;
	update sluis.participant p set
	    title = coalesce(put_participant.title, p.title), kind = coalesce(put_participant.kind, p.kind),
	    size = coalesce(put_participant.size, p.size), umbrella = coalesce(put_participant.umbrella, p.umbrella),
	    policy = coalesce(put_participant.policy, p.policy), agreement = coalesce(put_participant.agreement, p.agreement),
	    tlp_default = coalesce(put_participant.tlp_default, p.tlp_default),
	    fallback = coalesce(put_participant.fallback, p.fallback), digest = coalesce(put_participant.digest, p.digest),
	    aliases = coalesce(put_participant.aliases, p.aliases), languages = coalesce(put_participant.languages, p.languages),
	    products = coalesce(put_participant.products, p.products),
	    out_of_scope = coalesce(put_participant.out_of_scope, p.out_of_scope), removed = null
	where lower(p.name) = lower(put_participant.name) returning p.id into id;
	if domains is not null then
		delete from sluis.participant_domain d where d.participant = put_participant.id;
		insert into sluis.participant_domain (domain, participant)
		select distinct u, put_participant.id from unnest(domains) u;
	end if;
	if networks is not null then
		delete from sluis.participant_network n where n.participant = put_participant.id;
		foreach item in array networks loop
			insert into sluis.participant_network (network, participant)
			values (network(item::inet), put_participant.id) on conflict do nothing;
		end loop;
	end if;
exception
	when check_violation then
		get stacked diagnostics wrong = constraint_name;
		raise exception 'participant %: % is not one of the values allowed', name,
		    replace(regexp_replace(wrong, '_check[0-9]*$', ''), 'participant_', '') using errcode = 'SL001';
	when invalid_text_representation then
		raise exception 'participant %: % is no network', name, item using errcode = 'SL001';
end
$$;
