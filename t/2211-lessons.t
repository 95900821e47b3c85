#!/bin/sh
# A fresh installation has learnt the lessons that come with sluis; making it again
# gives none twice, and takes not long.
. "${0%/*}/lib.sh"
# shellcheck source=t/lib/chain.sh
. "$t/lib/chain.sh"
init_options=--no-samples
chain_init
lessons=$SLUIS_PREFIX/share/sluis/lessons

{ head_of lynx@other.example 'Zonnebloemen'; echo 'Beste team, een stagiair van ons vond zonnebloemen.' | text; } >"$work/new.eml"
is "$(sluis rules learn --json | jq -c '[.[].lessons]')" '[0,0]' 'without lessons nothing is learnt'
run sluis-classify --explain "$work/new.eml"
no_line() { ! grep -q 'decided so before' "$work/.stdout"; }
ok 'and nothing is said to be' no_line

run sluis init --embedded "$dir" --no-samples
status 0 'made again, with lessons'
all=$(find "$lessons" -name '*.txt' | wc -l)
ask "select string_agg(question || ' ' || lessons, ' ' order by question) from sluis.learning" >"$work/first"
is "$(cat "$work/first")" "class $all motive $all" "all $all are learnt, of both questions"
run sluis init --embedded "$dir" --no-samples
is "$(ask "select string_agg(question || ' ' || lessons, ' ' order by question) from sluis.learning")" "$(cat "$work/first")" 'and none twice'
run sluis-classify --explain "$work/new.eml"
stdout 'decided so before' 'they speak'
ask 'copy (select source, traits, strong from sluis.lesson) to stdout' >"$work/kept"
is "$(grep -ciE 'stag|kwetsba|vulnerab' "$work/kept")" 0 'T-56: keyed hashes only'

# Each of them is in the index, with a class and a motive we know.
is "$(tail -n +2 "$lessons/INDEX.csv" | cut -d , -f 1 | LC_ALL=C sort)" "$(cd "$lessons" && find . -name '*.txt' | sed 's|^./||' | LC_ALL=C sort)" 'the index names each once'
is "$(awk -F, 'NR > 1 && ($2 != substr($1, 1, index($1, "/") - 1) || $3 == "")' "$lessons/INDEX.csv")" '' 'each with its class, and a motive'
run sluis rules test --json "$lessons"
is "$(jq -c '[.unknown, .motive.both.count]' "$work/.stdout")" "[0,$all]" 'and all are known'

done_testing
