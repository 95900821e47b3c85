-- participant_of(address) returns the participant one of whose contacts has
-- this mail address, else the one within whose domains it is; the oldest if
-- there are several, null if none. It says for whom somebody seems to write, and
-- gives no right. For work and adm.
create or replace function sluis.participant_of(address text) returns int
language plpgsql stable security definer set search_path = pg_catalog, pg_temp
set enable_seqscan = off	-- also right after a large import, when nothing is analysed
as $$
begin
	return coalesce(
	    (select min(c.participant) from sluis.contact c
	     where lower(c.address) = lower(participant_of.address)),
	    (select min(d.participant) from (select d.participant from sluis.participant_domain d
	         where d.domain = any (sluis.suffixes(lower(substring(participant_of.address from '@([^@]+)$'))))
	         order by length(d.domain) desc fetch first row with ties) d));
end
$$;
