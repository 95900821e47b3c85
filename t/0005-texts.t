#!/bin/sh
# Every language says the same, with the same names in it.
. "${0%/*}/lib.sh"
cd "$SLUIS_SOURCE/conf/mail" || exit 1

names() { grep -o '\${[a-z0-9_]*}' "$1" | sort -u; }
keys() { sed -n 's/^\([^#:]*\): .*/\1/p' "$1" | sort; }

for language in *; do
	is "$(cd "$language" && ls)" "$(cd en && ls)" "$language has the texts en has"
done
for text in en/*.txt; do
	text=${text#en/}
	for language in *; do
		[ "$language" != en ] || continue
		if [ "$text" = words.txt ]; then
			is "$(keys "$language/$text")" "$(keys "en/$text")" "$language/$text has the words en has"
		else
			is "$(names "$language/$text")" "$(names "en/$text")" "$language/$text asks for what en asks for"
		fi
	done
	[ "$text" = words.txt ] ||
		is "$(sed -n '1s/^Subject: ..*/subject/p; 2s/^$/empty/p' "en/$text" | tr '\n' ' ')" \
			'subject empty ' "$text has a subject and a body"
done

# What people read is a text or a word of theirs. The marker line is no language, a
# command is typed as it stands, a cause is a name, and what filters say is for their
# caller.
grep -nE '(g_string_append|g_strdup|g_strconcat|letter->(body|subject))[a-z_]*.*"[^"]*[a-z]+ [a-z]+ [a-z]+[^"]*"' \
    "$SLUIS_SOURCE"/lib/stage/*.c | grep -vE '"==== write above|"sluis [a-z]+ [a-z]+|->cause =|/(opinion|outbound)\.c:' >"$work/sentences"
is "$(cat "$work/sentences")" '' 'no sentence for people stands in the code of the stages'

done_testing
