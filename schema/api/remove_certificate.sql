-- remove_certificate(owner, fingerprint): unpins it; owner is an analyst's or a
-- participant's handle. Acts at once (T-31). SL001 if there is none. For adm.
create or replace function sluis.remove_certificate(owner text, fingerprint text) returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
begin
	delete from sluis.certificate c
	where c.fingerprint = upper(remove_certificate.fingerprint)
	  and (c.analyst in (select a.id from sluis.analyst a where lower(a.name) = lower(owner))
	       or c.contact in (select o.id from sluis.contact o
	           join sluis.participant p on p.id = o.participant where lower(p.name) = lower(owner)));
	if not found then
		raise exception '% has no key %', owner, fingerprint using errcode = 'SL001';
	end if;
end
$$;
