-- mark_reporter(tag, who, until, wrapped, mark): what is to be seen with whatever the
-- reporter of that case sends, until then; null takes it away. Marks that ended go,
-- with their keys. SL001 if there is no such case, or nobody reported it. For adm.
create or replace function sluis.mark_reporter(tag text, who text, until timestamptz, wrapped bytea, mark bytea)
returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
declare
	whom constant bigint := sluis.reporter_of(mark_reporter.tag);
begin
	delete from sluis.message_key k using sluis.reporter_mark r
	where k.id = r.key_id and (r.reporter = whom or r.until <= now());
	delete from sluis.reporter_mark r where r.reporter = whom or r.until <= now();
	if mark_reporter.mark is not null then
		insert into sluis.reporter_mark (reporter, key_id, mark, until, who)
		values (whom, sluis.put_key(mark_reporter.wrapped), mark_reporter.mark, mark_reporter.until, mark_reporter.who);
	end if;
	perform sluis.add_audit(mark_reporter.who, case when mark_reporter.mark is null then 'unmarked' else 'marked' end,
	    c.no, null, null) from sluis.cases c where c.tag = upper(mark_reporter.tag);
end
$$;
