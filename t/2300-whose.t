#!/bin/sh
# Whose system a mail is about: by domain, network, name and product; how sure and
# why; and what only looks like it (T-37).
# shellcheck source=t/lib.sh
. "${0%/*}/lib.sh"
# shellcheck source=t/lib/answer.sh
. "$t/lib/answer.sh"

init_options=--no-samples chain_init
setting team.national 'the national centre (https://centre.example/report)'
analyst ann
person heron 'Grey Heron <heron@reporter.example>'
cat >"$work/them.yaml" <<'END'
participants:
  - name: olvg
    title: Onze Lieve Vrouwe Gasthuis
    aliases: [OLVG, Zorggroep Jörg]
    domains: [olvg.example]
    networks: [192.0.2.0/24, "2001:db8:1::/48"]
    products: [Acme PACS, NetScaler]
  - name: linde
    title: Ziekenhuis De Linde
    domains: [delinde.example, portaal.shared.example]
    products: [netscaler]
  - name: maker
    title: Maker of Pumps
    kind: supplier
    domains: [maker.example]
END
sluis participant import "$work/them.yaml" >/dev/null

# found WORDS...: what is thought of a mail with them: "name by what sure", joined.
found() {
	{ head_of 'Heron <heron@reporter.example>' 'A hole'; printf '%s\n' "$@" | text; } >"$work/mail.eml"
	sluis-classify --list "$work/mail.eml" >"$work/json"
	jq -r '[.matches[] | "\(.name) \(.by) \(.what) \(.sure)"] | join("; ")' "$work/json"
}

is "$(found 'https://www.olvg.example/login is open')" 'olvg domain www.olvg.example sure' 'a listed domain, and what is below it'
is "$(found 'https://portaal.shared.example/ is open')" 'linde domain portaal.shared.example sure' 'a listed name'
is "$(found 'host 192.0.2.77 and 2001:db8:1::9')" 'olvg network 192.0.2.77 sure; olvg network 2001:db8:1::9 sure' \
	'networks of both kinds'
is "$(found 'In het portaal van ziekenhuis' 'DE LINDE staat een lek.')" 'linde name Ziekenhuis De Linde likely' \
	'a title, across the end of a line, in any capitals'
is "$(found 'the login of OLVG has a hole')" 'olvg name OLVG likely' 'an alias, spelled as the directory does'
is "$(found 'the login of olvg has a hole')" 'olvg name OLVG maybe' 'and not so'
is "$(found 'the login of zorggroep jorg')" 'olvg name Zorggroep Jörg likely' 'without accents'
is "$(found 'see https://delinde.example/ of Ziekenhuis De Linde')" \
	'linde domain delinde.example sure; linde name Ziekenhuis De Linde likely' 'for both reasons'
is "$(found 'the Maker of Pumps makes them')" '' 'a supplier is not known by its name'

count=0
for words in 'https://olvg.example.evil.example/' 'https://notolvg.example/' 'https://olvg-example.evil/' \
    'https://xn--lvg-kfd.example/' 'https://оlvg.example/' 'https://olvg.examp1e/' 'https://shared.example/' \
    'https://other.shared.example/' 'mail jan@notolvg.example' 'see olvg.nl.evil.example' \
    'https://evil.example/olvg.example' 'https://olvg.example@evil.example/' 'the ОLVG portal' 'notolvg and olvgs' \
    'ziekenhuis de lindeboom' '/srv/olvg/www' '198.51.100.2 and 2001:db8:2::9' 'version 192.0.20'; do
	got=$(found "$words")
	if [ -z "$got" ]; then count=$((count + 1)); else diag "$words: $got"; fi
done
is "$count" 18 'T-37: 18 look-alikes are nobody'"'"'s'
{ head_of 'Heron <heron@reporter.example>' 'Re: x' 'In-Reply-To: <1@x.example>'; text <<'END'
I have looked again.

On Monday, Ann wrote:
> the portal of Ziekenhuis De Linde
END
} >"$work/mail.eml"
is "$(sluis-classify --list "$work/mail.eml" | jq -c .matches)" '[]' 'what is only quoted names nobody'
found 'A hole in acme pacs 3.1 and in Netscaler.' >/dev/null
is "$(jq -c .products "$work/json")" '["Acme PACS","NetScaler"]' 'products participants use'
run sluis-classify --explain "$work/mail.eml"
status 0 'it is explained'
found 'https://shop.stranger.example/cart, found at https://www.reporter.example/' >/dev/null
run sluis-classify --explain "$work/mail.eml"
stdout "nobody's +stranger.example$" 'whose it is not, without what is the sender'"'"'s own'

# --- in the notice ---

tell() {
	{ head_of heron 'Cross-site scripting'; printf '%s\n' "$@" | text | encrypted heron; } >"$work/report.eml"
	take "$work/report.eml" && deliver
	tag=$(case_of)
	receipt ann >"$work/notice"
}
tell 'A cross-site scripting vulnerability in https://www.olvg.example/?q=1 of OLVG,' \
	'steps to reproduce: 1. log in. It runs on NetScaler, as that of olvg.'
like "$(cat "$work/notice")" '^NEW vulnerability.*\. Onze Lieve Vrouwe Gasthuis \(sure: domain, name\)$' 'once, with all ways that led there'
like "$(cat "$work/notice")" '^olvg: sure, domain www.olvg.example$' 'how sure and why'
like "$(cat "$work/notice")" '^In use: NetScaler \(linde, olvg\)$' 'who else may have it'
is "$(of_case "$tag" '.participants | join(" ")')" 'olvg' 'it is a matter of theirs'
tell 'A cross-site scripting vulnerability, as olvg has it. Steps to reproduce: 1. log in.'
like "$(cat "$work/notice")" 'Onze Lieve Vrouwe Gasthuis \(maybe: name\)$' 'what may be is shown'
is "$(of_case "$tag" '.participants | join(" ")')" '' 'and is no part of the case'
tell 'A cross-site scripting vulnerability in https://shop.stranger.example/?q=1' 'Steps to reproduce: 1. log in.'
like "$(cat "$work/notice")" '^Nobody we work for was found in it: /decline outside' 'whose it is not is said'
like "$(cat "$work/notice")" '^Not of anybody we work for: stranger.example$' 'with what it names'
like "$(cat "$work/notice")" '^  Please report it to that organisation, or to the national centre' 'and the hand-over text'
like "$(cat "$work/notice")" "^  $tag" 'with our number'

done_testing
