# answer.sh - analysts who work by mail
#
#	. "$t/lib/answer.sh"			# and chain.sh with it
#	answer_init				# chain_init; ann, whose letters leave at once
#	echo /watch | answers ann		# to the last notice or receipt she got
#	like "$(receipt ann)" 'you hear of it'
#
# An answer is written by gpg and sh, as a mail program writes it.
#
# shellcheck shell=sh
# shellcheck disable=SC2154 # $work and $dir are lib.sh's and chain.sh's

# shellcheck source=t/lib/chain.sh
. "$t/lib/chain.sh"

answer_init() {
	init_options=--no-samples chain_init
	setting outgoing.delay 0s
	analyst ann
}

# The last mail to WHO, opened: its text in $work/WHO.text.
read_last() {
	open_as "$1" "$(mail_to "$1@team.example")" || return 1
	read_mail text <"$work/opened" >"$work/$1.text"
	last_id=$(read_mail head Message-ID <"$work/opened")
}

# An answer of WHO to the last mail to WHO; own lines on standard input, above a
# quote of all of it. $answer_options are gpg's, $quote is put before each line.
answers() {
	_who=$1
	cat >"$work/.own"
	read_last "$_who" || return 1
	{
		cat "$work/.own"
		echo
		echo 'On 24 Nov 2026 at 02:11, CSIRT <rd@sluis.example> wrote:'
		sed "s/^/${quote-> }/" "$work/$_who.text"
	} | as_answer "$_who"
}

# The text on standard input as a signed and encrypted mail of WHO; taken, worked on
# and what it caused sent.
as_answer() {
	text | {
		head_of "${answer_from:-$1}" 'Re: [...]' "In-Reply-To: $last_id"
		# shellcheck disable=SC2086 # options are words
		encrypted "$1" ${answer_options---sign}
	} >"$work/answer.eml"
	take "$work/answer.eml" "${answer_inbox:-rd@sluis.example}" "$1@team.example" && deliver
}

# The same as Thunderbird 153 writes it: own lines below the quote; or "html" above
# it, in bold, as plain text with its signs and as HTML. What it quotes gets a blank
# more where one begins the line, or "From", and loses those before a link; fields
# of the header stand inside as well.
thunderbird() {
	_who=$1 _how=${2:-plain}
	cat >"$work/.own"
	read_last "$_who" || return 1
	"thunderbird_$_how" >"$work/.body"
	{
		printf '%s\n' 'Content-Type: multipart/mixed; boundary="------------IFq0"; protected-headers="v1"; hp="cipher"' \
		    'Content-Language: en-US' "From: $_who <$_who@team.example>" 'To: CSIRT <rd@sluis.example>' \
		    "In-Reply-To: $last_id" 'Subject: Re: new report' '' '--------------IFq0'
		cat "$work/.body"
		printf '\n--------------IFq0--\n'
	} | { head_of "$_who" ... "In-Reply-To: $last_id" 'User-Agent: Mozilla Thunderbird'; encrypted "$_who" --sign; } |
		sed '0,/^$/s//\nThis is an OpenPGP\/MIME encrypted message (RFC 4880 and 3156)/' >"$work/answer.eml"
	take "$work/answer.eml" rd@sluis.example "$_who@team.example" && deliver
}
thunderbird_quote() {
	echo 'On 11/24/26 02:11, CSIRT wrote:'
	sed -E "s/^(From | )/ \\1/; s/^/> /; $1" "$work/$_who.text"
}
thunderbird_plain() {
	printf '%s\n' 'Content-Type: text/plain; charset=UTF-8; format=flowed' 'Content-Transfer-Encoding: 7bit' ''
	thunderbird_quote ''
	fold -s -w 72 "$work/.own"
	echo
}
thunderbird_html() {
	printf '%s\n' 'Content-Type: multipart/alternative; boundary="------------L0be"' '' '--------------L0be' \
	    'Content-Type: text/plain; charset=UTF-8; format=flowed' 'Content-Transfer-Encoding: 7bit' ''
	sed 's/..*/*&*\n/' "$work/.own"
	echo
	thunderbird_quote 's/ (https?:|<[a-z])/\1/; s/ +$//'
	printf '%s\n' '' '--------------L0be' 'Content-Type: text/html; charset=UTF-8' '' '<html><body>'
	sed 's/..*/<p><b>&<\/b><\/p>/' "$work/.own"
	echo '<blockquote type="cite"><pre class="moz-quote-pre">'
	sed 's/&/\&amp;/g; s/</\&lt;/g' "$work/$_who.text"
	printf '%s\n' '</pre></blockquote></body></html>' '--------------L0be--'
}

# What WHO reads in the last mail.
receipt() { read_last "$1" && cat "$work/$1.text"; }
