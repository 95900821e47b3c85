# canary.sh - mails that are full of words nobody else may ever read
#
#	. "$t/lib/chain.sh"
#	. "$t/lib/canary.sh"
#	canary_person r		# $work/r, whose names are canaries as well
#	canary_mail r flowed "In-Reply-To: $id" "References: $id" >mail
#
# A canary is SIDE KIND NUMBER in one word: qrh07x, the seventh of a header of r;
# kinds are h (header, 60), t (text, 20) and k (packet, 8). "canaries r" lists all of
# a side. What may be passed on is one line: "The words of r in flowed."
#
# shellcheck shell=sh
# shellcheck disable=SC2154 # $work is lib.sh's

canaries() {
	for _kind in h:60 t:20 k:8; do
		seq -f "q$1${_kind%:*}%02gx" 1 "${_kind#*:}"
	done
}

# The names of a person, by which SIDE writes.
canary_person() {
	person "$1" "Q${1}h01x Q${1}h02x (q${1}k08x) <q${1}h03x@q${1}h04x.example>"
}

# A header with all of them; what is protected or not is the same to who wraps it.
canary_head() {
	_s=$1
	shift
	_n=$((${_n:-0} + 1))
	h() { printf 'q%sh%02dx' "$_s" "$1"; }
	cat <<END
Return-Path: <$(h 5)@$(h 4).example>
Received: from $(h 6).example ($(h 7).example [192.0.2.7])
	by $(h 8).example with ESMTPSA id $(h 9)
	for <rd@sluis.example>; Tue, 24 Nov 2026 02:11:00 +0545 ($(h 10))
DKIM-Signature: v=1; a=rsa-sha256; d=$(h 11).example; s=$(h 12); b=$(h 13)
Authentication-Results: $(h 14).example; dkim=pass header.i=@$(h 15).example
Received-SPF: pass ($(h 16).example: domain of $(h 17))
X-Originating-IP: [$(h 18)]
X-Sender: $(h 19)@$(h 4).example
X-Mailer: $(h 20) 1.0
User-Agent: $(h 21)/2.0 ($(h 22))
Organization: $(h 23)
From: Q${_s}h01x Q${_s}h02x <q${_s}h03x@q${_s}h04x.example>
Sender: $(h 24)@$(h 4).example
Reply-To: $(h 25) <$(h 26)@$(h 4).example>
To: $(h 27) <rd@sluis.example>
Cc: $(h 28) <$(h 29)@$(h 30).example>
Subject: Re: $(h 31)
Thread-Topic: $(h 32)
Thread-Index: $(h 33)
Keywords: $(h 34)
Comments: $(h 35)
Date: Tue, 24 Nov 2026 02:11:00 +0545 ($(h 36))
Message-ID: <$_n.$(h 37)@$(h 38).example>
X-Face: $(h 39)
Face: $(h 40)
X-Forwarded-For: $(h 41)
X-Authenticated-Sender: $(h 42)
X-Google-DKIM-Signature: v=1; d=$(h 43).example
ARC-Seal: i=1; d=$(h 44).example; s=$(h 45)
Resent-Message-ID: <$(h 46)@$(h 47).example>
X-MS-Exchange-Organization-AuthSource: $(h 48)
X-Spam-Report: $(h 49)
X-Virus-Scanned: $(h 50)
Autocrypt: addr=$(h 51)@$(h 4).example; keydata=$(h 52)
OpenPGP: id=$(h 53); url=https://$(h 54).example/key
Jabber-ID: $(h 55)
X-URL: https://$(h 56).example
X-PGP-Key: $(h 57)
X-Report-Abuse: $(h 58)
X-Campaign: $(h 59)
Accept-Language: $(h 60)
MIME-Version: 1.0
END
	for _line; do echo "$_line"; done
}

canary_words() {	# SIDE SHAPE
	cat <<END
The words of $1 in $2.

On Tue, 24 Nov 2026 at 02:11 +0545, q${1}t01x wrote:
> q${1}t02x was quoted.
> q${1}t03x too.

-- 
q${1}t04x, q${1}t05x
END
}

