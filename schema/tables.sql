-- What is kept, and where it is clear and where sealed.
--
-- Clear: numbers, tags, states, times, sizes, class, motive, severity, TLP and
-- the directory. Sealed: whatever came in a mail or says who reported; such a
-- column is a bytea whose data key is the row's key_id in message_key, wrapped
-- to the storage public key. Where a sealed thing must be looked up there is a
-- keyed hash (HMAC-SHA-256 under index.key or receipt.key) beside it.
-- sluis-schema(7) tells the whole story. Runs as sluis_owner, once.

create table sluis.schema_version (
	version    int primary key,
	installed  timestamptz not null default now()
);

-- The wrapped data keys, apart from all else: deleting a row here erases what
-- it opens, and this table is dumped separately, with short keeping. That is
-- why no foreign key points here: the rest must outlive its keys.
create table sluis.message_key (
	id       uuid primary key,
	wrapped  bytea not null
);

-- Sealed chunks of something large; the id is the writer's random one.
create table sluis.blob_part (
	blob   uuid not null,
	n      int  not null check (n >= 0),
	bytes  bytea not null,
	primary key (blob, n)
);
alter table sluis.blob_part alter column bytes set storage external;

-- The tags that were ever given out. A reception reserves one before it is
-- answered, so that a second try finds the same name.
create sequence sluis.case_number as int minvalue 1 maxvalue 1073741823;	-- 30 bits of a token

create table sluis.tag (
	tag        text primary key,
	case_no    int  not null unique,
	reception  bigint unique
);

create table sluis.reception (
	id           bigint generated always as identity primary key,
	inbox        text   not null,			-- address of the inbox
	fingerprint  bytea  not null,			-- keyed hash of all bytes
	origin       bytea  not null,			-- keyed hash without the trace block
	size         bigint not null,
	received     timestamptz not null default now(),
	blob         uuid   not null,			-- the raw mail, purpose "raw"
	key_id       uuid   not null,
	envelope     bytea  not null,			-- sealed, purpose "envelope": sender, recipient, queue id, sha256
	state        text   not null default 'received'
	             check (state in ('received', 'trying', 'done', 'parked', 'superseded')),
	tries        int    not null default 0,
	not_before   timestamptz not null default now(),
	reason       text,				-- fixed words of ours, never of a mail
	class        text,				-- what this mail was found to be
	motive       text,
	encryption   text,
	signature    text,
	case_no      int,
	message      bigint,
	imported     boolean not null default false,	-- from an old mailbox: it causes nothing
	unique (fingerprint, inbox)
);
create index reception_due on sluis.reception (not_before, id) where state in ('received', 'trying');
create index reception_imported on sluis.reception (id) where imported and state in ('received', 'trying');
create index reception_origin on sluis.reception (origin, id);

-- A name and a telephone number as they are searched for in what leaves: lower
-- case, no accents, one blank between words; the last nine digits. Of one word
-- nobody can be told, nor of fewer digits: null.
create function sluis.usual_name(name text) returns text
language sql immutable parallel safe set search_path = pg_catalog, pg_temp
as $$
	select trim(regexp_replace(regexp_replace(lower(normalize(name, nfkd) collate "und-x-icu"),
	    '[\u0300-\u036f]+', '', 'g'), '[^[:alnum:]]+', ' ', 'g'))
$$;
create function sluis.usual_names(title text, aliases text[]) returns text[]
language sql immutable parallel safe set search_path = pg_catalog, pg_temp
as $$
	select array(select u from unnest(title || aliases) n, lateral sluis.usual_name(n) u where strpos(u, ' ') > 0)
$$;
create function sluis.usual_all(words text[]) returns text[]
language sql immutable parallel safe set search_path = pg_catalog, pg_temp
as $$
	select array(select u from unnest(words) n, lateral sluis.usual_name(n) u where u <> '')
$$;
create function sluis.usual_phone(phone text) returns text
language sql immutable parallel safe set search_path = pg_catalog, pg_temp
as $$
	select right(d, 9) from regexp_replace(phone, '[^0-9]', '', 'g') d where length(d) >= 9
$$;

-- The directory: administrative, clear, matched by index in sets.
create table sluis.participant (
	id           int generated always as identity primary key,
	name         text not null check (name ~ '^[A-Za-z0-9][A-Za-z0-9-]{0,31}$'),
	title        text not null,
	kind         text not null default 'member'
	             check (kind in ('member', 'sector', 'self', 'supplier', 'partner', 'counsel')),
	size         text,
	umbrella     text,
	aliases      text[] not null default '{}',
	languages    text[] not null default '{nl}',
	policy       text,
	out_of_scope text[] not null default '{}',	-- what the policy leaves out
	agreement    text,
	tlp_default  text not null default 'AMBER' check (tlp_default in ('CLEAR', 'GREEN', 'AMBER', 'AMBER+STRICT', 'RED')),
	fallback     text not null default 'phone' check (fallback in ('phone', 'content')),
	digest       boolean not null default true,
	products     text[] not null default '{}',
	added        timestamptz not null default now(),
	removed      timestamptz,			-- only kept because cases name it
	usual        text[] not null generated always as (sluis.usual_names(title, aliases)) stored,
	names        text[] not null generated always as (sluis.usual_all(title || aliases)) stored,
	makes        text[] not null generated always as (sluis.usual_all(products)) stored
);
create index participant_usual on sluis.participant using gin (usual) with (fastupdate = off);
create index participant_names on sluis.participant using gin (names) with (fastupdate = off);
create index participant_makes on sluis.participant using gin (makes) with (fastupdate = off);
create unique index participant_name on sluis.participant (lower(name));

