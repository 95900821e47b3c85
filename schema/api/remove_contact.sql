-- remove_contact(participant, address): takes it away with its pinned keys.
-- SL001 if there is none. For adm.
create or replace function sluis.remove_contact(participant int, address text) returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
begin
	delete from sluis.contact c
	where c.participant = remove_contact.participant and lower(c.address) = lower(remove_contact.address);
	if not found then
		raise exception 'there is no contact %', address using errcode = 'SL001';
	end if;
end
$$;
