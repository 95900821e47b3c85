#!/bin/sh
# The page analysts work by has every verb and alias, written as it is refused with.
. "${0%/*}/lib.sh"
cd "$SLUIS_SOURCE" || exit 1

rows() { sed -n "/^} $1\[.*= {/,/^};/p" lib/mail/command.c; }
rows verbs | sed -n 's/.*{ "[a-z]*", *"\([^"]*\)".*/\1/p' >"$work/usages"
rows aliases | sed -n 's/.*{ "\([a-z]*\)", VERB_\([A-Z]*\) }.*/\1 \2/p' | tr '[:upper:]' '[:lower:]' >"$work/aliases"
ok 'there are verbs and aliases' test "$(wc -l <"$work/usages")" -gt 30 -a -s "$work/aliases"
is "$(sed -n '/^\.Ss The verbs/,/^\.El/s/^\.It Li //p' filters/sluis-analyst.7)" "$(cat "$work/usages")" \
	'the page has the verbs, as they are written'
while read -r alias verb; do
	is "$(grep -A 2 "^\.Li /$alias\$" filters/sluis-analyst.7 | sed -n '3s/^\.Li \(\/[a-z]*\).*/\1/p')" "/$verb" "    and /$alias"
done <"$work/aliases"
for language in en nl; do
	is "$(sed 's/^.\([a-z]*\).*/\1/' "$work/usages" | sort)" \
		"$(sed -n 's/^verb-\([a-z]*\): .*/\1/p' "conf/mail/$language/words.txt" | sort)" "each has its words in $language"
done

done_testing
