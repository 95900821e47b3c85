#!/bin/sh
# Nights in fast motion, through both changes of the clock, with kills in between: each
# member reads its own word only, once a local date, and who has nothing nothing.
#
#	SLUIS_MEMBERS=320 SLUIS_NIGHTS=365	# a whole year, by hand: it takes most of an hour
. "${0%/*}/lib.sh"
. "$t/lib/chain.sh"
skip_unless faketime have faketime
init_options=--no-samples chain_init
members=${SLUIS_MEMBERS:-24}

# Members with a word each, which their case has in place of a severity; the first
# has no key, the last three have no case. Their keys are made by one gpg.
gnupg_home "$work/all"
seq -f '%04g' 1 "$members" >"$work/numbers"
while read -r n; do
	printf '%s\n' '%no-protection' 'Key-Type: eddsa' 'Key-Curve: ed25519' 'Key-Usage: sign' \
	    'Subkey-Type: ecdh' 'Subkey-Curve: cv25519' 'Subkey-Usage: encrypt' \
	    "Name-Email: c$n@member.example" 'Expire-Date: 0' '%commit'
done <"$work/numbers" >"$work/wanted"
gpg_in "$work/all" --faked-system-time 20260101T000000 --generate-key "$work/wanted" 2>/dev/null
echo 'participants:' >"$work/members.yaml"
while read -r n; do
	printf '%s\n' "- name: m$n" "  title: House $n" '  languages: [nl]' '  contacts:' \
	    "  - address: c$n@member.example"
	[ "$n" != 0001 ] || continue
	gpg_in "$work/all" --armor --export "=c$n@member.example" >"$work/c$n.asc"
	[ -s "$work/c$n.asc" ] || gpg_in "$work/all" --armor --export "c$n@member.example" >"$work/c$n.asc"
	echo "    keys: [c$n.asc]"
done <"$work/numbers" >>"$work/members.yaml"
sluis participant import "$work/members.yaml" >"$work/import.log" 2>&1 || diag "$(tail -n 3 "$work/import.log")"
is "$(ask "select count(*), (select count(*) from sluis.certificate) from sluis.participant")" \
	"$members|$((members - 1))" 'the members are there, all but one with a key'
ask "insert into sluis.tag (tag, case_no) select 'RD-2026-T' || name, id from sluis.participant where id <= $members - 3;
	insert into sluis.cases (no, tag, inbox, severity) select id, 'RD-2026-T' || name, 'rd@sluis.example', 'qz' || substr(name, 2) || 'x'
	    from sluis.participant where id <= $members - 3;
	insert into sluis.party (case_no, number, role, participant, heard) select id, 0, 'participant', id, '2026-10-01'
	    from sluis.participant where id <= $members - 3" >/dev/null

