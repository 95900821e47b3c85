-- give_lesson(source, class, motive, traits, strong): a text of which somebody says
-- what it is, and what its sender wants (null: nobody said); source is its keyed hash,
-- and a text given again is that lesson. For adm.
create or replace function sluis.give_lesson(source bytea, class text, motive text, traits text[], strong int) returns void
language sql volatile security definer set search_path = pg_catalog, pg_temp
as $$
	insert into sluis.lesson (source, class, motive, traits, strong)
	values (give_lesson.source, give_lesson.class, give_lesson.motive,
	    give_lesson.traits::bigint[], give_lesson.strong)
	on conflict on constraint lesson_source_key do update
	set class = excluded.class, motive = excluded.motive, traits = excluded.traits, strong = excluded.strong
$$;
