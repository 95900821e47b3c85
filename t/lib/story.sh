# story.sh - one whole case, played by mail
#
#	. "$t/lib/chain.sh"
#	. "$t/lib/story.sh"
#	post() { ... }			# takes a mail: post ADDRESS INBOX <MAIL
#	settle() { ... }		# until all that follows from it has left
#	left() { ... }			# the files that left, oldest first
#	heard() { ... }			# what is done with each: heard WHO FILE NUMBER
#	spoke() { ... }			# with what somebody wrote: spoke WHO <TEXT
#	scene() { ... }			# with a title
#	story_people && story
#
# Everybody writes with a gpg of their own, and answers as mail programs do: own
# words above, all of the last mail below. What has left is opened by whom it is
# for into $work/box/WHO/N: N.mail as it came, N.opened, N.text, N.subject.
#
# shellcheck shell=sh
# shellcheck disable=SC2034,SC2154 # $work is lib.sh's; $tag is for who plays it

story_outsiders='heron jansen dewit maker'
story_cast="ann bob $story_outsiders"

story_address() {
	case $1 in
	ann | bob) echo "$1@team.example" ;;
	heron) echo heron@reporter.example ;;
	jansen) echo cert@delinde.example ;;
	dewit) echo ict@delinde.example ;;
	maker) echo psirt@maker.example ;;
	esac
}

# What only that person's own mails may show, as an extended regular expression:
# names, addresses, hosts, programs, keys.
story_secrets() {
	case $1 in
	ann | bob) printf '\\b%s\\b|team\\.example' "$1" ;;
	heron) printf 'heron|reporter\.example|labrador|-0330' ;;
	jansen) printf 'jansen|cert@delinde|outlook|bureau-17' ;;
	dewit) printf 'de wit|ict@delinde|bureau-17' ;;
	maker) printf 'maker|webportal bv' ;;
	esac
	for _key in $(gpg_in "$work/$1" --with-colons --list-secret-keys | awk -F: '/^(sec|ssb)/ { print $5 }'); do
		printf '|%s' "$_key"
	done
}

# Of these what nobody may ever show, whoever has been introduced to whom: with what,
# from where and in which time they write.
story_traces() {
	case $1 in
	heron) echo 'labrador|-0330' ;;
	jansen | dewit) echo 'outlook|bureau-17' ;;
	esac
}

# Do these two know each other? Colleagues do; others once they were introduced.
story_knows() {
	case "$1 $2" in
	"jansen dewit" | "dewit jansen") ;;
	"heron jansen" | "heron dewit" | "jansen heron" | "dewit heron") [ "${story_met:-}" = yes ] ;;
	*) false ;;
	esac
}

story_people() {
	analyst ann
	analyst bob
	person heron 'Grey Heron <heron@reporter.example>'
	person jansen 'P. Jansen <cert@delinde.example>'
	person dewit 'M. de Wit <ict@delinde.example>'
	person maker 'Webportal BV <psirt@maker.example>'
	sluis participant add delinde --title 'Ziekenhuis De Linde' --domain delinde.example --language nl \
	    --contact cert@delinde.example --contact-name 'P. Jansen' --phone '+31 20 555 01 01' \
	    --key "$work/jansen.asc" \
	    --contact ict@delinde.example --contact-name 'M. de Wit' --phone "+31 20 555 01 02" --key "$work/dewit.asc" >/dev/null
	sluis participant add webportal --title 'Webportal BV' --kind supplier --language en \
	    --contact psirt@maker.example --key "$work/maker.asc" >/dev/null
	for _who in $story_cast; do mkdir -p "$work/box/$_who"; done
	: >"$work/box/seen"
}

# --- what everybody has got

story_who() {
	for _who in $story_cast; do
		[ "$(story_address "$_who")" != "$1" ] || echo "$_who"
	done
}

count_of() { find "$work/box/$1" -name '*.mail' | wc -l; }

# Opens what has left since, each for whom it is.
collect() {
	for _mail in $(left); do
		grep -qxF "$_mail" "$work/box/seen" && continue
		echo "$_mail" >>"$work/box/seen"
		_to=$(read_mail head Delivered-To <"$_mail" | head -n 1)
		_to=$(story_who "$_to")
		_number=$(($(count_of "$_to") + 1))
		_box=$work/box/$_to/$_number
		cp "$_mail" "$_box.mail"
		if armour <"$_mail" | grep -q .; then open_as "$_to" "$_mail"; else cp "$_mail" "$work/opened"; fi
		cp "$work/opened" "$_box.opened"
		read_mail text <"$_box.opened" >"$_box.text"
		read_mail head Subject <"$_box.opened" >"$_box.subject"
		heard "$_to" "$_box.mail" "$_number"
	done
}

