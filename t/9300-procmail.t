#!/bin/sh
# The chain of conf/procmailrc with each step failing in each way: the mail is
# deferred as it came, never in clear in a mailbox and never bounced.
. "${0%/*}/lib.sh"
# shellcheck source=t/lib/chain.sh
. "$t/lib/chain.sh"
skip_unless procmail have procmail
init_options=
chain_init
setting outgoing.delay 0s
analyst ann
person heron 'Grey Heron <heron@reporter.example>'
person vaart 'De Vaart <ict@devaart.example>'
sluis participant add devaart --contact ict@devaart.example --key "$work/vaart.asc" >/dev/null

canary=zwartekraai$$
src=$work/src home=$work/home
mkdir "$src" "$home"
echo "The portal portaal.devaart.example has an XSS, says $canary." | text | encrypted heron --sign >"$src/entity"
n=0
new_mail() {
	n=$((n + 1))
	{ head_of heron "Report $n"; cat "$src/entity"; } >"$src/$n.eml"
}

# The rcfile as it stands, and with less patience for who never ends.
cp "$SLUIS_SOURCE/conf/procmailrc" "$work/rc"
sed 's/^TIMEOUT=.*/TIMEOUT=2/' "$work/rc" >"$work/rc-impatient"
# through BIN CONF FILE [TAG PARTICIPANT]: keeps what a mailer would see.
through() {
	_bin=$1 _conf=$2 _file=$3
	shift 3
	run env -i HOME="$home" LOGNAME=test procmail -t -m "PATH=$_bin:/usr/bin:/bin" \
	    "SLUIS_CONF=$_conf" "MAILDIR=$home" "${rc_file:-$work/rc}" "$@" <"$_file"
}
healthy=$SLUIS_PREFIX/bin

# All is well.
new_mail
through "$healthy" "$SLUIS_CONF" "$src/1.eml"
status 0 'a mail goes through the chain'
silent 'without a word'
tag=$(case_of)
like "$tag" '^RD-20' 'and is filed'
is "$(of_case "$tag" '.messages[0].text' | grep -c "$canary") $(of_case "$tag" .class)" '1 vulnerability' 'opened and classified'
through "$healthy" "$SLUIS_CONF" "$src/1.eml"
is "$rc $(sluis reception list --json | jq length)" '0 1' 'the same mail again changes nothing'
through "$healthy" "$SLUIS_CONF" "$src/1.eml" "$tag" devaart
is "$rc $(outbox '[.[] | select(.kind == "forward" and .to == "ict@devaart.example")] | length')" '0 1' \
	'with a case and a participant it is forwarded'
sluis-send --once
ok 'encrypted to that participant' open_as vaart "$(mail_to ict@devaart.example)"
rc_file=$work/nowhere
through "$healthy" "$SLUIS_CONF" "$src/1.eml"
status 75 'without an rcfile the mail is deferred'
rc_file=

# --- the faults ---

steps='sluis-decrypt sluis-classify sluis-thread sluis-forward'
faults='exit-1 exit-67 exit-70 exit-75 exit-77 exit-127 signal-TERM signal-KILL signal-SEGV missing no-right empty-file cut-file
	half-and-killed half-and-75 output-full disk-full time-out loud'

# broken FAULT STEP: a folder with all programs, of which that one is so.
broken() {
	_dir=$work/bin/$1-$2
	mkdir -p "$_dir"
	for _program in $steps; do ln -s "$healthy/$_program" "$_dir/$_program"; done
	rm "$_dir/$2"
	_real=$healthy/$2
	case $1 in
	missing) return ;;
	empty-file) : >"$_dir/$2" ;;
	cut-file) head -c 100 "$_real" >"$_dir/$2" ;;
	*) printf '%s\n' '#!/bin/sh' >"$_dir/$2" ;;
	esac
	case $1 in
	exit-*) echo "cat >/dev/null; exit ${1#exit-}" ;;
	signal-*) echo "cat >/dev/null; kill -${1#signal-} \$\$" ;;
	half-and-killed) echo "'$_real' \"\$@\" | head -c 300; kill -KILL \$\$" ;;
	half-and-75) echo "'$_real' \"\$@\" | head -c 300; exit 75" ;;
	output-full) case $2 in
		sluis-forward) echo "exec '$_real' \"\$@\" <&-" ;;
		*) echo "exec '$_real' \"\$@\" >/dev/full" ;;
		esac ;;
	disk-full) echo "trap '' XFSZ; ulimit -f 0; exec '$_real' \"\$@\"" ;;
	time-out) echo 'exec tail -f /dev/null' ;;
	loud) echo 'cat >&2; echo "5.7.1 go away" >&2; exit 77' ;;
	esac >>"$_dir/$2"
	[ "$1" = no-right ] || chmod 755 "$_dir/$2"
}

