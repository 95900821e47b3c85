#!/bin/sh
# Every row of the settings has its entry in the manual and in the example.
. "${0%/*}/lib.sh"
cd "$SLUIS_SOURCE" || exit 1

rows=$(sed -nE 's/^\t(TEXT|TEXTS|WORD|BRIEF|PATH|BOOL|NUMBER|TIME|SIZE|LIST)\("([^"]+)".*/\2/p' lib/config/settings.c)
like "$rows" '^limits.size$' 'the rows were found'

for row in $rows; do
	ok "$row is in sluis.yaml(5)" grep -Fqx ".It Ic $row" conf/sluis.yaml.5
done
sed -n 's/^\.It Ic //p' conf/sluis.yaml.5 | while read -r entry; do
	printf '%s\n' "$rows" | grep -Fqx "$entry" || echo "$entry"
done >"$work/unknown"
is "$(cat "$work/unknown")" '' 'sluis.yaml(5) has no entry without a row'

for row in $rows; do
	ok "$row is in the example" grep -Eq "^ *#? *${row##*.}:" conf/sluis.yaml
done

done_testing
