# postfix.sh - a private Postfix that listens nowhere; needs root
#
#	. "$t/lib/postfix.sh"
#	postfix_make "$work/postfix"
#	postfix_set "$work/postfix" 'transport_maps = inline:{ ... }'
#	postfix_service "$work/postfix" 'sluis unix - n n - 20 pipe' '  flags=... argv=...'
#	postfix_start "$work/postfix"
#	postfix_send "$work/postfix" -f sender@x.example rd@sluis.example <mail
#	ok 'the queue is empty' wait_for 30 postfix_idle "$work/postfix"
#
# Its log is DIR/log/mail.log. Every folder above must be open to "postfix".
#
# shellcheck shell=sh
# shellcheck disable=SC2154 # $work is lib.sh's

postfix_make() {
	mkdir -p "$1/etc" "$1/queue" "$1/data" "$1/log"
	chown postfix "$1/data"
	chmod 711 "$work"
	chmod 755 "$1" "$1/etc" "$1/queue" "$1/log"
	cat >"$1/etc/main.cf" <<-CONF
		compatibility_level = 3.6
		queue_directory = $1/queue
		data_directory = $1/data
		command_directory = /usr/sbin
		daemon_directory = /usr/lib/postfix/sbin
		mail_owner = postfix
		setgid_group = postdrop
		maillog_file = $1/log/mail.log
		maillog_file_prefixes = $1
		myhostname = mx.sluis.example
		mydomain = sluis.example
		mydestination =
		local_recipient_maps =
		alias_maps =
		alias_database =
		inet_interfaces = 127.0.0.1
		inet_protocols = ipv4
		default_transport = error:nothing leaves a test
		relay_transport = error:nothing leaves a test
		enable_long_queue_ids = yes
		recipient_delimiter = +
		minimal_backoff_time = 1s
		maximal_backoff_time = 2s
		queue_run_delay = 1s
		message_size_limit = 52428800
	CONF
	cat >"$1/etc/master.cf" <<-CONF
		postlog unix-dgram n - n - 1 postlogd
		pickup unix n - n 1 1 pickup
		cleanup unix n - n - 0 cleanup
		qmgr unix n - n 1 1 qmgr
		rewrite unix - - n - - trivial-rewrite
		bounce unix - - n - 0 bounce
		defer unix - - n - 0 bounce
		trace unix - - n - 0 bounce
		verify unix - - n - 1 verify
		flush unix n - n 1000? 0 flush
		proxymap unix - - n - - proxymap
		showq unix n - n - - showq
		smtp unix - - n - - smtp
		error unix - - n - - error
		retry unix - - n - - error
		discard unix - - n - - discard
		anvil unix - - n - 1 anvil
		scache unix - - n - 1 scache
	CONF
	at_exit "postfix_stop '$1'"
}

postfix_set() { printf '%s\n' "$2" >>"$1/etc/main.cf"; }

# A line of master.cf, and lines that continue it.
postfix_service() {
	postfix_dir=$1
	shift
	printf '%s\n' "$@" >>"$postfix_dir/etc/master.cf"
}

postfix_start() { postfix -c "$1/etc" check && postfix -c "$1/etc" start 2>/dev/null; }
postfix_stop() { postfix -c "$1/etc" stop 2>/dev/null; }

postfix_send() {
	postfix_dir=$1
	shift
	sendmail -C "$postfix_dir/etc" -i "$@"
}

postfix_idle() { [ -z "$(postqueue -c "$1/etc" -j)" ]; }

# How many lines of the log say so: postfix_count DIR 'status=bounced'
postfix_count() { grep -c -e "$2" "$1/log/mail.log"; }
