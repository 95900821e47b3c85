#!/bin/sh
# The published collections of attacks on OpenPGP mail and of mail that programs
# and gateways damage, each judged by the index beside it: a failure names file
# and rule. It needs $SLUIS_CORPUS, a folder with folders that have an INDEX.csv
# (file,role,expect,...) and the public keys of their set in keys/.
. "${0%/*}/lib.sh"
# shellcheck source=t/lib/chain.sh
. "$t/lib/chain.sh"
skip_unless corpus test -d "${SLUIS_CORPUS:-}"
chain_init

# Every key that is one is pinned, to the address it names, and of keys that
# name none to one of ours. Secret keys go into the team's ring.
gnupg_home "$work/look"
bits_of() { awk -F: -v key="$1" '$1 == "fpr" && $10 == key { print bits; exit } $1 == "pub" { bits = $3 * ($4 < 18) }' "$work/look.list"; }
pin() {	# FILE
	gpg_in "$work/look" --with-colons --show-keys "$1" >"$work/shown" 2>/dev/null
	# A revocation alone is not what a mail of the set was signed before.
	grep -Eq '^(pub|sec)' "$work/shown" || return 0
	gpg_in "$work/look" --import "$1" 2>/dev/null
	! grep -q '^sec' "$work/shown" || take_secret "$1"
}
# Those that are given have their maker's passphrase.
take_secret() {
	gpg_in "$dir/gnupg" --import "$1" 2>/dev/null
	grep -q allow-preset "$dir/gnupg/gpg-agent.conf" || {
		echo allow-preset-passphrase >>"$dir/gnupg/gpg-agent.conf"
		GNUPGHOME=$dir/gnupg gpgconf --reload gpg-agent
	}
	awk -F: '$1 == "grp" { print $10 }' "$work/shown" | while read -r _grip; do
		echo "PRESET_PASSPHRASE $_grip -1 $(printf password | od -An -tx1 | tr -d ' \n')" |
			GNUPGHOME=$dir/gnupg gpg-connect-agent >/dev/null
	done
}
pin_all() {
	gpg_in "$work/look" --with-colons --list-keys >"$work/look.list"
	_n=0
	awk -F: '$1 == "pub" { first = 1 } $1 == "fpr" && first { key = $10; first = 0; print key, "" }
	    $1 == "uid" && match($10, /[^ <]+@[^ >]+/) { print key, substr($10, RSTART, RLENGTH) }' "$work/look.list" |
		awk '{ address[$1] = $2 != "" && address[$1] == "" ? $2 : address[$1] }
		    END { for (key in address) print key, address[key] != "" ? address[key] : tolower(substr(key, 25)) "@keys.example" }' >"$work/pins"
	while read -r _fpr _address; do
		_n=$((_n + 1))
		gpg_in "$work/look" --export "$_fpr" >"$work/key"
		sluis participant add "p$_n" --contact "$_address" --key "$work/key" >/dev/null 2>"$work/.said" ||
			diag "not pinned: $_fpr $_address: $(head -n 1 "$work/.said")"
	done <"$work/pins"
	is "$((_n > 20))" 1 "there are $_n keys to pin"
}

# A file of packets becomes the mail it would have been: what is signed is a block
# in a text, all else is called encrypted.
packets_mail() {	# FILE EXPECTATIONS
	printf '%s\n' "From: <$(awk '/@keys.example/ { print $2; exit }' "$work/pins")>" 'To: rd@sluis.example' \
	    'Subject: packets' 'MIME-Version: 1.0'
	if grep -aq '^-----BEGIN PGP' "$1"; then cat "$1"; else armoured <"$1"; fi >"$work/block"
	case $2 in SIG-*) text ;; *) wrapped ;; esac <"$work/block"
}

