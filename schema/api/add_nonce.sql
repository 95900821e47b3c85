-- add_nonce(nonce, analyst, case_no, notice, cause, expires, about): a one-time word, by
-- keyed hash, bound to the case as it is now, or, where case_no is null, to none;
-- and to the notice it stands in; about: the message a receipt goes on about, as the
-- notice before it did. To be called after what changes the case in the
-- same transaction (T-41). For work.
create or replace function sluis.add_nonce(nonce bytea, analyst int, case_no int, notice bytea,
    cause text, expires timestamptz, about bigint) returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
begin
	insert into sluis.nonce (nonce, analyst, case_no, revision, notice, cause, expires, about)
	values (add_nonce.nonce, add_nonce.analyst, add_nonce.case_no,
	    coalesce((select c.revision from sluis.cases c where c.no = add_nonce.case_no), 0),
	    add_nonce.notice, add_nonce.cause, add_nonce.expires, add_nonce.about);
end
$$;