canary_html() {	# SIDE SHAPE
	cat <<END
<html><head><title>q${1}t06x</title><meta name="author" content="q${1}t07x">
<style>/* q${1}t08x */</style></head>
<body><!-- q${1}t09x --><p class="q${1}t10x">The words of $1 in $2.</p>
<blockquote type="cite"><p>q${1}t02x was quoted.</p></blockquote></body></html>
END
}

# A picture, a photo and a paper that say who made them.
canary_files() {
	echo iVBORw0KGgoAAAANSUhEUgAAAAgAAAAICAIAAABLbSncAAAAbElEQVR42g3JQQEAMAgDMZSgpEqqhOepQAlKqmjLN1VFFypcTLHFFSmqmm7UuJlmm2vSP0QLCYsRK05EP0wbGZsxa87EP4YeNHiYYYcbMj+WXrR4mWWXW7I/jj50+JhjjztyP0IHBYcJGy4kPLAsVIH5pgt5AAAAAElFTkSuQmCC |
		base64 -d | perl -MCompress::Zlib=crc32 -0777 -pe 'BEGIN { $words = shift }
		my $chunk = "tEXtAuthor\0$words";
		substr($_, 33, 0) = pack("N", length($chunk) - 4) . $chunk . pack("N", crc32($chunk))' "q${1}t11x"
}
# A comment, and what cameras and programs write beside the pixels.
canary_photo() {
	base64 -d <<-'PHOTO' | perl -0777 -pe 'BEGIN { ($artist, $creator, $comment) = splice @ARGV, 0, 3 }
		sub segment { my ($kind, $data) = @_; "\xff$kind" . pack("n", 2 + length $data) . $data }
		my $exif = "II*\0" . pack("VvvvVVV", 8, 1, 0x13b, 2, 1 + length $artist, 26, 0) . "$artist\0";
		substr($_, 2, 0) = segment("\xe1", "Exif\0\0$exif") .
		    segment("\xe1", "http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>$creator</x:xmpmeta>") .
		    segment("\xfe", $comment)' "q${1}t06x" "q${1}t07x" "q${1}t08x"
	/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAFA3PEY8MlBGQUZaVVBfeMiCeG5uePWvuZHI////////////////////////////////////
	////////////////2wBDAVVaWnhpeOuCguv/////////////////////////////////////////////////////////////////////
	////wAARCAAIAAgDASIAAhEBAxEB/8QAHwAAAQUBAQEBAQEAAAAAAAAAAAECAwQFBgcICQoL/8QAtRAAAgEDAwIEAwUFBAQAAAF9AQID
	AAQRBRIhMUEGE1FhByJxFDKBkaEII0KxwRVS0fAkM2JyggkKFhcYGRolJicoKSo0NTY3ODk6Q0RFRkdISUpTVFVWV1hZWmNkZWZnaGlq
	c3R1dnd4eXqDhIWGh4iJipKTlJWWl5iZmqKjpKWmp6ipqrKztLW2t7i5usLDxMXGx8jJytLT1NXW19jZ2uHi4+Tl5ufo6erx8vP09fb3
	+Pn6/8QAHwEAAwEBAQEBAQEBAQAAAAAAAAECAwQFBgcICQoL/8QAtREAAgECBAQDBAcFBAQAAQJ3AAECAxEEBSExBhJBUQdhcRMiMoEI
	FEKRobHBCSMzUvAVYnLRChYkNOEl8RcYGRomJygpKjU2Nzg5OkNERUZHSElKU1RVVldYWVpjZGVmZ2hpanN0dXZ3eHl6goOEhYaHiImK
	kpOUlZaXmJmaoqOkpaanqKmqsrO0tba3uLm6wsPExcbHyMnK0tPU1dbX2Nna4uPk5ebn6Onq8vP09fb3+Pn6/9oADAMBAAIRAxEAPwCO
	iiirIP/Z
	PHOTO
}
canary_paper() {
	cat <<END
%PDF-1.4
1 0 obj <</Type/Catalog/Pages 2 0 R/Metadata 7 0 R>> endobj
2 0 obj <</Type/Pages/Kids[3 0 R]/Count 1>> endobj
3 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]/Contents 4 0 R/Annots[6 0 R]>> endobj
4 0 obj <</Length 22>> stream
20 20 100 100 re f    
endstream endobj
6 0 obj <</Type/Annot/Subtype/Text/Rect[10 10 30 30]/T(q${1}t12x)/Contents(q${1}t13x)>> endobj
7 0 obj <</Type/Metadata/Subtype/XML/Length 18>> stream
<creator q${1}t14x>
endstream endobj
8 0 obj <</Author(q${1}t15x)/Creator(q${1}t16x)>> endobj
trailer <</Root 1 0 R/Info 8 0 R/Size 9>>
%%EOF
END
}

