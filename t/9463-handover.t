#!/bin/sh
# An organisation that got a report hands it over: who is a party of the case then,
# who is told what, and who is not.
# shellcheck source=t/lib.sh
. "${0%/*}/lib.sh"
# shellcheck source=t/lib/answer.sh
. "$t/lib/answer.sh"

answer_init
de_vaart

inner() {
	printf '%s\n' 'From: Grey Heron <heron@reporter.example>' 'To: ict@devaart.example' \
	    'Subject: SQL injection' 'Date: Tue, 24 Nov 2026 01:00:00 +0000' 'Message-ID: <i@reporter.example>' '' \
	    'I found an SQL injection in https://portaal.devaart.example/?id=1 that shows the files of others. CVE-2026-12345' \
	    'The steps: put a quote behind the number; the error names the table.'
}
attached() {
	echo 'Dit kregen wij vannacht. Kunt u dit oppakken?' | text >"$work/cover"
	{ printf '%s\n' 'Content-Type: message/rfc822' ''; inner; } >"$work/inner"
	mixed "$work/cover" "$work/inner"
}
roles() { of_case "$tag" '[.parties[] | "\(.role) \(.name)"] | join(", ")'; }

# --- attached, and signed

{ head_of vaart 'FW: SQL injection'; attached | encrypted vaart --sign; } >"$work/handed.eml"
take "$work/handed.eml" cert@sluis.example ict@devaart.example && deliver
tag=$(case_of)
like "$tag" '^CERT-' 'a report that is handed over opens a case'
is "$(roles)" 'participant devaart, reporter Grey Heron' 'the organisation is its first party, who reported the second'
is "$(reception class)" vulnerability 'it is about what was handed over'
is "$(of_case "$tag" '[.events[].kind] | index("handed-over") != null')" true 'the case says how it came'
is "$(count_to ict@devaart.example)" 1 'the organisation has its acknowledgement'
like "$(read_mail text <"$(mail_to ict@devaart.example)")" 'We have the report you passed on|de melding die u' 'that says what happens with a report of others'
is "$(count_to heron@reporter.example)" 0 'who reported is not written to by itself'
is "$(outbox '[.[] | select(.to == "heron@reporter.example")] | length')" 0 'nor is anything prepared'
like "$(receipt ann)" '^Handed over by P\. Jansen \(signed\)\.$' 'the notice says by whom'
like "$(receipt ann)" '^The reporter is said to be heron@reporter\.example, unverified, and was told nothing; write with /reply reporter$' 'and how to reach who reported'
like "$(receipt ann)" '^\| I found an SQL injection' 'and what the report says'

answer_inbox=cert@sluis.example
printf '/reply reporter\nThe organisation passed your report on to us. We speak with both of you from now on.\n' | answers ann
like "$(outbox '[.[] | select(.to == "heron@reporter.example")][0] | "\(.kind) \(.state)"')" '^relay held$' 'T-40: the first mail there waits'

# --- by somebody who asks to be named to nobody

inner_of() { inner | sed 's/Grey Heron <heron@/Wilma Wren <wren@/; s/<i@/<w@/'; echo 'I want to remain anonymous.'; }
echo 'Dit kregen wij ook.' | text >"$work/cover"
{ printf '%s\n' 'Content-Type: message/rfc822' ''; inner_of; } >"$work/inner"
{ head_of vaart 'FW: SQL injection'; mixed "$work/cover" "$work/inner" | encrypted vaart --sign; } >"$work/wren.eml"
take "$work/wren.eml" cert@sluis.example ict@devaart.example && deliver
tag=$(case_of)
is "$(roles)" 'participant devaart, reporter reporter' 'T-49: who asks for that in what is handed over has no name either'
like "$(receipt ann)" '^The reporter is said to be somebody who wants to be named to nobody, unverified' 'as the notice says'
unlike "$(cat "$work/ann.text"; of_case "$tag" '.parties')" '[Ww]ren' 'and nothing else'

# --- written into it, by an address alone

written() {
	printf '%s\n' 'Zie hieronder.' '' '-------- Doorgestuurd bericht --------' 'Onderwerp: SQL injection' \
	    'Van: Grey Heron <heron@reporter.example>' 'Aan: ict@devaart.example' ''
	inner | sed '1,/^$/d'
}
{ head_of vaart 'Fwd: SQL injection 2'; written | text; } >"$work/written.eml"
take "$work/written.eml" cert@sluis.example ict@devaart.example && deliver
tag=$(case_of)
is "$(roles)" 'participant devaart, reporter Grey Heron' 'written into the mail it is the same'
like "$(receipt ann)" '^Handed over by P\. Jansen \(from the address of a contact, unverified\)\.$' 'an address proves nothing, and the notice says so'
is "$(count_to heron@reporter.example)" 0 'nobody else hears of it'

# --- what is none

{ head_of 'Somebody <s@other.example>' 'Fwd: SQL injection 3'; written | text; } >"$work/other.eml"
take "$work/other.eml" cert@sluis.example s@other.example && deliver
tag=$(case_of)
is "$(of_case "$tag" '[.parties[].role] | join(" ")')" reporter 'who is no contact reports himself, whatever is in it'
{ head_of vaart 'Fwd: SQL injection 4' 'Auto-Submitted: auto-generated'; written | text; } >"$work/robot.eml"
take "$work/robot.eml" cert@sluis.example ict@devaart.example && deliver
unlike "$(receipt ann)" 'Handed over' 'T-54: a robot hands over nothing'
{ head_of vaart 'Fwd: your mail'; written | sed 's/heron@reporter/ann@team/' | text; } >"$work/ours.eml"
take "$work/ours.eml" cert@sluis.example ict@devaart.example && deliver
unlike "$(receipt ann)" 'Handed over' 'T-42: a mail of ours is no report'

done_testing
