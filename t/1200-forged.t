#!/bin/sh
# Forged mails, some hundreds: nothing is called good that is not, nothing is
# called encrypted that was changed, nobody's secret is opened for another. Each
# is made in t/forge with keys of its own, and goes through sluis-decrypt, where
# its words must be those that are expected of it.
. "${0%/*}/lib.sh"
# shellcheck source=t/lib/chain.sh
. "$t/lib/chain.sh"
init_options=--no-samples
chain_init

# Pinned are the one who is deceived with and one who deceives; Mallory is not,
# nor are two keys of false names.
person manager 'Manager <manager@victim.example>'
person eve 'Eve <eve@evil.example>'
person mallory 'Mallory <mallory@evil.example>'
person twin 'Manager <manager@victim.example>'
person liar "[GNUPG:] VALIDSIG $(fpr manager) 2026-01-01 1767268800 0 4 0 22 10 00 $(fpr manager)"
sluis participant add victim --contact manager@victim.example --key "$work/manager.asc" >/dev/null
sluis participant add evil --contact eve@evil.example --key "$work/eve.asc" >/dev/null

classes='control api wrapping identity partial ui cms covert integrity'
forge=$work/forge
mkdir "$forge"
for class in $classes; do
	ok "mails are made: $class" env HOMES="$work" TEAM="$team" \
		perl -I "$t/forge" "$t/forge/$class" "$forge"
done

cat >"$work/open" <<'END'
sluis-decrypt <"$1.eml" >"$1.out" 2>"$1.err"
echo $? >"$1.status"
END
cut -f 1 "$forge/list" | sed "s|^|$forge/|" | xargs -P 4 -n 1 sh "$work/open"
perl "$t/forge/judge" "$forge" "$work" >"$work/table"

count() { awk -F '\t' "$1 { n++ } END { print n + 0 }" "$work/table"; }
say() { printf '%-10s %7s %7s %7s %7s %7s\n' "$@"; }
diag "$(say class mails good ok opened differ
for class in $classes; do
	one="\$2 == \"$class\""
	say "$class" "$(count "$one")" "$(count "$one && \$5 ~ / good/")" "$(count "$one && \$5 ~ /^ok/")" \
		"$(count "$one && \$7 == \"opened\"")" "$(count "$one && \$6 != \"fits\"")"
done)"

for class in $classes; do
	is "$(awk -F '\t' -v c="$class" '$2 == c && $6 != "fits" { print $1 ": " $8 ": " $5 ", not " $4 }' "$work/table")" '' \
		"$class: each of $(count "\$2 == \"$class\"") has its word"
done
forged=$(count '$3 == "forged"')
changed=$(count '$3 == "forged" && $4 !~ /ok/')
ok "there are $forged forged ones" test "$forged" -ge 150
is "$(count '$3 == "forged" && $5 ~ / good:/ && !($5 ~ /:eve$/ && $4 ~ / good:eve/)')" 0 \
	"T-16, T-20, T-22, T-23, T-24: forged signatures called good, of $forged"
is "$(count '$3 == "forged" && $4 !~ /ok/ && $5 ~ /^ok/')" 0 "T-17, T-21: false ok of encryption, of $changed"
is "$(count '$7 == "opened"')" 0 "T-25, T-26: secrets of somebody else that were opened, of $(grep -lE 'BEGIN PGP MESSAGE' "$forge"/*.eml | wc -l)"
is "$(count '$3 == "control" && $6 == "fits"')" "$(count '$3 == "control"')" 'every positive control is what it is'
is "$(cat "$forge"/*.err)" '' 'T-9: none of them is a trouble'
is "$(find "$dir/run/work/" -mindepth 1 | wc -l)" 0 'T-58: nothing is left behind'

done_testing
