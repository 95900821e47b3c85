-- 10,000 participants with 50,000 networks of many lengths and 50,000 domains, for
-- t/bench. They have no contacts: what is found is kept, and nobody told.
begin;
insert into sluis.participant (name, title) select 'org' || n, 'Organisation ' || n from generate_series(1, 10000) n;
create temporary table one as
select id, row_number() over (order by id) - 1 as n from sluis.participant;
insert into sluis.participant_network (participant, network)
select o.id, set_masklen('10.0.0.0'::inet + (n.n * 331 % 16000000), (array[22, 24, 26, 28, 32])[n.n % 5 + 1])::cidr
from generate_series(1, 40000) n (n) join one o on o.n = n.n % 10000 on conflict do nothing;
insert into sluis.participant_network (participant, network)
select o.id, set_masklen('2001:db8::'::inet + (n.n::bigint << 40), (array[48, 56, 64])[n.n % 3 + 1])::cidr
from generate_series(1, 10000) n (n) join one o on o.n = n.n % 10000 on conflict do nothing;
insert into sluis.participant_domain (participant, domain)
select o.id, 'host' || n.n || '.example' from generate_series(1, 50000) n (n) join one o on o.n = n.n % 10000;
commit;
analyze;
