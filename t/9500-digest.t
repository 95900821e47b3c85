#!/bin/sh
# What participants are told at night: their own cases and keys, once a date, to each
# contact in its language, encrypted; and not a word of who reported.
. "${0%/*}/lib.sh"
. "$t/lib/chain.sh"
skip_unless faketime have faketime
init_options=--no-samples chain_init
analyst ann
person heron 'Qrheron Canary <qrheron@qrhost.example>'

# Two members with a word each that nobody else may read, a deputy who reads
# English, and one who is no member.
person lindekey 'De Linde <cert@delinde.example>'
person deputykey 'Deputy <deputy@delinde.example>'
person vaartkey 'De Vaart <ict@devaart.example>' ed25519 20d
cat >"$work/members.yaml" <<END
participants:
- name: delinde
  title: Qzlinde Hospital
  languages: [nl]
  domains: [delinde.example]
  contacts:
  - address: cert@delinde.example
    name: Qzlinde Jansen
  - address: deputy@delinde.example
    name: Qzlinde Wit
    language: en
    deputy_of: cert@delinde.example
    receives: [digest]
- name: devaart
  title: Qzvaart House
  languages: [nl]
  domains: [devaart.example]
  contacts:
  - address: ict@devaart.example
    name: Qzvaart ICT
    phone: +31 20 555 0104
- name: maker
  title: A maker
  kind: supplier
  contacts:
  - address: psirt@maker.example
END
sluis participant import "$work/members.yaml" >/dev/null
sluis participant add delinde --contact cert@delinde.example --key "$work/lindekey.asc" \
	--contact deputy@delinde.example --key "$work/deputykey.asc" >/dev/null 2>&1
sluis participant add devaart --contact ict@devaart.example --key "$work/vaartkey.asc" >/dev/null 2>&1

digest() { _when=$1; shift; faked "$_when" sluis-digest "$@"; }
night() { digest "@$1 05:00:00" --once || diag "sluis-digest of $1 ended with $?"; }
digests() { ask "select count(*) from sluis.outbox where kind = 'digest' and cause = 'digest $1' and target ~ 'contact'"; }
# The next Tuesday, so that it is no Monday; and days from then on.
tuesday=$(date -d "$(date -d 'next tuesday' +%F)" +%F)
day() { date -d "$tuesday + $1 days" +%F; }

night "$(day -1)"
is "$(digests "$(day -1)")" 0 'T-64: who has nothing gets none, not on a Monday either'

# A report about each of them, forwarded.
report() {	# PARTICIPANT HOST
	{ head_of heron "Qrsubject $1"; echo "Qrwords: https://$2/?id=1 shows files of others (IDOR)." | text | encrypted heron; } >"$work/$1.eml"
	take "$work/$1.eml" && deliver
	case_of >"$work/$1.tag"
}
report delinde www.delinde.example
linde=$(cat "$work/delinde.tag")
report devaart www.devaart.example
vaart=$(cat "$work/devaart.tag")
sluis case forward "$linde" delinde >/dev/null
sluis case forward "$vaart" devaart >/dev/null
night "$(day 0)"
is "$(digests "$(day 0)")" 0 'what has not left is nothing they were told of'
sluis-send --once
forget_mails
run digest "@$(day 0) 05:00:00" --preview delinde
status 0 'a preview'
stdout "^  $linde  " 'says what it would say'
stdout '^Subject: Overzicht van ' 'in the language of the first contact'
is "$(digests "$(day 0)")" 0 'and files nothing'
digest "@$(day 0) 05:00:00" --once & one=$!
digest "@$(day 0) 05:00:00" --once & other=$!
wait $one $other
is "$(digests "$(day 0)")" 3 'T-62: with two at once each contact has one'
night "$(day 0)"
is "$(digests "$(day 0)")" 3 'T-62: and no more by another run of that date'
night "$(day -1)"
is "$(digests "$(day -1)")" 0 'T-62: nor of an earlier one, by a clock that went back'
sluis-send --once

