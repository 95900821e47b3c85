#!/bin/sh
# A case as evidence: one mail for one key, whole, and no plaintext in a file (T-58).
# shellcheck source=t/lib.sh
. "${0%/*}/lib.sh"
# shellcheck source=t/lib/chain.sh
. "$t/lib/chain.sh"

init_options=--no-samples chain_init
analyst ann
person heron 'Grey Heron <heron@reporter.example>'
person judge 'Judge <judge@court.example>'
person other 'Other <other@court.example>'

printf 'I have CANARY-OF-THE-REPORT.\r\nFrom here on it is quoted.\n' | text >"$work/text"
bytes application/pgp-keys key.asc <"$work/heron.asc" >"$work/key"
mixed "$work/text" "$work/key" >"$work/words"
{ head_of heron 'Evidence'; encrypted heron --sign <"$work/words"; } >"$work/one.eml"
take "$work/one.eml" && deliver
tag=$(case_of)
first=$(reception id)
{ head_of heron "Re: [...]" "In-Reply-To: $(open_as heron "$(mail_to heron@reporter.example)"; read_mail head Message-ID <"$work/opened")"
	echo 'more of it' | text | encrypted heron --sign; } >"$work/two.eml"
take "$work/two.eml" && deliver
second=$(reception id)
is "$(case_of)" "$tag" 'two mails of a case'

find "$dir" "$work" -type f 2>/dev/null | sort >"$work/before"
ok 'it is written to standard output' sh -c "sluis case export $tag --key '$work/judge.asc' >'$work/evidence.eml'"
find "$dir" "$work" -type f 2>/dev/null | sort >"$work/after"
find "$dir" -type f -newer "$work/two.eml" -exec grep -lF 'CANARY-OF-THE-REPORT' {} + >"$work/plain"
is "$(cat "$work/plain")" '' 'T-58: no file of ours has a word of it'
is "$(comm -13 "$work/before" "$work/after" | grep -v "$work/\(after\|before\|evidence.eml\)" | grep -v postgres)" '' 'and there is no new file'
is "$(read_mail head To <"$work/evidence.eml") $(read_mail head From <"$work/evidence.eml" | grep -o 'rd@[a-z.]*')" \
	'judge@court.example rd@sluis.example' 'to whom the key belongs, from the inbox of the case'
is "$(read_mail head Subject <"$work/evidence.eml")" '[...]' 'no word of it outside'
unlike "$(cat "$work/evidence.eml")" 'CANARY|heron' 'nor anywhere'
is "$(encrypted_to "$work/evidence.eml" | wc -l)" 1 'encrypted to one key'
ok 'the judge opens it' open_as judge "$work/evidence.eml"
ok 'it is signed by the team' signed_by "$team"
ok 'nobody else does' sh -c '! "$@"' - gpg --homedir "$work/other" --batch -d "$work/evidence.eml"
open_as judge "$work/evidence.eml"

# The parts of it, by name, into $work/parts.
mkdir "$work/parts"
export work
perl -MMIME::Base64 -0777 -ne '
	my ($b) = /boundary="?([^";\r\n]+)/;
	for (split /\r?\n?--\Q$b\E(?:--)?\r?\n/) {
		next unless /\A(.*?)\r?\n\r?\n(.*)\z/s; my ($h, $c) = ($1, $2);
		next unless $h =~ /filename="?([\w.-]+)/; my $name = $1;
		$c = decode_base64($c) if $h =~ /base64/i;
		open my $f, ">", "$ENV{work}/parts/$name" or die; binmode $f; print $f $c;
	}' "$work/opened"
is "$(find "$work/parts" -type f -printf '%f\n' | sort | tr '\n' ' ')" "case.json mail-$first.eml mail-$second.eml " 'the case, and its mails'
is "$(sha256sum <"$work/parts/mail-$first.eml")" "$(sha256sum <"$work/one.eml")" 'byte for byte as they came'
is "$(sha256sum <"$work/parts/mail-$second.eml")" "$(sha256sum <"$work/two.eml")" 'both'
is "$(jq -r '.tag, (.messages | length), .messages[0].text' "$work/parts/case.json" | head -n 3 | tr '\n' ' ' | cut -c 1-48)" \
	"$tag $(of_case "$tag" '.messages | length') I have CANARY-OF-THE-REPORT. " 'the case as it is shown'
read_mail text <"$work/opened" | grep -E '^[0-9a-f]{64}  ' >"$work/parts/sums"
is "$(wc -l <"$work/parts/sums")" 3 'the text has the hash of each'
ok 'and they fit' sh -c "cd '$work/parts' && sha256sum --quiet -c sums"

like "$(of_case "$tag" '.events[] | "\(.who) \(.kind) \(.detail)"')" "^operator exported $(fpr judge)$" 'that it was done is on record'
sluis case export "$tag" --key "$work/judge.asc" --to clerk@court.example >"$work/clerk.eml"
is "$(read_mail head To <"$work/clerk.eml")" clerk@court.example 'or to another address'

# --- what is refused ---

before=$(of_case "$tag" '[.events[] | select(.kind == "exported")] | length')
refused() { sluis case export "$@" >"$work/out" 2>"$work/err" && return 1; [ ! -s "$work/out" ]; }
ok 'without a key nothing is written' refused "$tag"
ok 'nor of no case' refused RD-2026-AAAAA --key "$work/judge.asc"
echo nonsense >"$work/nonsense"
ok 'nor to what is no key' refused "$tag" --key "$work/nonsense"
gpg_in "$work/judge" --armor --export-secret-keys >"$work/secret.asc" 2>/dev/null
ok 'nor to a secret one' refused "$tag" --key "$work/secret.asc"
ok 'nor to no address' refused "$tag" --key "$work/judge.asc" --to 'a b'
is "$(of_case "$tag" '[.events[] | select(.kind == "exported")] | length')" "$before" 'and none of it was an export'

done_testing
