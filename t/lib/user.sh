# user.sh - a whole installation of an ordinary user's, made and driven by root
#
#	. "$t/lib/user.sh"		# and chain.sh and postfix.sh with it
#	user_init			# chain_init; then each program is the user's
#	user_postfix			# a private Postfix in front, in $postfix
#	postfix_start "$postfix"
#
# What root calls as sluis, sluis-work and so on runs as the user. So do what
# Postfix starts. Mail that Postfix is to deliver to anybody ends in the maildir
# $work/sink.
#
# shellcheck shell=sh
# shellcheck disable=SC2034,SC2154 # $work, $t and $dir are lib.sh's and chain.sh's

# shellcheck source=t/lib/postfix.sh
. "$t/lib/postfix.sh"
# shellcheck source=t/lib/chain.sh
. "$t/lib/chain.sh"
user=sluis-test

# as COMMAND...: as the user. A private Postfix takes mail by sendmail(1) from
# none but root and who is of postdrop in the first place.
as() { setpriv --reuid=$user --regid="${group:-$user}" --clear-groups "$@"; }

# As for chain_init, $init_options.
user_init() {
	skip_unless $user id $user
	chmod 711 "$work"
	mkdir "$work/bin" "$work/sluis"
	chown $user: "$work/sluis"
	for _program in sluis sluis-work sluis-send sluis-intake sluis-forward; do
		_group=$user
		[ $_program != sluis-send ] || _group=postdrop
		cat >"$work/bin/$_program" <<-SH
			#!/bin/sh
			exec setpriv --reuid=$user --regid=$_group --clear-groups \\
			    "$SLUIS_PREFIX/bin/$_program" "\$@"
		SH
		chmod 755 "$work/bin/$_program"
	done
	PATH=$work/bin:$PATH
	chain_init
}

# The service and the settings as the shipped master.cf has them.
user_postfix() {
	postfix=$work/postfix
	postfix_make "$postfix"
	sed -e '/^#/d' -e "s/user=sluis-in/user=$user/" \
	    -e "s|/usr/local/bin/sluis-intake|$SLUIS_PREFIX/bin/sluis-intake -c $dir/sluis.yaml|" \
	    "$SLUIS_SOURCE/conf/master.cf" >>"$postfix/etc/master.cf"
	sed -n "s/^#	postconf -e '\(.*\)'\$/\1/p" "$SLUIS_SOURCE/conf/master.cf" |
	    xargs -d "\n" postconf -c "$postfix/etc" -e
	mkdir "$work/sink"
	chown $user: "$work/sink"
	postfix_service "$postfix" 'virtual unix - n n - - virtual'
	postconf -c "$postfix/etc" -e \
	    "default_transport = virtual" \
	    "virtual_mailbox_base = $work" \
	    "virtual_mailbox_maps = static:sink/" \
	    "virtual_minimum_uid = 1" \
	    "virtual_uid_maps = static:$(id -u $user)" \
	    "virtual_gid_maps = static:$(id -g $user)"
}

# The transport that hands outgoing mail to that Postfix.
user_sendmail() {
	cat >"$work/bin/sendmail" <<-SH
		#!/bin/sh
		MAIL_CONFIG="$postfix/etc" exec /usr/sbin/sendmail "\$@"
	SH
	chmod 755 "$work/bin/sendmail"
	sed -i "s|^transport:.*|transport: sendmail:$work/bin/sendmail|" "$SLUIS_CONF"
}

# ask SQL: as the superuser of the installation's database.
ask() { as "$(postgres_bin)/psql" -X -At -h "$(readlink "$dir/run")/pg" -U postgres -c "$1" sluis; }
