-- count more contacts, each of a participant of its own and each with a pinned
-- key: a copy of a real certificate under a fingerprint of its own, with as many
-- subkeys. Runs as superuser, for t/bench.
with copied as (
	select n, c.* from generate_series(1, :count) n
	cross join lateral (select * from sluis.certificate k where k.contact is not null
	    order by k.id offset n % 3 limit 1) c
), owners as (
	insert into sluis.participant (name, title)
	select 'k' || n, 'Organisation ' || n from copied returning id, name
), contacts as (
	insert into sluis.contact (participant, address)
	select id, 'desk@' || name || '.example' from owners returning id, address
), pinned as (
	insert into sluis.certificate (contact, fingerprint, encryption, bytes, algorithm, user_ids, made, heeded)
	select o.id, upper(md5('primary' || p.n) || lpad(to_hex(p.n), 8, '0')), p.encryption, p.bytes,
	       p.algorithm, p.user_ids, p.made, true
	from copied p join contacts o on o.address = 'desk@k' || p.n || '.example'
	returning id, fingerprint
)
select count(*) from pinned;

-- Their primary keys and subkeys, so that there is as much to find among.
insert into sluis.certificate_subkey (certificate, fingerprint)
select c.id, f from sluis.certificate c cross join lateral
    (values (c.fingerprint), (upper(md5('subkey' || c.id) || lpad(to_hex(c.id), 8, '0')))) v (f)
on conflict do nothing;
analyze;
