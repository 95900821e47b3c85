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

done_testing
