#!/bin/sh
# sluis-thread: files one mail once, or says where it is.
. "${0%/*}/lib.sh"
# shellcheck source=t/lib/chain.sh
. "$t/lib/chain.sh"
init_options=
chain_init
setting outgoing.delay 0s
analyst ann
person heron 'Grey Heron <heron@reporter.example>'

thread() { _file=$1; shift; run sluis-thread "$@" <"$_file"; cp "$work/.stdout" "$work/out"; }
mark() { sed '/^$/q' "$work/out" | sed -n "s/^X-Sluis-Case: //p"; }
cases() { sluis case list --json | jq length; }

{ head_of heron 'A hole'; echo 'Your portal https://portaal.delinde.example has a hole, an XSS.' | text | encrypted heron; } >"$work/report.eml"
thread "$work/report.eml" -n
is "$rc $(mark) $(cases)" '0 none; party=none; fresh=yes 0' '-n says that it would open a case, and opens none'
thread "$work/report.eml"
status 0 'without -n it is filed'
tag=$(case_of)
party=$(of_case "$tag" '.parties[0].id')
is "$(mark)" "$tag; party=$party; fresh=yes" 'and told where'
ok 'not a byte else changes' sh -c 'sed 1d "$1" | cmp - "$2"' sh "$work/out" "$work/report.eml"
is "$(sluis reception list --json | jq -r '.[0] | "\(.state) \(.encryption) \(.class)"')" 'done ok vulnerability' 'as work would have done'
is "$(outbox '[.[].kind] | sort | join(" ")')" 'ack notice' 'with all that follows'
cp "$work/out" "$work/first"
thread "$work/report.eml"
ok 'again gives the same' cmp "$work/first" "$work/out"
thread "$work/first"
ok 'also with its own mark' cmp "$work/first" "$work/out"
sluis-classify <"$work/report.eml" >"$work/marked.eml"
thread "$work/marked.eml"
is "$(mark)" "$tag; party=$party; fresh=yes" 'or with those of others'
is "$(cases) $(sluis reception list --json | jq length) $(outbox length)" '1 1 2' 'T-5: it is there once'
thread "$work/report.eml" -n
is "$(mark)" "$tag; party=$party; fresh=no" '-n finds it again'
thread "$work/report.eml" --recipient cert@sluis.example
is "$(mark)" "$tag; party=$party; fresh=no" 'through another inbox it is the same matter'
is "$(of_case "$tag" '.messages | map(select(.direction == "in")) | length') $(cases)" '1 1' 'and the same mail'
take "$work/report.eml" rd@sluis.example && sluis-work --once
is "$(sluis reception list --json | jq 'length')" 2 'T-5: intake knows it, too'

sluis-send --once
ack=$(mail_to heron@reporter.example)
id=$(read_mail head Message-ID <"$ack")
{ head_of heron 'Re: your report' "In-Reply-To: $id"; echo 'More about it.' | text; } >"$work/answer.eml"
thread "$work/answer.eml" -n
is "$(mark)" "$tag; party=$party; fresh=no" '-n finds the case of an answer'
is "$(of_case "$tag" '.messages | map(select(.direction == "in")) | length')" 1 'and leaves it out'
thread "$work/answer.eml"
is "$(mark) $(of_case "$tag" '.messages | map(select(.direction == "in")) | length')" "$tag; party=$party; fresh=no 2" 'without -n it joins it'
{ head_of ann@team.example 'A word'; echo 'Hello.' | text; } >"$work/own.eml"
thread "$work/own.eml"
is "$rc $(mark)" '0 none; party=none; fresh=no' "T-42: an analyst's own mail belongs to none"

# Somebody else has it in hand, or it fails halfway.
{ head_of heron 'Another'; echo 'Another hole.' | text; } >"$work/both.eml"
take "$work/both.eml" && sluis-work --once & worker=$!
thread "$work/both.eml"
wait "$worker"
is "$rc $(mark | sed 's/.*fresh/fresh/') $(cases)" '0 fresh=yes 2' 'beside intake and work it is one mail'
{ head_of heron 'A third'; echo 'A third hole.' | text; } >"$work/third.eml"
mv "$dir/mail" "$dir/gone"
thread "$work/third.eml"
is "$rc $(wc -c <"$work/out") $(reception state)" '75 0 received' 'T-9: trouble with a tool is 75, and does not count'
mv "$dir/gone" "$dir/mail"
thread "$work/third.eml"
is "$rc $(reception state) $(cases)" '0 done 3' 'and afterwards it is filed'

# What it cannot finish in its time is judged as by sluis-work: whose fault was it?
{ head_of heron 'Slow'; echo 'A slow hole.' | text | encrypted heron; } >"$work/slow.eml"
setting work.deadline 3s
pid=$(gpg-connect-agent --homedir "$dir/gnupg" 'GETINFO pid' /bye | sed -n 's/^D //p')
at_exit "kill -CONT $pid"
mkdir "$work/fake"
cat >"$work/fake/gpg" <<SH
#!/bin/sh
case "\$*" in *--decrypt*) kill -STOP $pid; echo \$\$ >"$work/gpg.pid"; exec tail -f /dev/null ;; esac
exec $(command -v gpg) "\$@"
SH
chmod 755 "$work/fake/gpg"
PATH=$work/fake:$PATH thread "$work/slow.eml"
kill -CONT "$pid"
tries() { ask "select state || ' ' || reason || ' ' || tries from sluis.reception order by id desc limit 1"; }
is "$rc $(tries)" '75 received trouble 0' 'T-9: while the agent hangs, its deadline does not count'
like "$(cat "$work/.stderr")" '^4\.3\.0 reception [0-9]+ is taken' 'and it says that the mail is taken'
ended() { ! grep -q '^State:.[RSDT]' "/proc/$(cat "$work/gpg.pid")/status" 2>/dev/null; }
ok 'T-3: what it had started is ended' wait_for 20 ended
sed -i 's/kill -STOP [0-9]*; //' "$work/fake/gpg"
ask "update sluis.reception set not_before = now() where state = 'received'" >/dev/null
PATH=$work/fake:$PATH thread "$work/slow.eml"
is "$rc $(tries)" '75 received deadline 1' 'T-10: while it answers, it does'
ok 'T-3: and what it had started is ended as well' wait_for 20 ended
ask "update sluis.reception set not_before = now() where state = 'received'" >/dev/null
thread "$work/slow.eml"
is "$rc $(ask "select state from sluis.reception order by id desc limit 1")" '0 done' 'then it is filed'
setting work.deadline 120s

{ head_of heron 'Large'; n=0; while [ $n -lt 1001 ]; do n=$((n + 1)); echo "X-Field-$n: x"; done; echo; } >"$work/large.eml"
thread "$work/large.eml"
is "$rc $(mark) $(reception reason)" '0 none; party=none; fresh=no headers' 'T-13: over a limit it is parked'
thread "$work/large.eml" -n
is "$rc $(sed -n 's/^X-Sluis-Limit: //p' "$work/out")" '0 headers' 'and -n says so'

done_testing
