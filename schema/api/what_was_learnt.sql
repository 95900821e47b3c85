-- what_was_learnt(traits) returns, for each question, what these traits speak for, and
-- of how many lessons that was learnt; weights: an array as text. One question for a whole mail, and one descent
-- of an index for each trait. For work.
create or replace function sluis.what_was_learnt(traits text[])
returns table (question text, lessons int, trait bigint, weights text)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp
set enable_seqscan = off	-- also right after it was learnt, when nothing is analysed
as $$
#variable_conflict use_column
begin
	return query
	select g.question, g.lessons, l.trait, l.weights
	from sluis.learning g
	join sluis.learnt l on l.question = g.question
	    and l.trait = any (what_was_learnt.traits::bigint[] || 0::bigint);
end
$$;
