-- reserve_case(reception, prefix, year) returns a case number and a tag for the
-- case this reception may open; for the same reception always the same. The
-- tag is random, never used before, and ends in its check letter. For work.
create or replace function sluis.reserve_case(reception bigint, prefix text, year int,
    out case_no int, out tag text)
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
declare
	letters constant text := '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
	random bytea;
begin
	if prefix !~ '^[A-Z]{2,8}$' or year not between 2000 and 9999 then
		raise exception 'a case cannot be named so' using errcode = 'SL002';
	end if;
	for attempt in 1 .. 100 loop
		select t.case_no, t.tag into case_no, tag from sluis.tag t
		where t.reception = reserve_case.reception;
		exit when found;
		random := uuid_send(gen_random_uuid());	-- its first six bytes are all random
		tag := prefix || '-' || year || '-';
		for i in 0 .. 3 loop
			tag := tag || substr(letters, get_byte(random, i) % 32 + 1, 1);
		end loop;
		tag := tag || sluis.tag_check(tag);
		insert into sluis.tag as t (tag, case_no, reception)
		values (reserve_case.tag, nextval('sluis.case_number'), reserve_case.reception)
		on conflict do nothing returning t.case_no into case_no;
		exit when found;
	end loop;
	if case_no is null then
		raise exception 'no name was free for a case' using errcode = 'SL003';
	end if;
end
$$;
