-- find_nonce(nonces) returns, of the first of these keyed hashes (hex) that is known,
-- whom and what it is bound to, whether it still holds, and the words of its
-- notice. changed: the case is not what it was. For work.
create or replace function sluis.find_nonce(nonces text[])
returns table (nonce bytea, analyst int, case_no int, revision int, used boolean, expired boolean,
    changed boolean, wrapped bytea, body bytea)
language sql stable security definer set search_path = pg_catalog, pg_temp
as $$
	select n.nonce, n.analyst, n.case_no, n.revision, n.used is not null, n.expires < now(),
	    n.revision <> c.revision, k.wrapped, t.body
	from unnest(find_nonce.nonces) with ordinality g (nonce, place)
	join sluis.nonce n on n.nonce = decode(g.nonce, 'hex')
	join sluis.cases c on c.no = n.case_no
	left join sluis.notice_text t on t.cause = n.cause
	left join sluis.message_key k on k.id = t.key_id
	order by n.used is not null, n.expires < now(), g.place limit 1
$$;
