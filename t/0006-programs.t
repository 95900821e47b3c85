#!/bin/sh
# Every program has a manual, --help and --version, and says no to what it
# does not know.
. "${0%/*}/lib.sh"
cd "$SLUIS_SOURCE" || exit 1

for program in "$SLUIS_PREFIX"/bin/*; do
	name=${program##*/}
	ok "$name has a manual" test -f "filters/$name.8"
	run "$name" --version
	status 0 "$name --version"
	stdout "^$name [0-9]+\.[0-9]+\.[0-9]+\$" "$name says its version"
	run "$name" --help
	status 0 "$name --help"
	stdout "^usage: $name" "$name says how it is used"
	stdout '(-c, --conf|-c FILE)' "$name takes -c"
	[ "$name" = sluis ] || {
		run "$name" --help --version </dev/null
		status 75 "$name has not taken a mail when it was asked for help as well"
		run "$name" --nonsense </dev/null
		status 75 "$name --nonsense defers"
	}
done
run sluis --nonsense
status 2 'the tool says 2 to wrong usage'

done_testing
