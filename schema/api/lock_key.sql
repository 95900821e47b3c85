-- The key of a session advisory lock: the purpose in the upper byte, a row
-- number or the beginning of a hash below it.
--
--	1 reception	who works on it		2 origin	who threads copies of this mail
--	3 outbox	who sends or builds it	4 migrate	who changes the schema
--	5 sender	who counts acknowledgements to it	6 session key	who has a ciphertext of it
--	7 case		who verifies its messages again		8 (one)		who files a mail of an unknown
--									signer, or heeds new keys
--	9 clock		who does what is due by the clock	10 digest	who makes the digests of a night
--	11 feed		who reads one
create or replace function sluis.lock_key(purpose int, number bigint) returns bigint
language plpgsql immutable strict set search_path = pg_catalog, pg_temp
as $$
begin
	return (purpose::bigint << 56) | (number & 72057594037927935);
end
$$;

create or replace function sluis.lock_key(purpose int, hash bytea) returns bigint
language plpgsql immutable strict set search_path = pg_catalog, pg_temp
as $$
begin
	return sluis.lock_key(purpose, ('x' || encode(substring(hash from 1 for 7), 'hex'))::bit(56)::bigint);
end
$$;
