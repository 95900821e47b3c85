#!/bin/sh
# What analysts decide is learnt, and said as one reason more; and the database has
# no word of it.
. "${0%/*}/lib.sh"
# shellcheck source=t/lib/answer.sh
. "$t/lib/answer.sh"
chain_init
analyst ann

ask() { psql -X -At -h "$(readlink "$dir/run")/pg" -U postgres -c "$1" sluis; }
explain() { run sluis-classify --explain "$1"; cp "$work/.stdout" "$work/explained"; }

# Words no rule knows.
{ head_of lynx@other.example 'Zonnebloemen'; echo 'De zonnebloemen van de derde verdieping krijgen een dieptepunt te verwerken.' | text; } >"$work/new.eml"
explain "$work/new.eml"
ok 'before, they are a question' grep -q '^ *class *question' "$work/explained"

mkdir -p "$work/known/media" "$work/known/job"
n=0
while [ $n -lt 12 ]; do
	n=$((n + 1))
	echo "De zonnebloemen en hun verdieping, aflevering $n van het dieptepunt." >"$work/known/media/$n.txt"
	echo "Kersenbomen snoeien wij in de winter, les $n." >"$work/known/job/$n.txt"
done
run sluis rules learn --json "$work/known"
status 0 'labelled mails are learnt from'
is "$(jq -c '.[0] | [.about, .lessons, .traits > 5]' "$work/.stdout")" '["class",24,true]' 'all of them'
run sluis rules learn --json "$work/known"
is "$(jq -c '.[0].lessons' "$work/.stdout")" 24 'and none twice'
explain "$work/new.eml"
ok 'now they are what those are' grep -q '^ *class *media' "$work/explained"
ok 'because of these words' grep -qE 'because of +decided so before \(.*zonnebloemen' "$work/explained"
run sluis-classify <"$work/new.eml"
stdout '^X-Sluis-Class: media' 'for the filter, too'

# --- by what an analyst makes of a case

take "$work/new.eml" && deliver
tag=$(case_of)
is "$(of_case "$tag" .class)" media 'work knows it as well'
read_last ann
printf '/class handover\n/motive attention\n' | answers ann
is "$(of_case "$tag" '"\(.class) \(.motive)"')" 'handover attention' 'an analyst knows better'
sluis-clock --once
is "$(ask "select lessons from sluis.learning where question = 'class'")" 24 'on the same day the clock learns nothing'
faked +1d sluis-clock --once
is "$(ask "select lessons from sluis.learning where question = 'class'")" 25 'on the next it does: one lesson more'
run sluis rules learn --json
is "$(jq -c '[.[].lessons]' "$work/.stdout")" '[25,1]' 'as by hand'

# --- and no word of it is in the database

ask 'copy (select * from sluis.lesson) to stdout' >"$work/kept"
ask 'copy (select * from sluis.learnt) to stdout' >>"$work/kept"
ok 'there are lessons' test -s "$work/kept"
is "$(grep -ciE 'zonnebloem|kersen|verdieping' "$work/kept")" 0 'T-56: keyed hashes only'

# --- rules may say that it counts for nothing

sed 's/^  weight: [0-9].*/  weight: 0/' "$SLUIS_PREFIX/share/sluis/conf/rules.yaml" >"$dir/rules.yaml"
setting folders.rules "$dir/rules.yaml"
explain "$work/new.eml"
ok 'with no weight it does not speak' grep -q '^ *class *question' "$work/explained"

done_testing
