#!/bin/sh
# Deliberate faults, each named with what mends it.
. "${0%/*}/lib.sh"
. "$t/lib/chain.sh"
chain_init
analyst ann

# ask SQL: as the superuser of the cluster.

# fault CHECK WHAT REMEDY NAME: doctor says no, and why, and what to type.
faults=0
fault() {
	run sluis doctor
	faults=$((faults + 1))
	[ "$rc" = 1 ] || result 1 "$4: exit 1" "$(about_run)"
	stdout "^WRONG +$1 .*$2.*; type: .*$3" "$4"
}
# soon CHECK WHAT REMEDY NAME: not yet wrong.
soon() {
	run sluis doctor
	[ "$rc" = 0 ] || result 1 "$4: exit 0" "$(about_run)"
	stdout "^soon +$1 .*$2.*; type: .*$3" "$4"
}
well() {
	run sluis doctor
	status 0 "$1"
}

fault 'recovery sheet' 'from paper' 'sluis key escrow' 'a recovery sheet nobody has typed in'
sluis key escrow >"$work/sheet"
sluis key escrow --check <"$work/sheet" >"$work/log"
well 'all is well'
unlike "$(cat "$work/.stdout")" '^WRONG' 'and nothing else is said'
run sluis doctor --json
is "$(jq -r 'map(select(.state == "ok" and .remedy == null and .text != "")) | length > 12' "$work/.stdout")" true \
	'as JSON: what was looked at'

chmod 666 "$SLUIS_CONF"
fault settings 'others may write it' "chmod go-w $SLUIS_CONF" 'settings anybody may write'
chmod 644 "$SLUIS_CONF"
cp "$SLUIS_CONF" "$work/kept.yaml"
echo 'teem: x' >>"$SLUIS_CONF"
fault settings "line [0-9]+: unknown key 'teem'" "editor $SLUIS_CONF" 'a misspelt key'
stdout '^skipped +database +needs the settings' 'and what cannot be looked at is skipped'
cp "$work/kept.yaml" "$SLUIS_CONF"

chmod 644 "$dir/keys/index.key"
fault 'key files' 'index.key: others may use it \(mode 644' "chmod 400 $dir/keys/index.key" 'a key others may read'
chmod 400 "$dir/keys/index.key"
mv "$dir/keys/receipt.key" "$work/"
fault 'key files' 'receipt.key is missing' 'cp BACKUP/receipt.key' 'a key that is gone'
mv "$work/receipt.key" "$dir/keys/"
mv "$dir/keys/send.pub" "$work/"
cp "$dir/keys/storage.pub" "$dir/keys/send.pub"
fault 'key files' 'send.pub and send.key .* are no pair' 'cp BACKUP/send.pub' 'halves that do not fit'
mv -f "$work/send.pub" "$dir/keys/"

chmod 755 "$dir/gnupg"
fault folders "$dir/gnupg: others may use it" "chmod 700 $dir/gnupg" 'a key ring others may look into'
chmod 700 "$dir/gnupg"
mv "$dir/outgoing" "$work/"
fault transport 'no such folder' "mkdir -p -m 700 $dir/outgoing" 'nowhere to send to'
mv "$work/outgoing" "$dir/"

sluis embedded "$dir" stop >/dev/null
fault database 'no connection to the database' "sluis embedded $dir start" 'a stopped database'
is "$(grep -c '^WRONG' "$work/.stdout")" 1 'is one fault and not many'
sluis embedded "$dir" start

ask 'update sluis.schema_version set version = version + 1' >/dev/null
fault schema 'has schema version 2' 'sluis migrate' 'a schema of another version'
ask 'update sluis.schema_version set version = version - 1' >/dev/null
while IFS='|' read -r grant about; do
	ask "grant $grant" >/dev/null
	fault server "right on a table: $about" 'sluis migrate' "a right too many: $grant"
	sluis migrate >/dev/null
done <<-'END'
	select on sluis.cases to sluis_adm|cases sluis_adm
	select on sluis.reception to public|reception PUBLIC
	select (record) on sluis.outbox to sluis_ro|outbox sluis_ro
END
ask 'revoke execute on function sluis.accept from sluis_in' >/dev/null
fault server 'missing: sluis_in accept' 'sluis migrate' 'and one too few'
sluis migrate >/dev/null
well 'what was to be typed has mended it'
remedy() { sluis doctor 2>/dev/null | sed -n "s/^WRONG *$1 .*; type: //p"; }
ask 'alter system set full_page_writes = off' >/dev/null
ask 'select pg_reload_conf()' >/dev/null
unsafe() { sluis doctor | grep -q '^WRONG *server .*full_page_writes is off.*alter system set full_page_writes = on'; }
ok 'a server that may lose what it commits' wait_for 10 unsafe
sh -c "$(remedy server)" >/dev/null
safe() { sluis doctor >/dev/null 2>&1; }
ok 'is mended by what is to be typed, word by word' wait_for 10 safe
faults=$((faults + 1))