create table sluis.participant_domain (
	participant  int  not null references sluis.participant on delete cascade,
	domain       text not null check (domain = lower(domain)),
	primary key (domain, participant)
);
create index participant_domain_of on sluis.participant_domain (participant);

create table sluis.participant_network (
	participant  int  not null references sluis.participant on delete cascade,
	network      cidr not null,
	primary key (network, participant)
);
create index participant_network_in on sluis.participant_network using gist (network inet_ops);
create index participant_network_of on sluis.participant_network (participant);

create table sluis.contact (
	id           int generated always as identity primary key,
	participant  int  not null references sluis.participant on delete cascade,
	address      text not null,
	name         text,
	role         text,
	phone        text,
	hours        text,
	deputy_of    text,				-- address of another contact
	language     text,
	receives     text[] not null default '{cases,digest,advisories}',
	unreachable  timestamptz,			-- since when mails to it come back for good
	unreachable_status text,			-- with which status (RFC 3463)
	unique (participant, address)
);
create index contact_address on sluis.contact (lower(address));
create index contact_usual_name on sluis.contact (sluis.usual_name(name));
create index contact_usual_phone on sluis.contact (sluis.usual_phone(phone));

create table sluis.analyst (
	id        int generated always as identity primary key,
	name      text not null check (name ~ '^[A-Za-z0-9][A-Za-z0-9-]{0,31}$'),
	address   text not null,
	active    boolean not null default true,
	added     timestamptz not null default now(),
	unreachable  timestamptz,			-- as of a contact
	unreachable_status text,
	reads     text[] not null default '{}' check (reads <@ '{legal}')	-- compartments open to them
);
create unique index analyst_name on sluis.analyst (lower(name));
create unique index analyst_address on sluis.analyst (lower(address)) where active;

-- Pinned certificates, minimised; exactly one owner each.
create table sluis.certificate (
	id           int generated always as identity primary key,
	contact      int references sluis.contact on delete cascade,
	analyst      int references sluis.analyst on delete cascade,
	fingerprint  text not null check (fingerprint ~ '^[0-9A-F]{40}$'),
	encryption   text check (encryption ~ '^[0-9A-F]{40}$'),
	bytes        bytea not null,
	algorithm    text not null,
	user_ids     text[] not null,
	made         timestamptz not null,
	expires      timestamptz,
	unusable     text,				-- why nothing is encrypted to it
	pinned       timestamptz not null default now(),
	vouched_by   text not null default 'operator',	-- whose word it has
	vouched_how  text not null default 'operator'	-- and how that was checked
	             check (vouched_how in ('operator', 'call-back', 'meeting', 'old-key', 'wkd', 'website', 'umbrella')),
	vouched      timestamptz not null default now(),
	heeded       boolean not null default false,	-- work has looked for what it signed before
	check ((contact is null) <> (analyst is null))
);
create unique index certificate_contact on sluis.certificate (contact, fingerprint);
create unique index certificate_analyst on sluis.certificate (analyst, fingerprint);
create index certificate_fingerprint on sluis.certificate (fingerprint);
create index certificate_unheeded on sluis.certificate (id) where not heeded;

create table sluis.certificate_subkey (
	certificate  int  not null references sluis.certificate on delete cascade,
	fingerprint  text not null check (fingerprint ~ '^[0-9A-F]{40}$'),
	key_id       text generated always as (right(fingerprint, 16)) stored,
	primary key (certificate, fingerprint)
);
create index certificate_subkey_fingerprint on sluis.certificate_subkey (fingerprint);
create index certificate_subkey_key_id on sluis.certificate_subkey (key_id);

-- Who reported: found by the keyed hash of the address; all else is sealed.
create table sluis.reporter (
	id        bigint generated always as identity primary key,
	address   bytea not null unique,		-- keyed hash of the lower-case address
	key_id    uuid  not null,
	record    bytea not null,			-- sealed, purpose "reporter": address, name, certificate
	first     timestamptz not null default now(),
	last      timestamptz not null default now()
);

