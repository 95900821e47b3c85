-- check_database() returns what is wrong with the server and with rights in
-- this database, a fixed word and what it is about; no row if all is well. For
-- adm.
create or replace function sluis.check_database() returns table (word text, about text)
language sql stable security definer set search_path = pg_catalog, pg_temp
as $$
	select 'setting', name from unnest(array['fsync', 'synchronous_commit', 'full_page_writes']) name
	where current_setting(name) = 'off'
	union all
	select 'power', rolname from pg_roles
	where rolname in ('sluis_owner', 'sluis_digest', 'sluis_in', 'sluis_work', 'sluis_out', 'sluis_adm', 'sluis_ro', 'sluis_audit')
	  and (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolreplication)
	union all
	select 'public', p.proname from pg_proc p, aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a
	where p.pronamespace = 'sluis'::regnamespace and a.grantee = 0
	union all
	select distinct 'table', t.name || ' ' || t.grantee from (
		select c.relname name, l.what, coalesce(r.rolname, 'PUBLIC') grantee, a.privilege_type
		from pg_class c
		cross join lateral (
			select c.relkind::text what, c.relacl acl
			union all select 'column', t.attacl from pg_attribute t where t.attrelid = c.oid
		) l
		cross join lateral aclexplode(l.acl) a left join pg_roles r on r.oid = a.grantee
		where c.relnamespace = 'sluis'::regnamespace and c.relkind in ('r', 'v') and a.grantee <> c.relowner
	) t
	where not (t.what = 'v' and t.grantee in ('sluis_ro', 'sluis_audit'))
	  and not (t.what = 'column' and t.grantee = 'sluis_digest')
	  -- the rows of feeds come by COPY, and are read by functions only
	  and not (t.name = 'finding' and t.privilege_type = 'INSERT' and t.grantee in ('sluis_work', 'sluis_adm'))
	union all
	select 'missing', w.role || ' ' || w.name
	from (values ('sluis_in', 'accept'), ('sluis_work', 'try_reception'), ('sluis_work', 'finish_reception'),
	             ('sluis_out', 'take_outgoing'), ('sluis_adm', 'list_cases')) w (role, name)
	where not exists (select from pg_proc p where p.pronamespace = 'sluis'::regnamespace
	    and p.proname = w.name and has_function_privilege(w.role, p.oid, 'execute'))
$$;
