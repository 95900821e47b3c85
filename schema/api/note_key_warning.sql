-- note_key_warning(target, fingerprint, expires, step): they are warned now, so
-- many days before, and of no step before that any more. For work.
create or replace function sluis.note_key_warning(target text, fingerprint text,
    expires timestamptz, step int) returns void
language sql volatile security definer set search_path = pg_catalog, pg_temp
as $$
	insert into sluis.key_warning (target, fingerprint, expires, step)
	values (target, fingerprint, expires, step)
$$;