create table sluis.cases (
	no         int primary key,
	tag        text not null unique references sluis.tag,
	inbox      text not null,			-- address of the inbox it began in
	status     text not null default 'new'
	           check (status in ('new', 'triage', 'forwarded', 'waiting', 'fixing', 'resolved', 'disclosed', 'closed')),
	class      text,
	motive     text,
	severity   text,
	tlp        text not null default 'AMBER',
	key_id     uuid,
	title      bytea,				-- sealed, purpose "title"
	owner      int references sluis.analyst,
	opened     timestamptz not null default now(),
	changed    timestamptz not null default now(),
	revision   int not null default 1,		-- raised by every change; nonces are bound to it
	replayed   boolean not null default false,	-- a message of it came before, elsewhere (T-26)
	merged     int references sluis.cases,		-- it is that one now
	test       boolean not null default false	-- a mail of ours to ourselves: nobody is told
);

-- Message-IDs, by keyed hash, of mails the operator's tool sends through the
-- whole chain to see that it works. The case such a mail opens is a test.
create table sluis.expected_test (
	id    bytea primary key,
	made  timestamptz not null default now()
);

-- What may not leave for now: the mails of a case, or all of them (0).
create table sluis.pause (
	case_no  int primary key,
	since    timestamptz not null default now()
);

-- Which inboxes a case's first mail came to.
create table sluis.case_inbox (
	case_no  int  not null references sluis.cases,
	inbox    text not null,
	primary key (case_no, inbox)
);

-- Whose systems a case seems to be about.
create table sluis.case_participant (
	case_no      int  not null references sluis.cases,
	participant  int  not null references sluis.participant,
	how          text not null,			-- domain, network, name
	primary key (case_no, participant)
);

-- A side of a case. number is its number within the case, as in tokens; the
-- first party has number 0.
create table sluis.party (
	id           bigint generated always as identity primary key,
	case_no      int  not null references sluis.cases,
	number       int  not null check (number between 0 and 32767),
	role         text not null check (role in ('reporter', 'participant', 'supplier', 'partner', 'legal')),
	participant  int references sluis.participant,
	reporter     bigint references sluis.reporter,
	epoch        int  not null default 0 check (epoch between 0 and 1023),
	language     text not null default 'en',
	opened       timestamptz not null default now(),
	state        text not null default 'none'	-- where an organisation is with it; "told" is found out
	             check (state in ('none', 'told', 'acked', 'own', 'affected', 'fixed', 'silent', 'not-ours')),
	heard        timestamptz,			-- when it first answered, by mail or another way
	nudged       timestamptz,			-- when it was reminded that we wait for that
	direct       timestamptz,			-- since when it is known to write to another one
	bridge       int references sluis.analyst,	-- who opened a bridge between it and the reporter; null: none
	asked        text not null default 'report'	-- which three answers it was offered last
	             check (asked in ('report', 'advisory')),
	unique (case_no, number)
);
create unique index party_participant on sluis.party (case_no, participant) where participant is not null;
create unique index party_reporter on sluis.party (case_no, reporter) where reporter is not null;
create index party_of_reporter on sluis.party (reporter, case_no desc) where reporter is not null;

-- What the other side calls the matter: its own ticket number.
create table sluis.party_number (
	party   bigint primary key references sluis.party,
	key_id  uuid   not null,
	number  bytea  not null				-- sealed, purpose "number"
);

-- One mail of one party, in or out; what was read out of it is sealed.
create table sluis.message (
	id          bigint generated always as identity primary key,
	party       bigint not null references sluis.party,
	direction   text   not null check (direction in ('in', 'out')),
	time        timestamptz not null,
	reception   bigint unique references sluis.reception,
	outbox      bigint unique,
	encryption  text,
	signature   text,
	verified    boolean not null default true,	-- false: by a hint only (T-33)
	replayed    boolean not null default false,	-- a ciphertext in it came before, elsewhere (T-26)
	kind        text check (kind in ('automatic', 'bounce', 'list')),	-- null: a person's
	signer      bytea,				-- keyed hash of the id of the key that signed
	revised     int   not null default 0,		-- how often its verdict was changed
	key_id      uuid  not null,
	extract     bytea not null			-- sealed, purpose "extract"
);
create index message_party on sluis.message (party, time);
create index message_signer on sluis.message (signer) where signer is not null;
alter table sluis.reception add foreign key (message) references sluis.message deferrable;
alter table sluis.reception add foreign key (case_no) references sluis.cases deferrable;

-- Who wrote in a case, by all that names them: addresses, hosts, whole names, ids
-- of keys, by keyed hash of their usual form. A text that is to leave is searched
-- for those of everybody else (T-47).
create table sluis.identifier (
	hash   bytea  not null,
	party  bigint not null references sluis.party,
	primary key (hash, party)
);

-- Which of the three answers a mail gave to a report: 1 with us, 2 by themselves, 3
-- not theirs. One that nothing vouches for has moved nothing, and is only shown.
create table sluis.choice (
	message  bigint primary key references sluis.message on delete cascade,
	party    bigint not null references sluis.party,
	answer   int    not null check (answer between 1 and 3),
	how      text   not null check (how in ('signature', 'dmarc', 'none'))
);
create index choice_party on sluis.choice (party, message desc);

