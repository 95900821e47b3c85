#!/bin/sh
# T-55: words planted in mails are nowhere on the disk but in what leaves.
. "${0%/*}/lib.sh"
. "$t/lib/chain.sh"
. "$t/lib/postgres.sh"
chain_init
analyst ann
person heron 'Heron <heron@reporter.example>'
person vaart 'ICT De Vaart <ict@devaart.example>'
sluis participant add devaart --contact ict@devaart.example --key "$work/vaart.asc" >/dev/null

# Ten places, each with a word of its own, in capitals nowhere else.
places='subject inner-subject text display-name address recipient-name file-name attachment header message-id'
word() { echo "zzq$1$$" | tr -d '-'; }
canaries=
for place in $places; do canaries="$canaries $(word "$place")"; done
# shellcheck disable=SC2086 # a list of words
printf '%s\n' $canaries >"$work/canaries"

planted() {	# TEXT: a mail with all of them, in clear
	sed "s/^Message-ID: </&$(word message-id)./; s/^To: .*/To: $(word recipient-name) <rd@sluis.example>/" <<-END
	$(head_of "$(word display-name) <$(word address)@reporter.example>" "$(word subject) in the portal" "X-Found: $(word header)")
	$(planted_inside "$1")
	END
}
planted_inside() {
	{ echo "In https://portaal.devaart.example/$1 I read the files of others (IDOR): $(word text)"; } | text >"$work/1"
	word attachment | bytes text/csv "$(word file-name).csv" >"$work/2"
	{ echo "Subject: $(word inner-subject)"; mixed "$work/1" "$work/2"; } | sed '2s/$/; protected-headers="v1"/'
}
planted clear >"$work/clear.eml"
{ head_of "$(word display-name) <$(word address)@reporter.example>" "$(word subject)" "X-Found: $(word header)"
planted_inside sealed | encrypted heron --sign; } >"$work/sealed.eml"
{ head_of "$(word display-name) <$(word address)@reporter.example>" "$(word subject)" "X-Found: $(word header)"
planted_inside broken | crlf | gpg_in "$work/heron" --sign --encrypt --compress-algo none --recipient "$team" |
	flipped 0.9 | armoured | wrapped; } >"$work/broken.eml"
{ head_of "$(word display-name) <$(word address)@reporter.example>" "$(word subject)"
echo 'Content-Type: multipart/mixed; boundary="b"'
n=0
while [ $((n += 1)) -le 101 ]; do printf '\n--b\nContent-Type: image/png; name="%s"\n' "$(word file-name)"; done
word text; } >"$work/large.eml"
# In base 64 one sees none.
is "$(grep -o -f "$work/canaries" "$work/clear.eml" | sort -u | wc -l)" 9 'the words are where they should be'

for mail in clear sealed broken large; do
	take "$work/$mail.eml" rd@sluis.example "$(word address)@reporter.example"
	take "$work/$mail.eml" cert@sluis.example "$(word address)@reporter.example"
done
run deliver
status 0 'all of them are worked on'
tag=$(sluis case list --json | jq -r '.[-1].tag')
is "$(sluis case list --json | jq length)" 3 'three are cases'
like "$(sluis case show "$tag")" "$(word text)" 'whom it concerns can read them'
sluis case forward "$tag" devaart >/dev/null
text <<END >"$work/m"
Somebody found $(word text).
END
sluis-forward --case "$tag" --to devaart <"$work/m"
text <<END >"$work/m"
Ask $(word address)@reporter.example.
END
sluis-forward --case "$tag" --to devaart <"$work/m"
deliver
is "$(outbox '[.[] | select(.kind == "forward") | .state] | sort | join(" ")')" 'held sent sent' 'two forwards leave, one is held'

# T-58: in no file either, however short its life.
if have strace >/dev/null; then
	sed "s/clear/traced/" "$work/clear.eml" >"$work/m"
	{ head_of heron '...'; planted_inside traced | encrypted heron --sign; } >"$work/n"
	traced() {
		_trace=$1
		shift
		strace -f -y -s 100000 -e trace=write,writev,pwrite64,pwritev,pwritev2 -o "$work/$_trace" "$@"
	}
	traced intake.trace sluis-intake --recipient rd@sluis.example <"$work/m"
	take "$work/n"
	traced work.trace sluis-work --once
	traced send.trace sluis-send --once
	nok 'what is read flows through pipes' test "$(grep -c -f "$work/canaries" "$work/work.trace")" = 0
	is "$(cat "$work"/*.trace | grep -f "$work/canaries" | grep -v -e '<pipe:' -e '<socket:' -e '<UNIX' \
	    -e "<$dir/outgoing/" | head -n 3)" '' 'T-58: and into no file, but what leaves'
