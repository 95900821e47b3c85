-- The check letter of a tag: Luhn modulo 32 over Crockford's base 32, from the
-- right. Letters a prefix may have and Crockford has not are read as he reads
-- them, and U as V.
create or replace function sluis.tag_check(word text) returns text
language plpgsql immutable strict set search_path = pg_catalog, pg_temp
as $$
declare
	letters constant text := '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
	clean constant text := reverse(translate(upper(word), 'ILOU-', '110V'));
	total int := 0;
	value int;
begin
	for i in 1 .. length(clean) loop
		value := (strpos(letters, substr(clean, i, 1)) - 1) * (1 + i % 2);
		total := total + value / 32 + value % 32;
	end loop;
	return substr(letters, (32 - total % 32) % 32 + 1, 1);
end
$$;
