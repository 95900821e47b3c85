#!/bin/sh
# gpg or its agent is gone, mute, wrong or without its keys while mails are due:
# no try is counted, nothing is said of a mail, and it all heals (T-9).
. "${0%/*}/lib.sh"
. "$t/lib/chain.sh"

init_options=--no-samples chain_init
analyst ann
person writer 'Writer <writer@writer.example>'
setting work.sweep 1s
# A slower build needs longer for what is no trouble at all.
deadline=8
[ "${SLUIS_KIND:-plain}" = plain ] || deadline=24
setting work.deadline "${deadline}s"
home=$dir/gnupg
agent() { gpgconf --homedir "$home" "--$1" gpg-agent; }
socket=$(gpgconf --homedir "$home" --list-dirs agent-socket)

# One encrypted mail and one in clear: its notice needs the agent as well.
n=0
send() {
	n=$((n + 2))
	{ head_of writer 'A hole'; echo "number $n" | text | encrypted writer; } >"$work/mail"
	take "$work/mail"
	{ head_of writer 'A hole'; echo "number $n, clear" | text; } >"$work/mail"
	take "$work/mail"
}
finished() { ask "select count(*) from sluis.reception where state = 'done'"; }
finished_all() { [ "$(finished)" = "$n" ]; }
put_off() { [ "$(ask "select count(*) from sluis.reception where state = 'received' and reason = 'trouble'")" = 2 ]; }

# A gpg that does not start where "gone" is, is killed where "killed" is, and
# dies of every message where "deadly" is.
mkdir "$work/fake"
cat >"$work/fake/gpg" <<SH
#!/bin/sh
[ ! -e "$work/gone" ] || exit 127
case "\$*" in *--decrypt* | *--verify*)
	! rm "$work/killed" 2>/dev/null || kill -KILL \$\$
	[ ! -e "$work/deadly" ] || kill -SEGV \$\$ ;;
esac
exec $(command -v gpg) "\$@"
SH
chmod 755 "$work/fake/gpg"

PATH=$work/fake:$PATH sluis-work &
worker=$!
at_exit "kill $worker"

# trouble WHAT [SECONDS]: what is taken now is put off, and is not blamed.
trouble() {
	send
	ok "T-9: $1: put off" wait_for "${2:-10}" put_off
	is "$(ask "select max(tries), count(case_no), count(encryption), count(message) from sluis.reception where state <> 'done'")" \
		'0|0|0|0' "T-9: $1: no try is counted, and nothing is said of the mails"
}
# Fifteen seconds and more until they are due again are long for a test.
soon() { ask "update sluis.reception set not_before = now() where state = 'received'" >/dev/null; finished_all; }
healed() {
	ok "T-9: $1: it heals alone" wait_for 30 soon
	is "$(ask "select count(*) filter (where encryption = 'ok'), count(*) filter (where encryption = 'none'), max(tries) from sluis.reception")" \
		"$((n / 2))|$((n / 2))|1" "T-9: $1: the words are right, at the first try"
}

send
healed 'no trouble at all'

agent kill
send
healed 'the agent killed'

touch "$work/gone"
trouble 'a gpg that does not start'
rm "$work/gone"
healed 'a gpg that does not start'
touch "$work/killed"
send
healed 'a gpg that is killed'
nok 'it was' test -e "$work/killed"

# A mail of which gpg dies each time is nobody's trouble (T-10): counted, parked,
# and in nobody's way.
reason() { ask "select state || ' ' || coalesce(reason, '') || ' ' || tries from sluis.reception where id = $deadly"; }
reason_is() { ask "update sluis.reception set not_before = now() where id = $deadly" >/dev/null; [ "$(reason)" = "$1" ]; }
touch "$work/deadly"
{ head_of writer 'A hole'; echo 'deadly' | text | encrypted writer; } >"$work/deadly.eml"
take "$work/deadly.eml"
deadly=$(ask 'select max(id) from sluis.reception')
{ head_of writer 'A hole'; echo 'behind it, clear' | text; } >"$work/mail"
take "$work/mail"
is_counted() { [ "$(reason)" = 'received died 1' ]; }
ok 'T-10: a mail gpg dies of is put off, and the try counts' wait_for 10 is_counted
behind() { [ "$(ask "select state from sluis.reception where id = $deadly + 1")" = 'done' ]; }
ok 'T-10: the next does not wait for it' wait_for 10 behind
ok 'T-10: after three tries it is parked' wait_for 20 reason_is 'parked tries 4'
is "$(ask "select count(*) from sluis.reception where id = $deadly and (case_no is not null or encryption is not null)")" 0 \
	'T-9: and nothing is said of it'
