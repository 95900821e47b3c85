# Forge - mails as somebody makes them who wants to deceive the one who reads
#
#	use Forge;
#	forged 'none partly', 'a line above' => mail(multipart('mixed', text('Pay.'), $signed));
#
# gpg is called for what needs a key; all else is cut and glued here, by bytes.
# Each variant is a file in the folder that is the first argument, and a line in
# its "list": file, class, forged or control, the words expected of it, its name.
# "good:ann" is good by ann's key; "bad|malformed" is one or the other.
#
# People have a home each in $HOMES, and a fingerprint in "NAME.fpr" beside it.

package Forge;
use strict;
use warnings;
use Exporter 'import';
use MIME::Base64;

our @EXPORT = qw(forged control harmless fpr gpg slurp $canary $foreign mail text html entity multipart
    message signature signed clear_signed opaque encrypted wrapped wrapped_in packets packet joined
    literal armoured encrypt_packets lines ESC flip);

our ($folder, $homes, $team) = (shift @ARGV, @ENV{qw(HOMES TEAM)});
our ($class) = $0 =~ m{([^/]+)\z};
our $canary = 'kingfisher-4c1d';	# may be read where what it is in is called ok
our $foreign = 'nightjar-93e7';		# somebody else's secret, sent again by another
my $count = 0;
my %made;

use constant ESC => "\e";

sub slurp { local (@ARGV, $/) = @_; binmode ARGV; return scalar <> }

sub spill {
	my ($file, $bytes) = @_;
	open my $out, '>:raw', $file or die "$file: $!";
	print $out $bytes;
	close $out or die "$file: $!";
}

sub variant {
	my ($kind, $want, $name, $mail) = @_;
	$name =~ s{[\n\t]}{ }g;
	my $file = sprintf '%s-%03d', $class, ++$count;
	spill("$folder/$file.eml", $mail);
	open my $list, '>>', "$folder/list" or die "list: $!";
	print $list join("\t", $file, $class, $kind, $want, $name), "\n";
}
sub forged { variant('forged', @_) }
sub control { variant('control', @_) }
sub harmless { variant('harmless', @_) }	# changed, and yet what its signer signed

sub fpr { my $line = slurp("$homes/$_[0].fpr"); chomp $line; return $line }

# gpg WHO, INPUT, ARGUMENT...: what it writes; the same again is made once.
sub gpg {
	my ($who, $input, @words) = @_;
	my $key = join "\0", $who, $input, @words;
	return $made{$key} if defined $made{$key};
	spill("$folder/.in", $input);
	my $pid = open(my $out, '-|') // die "fork: $!";
	if ($pid == 0) {
		$ENV{GNUPGHOME} = "$homes/$who";
		open STDIN, '<', "$folder/.in" or die;
		open STDERR, '>', "$folder/.err" or die;
		exec 'gpg', '--batch', '--no-tty', '--quiet', '--pinentry-mode', 'loopback',
		    '--passphrase', '', @words or die "gpg: $!";
	}
	binmode $out;
	local $/;
	my $bytes = <$out>;
	close $out or die "gpg @words: " . slurp("$folder/.err");
	return $made{$key} = $bytes;
}

sub crlf { my ($text) = @_; $text =~ s/\r?\n/\r\n/g; return $text }

# Entities end without the line end that belongs to a boundary.
sub entity { my ($type, $body, @fields) = @_; return join("\n", "Content-Type: $type", @fields, '', $body) }
sub text { return entity('text/plain; charset=utf-8', @_) }
sub html { return entity('text/html; charset=utf-8', @_) }
sub message { return entity('message/rfc822', @_) }

my $boundaries = 0;
sub multipart {
	my ($subtype, @parts) = @_;
	my $boundary = 'cut' . ++$boundaries . 'x';
	return entity("multipart/$subtype; boundary=\"$boundary\"",
	    join('', map { "--$boundary\n$_\n" } @parts) . "--$boundary--");
}

