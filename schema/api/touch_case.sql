-- Raises the revision of a case, once a transaction: a nonce made at the end of
-- the transaction that changed a case is bound to what it then is.
create or replace function sluis.touch_case(case_no int) returns void
language plpgsql volatile set search_path = pg_catalog, pg_temp
as $$
begin
	update sluis.cases c set changed = now(), revision = c.revision + 1
	where c.no = touch_case.case_no and c.changed <> now();
end
$$;
