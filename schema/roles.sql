-- Who may connect, and who owns all of it. Runs as superuser, at every migrate;
-- what is right already is left alone, so that two databases of one cluster do
-- not get in each other's way.
--
-- sluis_owner cannot log in, is no superuser and not exempt from row security:
-- a definer function of an exempt owner would see every participant's rows.
-- sluis_digest is as little, and owns the functions that read what a digest shows:
-- of them it alone, for one participant at a time.

do $$
declare
	name text;
	pair text[];
begin
	if not exists (select from pg_catalog.pg_roles where rolname = 'sluis_owner') then
		create role sluis_owner;
	end if;
	if not exists (select from pg_catalog.pg_roles where rolname = 'sluis_digest') then
		create role sluis_digest;
	end if;
	foreach name in array '{sluis_owner,sluis_digest}'::text[] loop
		if exists (select from pg_catalog.pg_roles where rolname = name
		    and (rolcanlogin or rolsuper or rolcreaterole or rolcreatedb or rolreplication or rolbypassrls)) then
			execute format('alter role %I nologin nosuperuser nocreaterole nocreatedb noreplication nobypassrls', name);
		end if;
	end loop;
	-- So that a migrate, which works as the owner, may replace its functions.
	if not exists (select from pg_catalog.pg_auth_members m where m.roleid = 'sluis_digest'::regrole
	    and m.member = 'sluis_owner'::regrole) then
		grant sluis_digest to sluis_owner;
	end if;

	foreach name in array '{sluis_in,sluis_work,sluis_out,sluis_adm,sluis_ro,sluis_audit}'::text[] loop
		if not exists (select from pg_catalog.pg_roles where rolname = name) then
			execute format('create role %I login', name);
		end if;
		if exists (select from pg_catalog.pg_roles where rolname = name
		    and (not rolcanlogin or rolsuper or rolcreaterole or rolcreatedb or rolreplication or rolbypassrls)) then
			execute format('alter role %I login nosuperuser nocreaterole nocreatedb noreplication nobypassrls', name);
		end if;
		-- What is asked here is short, and a plan that was forced looks dear: to
		-- compile it (jit) takes longer than to run it; so does to plan it, so that
		-- what a mail asks for is in PL/pgSQL, whose plans a session keeps, and
		-- who asks the same with every mail keeps the first plan. No plan may
		-- therefore be good for one value only. The last four keep values
		-- out of the server's log: "Failing row contains", statements that failed,
		-- and bound parameters.
		foreach pair slice 1 in array array[
			['search_path', ''],
			['synchronous_commit', 'on'],
			['statement_timeout', '30s'],
			['lock_timeout', '10s'],
			['idle_in_transaction_session_timeout', '60s'],
			['jit', 'off'],
			['plan_cache_mode', case when name in ('sluis_work', 'sluis_out') then 'force_generic_plan' else 'auto' end],
			['log_error_verbosity', 'terse'],
			['log_min_error_statement', 'panic'],
			['log_parameter_max_length', '0'],
			['log_parameter_max_length_on_error', '0']]
		loop
			if not exists (select from pg_catalog.pg_db_role_setting s
			    join pg_catalog.pg_roles r on r.oid = s.setrole
			    where s.setdatabase = 0 and r.rolname = name
			    and case pair[1]
			        when 'search_path' then exists (select from unnest(s.setconfig) c where c ~ '^search_path=("")?$')
			        else pair[1] || '=' || pair[2] = any (s.setconfig) end)
			then
				execute format('alter role %I set %I = %L', name, pair[1], pair[2]);
			end if;
		end loop;
	end loop;
end
$$;
