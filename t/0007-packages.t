#!/bin/sh
# What is said to be missing of Debian's packages is what dpkg does not have.
. "${0%/*}/lib.sh"

# A dpkg that knows of dpkg-dev as one it does not have, or had; and nobody who
# could install it.
mkdir "$work/bin"
PATH=$work/bin:$PATH
cat >"$work/bin/dpkg-query" <<'SH'
#!/bin/sh
for package; do :; done
case $package in
dpkg-dev) echo not-installed ;;
file) printf 'config-files\n' ;;
cmake) printf 'not-installed\ninstalled\n' ;;	# of one architecture
*) echo installed ;;
esac
SH
printf '#!/bin/sh\necho 1000\n' >"$work/bin/id"
chmod 755 "$work/bin"/*

run sh "$SLUIS_SOURCE/contrib/packages" build package
status 1 'what is missing is missing'
stderr '^packages: please install, as root: dpkg-dev file$' 'and named: what dpkg has heard of is not what it has'
run sh "$SLUIS_SOURCE/contrib/packages" build
status 0 'nothing else is'

# A package without its dependencies is none.
ok 'cpack is told where dpkg-shlibdeps must be' grep -q 'find_program(.* dpkg-shlibdeps REQUIRED)' \
	"$SLUIS_SOURCE/contrib/package/finish.cmake"

done_testing
