#!/bin/sh
# Functions and files have a size one can read; nothing is left for later.
. "${0%/*}/lib.sh"
cd "$SLUIS_SOURCE" || exit 1

is "$(awk 'FNR == 1 { start = 0 }
	/^{/ { start = FNR }
	/^}/ && start { if (FNR - start > 60) print FILENAME ":" start; start = 0 }' \
	lib/*/*.c filters/*.c t/unit/*.c)" '' 'no function over 60 lines'
is "$(wc -l lib/*/*.[ch] filters/*.c | awk '$1 > 480 && $2 != "total" { print $2 " " $1 }')" '' \
	'no file over 480 lines'

# Put together here, so that this file does not find itself.
left=$(printf '%s|%s|%s' 'TO''DO' 'FIX''ME' 'XX''X')
find . -path './build*' -prune -o -path ./.git -prune -o -name '*.eml' -prune -o -name COPYING -prune -o \
	-type f -print0 | xargs -0 grep -IEnw "$left" |
	grep -Ev 'mktemp|mkostemp|mkdtemp|make_tmp|[.-]X''XXXXX' >"$work/left"
is "$(cat "$work/left")" '' 'no marks for later'

is "$(grep -nE '^[a-zA-Z_][a-zA-Z_ *]*[a-z_]+(\[[^]]*\])?( = .*)?;$' lib/*/*.c filters/*.c |
	grep -v 'const' | grep -v ':typedef ' | grep -v ':struct ' | grep -v ':return')" '' \
	'no variable that is global and may change'
is "$(grep -n '[^_a-z]goto ' lib/*/*.c filters/*.c)" '' 'no goto'
is "$(grep -ln '[ 	]$' lib/*/*.[ch] filters/*.c conf/*.yaml)" '' 'no blanks at the ends of lines'

done_testing
