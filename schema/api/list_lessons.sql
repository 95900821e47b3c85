-- list_lessons(most) returns what people decided, the newest first: the class and
-- motive of cases an analyst set it in, or closed as it is, and of texts given. Null
-- is what nobody decided. Our own trials teach nothing. For work and adm.
create or replace function sluis.list_lessons(most int)
returns table (class text, motive text, traits text[], strong int)
language sql stable security definer set search_path = pg_catalog, pg_temp
as $$
	select d.class, d.motive, d.traits::text[], d.strong
	from (select l.id, l.traits, l.strong,
	        case when l.source is not null then l.class
	            when c.status = 'closed' or exists (select from sluis.act a
	                where a.case_no = c.no and a.field = 'class' and not a.undone) then c.class end as class,
	        case when l.source is not null then l.motive
	            when c.status = 'closed' or exists (select from sluis.act a
	                where a.case_no = c.no and a.field = 'motive' and not a.undone) then c.motive end as motive
	    from sluis.lesson l left join sluis.cases c on c.no = l.case_no
	    where c.no is null or (c.merged is null and not c.test)) d
	where d.class is not null or d.motive is not null
	order by d.id desc
	limit most
$$;
