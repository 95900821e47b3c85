-- may_acknowledge(sender_hash, per_sender, in_all): is one more acknowledgement,
-- or word about our key, to this keyed address within the budgets of the last
-- hour (T-51)? To be asked
-- in the transaction that files it: nobody else counts for the same sender
-- until that ends. For work.
create or replace function sluis.may_acknowledge(sender_hash bytea, per_sender bigint, in_all bigint)
returns boolean
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
begin
	perform pg_advisory_xact_lock(sluis.lock_key(5, may_acknowledge.sender_hash));
	return (select count(*) < in_all
	           and count(*) filter (where o.sender_hash = may_acknowledge.sender_hash) < per_sender
	    from sluis.outbox o
	    where o.kind in ('ack', 'straggler') and o.state <> 'held' and o.filed > now() - interval '1 hour');
end
$$;