-- How it was seen who a party is: what an analyst did, or a word that was sent to
-- where the party is known to be, and came back. done null: not yet.
create table sluis.verification (
	id       bigint generated always as identity primary key,
	party    bigint not null references sluis.party,
	analyst  int    not null references sluis.analyst,
	method   text   not null check (method in ('mailback', 'callback', 'signature', 'directory', 'person')),
	asked    timestamptz not null default now(),
	word     bytea unique,				-- keyed hash; of a mailback only
	sent     text check (sent in ('encrypted', 'clear')),
	done     timestamptz,
	how      text,					-- what the answer's signature was: a word
	message  bigint references sluis.message on delete set null,
	check ((word is null) = (method <> 'mailback'))
);
create index verification_party on sluis.verification (party, id);

-- The ledger of consent: what a party was asked and what it said, a row each. No row
-- ever changes; what is taken back is another row.
create table sluis.consent (
	id         bigint generated always as identity primary key,
	party      bigint not null references sluis.party,
	other      bigint references sluis.party,	-- whom a contact is with
	what       text   not null check (what in ('name', 'credit', 'contact')),
	state      text   not null check (state in ('asked', 'given', 'withdrawn')),
	how        text   not null check (how in ('template', 'suggestion', 'answer', 'analyst')),
	signature  text,				-- of the mail it was read in: a word
	vouched    text check (vouched in ('signature', 'dmarc', 'none')),
	analyst    int references sluis.analyst,	-- who asked, or put it on record
	message    bigint references sluis.message on delete set null,
	at         timestamptz not null default now(),
	cause      text,				-- of the letters that asked
	key_id     uuid,
	value      bytea,				-- as what somebody is credited: sealed, purpose "credit"
	check (case when what <> 'contact' then other is null else other is not null or how = 'suggestion' end),
	check ((state = 'asked') = (how = 'template')),
	check ((how in ('template', 'analyst')) = (analyst is not null)),
	check ((how in ('answer', 'suggestion')) = (vouched is not null))
);
create index consent_party on sluis.consent (party, id);
create unique index consent_cause on sluis.consent (cause, party) where cause is not null;

-- Two parties that letters of that cause make known to each other.
create table sluis.introduction (
	cause    text   primary key,
	party    bigint not null references sluis.party,
	other    bigint not null references sluis.party,
	analyst  int    not null references sluis.analyst,
	at       timestamptz not null default now()
);
create index introduction_party on sluis.introduction (party);
create index introduction_other on sluis.introduction (other);

-- The ledger of ciphertexts (T-26): the session key of each, by keyed hash, and
-- where it came first. No row ever changes or goes.
create table sluis.session_key (
	hash       bytea  primary key,
	reception  bigint not null references sluis.reception,
	case_no    int references sluis.cases,		-- null: a mail of no case
	party      bigint references sluis.party,
	came       timestamptz not null default now()
);

-- Messages whose signatures are to be looked at again, with the keys of today.
create table sluis.reverification (
	message     bigint primary key references sluis.message on delete cascade,
	not_before  timestamptz not null default now(),
	tries       int not null default 0
);

-- What a look-up of a case answers; CaseRef in C. party and what follows are
-- null where only the case is known.
create type sluis.case_ref as (
	case_no       int,
	tag           text,
	status        text,
	inbox         text,
	revision      int,
	replayed      boolean,
	party         bigint,
	party_number  int,
	epoch         int,
	role          text,
	participant   int,
	reporter      bigint,
	language      text
);

-- Message-IDs by keyed hash: those we minted, and those a party used. notice:
-- the id of a notice, so that an answer to it is known as an analyst's.
create table sluis.message_ref (
	id       bytea  not null,
	party    bigint references sluis.party,
	analyst  int references sluis.analyst,
	case_no  int    not null references sluis.cases,
	kind     text   not null check (kind in ('minted', 'seen', 'notice')),
	outbox   bigint					-- the mail of ours it is; null: no mail of ours
);
create unique index message_ref_once on sluis.message_ref (id, kind, case_no, coalesce(party, 0), coalesce(analyst, 0));

