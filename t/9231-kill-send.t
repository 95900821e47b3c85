#!/bin/sh
# sluis-send is killed wherever it hurts, and run again: into a maildir nothing
# comes twice, and what a sendmail gets twice is byte by byte the same (T-7).
. "${0%/*}/lib.sh"
. "$t/lib/kill.sh"
kill_init

# identities FOLDER: a line each, its Message-ID and its hash.
identities() {
	for _file in "$1"/*; do
		echo "$(sed -n 's/^Message-ID: *//p;/^$/q' "$_file") $(sha256sum <"$_file")"
	done | sort
}
ids() { cut -d ' ' -f 1 "$work/left" | sort -u | wc -l; }
prepare() { send; sluis-work --once; }

prepare
traced -f -o "$work/trace" sluis-send --once
points "$work/trace" 20 >"$work/points"
while read -r point; do
	prepare
	killed "$point" sluis-send --once
	again sluis-send all_sent || diag "not all sent after $point"
done <"$work/points"
ok "T-7: send is killed at $killed points" test "$killed" -gt 10
once_each
identities "$dir/outgoing/new" >"$work/left"
is "$(wc -l <"$work/left") $(ids)" "$((3 * n)) $((3 * n))" 'T-7: into the maildir each mail came once'

# To a sendmail; most points are behind its end, where the mark is still to come.
mkdir "$work/copies"
cat >"$work/sendmail" <<SH
#!/bin/sh
file=\$(mktemp -u "$work/copies/XXXXXX")
cat >"\$file.part" && mv "\$file.part" "\$file"
SH
chmod 755 "$work/sendmail"
sed -i "s|^transport:.*|transport: sendmail:$work/sendmail|" "$SLUIS_CONF"
before=$n killed=0
prepare
traced -o "$work/trace" sluis-send --once
awk '/^[a-z]/ { sub(/\(.*/, ""); seen[$1]++ }
	/^waitid|^wait4/ { near = 5; ends++ }
	near-- > 0 && ends < 3 || NR % 200 == 0 { print $1 ":signal=KILL:when=" seen[$1] }' "$work/trace" >"$work/points"
while read -r point; do
	prepare
	traced -o "$work/.killed" -e "inject=$point" sluis-send --once >/dev/null 2>&1
	! grep -q 'killed by SIGKILL' "$work/.killed" || killed=$((killed + 1))
	again sluis-send all_sent || diag "not all sent after $point"
done <"$work/points"
ok "T-7: send is killed at $killed points around sendmail" test "$killed" -gt 5
rm -f "$work"/copies/*.part
identities "$work/copies" >"$work/left"
is "$(ids) $(sort -u "$work/left" | wc -l)" "$((3 * (n - before))) $((3 * (n - before)))" \
	"T-7: each mail came, and the $(wc -l <"$work/left") copies are byte by byte the same"
once_each

done_testing
