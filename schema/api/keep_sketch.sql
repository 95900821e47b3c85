-- keep_sketch(message, sketch, bands): by these nearly the same text is found. For
-- work.
create or replace function sluis.keep_sketch(message bigint, sketch bytea, bands text[]) returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
begin
	insert into sluis.text_sketch values (keep_sketch.message, keep_sketch.sketch) on conflict do nothing;
	insert into sluis.text_band select decode(b, 'hex'), keep_sketch.message from unnest(bands) b
	on conflict do nothing;
end
$$;