# The box of WHO's last mail, or of the last one with PATTERN in its text.
last_of() {
	_n=$(count_of "$1")
	while [ "$_n" -gt 0 ] && ! grep -Eq -e "${2:-.}" "$work/box/$1/$_n.text"; do _n=$((_n - 1)); done
	echo "$work/box/$1/$_n"
}
says() { cat "$(last_of "$@").text"; }

# --- what everybody writes

# What the program of each of them tells about itself.
story_fields() {
	case $1 in
	heron) printf '%s\n' 'User-Agent: Mutt/2.2.9 (labrador)' 'Received: from labrador.reporter.example ([192.0.2.77])' ;;
	jansen | dewit) printf '%s\n' 'X-Mailer: Microsoft Outlook 16.0 (bureau-17)' 'Received: from bureau-17.delinde.example ([198.51.100.4])' ;;
	maker) printf '%s\n' 'X-Mailer: maker-desk 3' ;;
	esac
}
story_zone() { case $1 in heron) echo XXX3:30 ;; *) echo Europe/Amsterdam ;; esac; }

# story_mail WHO SUBJECT [FIELD...]: the entity on standard input goes to the
# team, encrypted and signed.
story_mail() {
	_who=$1
	shift
	{
		story_fields "$_who"
		TZ=$(story_zone "$_who") head_of "$_who" "$@" | sed "s/@writer\.example/@${story_host:-mail.example}/"
		encrypted "$_who" --sign
	} >"$work/.sent"
	post "$(story_address "$_who")" rd@sluis.example <"$work/.sent"
	settle
	collect
}

# answers WHO [PATTERN]: the own words on standard input above a quote of WHO's last
# mail, or of the last one with that in it.
answers() {
	_who=$1 _answered=$(last_of "$@")
	cat >"$work/.own"
	spoke "$_who" <"$work/.own"
	{
		cat "$work/.own"
		printf '\nOn 24 Nov 2026 at 02:11, CSIRT <rd@sluis.example> wrote:\n'
		sed 's/^/> /' "$_answered.text"
	} | text >"$work/.entity"
	story_mail "$_who" 'Re: [...]' "In-Reply-To: $(read_mail head Message-ID <"$_answered.mail")" <"$work/.entity"
}

# A picture whose comment says who made it, as cameras and drawing programs do.
story_picture() {
	perl -MCompress::Zlib -e '
		sub chunk { my ($kind, $data) = @_; pack("N", length $data) . $kind . $data . pack("N", crc32("$kind$data")) }
		print "\x89PNG\r\n\x1a\n", chunk("IHDR", pack("NNCCCCC", 8, 8, 8, 2, 0, 0, 0)),
		    chunk("tEXt", "Author\0Grey Heron on labrador"),
		    chunk("IDAT", compress(join "", map { "\0" . pack("C*", map { $_ * 10 } 1 .. 24) } 1 .. 8)),
		    chunk("IEND", "");'
}

reports() {
	cat >"$work/.own"
	spoke heron <"$work/.own"
	text <"$work/.own" >"$work/.text"
	story_picture | bytes image/png heron-screen.png >"$work/.picture"
	printf 'import requests  # heron\n' | bytes text/x-python labrador.py >"$work/.script"
	bytes application/pgp-keys heron.asc <"$work/heron.asc" >"$work/.key"
	{
		printf 'Subject: Files of others in a patient portal\n'
		mixed "$work/.text" "$work/.picture" "$work/.script" "$work/.key" |
		    sed '1s/$/; protected-headers="v1"/'
	} >"$work/.entity"
	story_mail heron '...' <"$work/.entity"
}

# --- the case

story() {
	story_report
	story_forward
	story_questions
	story_supplier
	story_end
}

story_report() {
	scene 'A report, encrypted, with the own key'
	reports <<-'END'
	Hello,

	whoever is logged in to the patient portal of De Linde can read the
	files of others: open https://portaal.delinde.example/dossier?id=1041
	and change the number (IDOR).
	CVSS:3.1/AV:N/AC:L/PR:L/UI:N/S:U/C:H/I:N/A:N
	I looked at two files only and kept nothing. Do not tell them who I am.
	END
	tag=$(case_of)

	scene 'A colleague wants to hear of it; triage'
	answers bob <<-'END'
	/watch
	END
	answers ann <<-'END'
	/assign me
	/title Files of others in the portal of De Linde
	/status triage
	/severity 8.2
	/triage confirmed=yes found=by-accident conduct=good impact="all patient files"

	/note
	Tried with two test accounts of ours. It is as she says.
	END
}

