#!/bin/sh
# Every file of a folder of mails, through intake and work and through the
# filters: taken, given back as it was, filed or parked, and no word said. It
# needs $SLUIS_CORPUS; what in it is no mail is a mail of the worst kind.
. "${0%/*}/lib.sh"
# shellcheck source=t/lib/chain.sh
. "$t/lib/chain.sh"
skip_unless corpus test -d "${SLUIS_CORPUS:-}"
init_options=
chain_init
setting work.processes 4
analyst ann
cp -r "$SLUIS_CORPUS" "$work/corpus" && chmod -R u+w "$work/corpus"
find "$work/corpus" -type f -size +0 | LC_ALL=C sort >"$work/files"
files=$(wc -l <"$work/files")
distinct=$(tr '\n' '\0' <"$work/files" | xargs -0 sha256sum | cut -d ' ' -f 1 | sort -u | tee "$work/digests" | wc -l)
ok "there are $files files, $distinct different ones" test "$distinct" -gt 0

# for_each FUNCTION-FILE: sh runs it with each file as $1, four at once; what it
# prints is what is wrong.
for_each() { tr '\n' '\0' <"$work/files" | xargs -0 -P 4 -n 1 sh "$1" 2>&1; }

cat >"$work/intake" <<'END'
said=$(sluis-intake --recipient rd@sluis.example --sender writer@writer.example <"$1" 2>&1)
rc=$?
[ "$rc" = 0 ] && [ -z "$said" ] || echo "$1: $rc, $said"
END
is "$(for_each "$work/intake" | head)" '' "T-1, T-2: each is taken without a word"
is "$(sluis reception list --json | jq length)" "$distinct" 'T-5: and is there once'

measured=$(PATH="$SLUIS_PREFIX/t:$PATH" measure -o "$work/out" -e "$work/err" sluis-work --once)
diag "sluis-work --once: $(echo "$measured" | awk '{ printf "%.1f s, %.1f s of processor, %.1f MiB in the largest process", $1, $2, $3 / 1024 }')"
is "$(echo "$measured" | cut -d ' ' -f 4) $(cat "$work/out" "$work/err" | wc -c)" '0 0' 'work works through them, without a word'
sluis reception list --json >"$work/list"
diag "$(jq -r 'group_by(.state)[] | "\(.[0].state): \(length)"' "$work/list" | tr '\n' ' ')"
is "$(jq '[.[] | select(.state | IN("done", "parked", "superseded") | not)] | length' "$work/list")" 0 \
	'each is filed or parked'
is "$(jq -c '[.[] | select(.state == "parked") | .reason] | unique - ["size", "boundaries", "headers", "header_size", "addresses", "depth", "attachments"]' "$work/list")" \
	'[]' 'T-13, T-15: parked is only what is over a limit'

cat >"$work/raw" <<'END'
sluis reception raw "$1" | sha256sum | cut -d ' ' -f 1
END
jq -r '.[].id' "$work/list" | xargs -P 4 -n 1 sh "$work/raw" | sort >"$work/unsealed"
is "$(comm -3 "$work/unsealed" "$work/digests" | head -n 3)" '' 'T-12: unsealed they are the bytes that came'

# The filters: marks on top, and all else as it was unless it was opened.
cat >"$work/filter" <<'END'
out=$(mktemp -p "${0%/*}")
sluis-decrypt <"$1" >"$out.1" 2>"$out"; first=$?
sluis-classify <"$out.1" >"$out.2" 2>>"$out"; second=$?
[ "$first$second" = 00 ] && [ ! -s "$out" ] || echo "$1: $first, $second, $(cat "$out")"
perl -e '
	local $/; my ($in, $out, $name) = map { open my $f, "<", $_ or die; binmode $f; <$f> // "" } @ARGV[0, 1];
	my ($from) = $in =~ /\A(From [^\n]*\n)?/; $from //= "";
	my $had = $in =~ /^X-Sluis-/mi;
	$from .= $1 if substr($in, length $from) =~ /\A((?:[ \t][^\n]*\n)+)/;
	$out =~ s/\A\Q$from\E((?:X-Sluis-[^\n]*\n)+)/$from/ or print "$ARGV[0]: no marks\n";
	my $marks = $1;
	$marks =~ /^X-Sluis-(Class|Limit): /m or print "$ARGV[0]: not classified\n";
	$marks =~ /^X-Sluis-Encryption: ok/m or $had or $in eq $out or print "$ARGV[0]: changed\n";
' "$1" "$out.2"
rm -f "$out" "$out.1" "$out.2"
END
is "$(for_each "$work/filter" | head)" '' 'sluis-decrypt | sluis-classify: 0, no word, and not a byte changed but marks'

tr '\n' '\0' <"$work/files" | xargs -0 sluis-classify --list >"$work/opinions" 2>"$work/err"
is "$(cat "$work/err")" '' 'sluis-classify --list reads them all'
is "$(jq -s 'length' "$work/opinions") $(jq -r .file "$work/opinions" | LC_ALL=C sort | cmp - "$work/files" 2>&1)" "$files " 'one object a line'
is "$(jq -s '[.[] | select((keys_unsorted[:8] == ["file","class","motive","score","language","participants","indicators","reasons"]) | not)] | length' "$work/opinions")" \
	0 'with the fields it promises'
is "$(jq -rs '[.[] | select(.class == null) | .reasons[]] | unique | join(", ")' "$work/opinions" | grep -v '^over the limit: ')" '' \
	'what has no class is over a limit'

if [ "${SLUIS_KIND:-}" = plain ]; then
	largest=$(tr '\n' '\0' <"$work/files" | xargs -0 stat -c %s | sort -n | tail -n 1)
	ok "a worker needs no more than 64 MiB and four times the largest mail ($largest bytes)" \
	    test "$(echo "$measured" | cut -d ' ' -f 3)" -le $((64 * 1024 + 4 * largest / 1024))
fi

done_testing
