#!/bin/sh
# An installation in a folder: made, made again, ended, started, and the
# directory and lists in it.
. "${0%/*}/lib.sh"
. "$t/lib/gnupg.sh"
skip_unless postgres ls -d /usr/lib/postgresql
skip_unless jq have jq

# Longer than the path of a socket may be.
long=$(printf '%060d' 0)
dir=$work/$long/$long
at_exit "rm -rf \"\$(readlink '$dir/run')\""
at_exit "sluis embedded '$dir' stop"

run sluis init --embedded "$dir"
status 0 'init makes an installation where paths are too long for sockets'
stdout "export SLUIS_CONF=$dir/sluis.yaml" 'and says what to do next'
export SLUIS_CONF="$dir/sluis.yaml"
run sluis embedded "$dir" status
status 0 'all of it runs'
socket=$(readlink "$dir/run")/pg/.s.PGSQL.5432
ok 'the socket is in a short folder' test -S "$socket" -a "${#socket}" -le 107
is "$(stat -c %a "$dir" "$dir/keys" "$dir/gnupg" "$dir/outgoing/new" "$(readlink "$dir/run")" | sort -u)" \
    700 'nobody else looks in'
is "$(stat -c %a "$dir/keys/storage.key")" 400 'key files have mode 0400'
is "$(gpg --homedir "$dir/gnupg" --batch --with-colons --list-secret-keys 2>/dev/null |
	awk -F: '$1 == "uid" { print $10 }' | grep '@sluis.example$' | sort | tr '\n' ' ')" \
	'cert@sluis.example rd@sluis.example ' 'the team key has the plain addresses as user ids'
ok 'plain gpg signs with the ring in DIR/gnupg' sh -c \
    "echo x | gpg --homedir '$dir/gnupg' --batch --no-tty -o /dev/null --sign"

