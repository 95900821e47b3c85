# gnupg.sh - key rings that are made when a test runs and go with it
#
#	. "$t/lib/gnupg.sh"
#	gnupg_home "$work/ann"
#	fpr=$(gnupg_key "$work/ann" 'Ann <ann@team.example>')
#	gnupg_share "$work/ann" "$fpr" "$work/bob"	# bob gets ann's public key
#
# No secret key lies in the repository. Sockets of agents lie in the home, so
# its path must be short.
#
# shellcheck shell=sh

gnupg_home() {
	mkdir -p "$1" && chmod 700 "$1"
	printf '%s\n' no-auto-check-trustdb 'trust-model always' no-auto-key-locate \
	    no-random-seed-file >"$1/gpg.conf"
	printf '%s\n' 'auto-expand-secmem 0x30000' >"$1/gpg-agent.conf"
	at_exit "gnupg_stop '$1'"
}

# gpg_in HOME ARGUMENT...: gpg as a script wants it.
gpg_in() {
	gnupg=$1
	shift
	GNUPGHOME=$gnupg gpg --batch --no-tty --quiet --pinentry-mode loopback \
	    --passphrase '' "$@"
}

# gnupg_key HOME USERID [ALGORITHM [EXPIRY]]: prints the fingerprint.
gnupg_key() {
	case ${3:-ed25519} in
	ed25519) sub=cv25519 ;;
	*) sub=$3 ;;
	esac
	gpg_in "$1" --quick-generate-key "$2" "${3:-ed25519}" cert,sign "${4:-0}" 2>/dev/null
	key=$(gpg_in "$1" --with-colons --list-secret-keys "=$2" | awk -F: '$1 == "fpr" { f = $10; exit } END { print f }')
	gpg_in "$1" --quick-add-key "$key" "$sub" encr "${4:-0}" 2>/dev/null
	echo "$key"
}

gnupg_share() { gpg_in "$1" --export "$2" | gpg_in "$3" --import 2>/dev/null; }

gnupg_stop() { GNUPGHOME=$1 gpgconf --kill all; }
