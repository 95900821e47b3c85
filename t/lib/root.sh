# root.sh - a host of one's own, to install things on; needs root
#
#	. "$t/lib/root.sh"
#	skip_unless overlay root_possible
#	root_enter "$work/host" FILE...	# copies FILEs to /srv, runs /srv/FILE1 there
#
# It is this machine, copied on writing to memory, with processes, mounts and a
# network (lo) of its own: it goes with its first process, and all in it ends.
# $SLUIS_ROOT names the root of another system to take in its place, such as
# one contrib/package/try has made.
#
# shellcheck shell=sh

root_possible() {
	[ "$(id -u)" = 0 ] && unshare -m -p -f -n sh -c '
		mount --make-rprivate / && mount -t tmpfs none /mnt &&
		mkdir /mnt/up /mnt/work /mnt/root &&
		mount -t overlay -o "lowerdir=$1,upperdir=/mnt/up,workdir=/mnt/work" none /mnt/root
	' sh "${SLUIS_ROOT:-/}"
}

root_enter() {
	root_dir=$1
	shift
	mkdir -p "$root_dir"
	# shellcheck disable=SC2016 # for the shell in there
	unshare -m -p -f -n sh -euc '
		dir=$1
		mount --make-rprivate /
		mount -t tmpfs -o size=4g,mode=755 none "$dir"
		mkdir "$dir/up" "$dir/work" "$dir/root"
		mount -t overlay -o "lowerdir=$2,upperdir=$dir/up,workdir=$dir/work" none "$dir/root"
		shift 2
		cp -r "$@" "$dir/root/srv"
		cd "$dir/root"
		mount -t proc none proc
		mount --bind /sys sys
		mount -t tmpfs -o mode=755 none dev
		for device in null zero full random urandom tty; do
			touch dev/$device && mount --bind /dev/$device dev/$device
		done
		ln -s /proc/self/fd dev/fd
		mkdir dev/shm dev/pts && mount -t tmpfs none dev/shm
		mount -t tmpfs -o mode=755 none run
		perl -MSocket -e "my \$up = pack(q(a16s), q(lo), 0x41);	# SIOCSIFFLAGS
			socket(S, AF_INET, SOCK_DGRAM, 0) && ioctl(S, 0x8914, \$up) or die"
		first=${1##*/}
		exec env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LC_ALL=C.UTF-8 \
		    DEBIAN_FRONTEND=noninteractive TMPDIR=/tmp chroot . sh "/srv/$first"
	' sh "$root_dir" "${SLUIS_ROOT:-/}" "$@"
}
