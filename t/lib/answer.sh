# answer.sh - analysts who work by mail
#
#	. "$t/lib/chain.sh"
#	. "$t/lib/answer.sh"
#	echo /watch | answers ann		# to the last notice or receipt she got
#	like "$(receipt ann)" 'you hear of it'
#
# An answer is written by gpg and sh, as a mail program writes it.
#
# shellcheck shell=sh
# shellcheck disable=SC2154 # $work and $dir are lib.sh's and chain.sh's

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

# What WHO reads in the last mail.
receipt() { read_last "$1" && cat "$work/$1.text"; }