expire() { gpg_in "$dir/gnupg" --quick-set-expire "$team" "$1" && gpg_in "$dir/gnupg" --quick-set-expire "$team" "$1" '*'; }
expire seconds=1 2>/dev/null
expired() { remedy 'team key' | grep -q quick-set-expire; }
ok 'an expired team key' wait_for 10 expired
faults=$((faults + 1))
sh -c "$(remedy 'team key')" 2>/dev/null
well 'is mended by what is to be typed, word by word'
expire 30d 2>/dev/null
soon 'team key' "$team expires 20" quick-set-expire 'one that expires in a month'
expire 1y 2>/dev/null
well 'and one of a year is well'

cp "$dir/gnupg/gpg-agent.conf" "$work/"
sed -i '/secmem/d' "$dir/gnupg/gpg-agent.conf"
fault agent 'too little memory' 'auto-expand-secmem 0x30000' 'an agent with the usual memory'
cp "$work/gpg-agent.conf" "$dir/gnupg/"

person bob 'bob <bob@team.example>' ed25519 seconds=1
expired() { sluis analyst add bob --address bob@team.example --key "$work/bob.asc" 2>&1 | grep -q expired; }
ok 'a key expires' wait_for 10 expired
fault 'pinned keys' "$(fpr bob) of bob .* is expired: mail is held" 'sluis analyst add bob --address bob@team.example --key' \
	'an expired key of an analyst'
person bob2 'bob <bob@team.example>' ed25519 20d
sluis analyst add bob --address bob@team.example --key "$work/bob2.asc"
soon 'pinned keys' "$(fpr bob2) of bob .* expires 20" 'sluis analyst add bob' 'a newer one counts, and expires soon'
sluis analyst remove bob
sluis participant add delinde --contact cert@delinde.example --key "$work/bob.asc" 2>/dev/null
fault 'pinned keys' 'of delinde \(cert@delinde.example\) is expired' \
	'sluis participant add delinde --contact cert@delinde.example --key' 'and one of a contact'
sluis participant remove delinde --key "$(fpr bob)"
sluis analyst remove ann
fault 'pinned keys' 'there is no analyst' 'sluis analyst add' 'nobody to be told'
sluis analyst add ann --address ann@team.example
sluis analyst remove ann --key "$(fpr ann)"
fault 'pinned keys' 'ann has no key' 'sluis analyst add ann --address ann@team.example --key' 'an analyst without a key'
sluis analyst add ann --address ann@team.example --key "$work/ann.asc"

mv "$dir/mail/nl/ack.txt" "$work/"
fault texts "$dir/mail/nl/ack.txt: No such file" "cp .*/nl/ack.txt $dir/mail/nl/ack.txt" 'a missing text'
# shellcheck disable=SC2016 # a name of the template
sed 's/\${tag}/the tag/g' "$work/ack.txt" >"$dir/mail/nl/ack.txt"
fault texts 'ack.txt: asks for other names' 'cp ' 'a text without a name it must ask for'
cp "$work/ack.txt" "$dir/mail/nl/"
sed -i '2,3d' "$dir/mail/en/words.txt"
fault texts 'en/words.txt: has other words' 'cp ' 'a list of words that lacks some'
cp "$SLUIS_SOURCE/conf/mail/en/words.txt" "$dir/mail/en/"
echo '  - nonsense' >>"$dir/rules.yaml"
fault rules 'rules.yaml: line' "editor $dir/rules.yaml" 'rules that do not load'
cp "$SLUIS_SOURCE/conf/rules.yaml" "$dir/"
well 'all is well again'

