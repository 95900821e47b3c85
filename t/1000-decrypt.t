#!/bin/sh
# sluis-decrypt: what was encrypted comes out open, all else as it went in.
. "${0%/*}/lib.sh"
# shellcheck source=t/lib/chain.sh
. "$t/lib/chain.sh"
init_options=
chain_init
person heron 'Grey Heron <heron@reporter.example>'
person ann 'Ann <ann@team.example>'
person other 'Other <other@elsewhere.example>'
sluis analyst add ann --address ann@team.example --key "$work/ann.asc" >/dev/null

decrypt() { run sluis-decrypt <"$1"; cp "$work/.stdout" "$work/out"; }
mark() { sed '/^$/q' "$work/out" | sed -n "s/^X-Sluis-$1: //p" | tr -d '\r'; }
body() { sed '1,/^\r*$/d' "$1"; }
header() { sed '/^\r*$/q' "$1" | grep -v '^X-Sluis-' | grep -v '^Content-'; }
untouched() { ok "$1" sh -c 'sed "/^X-Sluis-/d" "$1" | cmp - "$2"' sh "$work/out" "$2"; }

{ head_of heron 'A hole' 'X-Sluis-Signature: good; key=0' 'X-Other: kept' 'x-sluis-whatever: no' ' folded'; echo 'The hole.' | text >"$work/entity"
	encrypted heron --sign <"$work/entity"; } >"$work/enc"
decrypt "$work/enc"
status 0 'an encrypted mail is opened'
is "$(mark Encryption)" "ok; key=$team" 'and said to have been'
is "$(mark Signature)" "unknown-key; key=$(fpr heron)" 'with what is known of its signature'
is "$(grep -ci '^x-sluis-' "$work/out") $(grep -ci '^x-sluis-whatever\|key=0$\|^ folded' "$work/out")" '4 0' 'T-27: marks that came in are gone'
like "$(mark Layer | tr '\n' ' ')" "^encryption ok; key=$team signature unknown-key; key=$(fpr heron); at=20[-0-9T:]*Z \$" 'each layer is said'
is "$(header "$work/out")" "$(header "$work/enc" | sed '/^x-sluis/d; /^ folded/d')" 'the rest of the header is there'
is "$(sed '/^$/q' "$work/out" | grep '^Content-')" "$(sed '/^$/q' "$work/entity" | grep '^Content-')" 'its content is what was encrypted'
is "$(body "$work/out")" "$(body "$work/entity")" 'and so is its text'
is "$(grep -c "$(printf '\r')" "$work/out")" 0 'in the line ends of the mail'
cp "$work/out" "$work/first"
decrypt "$work/enc"
ok 'again it is the same' cmp "$work/first" "$work/out"

{ head_of heron '...'; printf '%s\n' 'Content-Type: text/plain; protected-headers="v1"' 'Subject: Inside' '' 'Text.' | encrypted heron; } >"$work/enc"
decrypt "$work/enc"
is "$(grep '^Subject:' "$work/out")" 'Subject: Inside' 'a protected Subject takes the place of the one outside'

{ head_of ann 'Signed within'; { echo 'Both.' | text | signed ann; } | encrypted ann; } >"$work/enc"
decrypt "$work/enc"
is "$(mark Encryption), $(mark Signature)" "ok; key=$team, good; key=$(fpr ann)" 'signed, then encrypted: the verdict on both'
cp "$work/out" "$work/again"
decrypt "$work/again"
is "$(mark Encryption), $(mark Signature)" "none, good; key=$(fpr ann)" 'and the signature can be verified again in what comes out'

