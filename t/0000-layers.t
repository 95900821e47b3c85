#!/bin/sh
# Includes lean one way only: down.
. "${0%/*}/lib.sh"
cd "$SLUIS_SOURCE" || exit 1

below() {
	case $1 in
	base) echo base ;;
	config) echo base config ;;
	mail) echo base config mail ;;
	crypto) echo base config mail crypto ;;
	store) echo base store ;;
	stage) echo base config mail crypto store stage ;;
	program) echo base config mail crypto store program ;;
	tool) echo base config mail crypto store stage program tool ;;
	esac
}

for layer in base config mail crypto store stage program tool; do
	grep -Hn '^#include "' lib/$layer/*.[ch] | sed 's/:#include "/ /; s/"$//' |
	while read -r where header; do
		owner=$(find lib -name "$header" | sed 's|^lib/||; s|/.*||')
		case " $(below $layer) " in
		*" ${owner:-none} "*) ;;
		*) echo "$where: $header lies in '${owner:-no layer}'" ;;
		esac
	done >"$work/up"
	is "$(cat "$work/up")" '' "lib/$layer includes only what is below it"
done

is "$(find lib -name '*.h' -exec basename {} \; | sort | uniq -d)" '' \
	'no two headers have one name'
is "$(grep -L '^/\*' lib/*/*.[ch] filters/*.c)" '' 'every file says at its top what it is'
is "$(grep -n '[^_a-z]exit(' lib/*/*.c | grep -v '^lib/[a-z]*/[a-z_]*.c:[0-9]*:[ 	]*\(\*\|/\*\)')" '' \
	'nothing in lib/ exits'
is "$(grep -ln 'EX_CONFIG' lib/*/*.c filters/*.c)" '' 'no status that bounces'

done_testing