story_forward() {
	scene 'The first mail to a participant waits for a second word'
	answers ann <<-'END'
	/severity 8.6
	/forward delinde #1
	Wie is ingelogd op uw patiëntenportaal kan de dossiers van anderen
	lezen, door in het adres het nummer van het dossier te veranderen.
	Controleer bij elk verzoek of het dossier van de ingelogde patiënt is,
	en kijk in de logs of er meer is opgevraagd.

	/deadline +40
	END
	answers ann <<-'END'
	/confirm
	/status forwarded
	END

	scene 'The deputy answers with a number'
	answers dewit <<-'END'
	1
	END
}

story_questions() {
	scene 'A question of theirs is passed on, and one of hers'
	answers jansen <<-'END'
	Dank voor het bericht. Zijn er bestanden gedownload, en gaat het ook om
	de testomgeving?

	P. Jansen
	END
	answers ann 'Zijn er bestanden' <<-'END'
	/reply reporter
	The organisation thanks you. They ask whether you downloaded files, and
	whether you saw the same in a test environment.

	/verify callback delinde
	/ref delinde INC-4711
	/status waiting
	END
	answers heron 'whether you downloaded' <<-'END'
	No files, I only looked at the two pages. I know of no test environment.
	Do the logs show anybody else who did this?

	Grey Heron
	END

	scene 'What names somebody is held, and rewritten'
	answers ann 'I know of no test environment' <<-'END'
	/pass delinde
	END
	answers ann <<-'END'
	/reply delinde
	De melder bekeek twee pagina's en heeft niets gedownload. Een
	testomgeving is de melder niet bekend. Laten de logs zien dat anderen
	hetzelfde deden?
	END
	answers jansen 'Laten de logs zien' <<-'END'
	Nee, in de logs staan alleen die twee verzoeken. De leverancier is
	gebeld; wij zoeken nog naar de oorzaak.
	END
}

story_supplier() {
	scene 'The supplier becomes a party of its own'
	answers ann 'de oorzaak' <<-'END'
	/pass reporter
	They say: only your two requests are in the logs. They look for the
	cause with who made the portal.

	/open supplier webportal
	/status fixing
	END
	answers ann <<-'END'
	/reply webportal
	Your product does not check whose record is asked for: a logged-in user
	who changes the number in /dossier?id= sees the records of others.
	Please tell us which versions are concerned, and when there is a fix.
	END
	answers ann <<-'END'
	/confirm
	END
	answers maker 'which versions are concerned' <<-'END'
	All versions before 4.2 are concerned. Version 4.2 is out today and
	checks the owner of every record.
	END
	answers ann 'checks the owner' <<-'END'
	/pass delinde
	Zet versie 4.2 er zo snel mogelijk op.

	/advise delinde
	Laat uw functionaris voor gegevensbescherming nagaan of dit gemeld moet
	worden; de termijn daarvoor is kort.
	END
}

story_end() {
	scene 'Repaired, and looked at again'
	answers jansen 'versie 4.2' <<-'END'
	Versie 4.2 staat er sinds vanochtend op. Wilt u laten nakijken of het
	nu goed is?
	END
	answers ann 'laten nakijken' <<-'END'
	/status resolved
	/reply reporter
	It should be repaired since this morning. Would you look again, at the
	same two numbers only?
	END
	answers heron 'Would you look again' <<-'END'
	I did: both are refused now. Well done, and so quickly.
	END
	answers ann 'both are refused now' <<-'END'
	/remind +3 Publish the advisory
	/reply delinde
	De melder heeft het nagekeken: het is hersteld. Over drie werkdagen
	publiceren wij een advies over dit product, zonder uw naam.

	/invite delinde
	END

	scene 'Both are asked whether they want to meet, and are introduced'
	answers jansen 'Wilt u dat' <<-'END'
	Ja, graag.
	END
	answers heron 'Do you want that' <<-'END'
	yes
	END
	answers ann 'contact: yes' <<-'END'
	/consent reporter contact=yes with=delinde
	/invite delinde
	END
	story_met=yes
	answers ann <<-'END'
	/confirm
	END

	scene 'Published, thanked, closed'
	answers ann <<-'END'
	/status disclosed
	/reply reporter
	The advisory is out. Thank you: you helped many patients, and did it
	well. If you wish to be thanked by name, tell us as what.
	END
	answers heron 'The advisory is out' <<-'END'
	Thank you! No name, please.
	END
	answers bob 'No name, please' <<-'END'
	/show
	END
	answers ann 'No name, please' <<-'END'
	/close
	END
}