# What a gateway signs around, under its own address and under another.
echo 'Around.' | text | encrypted ann >"$work/entity"
{ head_of ann 'Signed around'; signed ann <"$work/entity"; } >"$work/mail"
decrypt "$work/mail"
is "$(mark Encryption), $(mark Signature)" "ok; key=$team, good; key=$(fpr ann)" 'encrypted, then signed around'
is "$(mark Layer | sed 's/;.*//' | tr '\n' ' ')" 'signature good encryption ok ' 'both layers are said, the outer one first'
is "$(grep -c '^Around\.' "$work/out")" 1 'and it is opened'
{ head_of heron 'Signed around'; signed ann <"$work/entity"; } >"$work/mail"
decrypt "$work/mail"
is "$(mark Signature)" "partly; key=$(fpr ann)" 'T-23: under the name of another it is signed in part'
like "$(mark Because)" 'From' 'and it is said why'

# Rewritten on its way.
{ head_of ann 'Rewritten'; printf '%s\n' 'Content-Type: multipart/mixed; boundary="m"' '' '--m' 'Content-Type: text/plain' '' '' '--m'
	echo 'Put together.' | text | encrypted ann --sign; printf '%s\n' '' '--m--'; } >"$work/mail"
decrypt "$work/mail"
is "$(mark Encryption), $(mark Signature), $(grep -c '^Put together' "$work/out")" "ok; key=$team, repaired; key=$(fpr ann), 1" \
	'T-24: what somebody rewrote is read, and has no right'
sed 's/^$/Hello./' "$work/mail" | sed '0,/^Hello\.$/s///' >"$work/beside"
decrypt "$work/beside"
is "$(mark Encryption), $(mark Signature)" 'none, none' 'T-25: beside words of somebody else it stays closed'
untouched 'and is not changed' "$work/beside"

# What is not opened is not changed.
{ head_of ann 'Signed'; echo 'Mine.' | text | signed ann; } >"$work/signed"
decrypt "$work/signed"
is "$(mark Encryption), $(mark Signature)" "none, good; key=$(fpr ann)" 'a signed mail is verified'
untouched 'and not changed' "$work/signed"
crlf <"$work/signed" >"$work/crlf"
decrypt "$work/crlf"
is "$(mark Signature) $(head -n 1 "$work/out" | grep -c "$(printf '\r')")" "good; key=$(fpr ann) 1" 'with CR LF as well'
untouched 'and not changed either' "$work/crlf"
{ head_of heron 'Not for us'; echo 'No.' | text | encrypted other --recipient "$(fpr other)"; } >"$work/mail"
decrypt "$work/mail"
is "$rc $(mark Encryption)" '0 nokey' 'what is encrypted to others is said to be'
untouched 'and stays closed' "$work/mail"
{ head_of heron 'Damaged'; echo 'A long text, damaged.' | text | gpg_in "$work/heron" --encrypt --recipient "$team" | flipped 0.9 | armoured | wrapped; } >"$work/mail"
decrypt "$work/mail"
is "$rc $(mark Encryption)" '0 broken' 'and what is damaged'
untouched 'which stays closed, too' "$work/mail"
printf 'From heron Thu Jan  1 00:00:00 2026\nFrom: heron@reporter.example\nSubject: x\n\nFrom here\n' >"$work/mail"
decrypt "$work/mail"
is "$(head -n 2 "$work/out")" "$(printf 'From heron Thu Jan  1 00:00:00 2026\nX-Sluis-Encryption: none')" 'behind an mbox line'
ok 'no byte else changes' sh -c 'sed "/^X-Sluis-/d" "$1" | cmp - "$2"' sh "$work/out" "$work/mail"

# Inline, with an attachment beside it: the same bytes each time.
{ echo 'Inline text.' | gpg_in "$work/heron" --armor --encrypt --recipient "$team" | { echo 'Content-Type: text/plain'; echo; cat; } >"$work/part"
	head -c 300 /dev/urandom | bytes image/png x.png >"$work/picture"
	head_of heron 'Inline'; mixed "$work/part" "$work/picture"; } >"$work/mail"
decrypt "$work/mail"
cp "$work/out" "$work/first"
is "$(mark Encryption) $(grep -c 'Inline text' "$work/out") $(grep -c 'x.png' "$work/out")" "ok; key=$team 1 2" 'an inline block is opened beside its attachment'
decrypt "$work/mail"
ok 'the same way each time' cmp "$work/first" "$work/out"

