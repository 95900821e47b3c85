#!/bin/sh
# root: the package as it is built, installed, lived with and removed
. "${0%/*}/lib.sh"
. "$t/lib/root.sh"
skip_unless kernel:overlay root_possible
build=${SLUIS_BUILD:-$SLUIS_SOURCE/build}

# T-61 of the file layer: only root can make such files.
run "$SLUIS_PREFIX/t/unit-file" -p /file/T-61
status 0 'T-61: secrets are shared by groups only'

run cpack -G DEB -B "$work/out" --config "$build/CPackConfig.cmake"
status 0 'cpack makes a package'
deb=$(echo "$work"/out/sluis_*.deb)
ok 'one' test -f "$deb"

field() { dpkg-deb -f "$deb" "$1"; }
like "$(field Depends)" 'libgmime-3.0-0 .*libpq5 ' 'libraries are found by dpkg-shlibdeps'
for package in adduser gnupg gpg-agent libexttextcat-data publicsuffix tzdata; do
	like "$(field Depends)" "(^|, )$package" "it needs $package"
done
like "$(field Recommends)" 'postgresql \(>= 14\)' 'it wants PostgreSQL'
like "$(field Suggests)" 'postfix.*procmail' 'and could do with Postfix'

dpkg-deb -c "$deb" | awk '{ print $1, $2, substr($6, 2) }' >"$work/files"
is "$(awk '$2 != "root/root"' "$work/files")" '' 'all is of root'
is "$(awk '$1 !~ /^(drwxr-xr-x|-rwxr-xr-x|-rw-r--r--|l)/' "$work/files")" '' 'and nobody else may write it'
for file in /usr/bin/sluis /usr/bin/sluis-intake /usr/libexec/sluis/intake /usr/sbin/sluis-postfix \
    /lib/systemd/system/sluis-work.service /usr/lib/tmpfiles.d/sluis.conf \
    /usr/share/man/man8/sluis.8.gz /usr/share/doc/sluis/copyright \
    /usr/share/bash-completion/completions/sluis; do
	ok "$file is in it" grep -q " $file\$" "$work/files"
done
dpkg-deb --ctrl-tarfile "$deb" | tar -xOf - ./conffiles >"$work/conffiles"
is "$(sort "$work/conffiles")" "$(sed -n 's/^-.* \(\/etc\/.*\)/\1/p' "$work/files" | sort)" \
	'what is in /etc is a conffile'
dpkg-deb --fsys-tarfile "$deb" | tar -xf - -C "$work" ./etc ./lib
ok 'master.cf names the programs of the package' grep -q '^    /usr/bin/sluis-intake' "$work/etc/sluis/master.cf"
ok 'the settings are the example with rules of its own' grep -q '^  rules: rules.yaml' "$work/etc/sluis/sluis.yaml"

if command -v apparmor_parser >/dev/null; then
	for profile in "$work"/etc/apparmor.d/*; do
		run apparmor_parser --skip-kernel-load --skip-cache "$profile"
		status 0 "the profile ${profile##*/} is one"
	done
fi
if command -v systemd-analyze >/dev/null; then
	for unit in work send clock; do		# at most 1.0
		like "$(systemd-analyze security --offline=true --threshold=10 \
		    "$work/lib/systemd/system/sluis-$unit.service" 2>&1)" \
			'exposure level for sluis-[a-z]*.service: 0\.[0-9]' "sluis-$unit.service is exposed at 0.x"
	done
fi

# All else is seen on a host.
root_enter "$work/host" "$t/lib/host" "$t/lib.sh" "$deb" >"$work/inside" 2>"$work/inside.err" ||
	diag "$(grep -v '^#' "$work/inside.err" | tail -n 20)"
while IFS= read -r line; do
	case $line in
	'ok '*) result 0 "${line#* - }" ;;
	'not ok '*) result 1 "${line#* - }" ;;
	esac
done <"$work/inside"
grep '^#' "$work/inside.err" >&2
like "$(tail -n 1 "$work/inside")" '^1\.\.[0-9]+$' 'the host came to its end'

done_testing
