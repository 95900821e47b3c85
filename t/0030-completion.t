#!/bin/sh
# What bash offers is what the tool's own tables have: no more and no less.
. "${0%/*}/lib.sh"
skip_unless bash have bash
mkdir "$work/empty" && cd "$work/empty" || exit 1

# offered WORD...: what is offered for the last one, sorted, in one line.
# shellcheck disable=SC2016 # for bash
offered() {
	bash -c '. "$1"; shift; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _sluis
		printf "%s\n" "${COMPREPLY[@]}"' bash "$SLUIS_SOURCE/contrib/completion/sluis" "$@" | sort | xargs
}
list() { sort -u | xargs; }

sluis help | sed -n 's/^  sluis //p' >"$work/table"
ok 'there is a table' test "$(wc -l <"$work/table")" -gt 20
is "$(offered sluis '')" "$({ echo help; echo -c; echo --help; echo --version; cut -d ' ' -f 1 "$work/table"; } | list)" 'all nouns'
sed 's/ .*//' "$work/table" | sort -u >"$work/nouns"
while read -r noun; do
	verbs=$(awk -v n="$noun" '$1 == n && $2 ~ /^[a-z][a-z-]*$/ { print $2 }' "$work/table" | list)
	[ -z "$verbs" ] || is "$(offered sluis "$noun" '')" "$verbs" "all verbs of $noun"
done <"$work/nouns"
while read -r line; do
	head=${line%%[[A-Z]*}
	# shellcheck disable=SC2086 # words
	is "$(offered sluis $head --)" "$(echo "$line" | grep -o -- '\[--[a-z-]*' | tr -d '[' | list)" "all options of $head"
done <"$work/table"

: >one.yaml
is "$(offered sluis ca)" case 'a word that was begun'
is "$(offered sluis -c '')" one.yaml 'files for settings'
is "$(offered sluis -c one.yaml cas)" case 'and a noun behind them'
is "$(offered sluis unseal '')" one.yaml 'files where a file is wanted'
is "$(offered sluis analyst add ann --key '')" one.yaml 'also for an option'
is "$(offered sluis embedded x '')" 'run start status stop' 'words where one of some is wanted'
is "$(offered sluis pause '')" all 'but no names of what is not known'
is "$(offered sluis init --algorithm '')" 'cv25519 rsa4096' 'also for an option'
is "$(offered sluis nonsense '')" '' 'nothing for nonsense'
is "$(offered sluis case '.*' '')" '' 'nor for a pattern'

done_testing
