-- Cases as many as :count, for t/bench, one an hour: each of one reporter, with
-- the mail it began with, what was answered and told, and the ids these go by.
-- Nobody will open their seals.
begin;
create temporary table fresh as
select now() - n * interval '1 hour' as at, made.case_no, made.tag, gen_random_uuid() as key, sha256(n::text::bytea) as hash
from generate_series(1, :count) n, lateral sluis.reserve_case(-n, 'RD', 2020) made;

insert into sluis.message_key select key, hash from fresh;
insert into sluis.blob_part select key, 0, decode(repeat('73', 2500), 'hex') from fresh;
insert into sluis.cases (no, tag, inbox, class, key_id, title, opened, changed)
select case_no, tag, 'RD', 'vulnerability', key, hash, at, at from fresh;
insert into sluis.case_inbox select case_no, 'RD' from fresh;
insert into sluis.reception (inbox, fingerprint, origin, size, blob, key_id, envelope, state, tries, case_no,
    received, not_before)
select 'rd@sluis.example', hash, hash, 2500, key, key, hash, 'done', 1, case_no, at, at from fresh;
insert into sluis.reporter (address, key_id, record) select hash, key, hash from fresh;
insert into sluis.party (case_no, number, role, reporter)
select f.case_no, 0, 'reporter', r.id from fresh f join sluis.reporter r on r.address = f.hash;
insert into sluis.message (party, direction, time, reception, encryption, signature, key_id, extract)
select p.id, 'in', r.received, r.id, 'ok', 'unknown-key', f.key, f.hash
from fresh f join sluis.party p using (case_no) join sluis.reception r using (case_no);
update sluis.reception r set message = m.id from sluis.message m where m.reception = r.id;
insert into sluis.outbox (case_no, party, kind, cause, target, state, filed, not_before, sent, key_id, record)
select f.case_no, case kind when 'ack' then p.id end, kind, 'reception ' || r.id,
    case kind when 'ack' then 'party 0' else 'analyst ' || k end, 'sent', at, at, at, f.key, f.hash
from fresh f join sluis.party p using (case_no) join sluis.reception r using (case_no),
    (values (0, 'ack'), (1, 'notice'), (2, 'notice'), (3, 'notice')) out (k, kind);
insert into sluis.message_ref (id, party, analyst, case_no, kind)
select sha256(f.hash || convert_to(k::text, 'UTF8')), case when k < 2 then p.id end, case when k >= 2 then a.id end,
    f.case_no, case k when 0 then 'seen' when 1 then 'minted' else 'notice' end
from fresh f join sluis.party p using (case_no), generate_series(0, 4) k
    left join (select id, row_number() over (order by id) + 1 as k from sluis.analyst) a using (k);
insert into sluis.event (case_no, kind, detail) select case_no, 'opened', null from fresh;
commit;
analyze;
