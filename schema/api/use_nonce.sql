-- use_nonce(nonce): spends it, and locks its case for the rest of the
-- transaction. SL003 if that is not possible any more, since somebody else
-- changed the case or used the word in the meantime: the answer is then looked
-- at anew. To be called before anything in the case is changed. For work.
create or replace function sluis.use_nonce(nonce bytea) returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
declare
	n sluis.nonce;
begin
	select * into n from sluis.nonce o where o.nonce = use_nonce.nonce for update;
	perform from sluis.cases c where c.no = n.case_no and c.revision = n.revision for update;
	if not found and n.case_no is not null or n.used is not null or n.expires < now() then
		raise exception 'the case has changed' using errcode = 'SL003';
	end if;
	update sluis.nonce o set used = now() where o.nonce = use_nonce.nonce;
end
$$;