-- What leaves. bytes and envelope are sealed to the send key; record (what
-- people are shown of it: to, message id, subject) and draft to the storage key.
create table sluis.outbox (
	id          bigint generated always as identity primary key,
	case_no     int references sluis.cases,
	party       bigint references sluis.party,
	kind        text not null check (kind in ('ack', 'notice', 'receipt', 'forward', 'relay', 'keyless', 'digest', 'warning', 'straggler', 'announcement', 'verdict', 'test', 'noted', 'reminder', 'verify', 'consent', 'introduce', 'progress', 'hit', 'advisory')),
	cause       text not null,			-- "reception 17", "request UUID"
	target      text not null,			-- whom, as a number of ours: "party 3", "analyst 2", "contact 9"
	state       text not null check (state in ('held', 'ready', 'sending', 'sent', 'failed', 'dropped')),
	reason      text,				-- fixed words of ours
	keyless     boolean not null default false,	-- held for want of a key: goes by itself once there is one
	embargoed   boolean not null default false,	-- does not leave before the embargo of its case is over
	filed       timestamptz not null default now(),
	not_before  timestamptz not null default now(),
	attempts    int not null default 0,
	sent        timestamptz,
	sender_hash bytea,				-- whom an acknowledgement goes to, for the budget
	send_key    bytea,				-- data key wrapped to send.pub; null while there are no bytes
	envelope    bytea,				-- sealed, purpose "outgoing-envelope"
	blob        uuid,				-- the final bytes, purpose "outgoing"
	key_id      uuid not null,
	record      bytea not null,			-- sealed, purpose "record"
	draft       uuid,				-- blob, purpose "draft": what is built once it may be
	unique (cause, kind, target)
);
create index outbox_due on sluis.outbox (not_before, id) where state in ('ready', 'sending');
create index outbox_waiting on sluis.outbox (not_before, id) where state = 'held' and reason = 'waiting';
create index outbox_keyless on sluis.outbox (target, case_no) where state = 'held' and keyless;
create index outbox_acks on sluis.outbox (filed, sender_hash) where kind in ('ack', 'straggler') and state <> 'held';
alter table sluis.message add foreign key (outbox) references sluis.outbox deferrable;

-- Certificates that came in mails, until somebody has decided (T-28). Nothing is
-- encrypted to them and nothing verified by them.
create table sluis.quarantine (
	id           bigint generated always as identity primary key,
	fingerprint  bytea  not null,			-- keyed hash of that of its primary key
	content      bytea  not null unique,		-- keyed hash of the bytes and who sent them
	reception    bigint not null references sluis.reception,
	case_no      int references sluis.cases,
	origin       text   not null check (origin in ('attachment', 'text', 'autocrypt', 'gossip')),
	encrypted    boolean not null,			-- where only the team could read it
	state        text   not null default 'waiting' check (state in ('waiting', 'accepted', 'refused')),
	arrived      timestamptz not null default now(),
	last         timestamptz not null default now(),
	times        int    not null default 1,
	decided      timestamptz,
	key_id       uuid   not null,
	record       bytea  not null			-- sealed, purpose "quarantine": it, and who sent it
);
create index quarantine_fingerprint on sluis.quarantine (fingerprint);
create index quarantine_waiting on sluis.quarantine (id) where state = 'waiting';

-- Signatures by which somebody takes a key back: heeded by whoever pins that key
-- later, whichever of the two came first (T-31).
create table sluis.revocation (
	content      bytea  primary key,		-- keyed hash of the signature
	fingerprint  bytea  not null,			-- keyed hash of that of the key
	arrived      timestamptz not null default now(),
	key_id       uuid   not null,
	record       bytea  not null			-- sealed, purpose "revocation"
);
create index revocation_fingerprint on sluis.revocation (fingerprint, arrived);

-- Mails that came encrypted to a former key of the team after its grace.
create table sluis.straggler (
	fingerprint  text primary key check (fingerprint ~ '^[0-9A-F]{40}$'),
	mails        bigint not null,
	last         timestamptz not null
);

-- Who asked to hear of changes of the team's key. Put by the operator for that
-- alone, and clear as the directory is: it says of nobody that they reported.
create table sluis.subscriber (
	id        int generated always as identity primary key,
	address   text not null,
	language  text not null default 'en',
	added     timestamptz not null default now()
);
create unique index subscriber_address on sluis.subscriber (lower(address));

-- One-time words that let an analyst's answer have effect.
create table sluis.nonce (
	nonce     bytea primary key,			-- keyed hash
	analyst   int  not null references sluis.analyst,
	case_no   int  references sluis.cases,		-- null: bound to none
	revision  int  not null,
	notice    bytea not null,			-- keyed hash of the notice's Message-ID
	cause     text  not null,			-- of the notice: notice_text has its words
	about     bigint,				-- the message it goes on about, of a receipt
	made      timestamptz not null default now(),
	expires   timestamptz not null,
	used      timestamptz
);

create table sluis.event (
	id       bigint generated always as identity primary key,
	case_no  int  not null references sluis.cases,
	at       timestamptz not null default now(),
	kind     text not null,				-- fixed words: opened, message, inbox, forwarded, held ...
	who      text not null default 'sluis',		-- an analyst's handle, or an operator's role
	detail   text					-- fixed words and numbers only
);
create index event_case on sluis.event (case_no, id);

-- Somebody of ours has to call, since nothing can be encrypted to a contact, or
-- since nobody there answers, or mails to it come back: one open task a case and contact, however many mails
-- wait. It outlives the contact.
create table sluis.phone_task (
	id       bigint generated always as identity primary key,
	case_no  int references sluis.cases,		-- null: a mail that belongs to no case
	party    bigint references sluis.party,
	contact  int not null,
	why      text not null default 'key' check (why in ('key', 'silent', 'bounce', 'hit')),
	since    timestamptz not null default now(),
	due      timestamptz not null,
	reminded date,					-- when the team was last told that it is late
	closed   timestamptz,
	how      text check (how in ('phone', 'portal', 'person', 'key', 'dropped', 'answered', 'reached')),
	check ((closed is null) = (how is null))
);
create unique index phone_task_open on sluis.phone_task (contact, coalesce(case_no, 0)) where closed is null;
create index phone_task_case on sluis.phone_task (case_no, id);
create index phone_task_due on sluis.phone_task (due) where closed is null;

