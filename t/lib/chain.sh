# chain.sh - the whole chain as its users meet it, each with a gpg of their own
#
#	. "$t/lib/chain.sh"
#	chain_init					# in $dir, as $init_options say
#	person heron 'Heron <heron@reporter.example>'
#	{ head_of heron 'A hole'; text <report; } >"$work/report.eml"
#	take "$work/report.eml" && deliver
#	mail=$(mail_to heron@reporter.example)
#	open_as ann "$mail" && read_mail text <"$work/opened"
#
# Mails are written by gpg and sh, and opened by gpg: none of our code helps.
#
# shellcheck shell=sh
# shellcheck disable=SC2154,SC2034 # $work and $t are lib.sh's; some are for the tests

# shellcheck source=t/lib/gnupg.sh
. "$t/lib/gnupg.sh"
# shellcheck source=t/lib/postgres.sh
. "$t/lib/postgres.sh"

chain_init() {
	skip_unless postgres ls -d /usr/lib/postgresql
	skip_unless jq have jq
	dir=$work/sluis
	at_exit "rm -rf \"\$(readlink '$dir/run')\""
	at_exit "sluis embedded '$dir' stop"
	# shellcheck disable=SC2086 # options are words
	if ! sluis init --embedded "$dir" --no-lessons ${init_options:-} >"$work/.init" 2>&1; then
		result 1 'there is an installation' "$(cat "$work/.init")"
		done_testing
	fi
	export SLUIS_CONF="$dir/sluis.yaml"
	sluis key export >"$work/team.asc"
	team=$(sluis key list --json | jq -r '.[0].fingerprint')
}

# ask SQL: the database, as who may do all there.
ask() { postgres_ask "$(readlink "$dir/run")/pg" "$1"; }

# Writes a setting of DIR/sluis.yaml: setting outgoing.acks_per_sender 2
setting() {
	perl -0pi -e '
		BEGIN { ($top, $key, $value) = (split(/\./, shift), shift) }
		s/^$top:\n\K((?:[ \t#].*\n)*)/my $block = $1; $block =~ s{^  \Q$key\E:.*\n}{}m; "  $key: $value\n$block"/me or
		    $_ .= "$top:\n  $key: $value\n";
	' "$1" "$2" "$SLUIS_CONF"
}

# People. person NAME 'USER ID' [ALGORITHM [EXPIRY]]: a home $work/NAME with a
# fresh key and the team's public one, $work/NAME.asc, and $work/NAME.fpr.
person() {
	gnupg_home "$work/$1"
	_name=$1
	shift
	gnupg_key "$work/$_name" "$@" >"$work/$_name.fpr"
	gpg_in "$work/$_name" --armor --export "$(fpr "$_name")" >"$work/$_name.asc"
	gpg_in "$work/$_name" --import "$work/team.asc" 2>/dev/null
}
fpr() { cat "$work/$1.fpr"; }

analyst() {
	person "$1" "$1 <$1@team.example>"
	sluis analyst add "$1" --address "$1@team.example" --key "$work/$1.asc" >/dev/null
}

# A participant with one contact, vaart, and what options say besides.
# shellcheck disable=SC2120 # most have none
de_vaart() {
	person vaart 'ICT De Vaart <ict@devaart.example>'
	sluis participant add devaart --title 'Ziekenhuis De Vaart' --domain devaart.example --language nl \
	    --contact ict@devaart.example --contact-name 'P. Jansen' --key "$work/vaart.asc" "$@" >/dev/null
}

# Mails. head_of FROM SUBJECT [FIELD...] is the header up to what its content
# says of itself; Message-ID is new each time, and in $id. The content comes
# from one of the functions below, each from standard input.
head_of() {
	_from=$1
	[ ! -d "$work/$1" ] || _from=$(gpg_in "$work/$1" --with-colons --list-secret-keys |
	    awk -F: '$1 == "uid" { print $10; exit }')
	_subject=$2
	shift 2
	_n=$((${_n:-0} + 1))
	id=$_n.$$.$(date +%s%N)@writer.example
	printf '%s\n' "From: $_from" 'To: rd@sluis.example' "Subject: $_subject" \
	    "Date: $(date -R)" "Message-ID: <$id>" 'MIME-Version: 1.0' "$@"
}

# An entity: text; or bytes as an attachment: bytes TYPE NAME.
text() {
	printf '%s\n' 'Content-Type: text/plain; charset=utf-8' 'Content-Transfer-Encoding: 8bit' ''
	cat
}
bytes() {
	printf '%s\n' "Content-Type: $1; name=\"$2\"" "Content-Disposition: attachment; filename=\"$2\"" \
	    'Content-Transfer-Encoding: base64' ''
	base64
}

# mixed FILE...: entities in files, as one.
mixed() {
	printf '%s\n' 'Content-Type: multipart/mixed; boundary="mixed"' ''
	for _file; do printf -- '--mixed\n'; cat "$_file"; echo; done
	printf -- '--mixed--\n'
}

crlf() { sed 's/\r$//; s/$/\r/'; }

# encrypted WHO [GPG OPTION...]: the entity on standard input, PGP/MIME, to the
# team unless an option names somebody else; --sign signs as WHO.
encrypted() {
	_who=$1
	shift
	case " $* " in
	*" --recipient "* | *" --symmetric "*) ;;
	*) set -- "$@" --recipient "$team" ;;
	esac
	case " $* " in *" --symmetric "*) ;; *) set -- "$@" --encrypt ;; esac
	crlf | gpg_in "$work/$_who" --armor "$@" | wrapped
}

