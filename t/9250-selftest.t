#!/bin/sh
# root: a private Postfix
#
# The selftest through a real Postfix: out by sendmail, back by pipe(8); and
# whether what left was signed by DKIM for our domain. The doctor about it.
. "${0%/*}/lib.sh"
. "$t/lib/user.sh"
skip_unless postfix have postfix

init_options=--no-samples user_init
analyst ann
user_postfix
user_sendmail
# What is for us comes in, also when we sent it.
ok 'Postfix starts' postfix_start "$postfix"

run env MAIL_CONFIG="$postfix/etc" sluis doctor --json
is "$(jq -r '[.[] | select(.check == "Postfix") | .state] | join(" ")' "$work/.stdout")" ok 'the doctor is content with the shipped lines'

sluis-work &
at_exit "kill $!"
sluis-send &
at_exit "kill $!"
run sluis selftest
status 0 'the chain works through Postfix'
stdout '^ok +came back +[0-9.]+ s  reception 1$' 'it came back by itself'
stdout '^ok +worked on .*encryption ok, signature good; notices for 1 analysts made, none sent' 'and was read'
stdout '^ok +signed .*not DKIM-signed: does non_smtpd_milters name the signer' 'nobody signed it, which is told'

# A signer in Postfix's way: what it adds is all that is looked at here.
sign_as() {
	postconf -c "$postfix/etc" -e "header_checks = regexp:{{/^Message-ID:/ PREPEND DKIM-Signature: v=1; a=rsa-sha256; d=$1; s=x; b=eA==}}"
	postfix -c "$postfix/etc" reload 2>/dev/null
}
sign_as sluis.example
run sluis selftest
stdout 'DKIM-signed by sluis.example, aligned with sluis.example' 'a signature of our domain'
sign_as mail.sluis.example
run sluis selftest
stdout 'DKIM-signed by mail.sluis.example, aligned' 'of one below it'
sign_as other.example
run sluis selftest
stdout 'DKIM-signed, but not aligned' 'of another one'

done_testing
