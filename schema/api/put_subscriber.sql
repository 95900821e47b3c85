-- put_subscriber(address, language) returns whether that is news: somebody who
-- asked to hear of changes of the team's key. For adm.
create or replace function sluis.put_subscriber(address text, language text) returns boolean
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
begin
	update sluis.subscriber s set language = put_subscriber.language
	where lower(s.address) = lower(put_subscriber.address);
	if found then
		return false;
	end if;
	insert into sluis.subscriber (address, language)
	values (put_subscriber.address, put_subscriber.language);
	return true;
end
$$;
