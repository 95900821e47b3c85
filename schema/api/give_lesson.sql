-- give_lesson(source, class, traits, strong): a text of which somebody says what it
-- is; source is its keyed hash, and a text given again is that lesson. For adm.
create or replace function sluis.give_lesson(source bytea, class text, traits text[], strong int) returns void
language sql volatile security definer set search_path = pg_catalog, pg_temp
as $$
	insert into sluis.lesson (source, class, traits, strong)
	values (give_lesson.source, give_lesson.class, give_lesson.traits::bigint[], give_lesson.strong)
	on conflict on constraint lesson_source_key do update
	set class = excluded.class, traits = excluded.traits, strong = excluded.strong
$$;
