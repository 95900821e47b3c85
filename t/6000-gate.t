#!/bin/sh
# The gate: 0 or 75, silent, whatever its companion does (T-1 to T-3).
. "${0%/*}/lib.sh"

mkdir -p "$work/bin" "$work/libexec/sluis"
cp "$SLUIS_PREFIX/bin/sluis-intake" "$work/bin/"
gate=$work/bin/sluis-intake
companion=$work/libexec/sluis/intake

# A companion that does this.
becomes() {
	printf '#!/bin/sh\n%s\n' "$1" >"$companion"
	chmod 755 "$companion"
}

run "$gate" --recipient rd@sluis.example </dev/null
status 75 'T-1: no companion is 75'
silent 'T-2: and nothing is said'

for code in 1 2 64 65 67 70 71 73 77 78 99 126 127 255; do
	becomes "exit $code"
	run "$gate" </dev/null
	status 75 "T-1: exit $code becomes 75"
done
for signal in ABRT SEGV KILL TERM PIPE; do
	becomes "kill -$signal \$\$"
	run "$gate" </dev/null
	status 75 "T-1: death by $signal becomes 75"
done
silent 'T-2: and nothing is said'

: >"$companion"
run "$gate" </dev/null
status 75 'T-1: an empty file is no companion'
becomes 'exit 0'
chmod 644 "$companion"
run "$gate" </dev/null
status 75 'T-1: nor is one that may not be run'

becomes 'cat >"$OUT"; echo "$# $*" >>"$OUT"; echo noise; echo noise >&2'
OUT=$work/got
export OUT
printf 'line\n' | run "$gate" --recipient 'a b@x' --sender ''
printf 'line\n' >"$work/mail"
run "$gate" --recipient 'a b@x' --sender '' <"$work/mail"
status 0 'exit 0 stays 0'
silent 'T-2: what the companion prints is not seen'
is "$(cat "$work/got")" "line
4 --recipient a b@x --sender " 'the mail and the arguments get there'

run env -i OUT="$OUT" "$gate" x <"$work/mail"
status 0 'an empty environment is fine'
run sh -c 'exec "$0" x >&- 2>&-' "$gate" <"$work/mail"
status 0 'closed output is fine'
run sh -c 'exec "$0" x <&-' "$gate"
status 75 'closed input is no mail'
run sh -c "trap '' CHLD; exec \"\$0\" x" "$gate" <"$work/mail"
status 0 'an ignored SIGCHLD is fine'

run "$gate" --help
stdout '^usage: sluis-intake' '--help alone speaks'
run "$gate" --help x <"$work/mail"
silent '--help with more does not'
run "$gate" --version
stdout '^sluis-intake [0-9]' '--version alone speaks'

if have cc >/dev/null; then
	cc -D_GNU_SOURCE -DDEADLINE=1 -DSLUIS_VERSION='"test"' -o "$gate" \
		"$SLUIS_SOURCE/filters/sluis-intake.c" || exit 1
	becomes 'sh -c "echo \$\$ >\"$OUT\"; exec tail -f /dev/null" & wait'
	run "$gate" <"$work/mail"
	status 75 'T-3: at the deadline it is 75'
	silent 'T-2: and nothing is said'
	gone() { ! kill -0 "$(cat "$OUT")"; }
	ok 'T-3: and the whole group is dead' wait_for 10 gone
fi

done_testing
