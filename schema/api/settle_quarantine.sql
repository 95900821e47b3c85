-- settle_quarantine(id, state): somebody has decided, "accepted" or "refused".
-- What was refused may still be accepted. SL001 if there is none, or it was
-- accepted. For adm.
create or replace function sluis.settle_quarantine(id bigint, state text) returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
begin
	update sluis.quarantine q set state = settle_quarantine.state, decided = now()
	where q.id = settle_quarantine.id and q.state <> 'accepted';
	if not found then
		raise exception 'there is no key % in quarantine', settle_quarantine.id using errcode = 'SL001';
	end if;
end
$$;