# What waits.
head_of 'Heron <heron@reporter.example>' 'A hole' >"$work/mail.eml"
echo 'There is a hole in your portal.' | text >>"$work/mail.eml"
take "$work/mail.eml"
ask "update sluis.reception set received = now() - interval '1 hour'" >/dev/null
fault queues 'mail waits to be worked on since' 'sluis-work --once' 'a worker that does not run'
sluis-work --once
ask "update sluis.outbox set filed = now() - interval '1 hour', not_before = now() - interval '1 hour'" >/dev/null
fault queues 'mail waits to leave since' 'sluis-send --once' 'a sender that does not run'
sluis pause
soon outgoing 'nothing leaves of any case' 'sluis resume all' 'a pause is no fault, but told'
sluis resume
sluis-send --once
ask "update sluis.reception set received = now() + interval '1 hour'" >/dev/null
fault clock 'received in the future' 'timedatectl' 'a clock that jumped back'
ask 'update sluis.reception set received = now()' >/dev/null
ask "update sluis.reception set state = 'parked', message = null" >/dev/null
soon queues '1 mails are parked' 'sluis reception retry --parked' 'what is parked'
ask 'update sluis.reception set state = '"'done'" >/dev/null
setting outgoing.mode hold
soon outgoing 'the settings say hold' "editor $SLUIS_CONF" 'the shadow mode'
cp "$work/kept.yaml" "$SLUIS_CONF"
perl -pi -e 's/^outgoing:\n/outgoing: hold\n/; s/^  delay: 0s\n//' "$SLUIS_CONF"
soon outgoing 'the settings say hold' "editor $SLUIS_CONF" 'also in its short form'
cp "$work/kept.yaml" "$SLUIS_CONF"

sed -i 's|^transport:.*|transport: sendmail:/nonexistent/sendmail|' "$SLUIS_CONF"
fault transport '/nonexistent/sendmail cannot be run' 'apt-get install postfix' 'a sendmail that is not there'

# Postfix, as postconf tells it. Its own settings are a folder of ours.
if have postconf >/dev/null; then
	mkdir "$work/postfix"
	: >"$work/postfix/main.cf"
	: >"$work/postfix/master.cf"
	export MAIL_CONFIG="$work/postfix"
	sed -i 's|^transport:.*|transport: sendmail:/bin/true|' "$SLUIS_CONF"
	fault Postfix 'no service in master.cf runs sluis-intake' 'sluis-postfix --apply' 'a Postfix that does not know us'
	sed '/^#/d' "$SLUIS_SOURCE/conf/master.cf" >"$work/postfix/master.cf"
	# The shipped lines, word by word.
	sed -n "s/^#	\(postconf -e '.*'\)\$/\1/p" "$SLUIS_SOURCE/conf/master.cf" >"$work/lines"
	sh "$work/lines"
	well 'with the shipped lines Postfix is well'
	stdout '^ok +Postfix' 'and was looked at'
	cp "$work/postfix/main.cf" "$work/main.cf"
	while IFS='|' read -r name wrong wanted; do
		postconf -e "$name = $wrong"
		fault Postfix "$name = $wrong" "postconf -e '$name = $wanted'" "Postfix with $name = $wrong"
		cp "$work/main.cf" "$work/postfix/main.cf"
	done <<-'END'
		recipient_delimiter|-|\+
		maximal_queue_lifetime|5d|30d
		message_size_limit|10240000|36700160
		enable_long_queue_ids|no|yes
		smtpd_forbid_bare_newline|no|yes
		smtpd_forbid_unauth_pipelining|no|yes
		always_bcc|boss@sluis.example|
		sluis_destination_recipient_limit|50|1
		sluis_time_limit|60s|600s
	END
	postconf -X relay_domains
	fault Postfix 'takes no mail for sluis.example' 'sluis-postfix --apply' 'a Postfix that refuses reports of others'
	cp "$work/main.cf" "$work/postfix/main.cf"
	postconf -P 'sluis/unix/soft_bounce=no'
	fault Postfix 'no soft_bounce=yes' 'postconf -P .sluis/unix/soft_bounce=yes' 'a service that may bounce'
	postconf -P 'sluis/unix/soft_bounce=yes'
	cp "$work/postfix/master.cf" "$work/master.cf"
	perl -0pi -e 's|argv=/bin/sh -c\s+\{[^}]*\}\s+|argv=|' "$work/postfix/master.cf"
	soon Postfix 'without seeing whether its file is empty' 'sluis-postfix --apply' 'T-11: a service that runs the program itself'
	cp "$work/master.cf" "$work/postfix/master.cf"
	sed -i 's/null_sender=/null_sender= size=1000/' "$work/postfix/master.cf"
	fault Postfix 'has size=' 'without size=' 'a service that bounces what is large'
	unset MAIL_CONFIG
fi
cp "$work/kept.yaml" "$SLUIS_CONF"
well 'all is well in the end'
psql -X -q -h "$(readlink "$dir/run")/pg" -U postgres -c 'drop database sluis with (force)' postgres
fault database 'no connection to the database' "sluis init --embedded $dir" 'a server without the database'
sh -c "$(remedy database)" >"$work/log"
run sluis doctor
unlike "$(cat "$work/.stdout")" '^WRONG +(database|schema|server)' 'what is to be typed makes it again'
ok 'at least ten faults were tried' test "$faults" -ge 10
diag "$faults faults, each named with its remedy"

done_testing
