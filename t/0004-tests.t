#!/bin/sh
# Tests wait for things, not for time, and all of them end as they should.
. "${0%/*}/lib.sh"
cd "$SLUIS_SOURCE" || exit 1

is "$(grep -nE '(^|[;&|[:space:]])sleep [0-9]' t/*.t t/schema/*.t 2>/dev/null)" '' \
	'no test sleeps to be in time'
is "$(grep -L '^done_testing' t/*.t)" '' 'every test says that it came to its end'
is "$(grep -lE 'pk''ill|kill''all' t/*.t t/lib/* t/run)" '' 'nothing is ended by its name'
is "$(grep -rlE '^-----BEGIN .*PRIVATE KEY' --exclude-dir=.git --exclude-dir='build*' .)" '' \
	'no secret key lies in the repository'

done_testing
