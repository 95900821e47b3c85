#!/bin/sh
# How often the rules, and what is learnt, are right: about texts of our own, and
# about published mails where $SLUIS_CORPUS has them. The limits are what they
# reach at least, so that a change for the worse is seen. Most of our own texts were
# written without a look at the rules, and the rules not for them.
. "${0%/*}/lib.sh"
# shellcheck source=t/lib/chain.sh
. "$t/lib/chain.sh"
skip_unless corpus test -d "${SLUIS_CORPUS:-}"
rules=$SLUIS_SOURCE/conf/rules.yaml own=$SLUIS_SOURCE/conf/lessons
printf 'team: {name: T}\ninboxes: [{address: rd@sluis.example, prefix: RD}]\n' >"$work/sluis.yaml"
export SLUIS_CONF="$work/sluis.yaml"
set -- "$own"
for folder in 40-class-texts 41-class-notices-divd 44-class-phish-spam 30-abuse-reports 21-auto-replies 20-bounces-dsn; do
	set -- "$@" "$SLUIS_CORPUS/$folder"
done

run sluis rules test --rules "$rules" "$@"
status 0 'all is judged'
sed 's/^/# /' "$work/.stdout"
run sluis rules test --rules "$rules" --json "$@"
cp "$work/.stdout" "$work/all.json"
figure() { jq -r "$1" "$work/all.json"; }
holds() { jq -e "$1" "$work/all.json" >/dev/null; }
ok "at least 500 mails, $(figure .both.count)" holds '.both.count >= 500'
ok "rules alone: macro-F1 $(figure .rules.macro_f1)" holds '.rules.macro_f1 >= 0.80'
ok "learnt alone, none judged by its like: macro-F1 $(figure .learnt.macro_f1)" holds '.learnt.macro_f1 >= 0.86'
ok "with the lessons that come with it: macro-F1 $(figure .shipped.macro_f1)" holds '.shipped.macro_f1 >= 0.90'
ok "motives: macro-F1 $(figure .motive.both.macro_f1)" holds '.motive.both.macro_f1 >= 0.70 and .motive.both.count >= 500'
ok "both: macro-F1 $(figure .both.macro_f1)" holds '.both.macro_f1 >= 0.90'
ok "true reports taken for spam or acquisition: $(figure '"\(.both.reports_lost) of \(.both.reports)"')" \
	holds '(.both.reports_lost * 100) <= .both.reports and (.rules.reports_lost * 100) <= .rules.reports and .both.reports > 140'
ok 'no class is left behind' holds '[.both.classes[].f1] | min >= 0.80'
ok "findings of low value: $(figure '"\(.low_value_told) of \(.low_value)"')" \
	holds '.low_value_told * 100 >= .low_value * 75 and .of_value_taken_for_low * 100 <= .of_value * 15'

# Our own texts are of each class, and many of them Dutch.
ok 'own texts: at least 120, 40 of them Dutch' sh -c 'test "$(ls "$1"/*/*.txt | wc -l)" -ge 120 -a "$(ls "$1"/*/nl-*.txt | wc -l)" -ge 40' sh "$own"

# --- other folders, and what is wrong with them

mkdir -p "$work/folders/spam" "$work/index" "$work/texts" "$work/none"
printf 'Order now, cheap pills, viagra 80%% off.\n' >"$work/folders/spam/a.txt"
printf 'From a@b.example Thu Jan  1 00:00:00 1970\nSubject: XSS\n\nA stored XSS in your portal, see CVE-2024-12345.\n' >"$work/index/m.eml"
printf 'file,role,expect\nm.eml,message,CLASS:vulnerability-or-incident FROMLINE\nm.eml,message,NONSENSE\n' >"$work/index/INDEX.csv"
printf '[{"id": "1", "label": "job", "subject": "Stage", "text": "Graag loop ik stage bij jullie, mijn cv is bijgevoegd."}]\n' >"$work/texts/texts.json"
run sluis rules test --rules "$rules" --json "$work/folders" "$work/index" "$work/texts"
is "$(jq -c '[.rules.right, .rules.count, .unknown, (.rules.classes | keys)]' "$work/.stdout")" '[3,3,1,["job","spam","vulnerability"]]' \
	'folders, an index and a list of texts are read, and what has no known label is told'
run sluis rules test "$work/none"
status 1 'a folder without labels'
stderr 'no mail with a label' 'is refused'
printf 'a,b\n1,2\n' >"$work/index/INDEX.csv"
run sluis rules test "$work/index"
stderr 'INDEX.csv: line 1: expected columns' 'an index without its columns, too'
run sluis rules check --rules "$rules"
status 0 'the rules are read'
stdout '^[0-9]+ rules, all well$' 'and counted'
printf 'rules:\n  - {name: a, match: "(", class: {spam: 1}}\n' >"$work/bad.yaml"
run sluis rules check --rules "$work/bad.yaml"
status 1 'bad ones are not'
stderr 'bad.yaml: line 2: bad pattern' 'and their line is told'

done_testing
