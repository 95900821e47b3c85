-- keep_notice(cause, case_no, wrapped, body): what the notices of that cause say.
-- Once. For work.
create or replace function sluis.keep_notice(cause text, case_no int, wrapped bytea, body bytea)
returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
begin
	insert into sluis.notice_text (cause, case_no, key_id, body)
	select keep_notice.cause, keep_notice.case_no, sluis.put_key(keep_notice.wrapped), keep_notice.body
	where not exists (select from sluis.notice_text t where t.cause = keep_notice.cause);
end
$$;