# An armoured message in PGP/MIME's cloth.
wrapped() {
	printf '%s\n' 'Content-Type: multipart/encrypted; protocol="application/pgp-encrypted"; boundary="outside"' \
	    '' '--outside' 'Content-Type: application/pgp-encrypted' '' 'Version: 1' '' \
	    '--outside' 'Content-Type: application/octet-stream; name="encrypted.asc"' ''
	cat
	printf '\n--outside--\n'
}

# signed WHO [GPG OPTION...]: the entity on standard input, multipart/signed.
signed() {
	_who=$1
	shift
	cat >"$work/.entity"
	# The line end before the boundary is not the entity's.
	perl -0pe 's/\n\z//; s/\r?\n/\r\n/g' "$work/.entity" |
		gpg_in "$work/$_who" --armor --detach-sign --digest-algo SHA256 "$@" >"$work/.signature"
	with_signature "$work/.entity" "$work/.signature"
}
with_signature() {
	printf '%s\n' 'Content-Type: multipart/signed; micalg=pgp-sha256; protocol="application/pgp-signature"; boundary="signed"' \
	    '' '--signed'
	cat "$1"
	printf '%s\n' '--signed' 'Content-Type: application/pgp-signature; name="signature.asc"' ''
	cat "$2"
	printf '\n--signed--\n'
}

# What happens to them. take FILE [INBOX [SENDER]]; then deliver.
take() {
	sluis-intake --recipient "${2:-rd@sluis.example}" --sender "${3-writer@writer.example}" <"$1" ||
		{ diag "intake ended with $?"; return 1; }
}
deliver() {
	{ sluis-work --once && sluis-send --once; } || { diag "work or send ended with $?"; return 1; }
	_left=$(sluis reception list --json | jq -r '.[] | select(.state == "received" or .state == "trying") | "\(.id) \(.state) \(.reason)"')
	[ -z "$_left" ] || diag "reception put off: $_left"
}

reception() { sluis reception list --json | jq -r ".[0].$1"; }		# FIELD: of the newest
case_of() { reception case; }
of_case() { sluis case show "$1" --json | jq -r "$2"; }			# TAG JQ
outbox() { sluis outbox list --json | jq -r "$1"; }			# JQ

# What left: the files to ADDRESS, oldest first; the last one; how many.
mails_to() {
	find "$dir/outgoing/new" -name '*.sluis' -exec grep -lixF -e "Delivered-To: $1" {} + |
		awk -F/ '{ print $NF + 0, $0 }' | sort -n | cut -d ' ' -f 2-
}
mail_to() { mails_to "$1" | tail -n 1; }
count_to() { mails_to "$1" | wc -l; }

# The newest mail to each ADDRESS is another one now, or none: forget_mails.
forget_mails() { find "$dir/outgoing/new" -type f -delete; }

# open_as WHO FILE [GPG OPTION...]: the entity in $work/opened, what gpg said in
# $work/status; fails if gpg does.
open_as() {
	_who=$1 _file=$2
	shift 2
	rm -f "$work/opened" "$work/status"
	armour <"$_file" | gpg_in "$work/$_who" --status-file "$work/status" "$@" --decrypt \
	    >"$work/opened" 2>"$work/.gpg"
}
armour() { sed -n '/^-----BEGIN PGP MESSAGE-----/,/^-----END PGP MESSAGE-----/p'; }
signed_by() { grep -q "^\[GNUPG:\] VALIDSIG .*$1\$" "$work/status"; }

# The key ids a message is encrypted to, one a line.
encrypted_to() { armour <"$1" | gpg_in "$work" --list-packets --list-only 2>/dev/null |
	sed -n 's/^:pubkey enc packet: .*keyid \([0-9A-F]*\).*/\1/p'; }

read_mail() { perl "$t/lib/read-mail" "$@"; }

# Binary OpenPGP on standard input as an armoured message. A checksum is not
# asked for, so that what was changed by hand needs none.
armoured() { printf '%s\n\n' '-----BEGIN PGP MESSAGE-----'; base64; echo '-----END PGP MESSAGE-----'; }

# Flips a bit at that fraction of the bytes on standard input: flipped 0.9
flipped() { perl -0777 -pe 'BEGIN { $at = shift } substr($_, int($at * length), 1) ^= "\x04"' "$1"; }

# Who sees it: all that people are shown of everything, and all that left.
shown() {
	for _noun in case reception outbox participant analyst; do sluis $_noun list --json; done
	for _tag in $(sluis case list --json | jq -r '.[].tag'); do sluis case show "$_tag"; done
}

# The newest notice of a case to ADDRESS: notice_of TAG ADDRESS.
notice_of() {
	echo "$dir/outgoing/new/$(outbox "[.[] | select(.kind == \"notice\" and .case == \"$1\" and .to == \"$2\") | .id] | max").sluis"
}

# faked WHEN COMMAND...: at another time, "+16d" from now. Not by faketime(1), which
# leaves a semaphore named after its process: one day another has that number.
faked() {
	: "${libfaketime:=$(find /usr/lib/*/faketime -name libfaketime.so.1 | head -n 1)}"
	_when=$1
	shift
	env LD_PRELOAD="$libfaketime" FAKETIME="$_when" FAKETIME_DISABLE_SHM=1 "$@"
}