# Over a limit.
{ head_of heron 'Large'; n=0; while [ $n -lt 1001 ]; do n=$((n + 1)); echo "X-Field-$n: x"; done; echo; echo 'Text.'; } >"$work/mail"
decrypt "$work/mail"
is "$rc $(mark Limit) $(mark Encryption)" '0 headers ' 'T-13: a mail over a limit gets that for a mark, and no other'
ok 'and passes as it came' sh -c 'sed 1d "$1" | cmp - "$2"' sh "$work/out" "$work/mail"
{ head_of heron 'Very large'; echo; head -c 20000000 /dev/urandom | base64; } >"$work/mail"
decrypt "$work/mail"
is "$rc $(mark Limit)" '0 size' 'however large'
{ head_of heron 'A bomb'; { printf 'Content-Type: text/plain\n\n'; head -c 70000000 /dev/zero; } | gpg_in "$work/heron" --armor --compress-algo zlib --encrypt --recipient "$team" | wrapped; } >"$work/mail"
decrypt "$work/mail"
is "$rc $(mark Encryption)" '0 bomb' 'T-14: a bomb is not unpacked'
untouched 'and passes as it came' "$work/mail"

# Nothing is written before it is done.
no_output() {
	status 75 "$1: deferred"
	stderr "^4\\.3\\.[05] $2" 'and says why'
	is "$(wc -c <"$work/.stdout")" 0 'with nothing on standard output'
}
run sluis-decrypt </dev/null
no_output 'no mail' 'no mail'
sed "s|host=[^ ]*|host=$work/nobody|" "$SLUIS_CONF" >"$dir/nodb.yaml"
run sluis-decrypt -c "$dir/nodb.yaml" <"$work/enc"
no_output 'no database' 'no connection to the database'
mv "$dir/gnupg" "$dir/gone"
run sluis-decrypt <"$work/enc"
no_output 'no key ring' ''
mv "$dir/gone" "$dir/gnupg"
into_full() { sluis-decrypt <"$work/enc" >/dev/full; }
run into_full
status 75 'a full disk: deferred'
stderr '^4\.3\.0 cannot write' 'and says why'
chmod 0 "$dir"/keys/*
run sluis-decrypt <"$work/enc"
[ "$(id -u)" = 0 ] || status 0 'T-57: it needs no key file'
run sluis-classify <"$work/enc"
[ "$(id -u)" = 0 ] || status 0 'nor does sluis-classify'
run sluis-thread <"$work/enc"
[ "$(id -u)" = 0 ] || status 75 'sluis-thread does'
chmod 400 "$dir"/keys/*
is "$(find "$dir/run/work/" -mindepth 1 | wc -l)" 0 'T-58: it leaves nothing behind'

# At its deadline a filter ends with what it has started; nobody else is ended.
mkdir "$work/fake"
cat >"$work/fake/gpg" <<SH
#!/bin/sh
case "\$*" in *--decrypt*) echo \$\$ >"$work/gpg.pid"; exec tail -f /dev/null ;; esac
exec $(command -v gpg) "\$@"
SH
chmod 755 "$work/fake/gpg"
PATH=$work/fake:$PATH sluis-decrypt <"$work/enc" >"$work/late" 2>"$work/why" & late=$!
ok 'gpg takes long' wait_for 10 test -s "$work/gpg.pid"
kill -ALRM "$late"
wait "$late"
is "$? $(cat "$work/why") $(wc -c <"$work/late")" '75 4.3.0 deadline passed 0' 'T-3: at the deadline it is 75, and nothing comes out'
ended() { ! grep -q '^State:.[RSDT]' "/proc/$(cat "$work/gpg.pid")/status" 2>/dev/null; }
ok 'T-3: and its gpg ends with it' wait_for 20 ended
sluis-work --once
is "$(find "$dir/run/work/" -mindepth 1 | wc -l)" 0 'T-58: what it could not remove is swept by sluis-work'

done_testing
