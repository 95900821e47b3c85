#!/bin/sh
# What we send is read by programs of others: gpg, sq, neomutt, notmuch.
. "${0%/*}/lib.sh"
. "$t/lib/chain.sh"
for reader in sq neomutt notmuch; do skip_unless $reader have $reader; done
chain_init
analyst ann
person heron 'Heron <heron@reporter.example>'
person vaart 'ICT De Vaart <ict@devaart.example>'
sluis participant add devaart --contact ict@devaart.example --key "$work/vaart.asc" >/dev/null

text >"$work/words" <<'END'
In https://portaal.devaart.example/dossier?id=7 whoever changes the number
reads the files of others (IDOR). Een zeeprik.
END
echo iVBORw0KGgoAAAANSUhEUgAAAAgAAAAICAIAAABLbSncAAAAbElEQVR42g3JQQEAMAgDMZSgpEqqhOepQAlKqmjLN1VFFypcTLHFFSmqmm7UuJlmm2vSP0QLCYsRK05EP0wbGZsxa87EP4YeNHiYYYcbMj+WXrR4mWWXW7I/jj50+JhjjztyP0IHBYcJGy4kPLAsVIH5pgt5AAAAAElFTkSuQmCC |
	base64 -d | bytes image/png page.png >"$work/picture"
bytes application/pgp-keys heron.asc <"$work/heron.asc" >"$work/key"
{ head_of heron '...'; mixed "$work/words" "$work/picture" "$work/key" | encrypted heron --sign; } >"$work/m"
take "$work/m" && deliver
tag=$(case_of)
sluis case forward "$tag" devaart --attach "$(of_case "$tag" '.messages[].attachments[] | select(.type == "image/png") | .n')" >/dev/null
deliver

in_sq() { sq "$@" 2>"$work/.sq"; }
# in_neomutt HOME MAILDIR: its index in $work/screen, the mail as it would show
# it in $work/pager.
in_neomutt() {
	printf '%s\n' '#!/bin/sh' "cp \"\$1\" '$work/pager'" >"$work/pager.sh"
	chmod 700 "$work/pager.sh"
	cat >"$work/neomuttrc" <<-END
		set folder = $2
		set mbox_type = Maildir
		set crypt_use_gpgme = yes
		set crypt_protected_headers_read = yes
		set crypt_verify_sig = yes
		set pager = $work/pager.sh
		set prompt_after = no
		set wait_key = no
		set sleep_time = 0
		push "<display-message><redraw-screen><quit>"
	END
	rm -f "$work/pager" "$work/screen"
	GNUPGHOME=$1 HOME=$work TERM=vt100 COLUMNS=120 timeout 30 script -qec \
	    "neomutt -n -F '$work/neomuttrc' -f '$2'" /dev/null </dev/null >"$work/screen" 2>&1
}
in_notmuch() { GNUPGHOME=$1 HOME=$work NOTMUCH_CONFIG="$work/notmuchrc" notmuch "$2" "$3" "$4" "$5"; }

# reads WHO FILE SUBJECT WORDS WHAT
reads() {
	ok "gpg: $1 opens $5" open_as "$1" "$2"
	ok "    signed by the team" signed_by "$team"

	gpg_in "$work/$1" --export-secret-keys "$(fpr "$1")" >"$work/secret"
	armour <"$2" >"$work/message"
	rm -f "$work/by-sq"
	ok "sq: $1 opens $5" in_sq decrypt --recipient-key "$work/secret" --signer-cert "$work/team.asc" \
	    --signatures 1 --output "$work/by-sq" "$work/message"
	like "$(cat "$work/.sq")" '1 good signature' '    signed by the team'
	ok '    and finds the same in it' cmp "$work/opened" "$work/by-sq"

	rm -rf "$work/box" && mkdir -p "$work/box/cur" "$work/box/new" "$work/box/tmp"
	cp "$2" "$work/box/cur/1.mail:2,S"
	in_neomutt "$work/$1" "$work/box"
	like "$(cat "$work/pager")" "^Subject: $3\$" "neomutt: shows the protected Subject of $5"
	like "$(cat "$work/screen")" "$3" '    in its index, too'
	like "$(cat "$work/pager")" "$4" '    and its text'
	like "$(cat "$work/pager")" '^Good signature from: ' '    and that it is signed'

	cat >"$work/notmuchrc" <<-END
		[database]
		path=$work/box
		[index]
		decrypt=true
		[new]
		tags=new
	END
	rm -rf "$work/box/.notmuch"
	in_notmuch "$work/$1" new --quiet --decrypt=true --no-hooks >"$work/.notmuch" 2>&1
	like "$(in_notmuch "$work/$1" search --format=json --output=summary '*' | jq -r '.[].subject')" "^$3\$" \
	    "notmuch: shows the protected Subject of $5"
	in_notmuch "$work/$1" show --format=json --decrypt=true '*' >"$work/show.json"
	is "$(jq -r '[.. | .crypto? // empty | "\(.decrypted.status) \(.signed.status[0].status)"] | unique | join(", ")' \
	    "$work/show.json")" 'full good' '    that it was encrypted, and is signed'
	like "$(cat "$work/show.json")" "$4" '    and its text'
	unlike "$(sed '/^$/q' "$2")" "$3|vulnerab|melding" '    while the Subject outside is neutral'
}

reads ann "$(mail_to ann@team.example)" "$tag: new report, high" 'whoever changes the number' 'a notice'
reads vaart "$(mail_to ict@devaart.example)" "$tag: melding voor uw organisatie" 'whoever changes the number' 'a forward'
reads heron "$(mail_to heron@reporter.example)" "$tag: (received|ontvangen)" "$tag" 'an acknowledgement'

done_testing