# opened WHO ADDRESS: what that contact reads.
opened() {
	ok "the digest of $2 opens with its key" open_as "$1" "$(mail_to "$2")"
	ok 'and is signed by the team' signed_by "$team"
}
is "$(count_to cert@delinde.example) $(count_to deputy@delinde.example) $(count_to ict@devaart.example) $(count_to psirt@maker.example)" \
	'1 1 1 0' 'each contact of a member has one mail'
opened lindekey cert@delinde.example
cp "$work/opened" "$work/linde"
like "$(read_mail text <"$work/linde")" "^  $linde  .*ingelicht" 'it names the case, and where it is'
like "$(read_mail text <"$work/linde")" '^1 zaak wacht op u' 'and that it waits for them'
like "$(read_mail text <"$work/linde")" 'nieuw: bericht van' 'and what is new'
like "$(cat "$work/linde")" '^Content-Type: multipart/alternative;' 'as text and as a page'
unlike "$(cat "$work/linde")" 'src=|url\(|href|@import|<link|<script' 'which asks for nothing'
is "$(read_mail head Subject <"$(mail_to cert@delinde.example)")" '[...]' 'and outside says nothing'
opened deputykey deputy@delinde.example
like "$(read_mail text <"$work/opened")" '^1 case waits for you' 'a deputy reads its own language'
opened vaartkey ict@devaart.example
cp "$work/opened" "$work/vaart"
like "$(read_mail text <"$work/vaart")" 'de sleutel is geldig tot' 'a key that ends soon is told'
is "$(grep -ciE "qzlinde|delinde|$linde" "$work/vaart") $(grep -ciE "qzvaart|devaart.example.*files|$vaart" "$work/linde")" '0 0' \
	'T-63: nothing of one is in the digest of the other'
is "$(cat "$work/linde" "$work/vaart" "$work/opened" | grep -ciE 'qrheron|qrhost|qrsubject|qrwords|heron')" 0 \
	'T-64: no word and no name of the reporter is in any'

night "$(day 1)"
is "$(digests "$(day 1)")" 0 'T-64: nothing new and nothing due: none'
night "$(day 6)"
is "$(digests "$(day 6)")" 3 'T-64: on a Monday all that is open'

# What is new since, and what comes near.
ask "update sluis.party p set heard = '$(day 7) 12:00+01' from sluis.cases c where c.no = p.case_no and c.tag = '$linde' and p.participant is not null" >/dev/null
night "$(day 8)"
is "$(digests "$(day 8)")" 2 'an answer of theirs is news to them alone'
ask "insert into sluis.clock (case_no, analyst, kind, due, set) select c.no, a.id, 'deadline', '$(day 17) 23:59:59+01', '$(day 8) 12:00+01'
    from sluis.cases c, sluis.analyst a where c.tag = '$vaart' and a.name = 'ann'" >/dev/null
night "$(day 9)"
is "$(digests "$(day 9)")" 1 'so is a day that was set'
night "$(day 10)"
is "$(digests "$(day 10)")" 0 'which is no news the next day'
night "$(day 14)"
is "$(digests "$(day 14)")" 1 'but three working days before it is due'

# No usable key: nothing in it, the same night, and somebody calls.
ask "update sluis.certificate set unusable = 'revoked' where fingerprint = '$(fpr vaartkey)'" >/dev/null
forget_mails
night "$(day 15)"
sluis-send --once
bare=$(mail_to ict@devaart.example)
is "$(digests "$(day 15)")" 1 'T-64: without a key there is a mail the same night'
like "$(read_mail text <"$bare")" 'alleen versleuteld' 'T-64: that says so'
unlike "$(cat "$bare")" "$vaart|Qzvaart|hersteltermijn|RD-" 'T-64: and nothing else'
is "$(ask "select count(*) from sluis.phone_task where why = 'key' and closed is null and party is not null")" 1 \
	'T-64: and somebody has to call, since a day is near'
person newkey 'De Vaart <ict@devaart.example>'
sluis participant add devaart --contact ict@devaart.example --key "$work/newkey.asc" >/dev/null
is "$(ask "select count(*) from sluis.phone_task where closed is null")" 0 'until there is a key'

