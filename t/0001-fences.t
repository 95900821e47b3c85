#!/bin/sh
# A foreign library is included by the files that fence it, and by no others.
. "${0%/*}/lib.sh"
cd "$SLUIS_SOURCE" || exit 1
skip_unless dpkg have dpkg

# Which files may include what is named so.
fence() {
	case $1 in
	glib.h | glib/*) echo 'lib/ filters/' ;;
	jansson.h) echo 'lib/base/json' ;;
	yaml.h) echo 'lib/config/tree' ;;
	gmime/*) echo 'lib/mail/mime' ;;
	pcre2.h) echo 'lib/mail/pattern' ;;
	libxml/*) echo 'lib/mail/html lib/mail/xml' ;;
	archive.h | archive_entry.h) echo 'lib/mail/unpack' ;;
	libexttextcat/*) echo 'lib/mail/language' ;;
	libpsl.h | idn2.h) echo 'lib/mail/domain' ;;
	gdk-pixbuf/*) echo 'lib/draw/image' ;;
	poppler.h | cairo-pdf.h) echo 'lib/draw/document' ;;
	gpgme.h) echo 'lib/crypto/pgp' ;;
	sodium.h) echo 'lib/crypto/seal' ;;
	libpq-fe.h) echo 'lib/store/db' ;;
	csv.h) echo 'lib/mail/cells' ;;
	esac
}

dpkg -L libc6-dev linux-libc-dev | sed -nE 's|^/usr/include/([^/]*-linux-gnu/)?||p' |
	sort -u >"$work/system"

grep -Hno '^#include <[^>]*>' lib/*/*.[ch] filters/*.c | sed 's/:#include </ /; s/>$//' >"$work/all"
ok 'there is something to look at' test -s "$work/all"
while read -r where header; do
	allowed=no
	for prefix in $(fence "$header"); do
		case $where in "$prefix"*) allowed=yes ;; esac
	done
	[ "$allowed" = yes ] || grep -Fqx "$header" "$work/system" ||
		case $header in std*.h | limits.h) ;; *) echo "$where: <$header>" ;; esac
done <"$work/all" >"$work/outside"
is "$(cat "$work/outside")" '' 'no foreign header outside its fence'

is "$(grep -n 'select \|insert into \|delete from ' lib/*/*.c filters/*.c | grep '"' |
	grep -v '^lib/store/' | grep -E 'sluis\.|from [a-z_]+ where')" '' \
	'SQL only in lib/store'

done_testing
