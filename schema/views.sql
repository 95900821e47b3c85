-- What people who only look may see: states, times and numbers, the directory
-- no further than its names, nothing sealed. Runs as sluis_owner, at every
-- migrate.

create or replace view sluis.case_view as
	select c.no, c.tag, c.inbox, c.status, c.class, c.motive, c.severity, c.tlp,
	       a.name as owner, c.opened, c.changed, c.revision
	from sluis.cases c left join sluis.analyst a on a.id = c.owner;

create or replace view sluis.party_view as
	select p.id, p.case_no, p.number, p.role, m.name as participant, p.language, p.opened, p.state
	from sluis.party p left join sluis.participant m on m.id = p.participant;

create or replace view sluis.message_view as
	select id, party, direction, time, reception, outbox, encryption, signature, verified, replayed, kind
	from sluis.message;

create or replace view sluis.reception_view as
	select id, inbox, size, received, state, tries, not_before, reason, case_no, message
	from sluis.reception;

create or replace view sluis.outbox_view as
	select id, case_no, party, kind, state, reason, filed, not_before, attempts, sent
	from sluis.outbox;

create or replace view sluis.participant_view as
	select id, name, title, kind, added, removed
	from sluis.participant;

create or replace view sluis.event_view as
	select id, case_no, at, kind, who, detail
	from sluis.event;
