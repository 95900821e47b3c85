/* accept - see accept.h */

#include "accept.h"

#include "json.h"
#include "reception.h"
#include "split.h"

static GBytes *
mac_of(const SealKey *key, const char *purpose, Slice slice)
{
	return seal_mac(key, purpose, slice.start, slice.length);
}

GBytes *
accept_fingerprint(const SealKey *receipt, GBytes *mail)
{
	return mac_of(receipt, "fingerprint", slice_bytes(mail));
}

GBytes *
accept_origin(const SealKey *receipt, GBytes *mail)
{
	return mac_of(receipt, "origin", split_origin(slice_bytes(mail)));
}

static GBytes *
seal_envelope(const SealKey *data, const Envelope *envelope, Slice raw)
{
	g_autofree char *sha256 = seal_sha256(raw.start, raw.length);
	g_autoptr(Json) json = json_new_object();
	g_autoptr(GBytes) bytes = NULL;

	json_put_text(json, "sender", envelope->sender);
	json_put_text(json, "recipient", envelope->recipient);
	json_put_text(json, "queue_id", envelope->queue_id);
	json_put_text(json, "sha256", sha256);
	bytes = json_bytes(json);
	return seal_small(data, "envelope", bytes);
}

static GBytes *
next_part(void *stream)
{
	return seal_stream_next(stream);
}

bool
accept_mail(Db *db, const SealKey *storage, const SealKey *receipt,
    const Envelope *envelope, GBytes *mail, bool *again, GError **error)
{
	Slice raw = slice_bytes(mail);
	g_autoptr(GBytes) fingerprint = accept_fingerprint(receipt, mail);
	g_autoptr(GBytes) origin = accept_origin(receipt, mail);
	g_autoptr(SealKey) data = seal_data_key();
	g_autoptr(SealStream) stream = seal_stream_new(data, "raw", raw.start, raw.length);
	g_autoptr(GBytes) wrapped = seal_wrap(data, storage);
	g_autoptr(GBytes) sealed = seal_envelope(data, envelope, raw);
	const Acceptance acceptance = {
		.inbox = envelope->inbox,
		.fingerprint = fingerprint,
		.origin = origin,
		.size = (gint64)raw.length,
		.next_part = next_part,
		.source = stream,
		.wrapped = wrapped,
		.envelope = sealed,
		.imported = envelope->imported,
		.came = envelope->came,
	};

	return reception_accept(db, &acceptance, again, error);
}