run env PATH="$work/fake:$PATH" sluis-decrypt <"$work/deadly.eml"
is "$rc $(sed -n 's/^X-Sluis-//p' "$work/.stdout")" '0 Limit: tries' 'sluis-decrypt lets it pass as it came, and says so'
ok 'not a byte else changes' sh -c 'sed 1d "$1" | cmp - "$2"' sh "$work/.stdout" "$work/deadly.eml"
rm "$work/deadly"
sluis reception retry "$deadly"
is_done() { [ "$(reason)" = 'done  1' ]; }
ok 'a gpg that does not die of it reads it' wait_for 10 is_done
n=$((n + 2))

# It cannot be started, where its socket should be is something else.
agent kill
rm -f "$socket"
mkdir "$socket" "$socket/x"
trouble 'an agent that does not start' 30
nok 'nor does a second worker start' sluis-work --once
rm -r "$socket"
healed 'an agent that does not start'

# false_agent HOW: sits on the socket. mute: takes connections and says nothing;
# deaf: knows its pid and refuses all else; brittle: hangs up on all else.
false_agent() {
	agent kill
	rm -f "$socket"
	perl -MIO::Socket::UNIX -MIO::Select -e '
		my ($path, $how) = @ARGV;
		$SIG{PIPE} = "IGNORE";
		my $listener = IO::Socket::UNIX->new(Local => $path, Listen => 20) or die;
		my $all = IO::Select->new($listener);
		print "ready\n";
		close STDOUT;
		while (my @ready = $all->can_read) {
			for my $client (@ready) {
				my $line;
				if ($client == $listener) {
					$client = $listener->accept;
					$all->add($client);
					syswrite $client, "OK Pleased to meet you\n" if $how ne "mute";
				} elsif (!sysread $client, $line, 1000) {
					$all->remove($client);
				} elsif ($how eq "mute") {
				} elsif ($line =~ /^GETINFO pid/) {
					syswrite $client, "D $$\nOK\n";
				} elsif ($line =~ /^(OPTION|RESET|NOP)/) {
					syswrite $client, "OK\n";
				} elsif ($how eq "brittle") {
					$all->remove($client);
					close $client;
				} else {
					syswrite $client, "ERR 67108881 No secret key <GPG Agent>\n";
				}
			}
		}' "$socket" "$1" >"$work/said" &
	false=$!
	wait_for 10 grep -q ready "$work/said"
}
real_agent() {
	kill $false
	{ wait $false; } 2>/dev/null
	rm -f "$socket"
}
for how in mute deaf brittle; do
	false_agent $how
	trouble "a $how agent" $((5 * deadline))
	real_agent
	healed "a $how agent"
done

agent kill
mv "$home/private-keys-v1.d" "$work/kept"
trouble 'secret keys that are away'
agent kill
rm -rf "$home/private-keys-v1.d"
mv "$work/kept" "$home/private-keys-v1.d"
healed 'secret keys that are away'

# Stopped, it keeps a mail until the deadline; then the worker asks it, too.
agent launch
pid=$(gpg-connect-agent --homedir "$home" 'GETINFO pid' /bye | sed -n 's/^D //p')
kill -STOP "$pid"
trouble 'an agent that hangs' $((5 * deadline))
kill -CONT "$pid"
healed 'an agent that hangs'

# Killed again and again while mails are worked on.
(while :; do agent kill; perl -e 'select undef, undef, undef, 0.02'; done) &
killer=$!
for _ in 1 2 3 4 5; do send; done
perl -e 'select undef, undef, undef, 3'
kill $killer
{ wait $killer; } 2>/dev/null
healed 'an agent that is killed again and again'

done_testing
