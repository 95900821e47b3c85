#!/bin/sh
# A thousand guessed tags, in mails of strangers and of whoever they say they are:
# a tag is a name and gives no right (T-33).
# shellcheck source=t/lib.sh
. "${0%/*}/lib.sh"
# shellcheck source=t/lib/answer.sh
. "$t/lib/answer.sh"

init_options=--no-samples chain_init
setting outgoing.delay 0s
setting work.processes 4
analyst ann
person heron 'Grey Heron <heron@reporter.example>'
de_vaart
echo 'I found that https://portaal.devaart.example/?id=1 shows the files of others.' | text >"$work/words"
{ head_of heron 'A hole'; cat "$work/words"; } >"$work/report.eml"
take "$work/report.eml" rd@sluis.example heron@reporter.example && deliver
tag=$(case_of)

# Those that come nearest, with each other check letter or one letter changed; and
# by chance. Never the right one.
perl -e '
	my ($head, $four, $check) = $ARGV[0] =~ /^(.*-)(....)(.)$/;
	my @letters = split //, "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
	my %guesses = map { ("$head$four$_" => 1) } grep { $_ ne $check } @letters;
	for my $place (0 .. 3) {
		for (@letters) {
			my $one = $four;
			substr($one, $place, 1) = $_;
			$guesses{"$head$one$check"} = 1 if $one ne $four;
		}
	}
	while (keys %guesses < 1000) { $guesses{$head . join("", map { $letters[rand 32] } 1 .. 5)} = 1 }
	delete $guesses{$ARGV[0]};
	print "$_\n" for keys %guesses' "$tag" >"$work/guesses"
is "$(sort -u "$work/guesses" | wc -l)" 1000 'a thousand guesses'

# Ten in a Subject, from strangers and in the name of whom the case knows.
state() { of_case "$tag" 'del(.events)' | jq -S .; outbox "[.[] | select(.case == \"$tag\")] | length"; }
state >"$work/before"
n=0
xargs -n 10 <"$work/guesses" | while read -r subject; do
	n=$((n + 1))
	case $((n % 4)) in 0) from=ict@devaart.example ;; 1) from=heron@reporter.example ;; *) from=guest$n@other.example ;; esac
	{
		printf '%s\n' "From: $from" 'To: rd@sluis.example' "Subject: Re: $subject" "Date: $(date -R)" \
		    "Message-ID: <$n@guess.example>" 'MIME-Version: 1.0'
		cat "$work/words"
	} >"$work/guess.eml"
	take "$work/guess.eml" rd@sluis.example "$from"
done
deliver
state >"$work/after"
ok 'T-33: 1000 guesses, 0 rights: the case is as it was' cmp "$work/before" "$work/after"
[ ! -s "$work/after" ] || diff "$work/before" "$work/after" | head -n 20 | sed "s/^/# /" >&2
is "$(sluis reception list --json | jq -r "[.[] | select(.case == \"$tag\")] | length")" 1 'nothing else is in it'
is "$(sluis reception list --json | jq -r '[.[] | select(.state == "done") | .case] | unique | length')" 101 'each mail is a case of its own'
is "$(outbox "[.[] | select(.kind != \"ack\" and .kind != \"notice\" and .kind != \"warning\")] | length")" 0 \
	'and caused nothing but notices and acknowledgements'

# The right one in a mail of a stranger's: a hint for people.
printf '%s\n' 'From: guest@other.example' 'To: rd@sluis.example' "Subject: Re: $tag" "Date: $(date -R)" \
    'Message-ID: <right@guess.example>' 'MIME-Version: 1.0' | cat - "$work/words" >"$work/guess.eml"
take "$work/guess.eml" rd@sluis.example guest@other.example && deliver
[ "$(case_of)" != "$tag" ]
result $? 'T-33: the right tag from a stranger opens a case of its own'
like "$(receipt ann)" "may belong to: $tag" 'its notice says which it may belong to'
state >"$work/after"
ok 'and the case is as it was' cmp "$work/before" "$work/after"

done_testing
