#!/bin/sh
# root: the same installation as root, whose PostgreSQL belongs to another user
. "${0%/*}/lib.sh"
skip_unless postgres ls -d /usr/lib/postgresql
chmod 711 "$work"

dir=$work/dir
at_exit "rm -rf \"\$(readlink '$dir/run')\""
at_exit "sluis embedded '$dir' stop"
owner=nobody
! id postgres >/dev/null 2>&1 || owner=postgres

run sluis init --embedded "$dir" --no-samples
status 0 'root makes an installation'
export SLUIS_CONF="$dir/sluis.yaml"
is "$(stat -c '%a %U' "$dir")" '711 root' 'others may pass through its folder'
is "$(stat -c '%a %U' "$dir/postgres")" "700 $owner" "the cluster belongs to $owner"
is "$(stat -c '%a %U' "$dir/keys" "$dir/gnupg" "$dir/outgoing" | sort -u)" '700 root' 'all else is ours alone'
run sluis participant list
status 0 'root is mapped to the roles'
is "$(wc -l <"$work/.stdout")" 1 'no samples, if none were wanted'
run setpriv --reuid=nobody --regid=nogroup --clear-groups \
    psql -h "$(readlink "$dir/run")/pg" -U sluis_work sluis -c 'select 1'
nok 'nobody else gets in' test "$rc" = 0
run sluis embedded "$dir" stop
status 0 'stop'
run sluis embedded "$dir" start
status 0 'start'

mkdir -m 700 "$work/closed"
run sluis init --embedded "$work/closed/dir"
status 1 'a parent that cannot be entered'
stderr "cannot enter $work/closed: " 'is named'
stderr 'chmod a\+x' 'with the remedy'

mkdir "$work/theirs" && chown nobody "$work/theirs"
run sluis init --embedded "$work/theirs"
status 1 "another user's folder is left alone"
stderr 'belongs to nobody' 'and its owner named'
mkdir "$work/full" && echo x >"$work/full/x"
mode=$(stat -c %a "$work/full")
run sluis init --embedded "$work/full"
status 1 'a folder with something in it as well'
is "$(stat -c %a "$work/full")" "$mode" 'and nothing in it is changed'

done_testing
