-- replace_learnt(question, lessons, traits, weights): what so many lessons teach about
-- the class or the motive, in the place of what was known. weights: an array as text
-- for each trait; trait 0 is what speaks before any. Of the lessons themselves the
-- newest 20000 are kept. For work and adm.
create or replace function sluis.replace_learnt(question text, lessons int, traits text[], weights text[]) returns void
language sql volatile security definer set search_path = pg_catalog, pg_temp
as $$
	delete from sluis.learnt l where l.question = replace_learnt.question;
	insert into sluis.learnt (question, trait, weights)
	select replace_learnt.question, n.trait::bigint, n.weight
	from unnest(replace_learnt.traits, replace_learnt.weights) n (trait, weight);
	insert into sluis.learning (question, lessons, at)
	values (replace_learnt.question, replace_learnt.lessons, now())
	on conflict on constraint learning_pkey do update set lessons = excluded.lessons, at = excluded.at;
	delete from sluis.lesson l where l.id <= (select max(m.id) - 20000 from sluis.lesson m)
$$;
