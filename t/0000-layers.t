#!/bin/sh
# Includes lean one way only: down.
. "${0%/*}/lib.sh"
cd "$SLUIS_SOURCE" || exit 1

below() {
	case $1 in
	base) echo base ;;
	draw) echo base draw ;;
	config) echo base config ;;
	mail) echo base config mail ;;
	crypto) echo base config mail crypto ;;
	store) echo base store ;;
	stage) echo base config mail crypto store stage ;;
	program) echo base config mail crypto store program ;;
	tool) echo base config mail crypto store stage program tool ;;
	esac
}

find lib -name '*.h' | sed 's|^lib/\([a-z]*\)/\(.*\)|\2 \1|' >"$work/owners"
for layer in base draw config mail crypto store stage program tool; do
	grep -Hn '^#include "' lib/$layer/*.[ch] | sed 's/:#include "/ /; s/"$//' |
		awk -v below=" $(below $layer) " '
			NR == FNR { owner[$1] = $2; next }
			index(below, " " ($2 in owner ? owner[$2] : "none") " ") == 0 {
				print $1 ": " $2 " lies in " ($2 in owner ? owner[$2] : "no layer")
			}' "$work/owners" - >"$work/up"
	is "$(cat "$work/up")" '' "lib/$layer includes only what is below it"
done

is "$(find lib -name '*.h' -exec basename {} \; | sort | uniq -d)" '' \
	'no two headers have one name'
is "$(grep -L '^/\*' lib/*/*.[ch] filters/*.c)" '' 'every file says at its top what it is'
is "$(grep -n '[^_a-z]exit(' lib/*/*.c | grep -v '^lib/[a-z]*/[a-z_]*.c:[0-9]*:[ 	]*\(\*\|/\*\)')" '' \
	'nothing in lib/ exits'
is "$(grep -ln 'EX_CONFIG' lib/*/*.c filters/*.c)" '' 'no status that bounces'

done_testing