sum() { cat "$dir"/keys/* "$dir/sluis.yaml" "$dir/gnupg/team" | sha256sum; }
before=$(sum)
rm "$dir/keys/receipt.key" "$dir/mail/nl/ack.txt"
run sluis init --embedded "$dir"
status 0 'init can be run again'
ok 'what was missing is there again' test -s "$dir/keys/receipt.key" -a -s "$dir/mail/nl/ack.txt"
run sluis init --embedded "$dir"
nok 'a new key is another one' test "$before" = "$(sum)"
before=$(sum)
run sluis init --embedded "$dir"
is "$(sum)" "$before" 'and nothing that is there is written over'
mv "$dir/keys/storage.key" "$work/"
run sluis init --embedded "$dir"
status 1 'half a key pair is no thing to go on with'
stderr 'storage\.key is missing beside' 'and it is named'
mv "$work/storage.key" "$dir/keys/"
mv "$dir/keys/storage.pub" "$work/"
run sluis init --embedded "$dir"
status 0 'but the public half comes out of the secret one'
ok 'and is the one it was' cmp "$dir/keys/storage.pub" "$work/storage.pub"

# Interrupted before its end, as the settings' name tells.
mv "$dir/sluis.yaml" "$dir/sluis.yaml.new"
run sluis init --embedded "$dir"
status 0 'an interrupted init is finished'
ok 'with its settings' test -s "$dir/sluis.yaml"

run sluis embedded "$dir" stop
status 0 'stop'
run sluis embedded "$dir" status
status 1 'nothing runs'
stdout 'PostgreSQL +stopped' 'PostgreSQL stopped'
stdout 'gpg-agent +stopped' 'gpg-agent stopped'
run sluis participant list
status 1 'without its server the tool says no'
rm -rf "$(readlink "$dir/run")"
run sluis embedded "$dir" start
status 0 'start makes the folder of sockets again'
run sluis embedded "$dir" start
status 0 'and may be said twice'
rm -rf "$(readlink "$dir/run")"
run sluis embedded "$dir" start
status 0 'also when somebody tidied up /tmp while all ran'
run sluis participant list
status 0 'then it answers again'
run sluis migrate
status 0 'migrate is harmless'
stdout 'as it should be' 'and says so'
mkdir "$(readlink "$dir/run")/x" && chmod 777 "$(readlink "$dir/run")"
run sluis embedded "$dir" stop
run sluis embedded "$dir" start
status 1 'a folder of sockets that others may write is refused'
chmod 700 "$(readlink "$dir/run")"
sluis embedded "$dir" start

is "$(grep -c . "$dir/postgres/server.log" | grep -c '^0$')" 0 'the cluster has a log in its folder'
like "$(sluis participant list)" '^delinde +member +Ziekenhuis De Linde' 'samples are there'

# The directory.
gnupg_home "$work/g"
key=$(gnupg_key "$work/g" 'Ann <ann@team.example>')
gpg_in "$work/g" --armor --export "$key" >"$work/ann.asc"
gpg_in "$work/g" --armor --export-secret-keys "$key" >"$work/secret.asc"
old=$(gnupg_key "$work/g" 'Old <old@team.example>' ed25519 seconds=1)
gpg_in "$work/g" --armor --export "$old" >"$work/old.asc"
gpg_in "$work/g" --armor --export >"$work/both.asc"

run sluis analyst add ann --address ann@team.example --key "$work/ann.asc"
status 0 'an analyst with a key'
run sluis analyst add ANN --address ann@team.example --key "$work/ann.asc"
status 0 'the same again'
run sluis analyst list --json
is "$(jq -r '.[] | "\(.name) \(.address) \(.active) \(.keys[].fingerprint)"' "$work/.stdout" | tr '[:upper:]' '[:lower:]')" \
    "$(echo "ann ann@team.example true $key" | tr '[:upper:]' '[:lower:]')" 'is there once'
run sluis analyst add bob --address ann@team.example
status 1 'two analysts of one address are refused'
run sluis analyst add bob --address b@team.example --key "$work/secret.asc"
status 1 'a secret key is refused'
run sluis analyst add bob --address b@team.example --key "$work/both.asc"
status 1 'two keys in one are refused'
run sluis analyst show bob
status 1 'and nothing was added'
expired() { sluis analyst add old --address old@team.example --key "$work/old.asc" 2>&1 | grep -q 'expired'; }
ok 'an expired key is told' wait_for 20 expired

run sluis participant add Nieuw --title 'Praktijk Nieuw' --domain WWW.Nieuw.EXAMPLE. \
    --network 192.0.2.128/28 --contact it@nieuw.example --key "$work/ann.asc" \
    --contact two@nieuw.example --language NL
status 0 'a participant by options'
run sluis participant show nieuw --json
is "$(jq -r '"\(.title) \(.domains[]) \(.networks[]) \(.languages[])"' "$work/.stdout")" \
    'Praktijk Nieuw www.nieuw.example 192.0.2.128/28 nl' 'domains are canonical'
is "$(jq -r '.contacts[] | "\(.address) \(.keys | length)"' "$work/.stdout" | tr '\n' ' ')" \
    'it@nieuw.example 1 two@nieuw.example 0 ' 'a key belongs to the contact before it'
run sluis participant add nieuw --phone 1
status 2 'an option of a contact stands behind one'

sluis participant export >"$work/all.yaml"
sluis participant export --csv >"$work/all.csv"
for file in all.yaml all.csv; do
	run sluis participant import --dry-run "$work/$file"
	stdout '^0 new, 0 changed, 13 as they were' "export and import of $file change nothing"
	sluis participant remove nieuw
	run sluis participant import "$work/$file"
	stdout '^1 new, 0 changed, 12 as they were' "import of $file brings back what was removed"
	case $file in
	*.csv) run sluis participant export --csv ;;
	*) run sluis participant export ;;
	esac
	ok "all of $file" cmp "$work/$file" "$work/.stdout"
done

gpg_in "$work/g" --quick-set-expire "$key" 1y
gpg_in "$work/g" --armor --export "$key" >"$work/ann.asc"
run sluis participant add nieuw --contact it@nieuw.example --key "$work/ann.asc"
run sluis participant show nieuw --json
like "$(jq -r '.contacts[0].keys[0].expires' "$work/.stdout")" '^2' 'a prolonged key replaces the pinned one'

cat >"$work/two.yaml" <<'END'
participants:
  - name: een
    domains: [een.example]
  - name: twee
    domains: [twee.example, co.uk]
END
run sluis participant import "$work/two.yaml"
status 1 'a public suffix is refused'
stderr 'two.yaml: line 5: domains: expected a domain that is no public suffix, not "co.uk"' \
    'with file and line'
run sluis participant show een
status 1 'and nothing of that file is in'

# What is refused, and how that ends.
while IFS='|' read -r code words; do
	# shellcheck disable=SC2086 # words
	run sluis $words
	status "$code" "sluis $words ends with $code"
	stderr '^sluis: ' 'and says why'
done <<'END'
2|
2|nonsense
2|case
2|case nonsense
2|case show
2|case list much
2|case list --nonsense
2|reception show x
1|init
2|embedded x
1|embedded /nonexistent status
1|init --embedded /
1|case show RD-2026-XXXXX
1|case forward RD-2026-XXXXX delinde
1|reception show 99
1|reception raw 99
1|outbox show 99
1|outbox release 99
1|outbox drop 99
1|participant show nobody
1|participant remove nobody
1|participant add a_b
1|participant add x --network 10.0.0.1/8
1|participant import /nonexistent.yaml
1|participant import /nonexistent
2|analyst add x
1|analyst add x --address nowhere
1|analyst show nobody
1|-c /nonexistent case list
END
for noun in case participant analyst key outbox reception; do
	run sluis "$noun" list --json
	is "$(jq -r type "$work/.stdout")" array "sluis $noun list --json is an array"
done

done_testing