fi

# What goes wrong is no reason to tell it.
sluis case show "$(word subject)" >/dev/null 2>&1
sluis participant add devaart --domain "$(word text)..example" >/dev/null 2>&1
sluis-forward --case "$(word text)" --to "$(word subject)" <"$work/m" >/dev/null 2>&1
pg() { _program=$1; shift; "$(postgres_bin)/$_program" -h "$(readlink "$dir/run")/pg" -d sluis "$@"; }
pg psql -U sluis_work -c "select sluis.add_event(1, 'x', '$(word text)') from sluis.nothing" >/dev/null 2>&1
mv "$dir/mail/en/ack.txt" "$work/" && echo broken >"$dir/mail/en/ack.txt"
sed "s/files/dossiers/" "$work/clear.eml" >"$work/m"
take "$work/m"
sluis-work --once 2>"$work/.stderr"
is "$(grep -c -f "$work/canaries" "$work/.stderr")" 0 'a broken text puts a mail off without a word of it'
cp "$work/ack.txt" "$dir/mail/en/ack.txt"
pg psql -U postgres -qc checkpoint

# count FOLDER...: how many of them are in the bytes of its files, in any case,
# as they are, in base 64 at each of its three offsets, and in UTF-16.
count() {
	perl -MMIME::Base64 -MFile::Find -e '
		my @words = split " ", shift;
		my %forms;
		for my $word (@words) {
			$forms{lc $word} = $forms{join "\0", split //, $word} = 1;
			$forms{lc substr(encode_base64("x" x $_ . $word, ""), $_ ? 4 : 0, 8)} = 1 for 0 .. 2;
		}
		my $all = join "|", map { quotemeta } keys %forms;
		my $hits = 0;
		find({ no_chdir => 1, wanted => sub {
			return unless -f $_ && open my $file, "<:raw", $_;
			local $/;
			my $bytes = lc <$file> // "";
			my $here = () = $bytes =~ /$all/g;
			print STDERR "$here in $_\n" if $here && $ENV{TELL};
			$hits += $here;
		} }, @ARGV);
		print "$hits\n";
	' "$canaries" "$@"
}

mkdir "$work/control"
sed -n 2p "$work/canaries" >"$work/control/plain"
head -n 3 "$work/canaries" | tail -n 1 | base64 >"$work/control/base64"
is "$(count "$work/control")" 2 'the search finds what is there'

mkdir "$work/dump"
pg pg_dump -U postgres >"$work/dump/sql"
pg pg_dump -U postgres --column-inserts >"$work/dump/inserts"
ok 'there is a dump' grep -q 'COPY sluis.blob_part' "$work/dump/sql"
ok 'there is a WAL' test -n "$(find "$dir/postgres" -path '*pg_wal/0*' -type f)"
ok 'there is a log' test -s "$dir/postgres/server.log"
mkdir "$work/tmp"
find "${TMPDIR:-/tmp}" /tmp -maxdepth 1 -user "$(id -un)" ! -path "$work" ! -name 't.*' \
    ! -path "${TMPDIR:-/tmp}" -exec cp -r {} "$work/tmp" \; 2>/dev/null
while IFS='|' read -r name folders; do
	# shellcheck disable=SC2086 # a list of folders
	hits=$(TELL=1 count $folders 2>"$work/.hits")
	is "$hits" 0 "T-55: $name: $hits hits"
	[ "$hits" = 0 ] || diag "$(cat "$work/.hits")"
done <<END
a dump of the database|$work/dump
the data files, the WAL and the log of the server|$dir/postgres $dir/server
the key ring|$dir/gnupg
run-time folders|$(readlink "$dir/run")
key files, settings, texts|$dir/keys $dir/mail $dir/sluis.yaml $dir/rules.yaml
temporary files|$work/tmp
END

done_testing