# What a mailer may see: 75 and nothing to read; or 0, and then it is filed.
judge() {
	if [ -s "$work/.stdout" ] || [ -s "$work/.stderr" ]; then echo "$rc, speaks"
	elif grep -rlq "$canary" "$home" "$work/bin" 2>/dev/null; then echo "$rc, in clear"
	else echo "$rc"; fi
}

bad=0 cells=0
diag "$(printf '%-16s %-9s %-9s %-9s %-9s' fault decrypt classify thread forward)"
for fault in $faults database settings keys; do
	row=$(printf '%-16s' "$fault")
	for step in $steps; do
		new_mail
		set -- "$src/$n.eml"
		[ "$step" != sluis-forward ] || set -- "$src/$n.eml" "$tag" devaart
		conf=$SLUIS_CONF bin=$healthy
		case $fault in
		database | settings | keys)
			# For that step alone: it gets other settings.
			conf=$dir/$fault.yaml
			case $fault in
			database) sed "s|host=[^ ]*|host=$work/nobody|" "$SLUIS_CONF" >"$conf" ;;
			settings) { cat "$SLUIS_CONF"; echo 'nonsense: yes'; } >"$conf" ;;
			keys) sed "s|^  folder: .*keys.*|  folder: $work/nokeys|; s|^  gnupg: .*|  gnupg: $work/nokeys|; s|^  rules: .*|  rules: $work/nokeys|" "$SLUIS_CONF" >"$conf" ;;
			esac
			bin=$work/bin/$fault-$step
			mkdir -p "$bin"
			for program in $steps; do ln -s "$healthy/$program" "$bin/$program"; done
			rm "$bin/$step"
			printf '%s\n' '#!/bin/sh' "SLUIS_CONF=$conf exec '$healthy/$step' \"\$@\"" >"$bin/$step"
			chmod 755 "$bin/$step"
			conf=$SLUIS_CONF ;;
		*) broken "$fault" "$step"; bin=$work/bin/$fault-$step ;;
		esac
		[ "$fault" != time-out ] || rc_file=$work/rc-impatient
		through "$bin" "$conf" "$@"
		rc_file=
		seen=$(judge)
		row="$row $(printf '%-9s' "$seen")"
		cells=$((cells + 1))
		case $fault-$step-$seen in
		*-75) ;;
		# It has nothing to write.
		disk-full-sluis-classify-0) ;;
		*) bad=$((bad + 1)) ;;
		esac
	done
	diag "$row"
done
is "$bad" 0 "$cells faults: 75, silent, and in no file"

# Nothing was lost by it, and nothing is there twice.
rm -rf "${work:?}/bin"
i=1 bad=0
while [ "$i" -lt "$n" ]; do
	i=$((i + 1))
	through "$healthy" "$SLUIS_CONF" "$src/$i.eml"
	[ "$rc" = 0 ] || bad=$((bad + 1))
done
is "$bad" 0 'afterwards each of these mails goes through'
is "$(sluis reception list --json | jq '[.[] | select(.state == "done")] | length') $(sluis case list --json | jq length)" \
	"$n $n" 'each is there once, in a case of its own'
is "$(grep -rl --exclude-dir=src "$canary" "$work" 2>/dev/null | grep -v '/opened$' | head -n 3)" '' 'its words are in clear in no file'

done_testing