# Which rules of the index a verdict breaks, a line for each mail of the list. A good
# signature of a key that is too short is weak (T-24); T-25 goes before DEC-OK where
# it is not the root of the mail, and that is said; what is not opened comes out as
# it went in.
cat >"$work/judge" <<'END'
sub slurp { open my $f, '<:raw', $_[0] or return ''; local $/; my $all = <$f>; defined $all ? $all : '' }
sub broken {
	my ($rule, $all, $is, $said, $closed) = @_;
	my $both = "$rule/$is/$said";
	return '' if $both =~ m{^SIG-GOOD/.*/(good|weak)$} or $rule eq 'SIG-GOOD' && $all =~ /SMIME/;
	return "$rule: called $said " if $rule eq 'SIG-GOOD' or $both =~ m{^(SIG-FORGED|SIG-UNKNOWN|MULTIFROM|SMIME)/.*/good$};
	return '' if $both =~ m{^DEC-OK/(nokey|ok)/} or $closed && $both =~ m{^DEC-OK/none/} or $both =~ m{^ENC-SPOOF/none/};
	return "$rule: called $is " if $rule eq 'DEC-OK' or $rule eq 'ENC-SPOOF' or
	    $both =~ m{^(DEC-NONE|MDC-FAIL|DEC-ORACLE|SMIME|BOMB)/ok/};
	'';
}
my $out = shift;
while (<>) {
	chomp;
	my ($n, $path, $name, $expect) = split /\|/;
	my ($in, $came) = (slurp($path), slurp("$out/$n.out"));
	my ($head) = $came =~ /\A(.*?)^\r*$/ms;
	my %mark = map { /^X-Sluis-(\w+): ([^;\r\n]*)/ ? ($1, $2) : () } split /\n/, $head // $came;
	my $closed = ($head // '') =~ /^X-Sluis-Layer: .*left closed\r?$/m;
	my ($is, $said) = map { $mark{$_} // '' } 'Encryption', 'Signature';
	my $status = slurp("$out/$n.status") + 0;
	my $wrong = ($status == 0 ? '' : "ended with $status ") .
	    join('', map { broken($_, $expect, $is, $said, $closed) } split ' ', $expect);
	(my $rest = $came) =~ s/^X-Sluis-.*\n?//mg;
	$wrong .= 'other bytes came out' if $is ne 'ok' && $rest ne $in;
	print join('|', $n, $name, $expect, $is, $said, $mark{Because} // '', $wrong), "\n";
}
END

for folder in "$SLUIS_CORPUS"/0[1-9]*; do
	for key in "$folder"/keys/*; do pin "$key"; done
done
pin_all

mkdir "$work/mails"
n=0
for folder in "$SLUIS_CORPUS"/0[1-9]*; do
	tail -n +2 "$folder/INDEX.csv" | tr -d '\r' >"$work/index"
	while IFS=, read -r file role expect _; do
		n=$((n + 1)) path=$folder/$file
		case $role in
		key) continue ;;
		packet)
			packets_mail "$path" "$expect" >"$work/mails/$n.eml"
			path=$work/mails/$n.eml ;;
		esac
		echo "$n|$path|${folder##*/}/$file|$expect" >>"$work/list"
	done <"$work/index"
done
cat >"$work/open" <<'END'
sluis-decrypt <"$2" >"$3/$1.out" 2>/dev/null
echo $? >"$3/$1.status"
END
cut -d '|' -f 1,2 "$work/list" | tr '|' '\n' | sed "n;a $work/mails" | xargs -d '\n' -P 4 -n 3 sh "$work/open"
perl "$work/judge" "$work/mails" "$work/list" >"$work/table"

good=0 opened=0 seen=0 folder=''
while IFS='|' read -r n name expect encryption signature because wrong; do
	[ "$folder" = "${name%%/*}" ] || [ -z "$folder" ] || { ok "$folder: $seen mails" test "$seen" -gt 0; seen=0; }
	folder=${name%%/*} seen=$((seen + 1))
	[ "$signature" != good ] || good=$((good + 1))
	[ "$encryption" != ok ] || opened=$((opened + 1))
	is "$wrong" '' "$name: $expect"
	[ -z "${SLUIS_SHOW:-}" ] || echo "#= $name [$expect] $encryption, $signature; $because"
done <"$work/table"
ok "$folder: $seen mails" test "$seen" -gt 0
is "$(wc -l <"$work/list")" "$(wc -l <"$work/table")" 'each of them was judged'
ok "$good signatures are good, $opened mails were opened" test "$good" -gt 5 -a "$opened" -gt 3

done_testing