# What is to happen, in a model of its own: a line an instant, "TIME MEMBERS-WITH-NEWS",
# and in expected the dates and members. Around each of the next two changes of the
# clock three instants a night: at both sides of the hour that changes, and one that
# belongs to the next local date in summer only.
perl -e '
	use POSIX qw(strftime tzset);
	my ($members, $nights, $expected) = @ARGV;
	$ENV{TZ} = "Europe/Amsterdam";
	tzset;
	my $day = 86400;
	my $tomorrow = (int(time / $day) + 1) * $day;
	my @changes = grep { (localtime $_ + 3570)[8] != (localtime $_ + 3630)[8] } map { $tomorrow + $_ * $day } 2 .. 366;
	my @nights = $nights ? map { $tomorrow + $_ * $day } 0 .. $nights - 1 :
	    map { my $change = $_; map { $change + $_ * $day } -1 .. 2 } @changes;
	open my $out, ">", $expected or die;
	my (%last, %news, $k);
	for my $night (@nights) {
		next if ++$k % 29 == 0;			# a night that is missed
		my @times = grep({ abs($night - $_) <= 2 * $day } @changes) ? ($night - 5400, $night + 3570, $night + 3630) : ($night + 3630);
		for my $time (@times) {
			my $date = strftime("%Y-%m-%d", localtime $time);
			my $monday = (localtime $time)[6] == 1;
			my @new = $time == $times[0] ? grep { ($k + $_) % 5 == 0 } 1 .. $members - 3 : ();
			$news{$_} = 1 for @new;
			print strftime("%Y-%m-%d %H:%M:%S", gmtime $time), " ", join(",", @new) || 0, "\n";
			for (1 .. $members - 3) {
				next unless ($last{$_} // "") lt $date && (!$last{$_} || $news{$_} || $monday);
				printf $out "%s c%04d\@member.example\n", $date, $_;
				$last{$_} = $date;
				delete $news{$_};
			}
		}
	}' "$members" "${SLUIS_NIGHTS:-0}" "$work/expected" >"$work/instants"

# Each instant: news, a run that is killed somewhere within the time the last one
# took, and one that is not.
killed=0 runs=0 took=200
while read -r date time new; do
	runs=$((runs + 1))
	ask "update sluis.party set heard = timestamptz '$date $time+00' - interval '1 min' where participant in ($new)" >/dev/null
	rc=0
	TZ=UTC faked "@$date $time" timeout -s KILL "$(printf '0.%03d' $((took * (runs * 37 % 90 + 10) / 100)))" sluis-digest --once >/dev/null 2>&1 </dev/null || rc=$?
	[ $rc != 137 ] || killed=$((killed + 1))
	began=$(date +%s%3N)
	TZ=UTC faked "@$date $time" sluis-digest --once </dev/null || diag "sluis-digest at $date $time ended with $?"
	took=$(($(date +%s%3N) - began))
	[ $took -lt 999 ] || took=999
done <"$work/instants"
ok "T-62: $runs runs, before them $killed killed" test "$killed" -gt "$((runs / 4))"
ask "select substr(o.cause, 8), c.address from sluis.outbox o join sluis.contact c on o.target = 'contact ' || c.id
    where o.kind = 'digest' order by 1, 2" | tr '|' ' ' | sort >"$work/made"
sort -o "$work/expected" "$work/expected"
is "$(diff "$work/expected" "$work/made" | head -n 5)" '' "T-62: $(wc -l <"$work/made") digests, one a member and local date, those that are due and no others"
is "$(ask "select count(*) from sluis.outbox o join sluis.contact c on o.target = 'contact ' || c.id where c.participant > $members - 3")" 0 \
	'T-64: none for who has nothing'
is "$(uniq -d "$work/made" | wc -l)" 0 'T-62: none twice'

# What arrived: whose it is by its envelope, to which key, with which words.
sluis-send --once
mkdir "$work/in"
for file in "$dir"/outgoing/new/*.sluis; do
	whose=$(sed -n 's/^Delivered-To: \(.*\)@.*/\1/p; /^$/q' "$file" | tr -d '\r')
	into=$work/in/${file##*/}
	armour <"$file" >"${into%.sluis}.$whose.asc"
done
find "$work/in" -empty -delete
gpg_in "$work/all" --with-colons --list-secret-keys | awk -F: '$1 == "ssb" { id = $5 } $1 == "uid" { uid = $10 }
	$1 == "ssb" && uid { sub(/@.*/, "", uid); sub(/.*</, "", uid); print uid, id }' | sort >"$work/subkeys"
(cd "$work/in" && find . -name '*.asc' | sed 's|^\./||' | xargs -n 200 env GNUPGHOME="$work/all" gpg --batch --no-tty --quiet \
    --status-fd 3 --decrypt-files 3>>"$work/decrypted" 2>/dev/null)
awk '$2 == "FILE_START" { split($4, f, "."); who = f[2] } $2 == "ENC_TO" { print who, $3 }' "$work/decrypted" | sort -u >"$work/to"
is "$(comm -23 "$work/to" "$work/subkeys")" '' 'T-63: each is encrypted to the key of whom it goes to'
mails=0 own=0 other=0
for file in "$work/in"/*; do
	case $file in *.asc) continue ;; esac
	number=${file##*.c}
	mails=$((mails + 1))
	words=$(grep -oE 'qz[0-9]{4}x' "$file" | sort -u)
	if [ "$words" = "qz${number}x" ]; then own=$((own + 1)); else other=$((other + 1)); fi
done
is "$own $other" "$(grep -cv 'c0001@' "$work/made") 0" "T-63: $mails digests opened, each with its own canary and no other"
is "$(find "$dir/outgoing/new" -name '*.sluis' -exec cat {} + | grep -cE 'qz[0-9]{4}x')" 0 'T-64: what went in clear has none'
is "$(count_to c0001@member.example)" "$(grep -c 'c0001@' "$work/made")" 'T-64: who has no key was told so each time, the same night'

done_testing