# RED is for the few who were told.
ask "update sluis.cases set tlp = 'RED' where tag = '$linde'" >/dev/null
run digest "@$(day 20) 05:00:00" --preview delinde
stdout "^  $linde  TLP:RED, niet hier" 'TLP:RED: the tag alone'
ask "update sluis.cases set tlp = 'AMBER+STRICT' where tag = '$linde'" >/dev/null
run digest "@$(day 20) 05:00:00" --preview delinde
stdout '^TLP:AMBER\+STRICT\.' 'the strictest of all is what the digest has'

# What feeds said of one is its alone.
sluis participant add delinde --network 192.0.2.0/24 >/dev/null
printf '%s\n' '"timestamp","ip","port","protocol","hostname"' '"2026-11-25 02:11:00","192.0.2.17","3389","tcp","rdp.delinde.example"' >"$work/2026-11-25-scan_rdp-nl.csv"
sluis observe "$work/2026-11-25-scan_rdp-nl.csv" >/dev/null
ask "update sluis.observation set first = '$(day 19) 12:00Z', last = '$(day 19) 12:00Z'" >/dev/null
run digest "@$(day 20) 05:00:00" --preview delinde
stdout '^1 treffer uit een feed' 'what feeds said is told'
stdout 'delinde.example, 3389  |192.0.2.17, 3389  ' 'with where it is'
run digest "@$(day 20) 05:00:00" --preview devaart
is "$(grep -c 3389 "$work/.stdout")" 0 'T-63: to whom it concerns alone'

# A trial.
forget_mails
run digest "@$(day 20) 05:00:00" --preview delinde --to ann@team.example
status 0 'a trial to an analyst'
sluis-send --once
ok 'is encrypted to her' open_as ann "$(mail_to ann@team.example)"
like "$(read_mail text <"$work/opened")" "^  $linde" 'and shows what they would get'
is "$(digests "$(day 20)")" 0 'and is no digest'
run digest "@$(day 20) 05:00:00" --preview delinde --to ict@devaart.example
status 75 'not to a contact of another'
run sluis-digest --preview maker
status 75 'who is no member has no preview'
stderr 'no digests go to' 'which is said'
run sluis-digest --to ann@team.example
status 75 '--to wants to know whose'

# The team's own, every night.
is "$(ask "select count(*) from sluis.outbox where kind = 'digest' and target = 'analyst 1' and cause = 'digest $(day 1)'")" 1 \
	'T-62: the team has one too, also when there is nothing to tell'
like "$(sluis status --json | jq -r .last_digest)" "^$(day 15)T" 'the tool says when that was'
analyst bob
ask "update sluis.certificate set unusable = 'revoked' where analyst = 2" >/dev/null
night "$(day 16)"
is "$(ask "select count(*) from sluis.outbox where cause = 'digest $(day 16)' and target ~ 'analyst'")" 1 \
	'T-31: who has no key gets none, and none is kept for later'
doctor() { sluis doctor --json 2>/dev/null | jq -r '.[] | select(.check == "digests") | "\(.state) \(.text) \(.remedy)"'; }
unlike "$(doctor)" 'no digests' 'the doctor finds nothing in that'
ask "update sluis.night set made = now() - interval '3 days'" >/dev/null
like "$(doctor)" '^soon no digests since .*Z sluis-digest --once$' 'but in a night that was none'
forget_mails
ask "update sluis.cases set opened = '$(day 20) 12:00Z' where tag = '$linde'; update sluis.party set heard = null, state = 'told' where participant is not null;
    insert into sluis.clock (case_no, kind, due) select no, 'assess', '$(day 20) 12:00Z' from sluis.cases where tag = '$vaart'" >/dev/null
night "$(day 21)"
sluis-send --once
ok 'it is encrypted' open_as ann "$(mail_to ann@team.example)"
read_mail text <"$work/opened" >"$work/team"
like "$(cat "$work/team")" '^New cases: 2' 'and says what is new'
like "$(cat "$work/team")" "^  $vaart  the report is not assessed" 'what is overdue'
like "$(cat "$work/team")" "^  $vaart  devaart" 'and who has not answered'
is "$(grep -ciE 'qrheron|qrhost|qrsubject|qrwords' "$work/team")" 0 'and no word of a report'

done_testing