# What was forwarded to the sender, and is nobody's business.
canary_inner() {
	printf '%s\n' "From: q${1}t17x@q${1}t18x.example" "Subject: q${1}t19x" 'MIME-Version: 1.0' \
	    'Content-Type: text/plain' '' "q${1}t20x" >"$work/.inner"
	printf '%s\n' 'Content-Type: message/rfc822' 'Content-Disposition: attachment' ''
	cat "$work/.inner"
}

canary_gpg() {	# SIDE: options that leave traces in packets and armour
	echo "--comment q${1}k01x --set-filename q${1}k02x --sig-notation q${1}k03x@x.example=q${1}k04x" \
	    "--sig-policy-url http://q${1}k05x.example/ --sig-keyserver-url http://q${1}k06x.example/" \
	    "--comment q${1}k07x"
}

# An entity of each shape, ready to be sent or encrypted.
canary_entity() {	# SIDE SHAPE
	case $2 in
	html)
		printf '%s\n' 'Content-Type: multipart/alternative; boundary="alt"' '' '--alt'
		canary_words "$@" | text
		printf '%s\n' '' '--alt' 'Content-Type: text/html; charset=utf-8' ''
		canary_html "$@"
		printf '%s\n' '' '--alt--' ;;
	flowed)
		printf '%s\n' 'Content-Type: text/plain; charset=utf-8; format=flowed; delsp=yes' ''
		canary_words "$@" | sed 's/^The words of /The words of  \n/' ;;
	files)
		canary_words "$@" | text >"$work/.words"
		canary_files "$1" | bytes image/png "q${1}t17x.png" >"$work/.png"
		canary_paper "$1" | bytes application/pdf "q${1}t18x.pdf" >"$work/.pdf"
		canary_photo "$1" | bytes image/jpeg "q${1}t19x.jpg" >"$work/.jpg"
		mixed "$work/.words" "$work/.png" "$work/.pdf" "$work/.jpg" ;;
	inner)
		canary_words "$@" | text >"$work/.words"
		canary_inner "$1" >"$work/.rfc822"
		mixed "$work/.words" "$work/.rfc822" ;;
	*)	canary_words "$@" | text ;;
	esac
}

# A whole mail. Shapes: plain html flowed encrypted signed inline files inner.
canary_mail() {	# SIDE SHAPE [FIELD...]
	_side=$1 _shape=$2
	shift 2
	canary_head "$_side" "$@"
	# shellcheck disable=SC2046 # options are words
	case $_shape in
	plain | html | flowed) canary_entity "$_side" "$_shape" ;;
	encrypted) canary_entity "$_side" "$_shape" | encrypted "$_side" $(canary_gpg "$_side") ;;
	inline)
		canary_words "$_side" "$_shape" | crlf | gpg_in "$work/$_side" --armor $(canary_gpg "$_side") \
		    --recipient "$team" --sign --encrypt | text ;;
	*) canary_entity "$_side" "$_shape" | encrypted "$_side" $(canary_gpg "$_side") --sign ;;
	esac
}
