-- forget_progress(case_no): the notes on how a case stands that nobody let go are
-- overtaken: it moved on, or back. For work.
create or replace function sluis.forget_progress(case_no int) returns void
language sql volatile security definer set search_path = pg_catalog, pg_temp
as $$
	update sluis.outbox o set state = 'dropped', reason = 'replaced'
	where o.case_no = forget_progress.case_no and o.kind = 'progress' and o.state = 'held'
$$;
