#!/bin/sh
# The manuals leave nothing out, say nothing that is not so, and what they show
# runs as it stands.
. "${0%/*}/lib.sh"
. "$t/lib/chain.sh"
read_page() { perl "$t/lib/read-page" "$@"; }
page_of() { find "$SLUIS_SOURCE/filters" "$SLUIS_SOURCE/conf" "$SLUIS_SOURCE/schema" -name "$1"; }
pages=$(page_of '*.[1578]' | sort)
# shellcheck disable=SC2086 # a list of words
cat $pages >"$work/all"

# empty FILE NAME: a list of what is wrong.
empty() { is "$(cat "$1")" '' "$2"; }

# --- every program has its page, with what it must have ---

cd "$SLUIS_SOURCE/filters" || exit 1
programs=$(find . -name 'sluis*' -name '*.c' -o -name 'sluis*' ! -name '*.*' | sed 's|^\./||; s|\.c$||' | sort)
like "$programs" '^sluis-intake$' 'the programs were found'

# help PROGRAM: as it is installed, or as it lies here.
help() { if [ -x "./$1" ] || [ -f "./$1" ]; then sh "./$1" --help; else "$1" --help; fi; }
for name in $programs; do
	page=$name.8
	ok "$page: the program has a manual" test -f "$page"
	for section in 'NAME' 'SYNOPSIS' 'DESCRIPTION' 'EXIT STATUS' 'DIAGNOSTICS'; do
		grep -qx "\.Sh $section" "$page" || echo "$section"
	done >"$work/missing"
	empty "$work/missing" "$page: it has its sections"
	[ "$name" != sluis ] || continue
	help "$name" | sed -n '2,$p' | grep -oE '(^|[ ,])-{1,2}[a-z][a-z-]*' | tr -d ' ,' |
		sort -u >"$work/helped"
	is "$(read_page options "$page")" "$(cat "$work/helped")" "$page: the options of --help, and no others"
done

# --- the operator's tool: each verb with its options ---