-- What was warned of: that nothing can be encrypted to somebody ("contact 9",
-- "analyst 2") from that time on, so many days before. The key is named by its
-- fingerprint, since pinning it again makes a new row of it.
create table sluis.key_warning (
	target       text not null,
	fingerprint  text not null,
	expires      timestamptz not null,
	step         int not null,
	warned       timestamptz not null default now(),
	primary key (target, fingerprint, expires, step)
);

-- Feeds: what machines found out about addresses and domains. It is matched in sets,
-- so it is clear; but only what concerns a participant is kept, and of a row no more
-- than an address, a domain, a port, a type, a severity and a time.

-- One file or mail. vouched: its source is one we believe; without that nobody is
-- told of it.
create table sluis.feed (
	id         bigint generated always as identity primary key,
	content    bytea  not null unique,		-- keyed hash of its bytes
	source     text   not null,			-- as the operator calls it, or feeds.yaml does
	format     text   not null,
	vouched    boolean not null,
	reception  bigint references sluis.reception,	-- null: by the operator's tool
	came       timestamptz not null default now(),
	rows       bigint not null default 0,		-- the sum of the four below
	matched    bigint not null default 0,
	others     bigint not null default 0,		-- whoever's, not a participant's
	harmless   bigint not null default 0,		-- says that all is well
	malformed  bigint not null default 0
);

-- Its rows on their way: filled by COPY, matched, and gone within one transaction.
create unlogged table sluis.finding (
	line      int not null,
	address   inet,
	host      text,
	port      int,
	type      text not null,
	severity  text not null,
	again     int not null,				-- seconds before it is told once more
	time      timestamptz
);

-- The first of the lines that were wrong, and why, in a fixed phrase.
create table sluis.feed_fault (
	feed  bigint not null references sluis.feed on delete cascade,
	line  int    not null,
	why   text   not null
);
create index feed_fault_feed on sluis.feed_fault (feed, line);

-- What concerns a participant: each thing once, however often it was seen. told: when
-- its contacts were last told at once. A participant's digest shows it, so that only
-- the rows of the one it is made for are there to be seen: sluis.participant names
-- it, or "*", which the functions for the team set for themselves.
create table sluis.observation (
	id           bigint generated always as identity primary key,
	participant  int    not null references sluis.participant,
	vouched      boolean not null,
	type         text   not null,
	severity     text   not null check (severity in ('critical', 'high', 'medium', 'low')),
	address      inet,
	host         text,
	port         int    not null,			-- 0: none
	feed         bigint not null references sluis.feed,	-- the last that had it
	first        timestamptz not null default now(),
	last         timestamptz not null default now(),
	seen         timestamptz,			-- when, by the feed
	times        int    not null default 1,		-- in how many feeds
	again        interval not null,
	told         timestamptz
);
create unique index observation_once on sluis.observation
	(participant, type, vouched, coalesce(host(address), ''), coalesce(host, ''), port);
create index observation_last on sluis.observation (participant, last);
create index observation_feed on sluis.observation (feed);
create index observation_due on sluis.observation (participant, id)
	where vouched and severity in ('critical', 'high');
alter table sluis.observation enable row level security;
alter table sluis.observation force row level security;
create policy observation_of on sluis.observation
	using (current_setting('sluis.participant', true) in ('*', participant::text))
	with check (current_setting('sluis.participant', true) = '*');

-- What a participant was told of at once, by letters with these Message-IDs (keyed
-- hashes), and the case it answers in, which the first answer opens.
create sequence sluis.hit_number as int minvalue 1 maxvalue 1073741823;	-- 30 bits of a token

create table sluis.hit (
	id           bigint primary key,
	participant  int    not null references sluis.participant,
	told         timestamptz not null,
	types        text[] not null,
	case_no      int references sluis.cases
);
create index hit_answered on sluis.hit (participant) where case_no is not null;

create table sluis.hit_letter (
	id   bytea  not null,
	hit  bigint not null references sluis.hit,
	primary key (id, hit)
);
create index hit_letters on sluis.hit_letter (hit);

-- Working by mail.

-- What the notices of one cause say, so that an answer can be read against it;
-- without the first line, which each analyst has for himself.
create table sluis.notice_text (
	cause    text primary key,
	case_no  int   not null references sluis.cases,
	key_id   uuid  not null,
	body     bytea not null				-- sealed, purpose "notice"
);

-- Answers that had their effect, for ever: the same words under the same
-- signature have none a second time, however they are wrapped (T-38).
create table sluis.answered (
	content    bytea  not null,			-- keyed hash of what was signed
	signer     text   not null,			-- fingerprint of an analyst's key
	made       timestamptz not null,		-- by the signature
	reception  bigint not null references sluis.reception,
	primary key (content, signer, made)
);

