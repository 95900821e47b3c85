-- find_nonce(nonces) returns, of the first of these keyed hashes (hex) that is known,
-- whom and what it is bound to, whether it still holds, and the words of its
-- notice. tag: of its case, as it was named then. changed: the case is not what it
-- was; several: of these that hold not all are of one case; trial: it stands in no
-- notice but in a trial; message and party: what the notice was about, or the one
-- before the receipt. For work.
create or replace function sluis.find_nonce(nonces text[])
returns table (nonce bytea, analyst int, case_no int, tag text, revision int, used boolean, expired boolean,
    changed boolean, several boolean, trial boolean, message bigint, party bigint, wrapped bytea, body bytea)
language sql stable security definer set search_path = pg_catalog, pg_temp
as $$
	select n.nonce, n.analyst, coalesce(c.merged, c.no), c.tag, n.revision, n.used is not null, n.expires < now(),
	    coalesce(n.revision <> c.revision or c.merged is not null, false),
	    (select count(distinct coalesce(d.merged, d.no)) > 1 from unnest(find_nonce.nonces) h (nonce)
	        join sluis.nonce o on o.nonce = decode(h.nonce, 'hex') and o.used is null and o.expires >= now()
	        join sluis.cases d on d.no = o.case_no),
	    n.cause like 'trial %', m.id, m.party, k.wrapped, t.body
	from unnest(find_nonce.nonces) with ordinality g (nonce, place)
	join sluis.nonce n on n.nonce = decode(g.nonce, 'hex')
	left join sluis.cases c on c.no = n.case_no
	left join sluis.message m on m.id = coalesce(n.about, (select o.id from sluis.message o
	    where o.reception = case when n.cause ~ '^reception [0-9]+$' then substr(n.cause, 11)::bigint end
	    limit 1))
	left join sluis.notice_text t on t.cause = n.cause
	left join sluis.message_key k on k.id = t.key_id
	order by n.used is not null, n.expires < now(), g.place limit 1
$$;