sub mail {
	my ($entity, %field) = @_;
	my $from = exists $field{From} ? delete $field{From} : 'Manager <manager@victim.example>';
	my $extra = delete $field{also} // [];
	my $head = join '', map { "$_\n" } (defined $from ? "From: $from" : ()),
	    'To: rd@sluis.example', 'Subject: ' . ($field{Subject} // 'About the transfer'),
	    'Date: Thu, 1 Jan 2026 12:00:00 +0000',
	    sprintf('Message-ID: <%s.%d@writer.example>', $class, $count + 1), 'MIME-Version: 1.0', @$extra;
	return "$head$entity\n";
}

sub signature {
	my ($who, $part, @options) = @_;
	return gpg($who, crlf($part), '--armor', '--digest-algo', 'SHA256', @options, '--detach-sign');
}

# multipart/signed; a third argument is the signature.
sub signed {
	my ($who, $part, $signature, @more) = @_;
	$signature //= signature($who, $part);
	return signed_of('micalg=pgp-sha256; protocol="application/pgp-signature"; boundary="signed"',
	    $part, entity('application/pgp-signature; name="signature.asc"', $signature), @more);
}
sub signed_of {
	my ($parameters, @parts) = @_;
	return entity("multipart/signed; $parameters", join('',
	    map { "--signed\n$_\n" } @parts) . '--signed--');
}

sub clear_signed { my ($who, $text, @options) = @_; return gpg($who, "$text\n", '--digest-algo', 'SHA256',
    @options, '--clear-sign') }
sub opaque { my ($who, $text, @options) = @_; return gpg($who, $text, '--compress-algo', 'none', @options,
    '--sign') }

# Binary, to the team: an entity, or bytes as they are.
sub encrypted { my ($who, $text, @options) = @_; return gpg($who, crlf($text), @options, '--recipient',
    $team, '--encrypt') }
sub encrypt_packets { my ($packets, @options) = @_; return encrypted_raw($packets, '--no-literal',
    '--compress-algo', 'none', @options) }
sub encrypted_raw { my ($bytes, @options) = @_; return gpg('mallory', $bytes, @options, '--recipient',
    $team, '--encrypt') }

sub armoured {
	my ($bytes, @headers) = @_;
	return join '', map { "$_\n" } '-----BEGIN PGP MESSAGE-----', @headers, '',
	    split(/\n/, encode_base64($bytes)), '-----END PGP MESSAGE-----';
}

# PGP/MIME's cloth; armoured unless it is.
sub wrapped_in {
	my ($parameters, @parts) = @_;
	return entity("multipart/encrypted; $parameters", join('',
	    map { "--outside\n$_\n" } @parts) . '--outside--');
}
sub wrapped {
	my ($message, @more) = @_;
	$message = armoured($message) if $message !~ /\A(?:-----BEGIN|\s)/;
	return wrapped_in('protocol="application/pgp-encrypted"; boundary="outside"',
	    entity('application/pgp-encrypted', "Version: 1\n"),
	    entity('application/octet-stream; name="encrypted.asc"', $message), @more);
}

# Packets: [tag, body], whatever their lengths looked like.
sub packets {
	my ($bytes) = @_;
	my ($at, @found) = (0);
	my $number = sub { my $n = 0; $n = $n << 8 | ord substr($bytes, $at++,
	    1) for 1 .. $_[0]; return $n };
	while ($at < length $bytes) {
		my ($first, $body) = ($number->(1), '');
		if ($first & 0x40) {
			my $more = 1;
			while ($more) {
				my $l = $number->(1);
				$more = $l >= 224 && $l < 255;
				my $length = $more ? 1 << ($l & 31) : $l == 255 ? $number->(4) :
				    $l < 192 ? $l : (($l - 192) << 8) + $number->(1) + 192;
				$body .= substr $bytes, $at, $length;
				$at += $length;
			}
			push @found, [$first & 63, $body];
		} else {
			my $length = ($first & 3) == 3 ? length($bytes) - $at : $number->(1 << ($first & 3));
			push @found, [$first >> 2 & 15, substr $bytes, $at, $length];
			$at += $length;
		}
	}
	return @found;
}
sub packet { my ($tag, $body) = @_; return pack('C', 0xc0 | $tag) . "\xff" . pack('N',
    length $body) . $body }
sub joined { return join '', map { ref $_ ? packet(@$_) : $_ } @_ }
sub literal { my ($text, $name) = @_; $name //= ''; return packet(11, 'b' . pack('C',
    length $name) . $name . pack('N', 0) . $text) }

sub flip { my ($bytes, $at, $mask) = @_; substr($bytes, $at, 1) ^= $mask // "\x04"; return $bytes }
sub lines { return join '', map { "$_\n" } @_ }

1;
