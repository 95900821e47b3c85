-- ask_again(message, key): a message by a signer nobody knows, whose key has this
-- fingerprint or key id. If it was pinned while the mail was being worked on, the
-- message is verified again; heed_certificates() waits for who files one, so that
-- of the two at least one sees what the other does. For work.
create or replace function sluis.ask_again(message bigint, key text) returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
set enable_seqscan = off	-- also right after a large import, when nothing is analysed
as $$
begin
	perform pg_advisory_xact_lock_shared(sluis.lock_key(8, 0));
	insert into sluis.reverification (message)
	select ask_again.message where exists (select from sluis.certificate_subkey s
	    where s.key_id = upper(right(ask_again.key, 16)))
	on conflict do nothing;
end
$$;