-- An answer that is kept whole until its analyst confirms it.
create table sluis.held_answer (
	id       bigint generated always as identity primary key,
	case_no  int    references sluis.cases,		-- null: a case that is still to be made
	analyst  int    not null references sluis.analyst,
	hash     text   not null,			-- what /confirm may name
	state    text   not null default 'held' check (state in ('held', 'done', 'dropped')),
	made     timestamptz not null default now(),
	cause    text   not null unique,		-- "reception 17"
	key_id   uuid   not null,
	own      bytea  not null			-- sealed, purpose "answer"
);
create index held_answer_open on sluis.held_answer (case_no, analyst) where state = 'held';

-- What an analyst set in a case, and what was there before, so that it can be
-- taken back.
create table sluis.act (
	id       bigint generated always as identity primary key,
	case_no  int  not null references sluis.cases,
	analyst  int  not null references sluis.analyst,
	at       timestamptz not null default now(),
	field    text not null,				-- a column of cases
	old      text,
	new      text,
	undone   boolean not null default false
);
create index act_case on sluis.act (case_no, id);

-- What people decided, to learn from: the traits of a mail as keyed hashes, and of a
-- text given what it is; of a case that is what the case is.
create table sluis.lesson (
	id       bigint generated always as identity primary key,
	case_no  int unique references sluis.cases on delete cascade,
	source   bytea unique,				-- keyed hash of a text given
	class    text,
	motive   text,					-- null: nobody said
	traits   bigint[] not null,
	strong   int not null,				-- the first of them that are no words
	check ((case_no is null) <> (source is null)),
	check ((source is null) = (class is null)),
	check (source is not null or motive is null)
);

-- What was learnt of them: what a trait speaks for, a weight for each class or motive
-- in their order, and how telling it is; trait 0 speaks before any.
create table sluis.learnt (
	question  text not null check (question in ('class', 'motive')),
	trait     bigint not null,
	weights   text not null,		-- an array of numbers, as it goes to who asks: each mail asks for hundreds
	primary key (trait, question)	-- a mail asks both questions of its traits
);
create table sluis.learning (
	question  text primary key,
	lessons   int not null,
	at        timestamptz not null
);

-- Who wants to hear of a case, besides its owner and who has duty.
create table sluis.watcher (
	case_no  int not null references sluis.cases,
	analyst  int not null references sluis.analyst,
	primary key (case_no, analyst)
);

-- Who has duty, from when on; the last row counts.
create table sluis.duty (
	id       bigint generated always as identity primary key,
	since    timestamptz not null default now(),
	analyst  int not null references sluis.analyst
);

-- What somebody tried or did, whether there is a case for it or not. Only added
-- to. who: an analyst's handle or a role; what and detail: fixed words.
create table sluis.audit (
	id         bigint generated always as identity primary key,
	at         timestamptz not null default now(),
	who        text not null,
	what       text not null,
	case_no    int,
	reception  bigint,
	detail     text
);

-- How an analyst's mail program answers: one trial each, the newest.
create table sluis.trial (
	analyst    int primary key references sluis.analyst on delete cascade,
	sent       timestamptz not null default now(),
	answered   timestamptz,
	signed     boolean,
	encrypted  boolean,
	nonce      boolean,				-- its one-time word came back
	subject    boolean				-- the Subject was protected
);

-- What analysts wrote inside: notes, and answers' texts that are nobody else's
-- business. kind: note, called, told ...
create table sluis.note (
	id       bigint generated always as identity primary key,
	case_no  int    not null references sluis.cases,
	analyst  int    not null references sluis.analyst,
	at       timestamptz not null default now(),
	kind     text   not null,
	legal    boolean not null,		-- written beside what counsel said: for legal readers
	key_id   uuid   not null,
	text     bytea  not null			-- sealed, purpose "note"
);
create index note_case on sluis.note (case_no, id);

-- Letters that wait for an analyst's /confirm; the letter itself is held.
create table sluis.confirmation (
	outbox   bigint primary key references sluis.outbox,
	case_no  int  not null references sluis.cases,
	analyst  int  not null references sluis.analyst,
	hash     text not null,				-- of the exact words, what /confirm may name
	confirmed  timestamptz
);
create index confirmation_case on sluis.confirmation (case_no);

-- Days that count in a case. deadline: until when a repair is expected; embargo:
-- not public before; remind: an analyst wants to hear of it then. What is owed
-- without anybody's word: acknowledge, assess, repair, one of each a case.
create table sluis.clock (
	id        bigint generated always as identity primary key,
	case_no   int  not null references sluis.cases,
	analyst   int  references sluis.analyst,	-- who set it; null: it is owed
	kind      text not null check (kind in ('deadline', 'embargo', 'remind', 'acknowledge', 'assess', 'repair')),
	due       timestamptz not null,
	set       timestamptz not null default now(),
	told      timestamptz,				-- when analysts were told that it came
	raised    timestamptz,				-- when who has duty was told as well
	replaced  boolean not null default false,	-- by another one of its kind
	check ((analyst is null) = (kind in ('acknowledge', 'assess', 'repair')))
);
create index clock_due on sluis.clock (due) where raised is null and not replaced;
create unique index clock_owed on sluis.clock (case_no, kind) where analyst is null;
create index clock_case on sluis.clock (case_no, id);