# "sluis case show TAG [--json]": what is told in words is no part of the name,
# and --json is said once for all.
sluis help | sed -n 's/^  sluis //p' | perl -ne '
	my %options = map { $_ => 1 } grep { $_ ne "--json" } /\[(--[a-z-]+)/g;
	s/ (\[|[A-Z]).*//;
	chomp;
	print join(" ", $_, sort keys %options), "\n"' | sort >"$work/verbs"
# Two entries may be one verb, told in two sections.
read_page verbs sluis.8 | perl -ne '
	my ($name, $options) = /^([a-z ]+?)((?: --[a-z-]+)*)$/ or next;
	$verbs{$name}{$_} = 1 for split " ", $options;
	$verbs{$name} //= {};
	END { print join(" ", $_, sort keys %{$verbs{$_}}), "\n" for keys %verbs }' | sort >"$work/told"
ok 'the tool has verbs' test -s "$work/verbs"
is "$(cat "$work/told")" "$(cat "$work/verbs")" 'sluis.8: the verbs of "sluis help" with their options, and no others'

# What pages tell people to type is there to be typed.
sed 's/ -.*//' "$work/verbs" >"$work/names"
echo help >>"$work/names"
sed -nE '/^\.\\"/d; s/^\.(Ql|Dl|Ic) //; s/^(.*[|&;(] *)?sluis (-c [^ ]+ )?([a-z].*)/\3/p' "$work/all" |
	while read -r one two _; do
		grep -qxF -e "$one" -e "$one $two" "$work/names" || echo "sluis $one $two"
	done >"$work/unknown"
empty "$work/unknown" 'no page tells people to type a verb that is not there'

# --- pages know each other, the settings and the texts ---

cd "$SLUIS_SOURCE" || exit 1
for page in $pages; do
	page=${page##*/}
	[ "$page" = sluis.7 ] ||
		ok "sluis.7: it lists $page" grep -Eq "^\.It (.* )?Xr ${page%.*} ${page##*.}( |\$)" filters/sluis.7
done
grep -oE 'Xr (sluis|rules|feeds|participants)[a-z.-]* [1-8]' "$work/all" | sed 's/Xr //' | sort -u |
	while read -r name section; do
		[ -n "$(page_of "$name.$section")" ] || echo "$name($section)"
	done >"$work/unknown"
empty "$work/unknown" 'no page refers to one that is not there'

# Their entries, both ways, are 0002-settings.t's.
sed -nE 's/^\.Cm ([a-z]+\.[a-z_]+).*/\1/p' "$work/all" | grep -vE '^(main|master)\.cf$' | sort -u |
	while read -r key; do
		grep -q "^\.It Ic $key\$" conf/sluis.yaml.5 || echo "$key"
	done >"$work/unknown"
empty "$work/unknown" 'no page names a setting that is not there'

for text in conf/mail/en/*.txt; do
	text=${text##*/}
	ok "$text is in a manual" grep -q "\(^\|[^a-z]\)$text" "$work/all"
done

if have mandoc >/dev/null; then
	for page in $pages; do
		# Pages refer to each other before they are installed.
		mandoc -T lint "$page" 2>/dev/null | grep -v 'referenced manual not found' >"$work/lint"
		empty "$work/lint" "${page##*/}: mandoc has nothing to say"
	done
fi

# --- examples run ---

chain_init
person ann 'Ann <ann@team.example>'
person delinde 'Security team <cert@delinde.example>'
person heron 'Heron <heron@reporter.example>'
HOME=$work
export HOME

# What stands in the folder of whoever reads a page.
examples=$work/examples
mkdir "$examples"
cp "$work/ann.asc" "$work/delinde.asc" "$examples"
say() { printf '%s\n' "$@" | text; }
{ head_of heron 'Files of others'; say 'In https://portaal.delinde.example/?id=1' 'I can read the files of others.' | encrypted heron; } >"$examples/report.eml"
take "$examples/report.eml" && deliver
tag=$(case_of)
like "$tag" '^RD-' 'there is a case'
{ head_of heron "Re: $tag" "References: <$id>"; say 'And one thing more.'; } >"$examples/answer.eml"
{ head_of finder@found.example 'A USB stick'; say 'I found a stick with files of De Linde.'; } >"$examples/found.eml"
{ head_of ann 'For you'; say 'Your portal shows the files of others.'; } >"$examples/released.eml"
{ echo 'From old@old.example Thu Jan  1 00:00:00 2026'
	sed 's/^Message-ID: </&old./; s/^Date: .*/Date: Thu, 01 Jan 2026 00:00:00 +0000/' "$examples/found.eml"; } >"$examples/old.mbox"
mkdir "$work/bin"
have less >/dev/null || { ln -s "$(command -v cat)" "$work/bin/less"; PATH=$work/bin:$PATH; }

# As it is typed, but for the tag, which nobody can know beforehand. What a
# pipe hides is on stderr.
# try FILE REGEX NAME
try() {
	sed "s/RD-2026-7K3QX/$tag/g" "$1" >"$work/script"
	run sh -eu "$work/script"
	if [ "$rc" != 0 ] || { [ -n "$2" ] && ! grep -Eq -e "$2" "$work/.stdout"; } ||
	    grep -Eq '^([45]\.[0-9]\.[0-9] |sluis|[^ ]*: not found|sh: )' "$work/.stderr"; then
		result 1 "$3" "$(cat "$work/script")" "expected on stdout: $2" "$(about_run)"
	else
		result 0 "$3"
	fi
}

for page in $pages; do
	name=${page##*/}
	rm -rf "$work/try" "$work/blocks"
	cp -r "$examples" "$work/try"
	mkdir "$work/blocks"
	read_page blocks "$page" "$work/blocks" >"$work/list"
	cd "$work/try" || exit 1
	tab=$(printf '\t')
	while IFS=$tab read -r n section kind word; do
		case $kind in
		run) try "$work/blocks/$n" "${word:-}" "$name: block $n runs" ;;
		file) cp "$work/blocks/$n" "$word" ;;
		none) [ "$section" != EXAMPLES ] || result 1 "$name: example $n" 'no comment says how it is tried' ;;
		esac
	done <"$work/list"
	cd "$work" || exit 1
done

# What the README has people type, once all is built.
rm -rf "$work/try"
cp -r "$examples" "$work/try"
cd "$work/try" || exit 1
sed -n '/^    sluis init --embedded/,/^$/s/^    //p' "$SLUIS_SOURCE/README" >"$work/lines"
try "$work/lines" '[0-9]\.sluis' 'README: an installation in ten lines'
cd "$work" || exit 1

done_testing