-- The last digest of a participant: its local date, and how far it went, which is
-- when the newest thing happened that it told of. A night without one leaves it
-- as it was.
create table sluis.digest (
	participant  int primary key references sluis.participant on delete cascade,
	day          date not null,
	until        timestamptz,				-- null: it told of nothing that happened
	filed        timestamptz not null default now()
);

-- The nights whose digest the team had: local dates, and when it was made.
create table sluis.night (
	day   date primary key,
	made  timestamptz not null
);

-- What analysts found about a report: whether it is as stated, how it can be
-- abused and with what impact, how it was found, how its sender behaved, and how
-- far the data go.
create table sluis.triage (
	case_no  int   primary key references sluis.cases,
	key_id   uuid  not null,
	record   bytea not null,			-- sealed, purpose "triage"
	confirmed text check (confirmed in ('yes', 'no', 'partly'))	-- how the report turned out
);

-- What analysts want to see with all that a reporter sends, until it ends.
create table sluis.reporter_mark (
	reporter  bigint primary key references sluis.reporter,
	key_id    uuid   not null,
	mark      bytea  not null,			-- sealed, purpose "mark"
	made      timestamptz not null default now(),
	until     timestamptz not null,
	who       text   not null			-- an analyst's handle, or an operator's role
);

-- Texts of reports in a few keyed numbers, by which nearly the same one is found
-- again; they say nothing of its words. A band is a part of a sketch.
create table sluis.text_sketch (
	message  bigint primary key references sluis.message on delete cascade,
	sketch   bytea  not null
);
create table sluis.text_band (
	band     bytea  not null,
	message  bigint not null references sluis.message on delete cascade,
	primary key (band, message)
);

-- What was advised, by a keyed hash of what it says and to whom, and the case in which
-- it was told and is answered.
create table sluis.advisory (
	content  bytea primary key,
	case_no  int not null references sluis.cases
);

-- Cases that have to do with each other.
create table sluis.case_link (
	case_no  int not null references sluis.cases,
	other    int not null references sluis.cases,
	primary key (case_no, other)
);

-- Cases that were found to be one, and what was moved for that, so that it can be
-- taken back. The last one of a case that is not undone can be.
create table sluis.merging (
	id       bigint generated always as identity primary key,
	into_no  int  not null references sluis.cases,
	other    int  not null references sluis.cases,
	analyst  int  not null references sluis.analyst,
	at       timestamptz not null default now(),
	status   text not null,				-- of the other, before
	undone   boolean not null default false
);

create table sluis.moved (
	merging  bigint not null references sluis.merging,
	what     text   not null check (what in ('party', 'message', 'outbox')),
	id       bigint not null,
	old      bigint not null,			-- number of a party, party of a message, case of a mail
	primary key (merging, what, id)
);

-- Names by which tokens and references may still call a party.
create table sluis.party_former (
	case_no  int    not null references sluis.cases,
	number   int    not null,
	party    bigint not null references sluis.party,
	primary key (case_no, number)
);

-- A digest is built from rows of one participant (T-63). What may be shown in it
-- is read by functions of sluis_digest, who sees no other rows than of the
-- participant one of them has set, none as long as none is set, and only the
-- columns grants.sql names. The owner of the tables sees all rows, by a policy like
-- anybody else.
create index party_of_participant on sluis.party (participant, case_no) where participant is not null;

create function sluis.digest_of() returns int
language sql stable set search_path = pg_catalog, pg_temp
as $$
	select nullif(current_setting('sluis.participant', true), '')::int
$$;

do $$
declare
	seen text[];
begin
	foreach seen slice 1 in array array[
		['participant', 'id = sluis.digest_of()'],
		['contact', 'participant = sluis.digest_of()'],
		['digest', 'participant = sluis.digest_of()'],
		['party', 'participant = sluis.digest_of()'],
		['certificate', 'contact in (select c.id from sluis.contact c)'],
		['cases', 'no in (select p.case_no from sluis.party p)'],
		['clock', 'case_no in (select p.case_no from sluis.party p)'],
		['act', 'case_no in (select p.case_no from sluis.party p)'],
		['outbox', 'party in (select p.id from sluis.party p)'],
		['message', 'party in (select p.id from sluis.party p)']]
	loop
		execute format('alter table sluis.%I enable row level security', seen[1]);
		execute format('alter table sluis.%I force row level security', seen[1]);
		execute format('create policy all_rows on sluis.%I to sluis_owner using (true) with check (true)', seen[1]);
		execute format('create policy own_rows on sluis.%I for select to sluis_digest using (%s)', seen[1], seen[2]);
	end loop;
end
$$;
