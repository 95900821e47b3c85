/*
 * pgp_engine - what the files behind pgp.h share of GPGME; for them alone
 */

#ifndef SLUIS_CRYPTO_PGP_ENGINE_H
#define SLUIS_CRYPTO_PGP_ENGINE_H

#include <gpgme.h>

#include "buffer.h"
#include "packet.h"
#include "pgp.h"

G_DEFINE_AUTO_CLEANUP_FREE_FUNC(gpgme_ctx_t, gpgme_release, NULL)
G_DEFINE_AUTO_CLEANUP_FREE_FUNC(gpgme_data_t, gpgme_data_release, NULL)
G_DEFINE_AUTO_CLEANUP_FREE_FUNC(gpgme_key_t, gpgme_key_unref, NULL)

/* Inode and time of the files that say what is in a ring; zeros: not there. */
typedef struct { gint64 ring[2], team[2]; } RingStamp;

struct Pgp {
	char *home, *run, *signer;
	bool signer_given;	/* not read from the file "team" */
	char *socket_path;	/* of the agent of home */
	char *keyring;		/* the file in home, or in its copy */
	char *copy;		/* the folder of that, NULL: none, */
	pid_t copied_by;	/* and whose it is */
	RingStamp stamp;	/* of home, when it was read */
	gpgme_key_t signing_key;
	GPtrArray *ring;	/* of PacketKey: all keys in the ring */
	GHashTable *secret;	/* fingerprints in it we can decrypt or sign with */
	char *private;		/* the run-time home, */
	pid_t owner;		/* and whose it is: not a forked child's */
	int laid;		/* files laid for recipients so far */
	bool ready;		/* it has settings, and these are they: */
	bool skips_verify;
	GPtrArray *certificates;	/* NULL: none */
};

/* Sets RETRY with what GPGME calls it; false. */
bool pgp_trouble(GError **error, gpgme_error_t failure, const char *what);

/* Failures of gpg, its agent or the machine, which say nothing of a message;
 * and those of them that a key or a passphrase we do not have looks like. */
bool pgp_is_trouble(gpgme_error_t failure);
bool pgp_wants_key(gpgme_error_t failure);

/* GPGME made ready for that home. gpg --version is run once, here, so this
 * belongs in the parent; a second call is fine. */
bool pgp_engine_init(const char *home, GError **error);

/* A context that asks nobody and fetches nothing. */
gpgme_ctx_t pgp_context(GError **error);
gpgme_data_t pgp_data(GBytes *bytes);

/* Whether gpg said how it ended. One that was killed or could not start did
 * not, and that says nothing of a message (T-9); but there are odd messages of
 * which it says nothing, too. Besides, how many plaintexts it found in how many
 * encryptions. To be asked for before the operation, and to stay there while the
 * context does. */
typedef struct {
	bool spoke, judged;
	guint plaintexts, encryptions;
} Voice;

void pgp_listen(gpgme_ctx_t context, Voice *voice);

/* gpg was mute twice, and died the second time or not. RETRY where it does not
 * work at all, HARM where it does and died; true: it only said nothing. */
bool pgp_judge_mute(bool died, GError **error);

/* Something went wrong, gpg said twice, and not what. RETRY where it cannot even
 * list the team's ring; true: then it is the message. */
bool pgp_judge_vague(GError **error);
bool pgp_is_vague(gpgme_error_t failure);

/* Where output goes: a buffer with a bound (0: none), and whether it was
 * passed. Not to be moved while its data lives. */
typedef struct {
	struct gpgme_data_cbs calls;
	Buffer *buffer;
	bool over;
} Sink;

gpgme_data_t sink_data(Sink *sink, gsize most);
void sink_clear(Sink *sink);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Sink, sink_clear)

/* The public key of that fingerprint, as the context is told to write it. SETUP
 * where there is none. */
GBytes *pgp_export_with(gpgme_ctx_t context, const char *fingerprint, gpgme_export_mode_t mode,
    GError **error);

/* How much may come out of an input (T-14); most 0: by that rule alone. */
gsize pgp_output_bound(gsize input, gsize most);

/* Of Signature: what was said of signatures in the last operation, judged with
 * the team's keys and those certificates. */
GPtrArray *pgp_signatures_new(void);
GPtrArray *pgp_signatures_of(const Pgp *pgp, gpgme_ctx_t context, const GPtrArray *certificates);

/* The private home entered, with settings for what is done next in it; nothing
 * is written that is there already. pgp_ready() is for what needs no others. */
bool pgp_configure(Pgp *pgp, const GPtrArray *certificates, bool skip_verify, GError **error);
bool pgp_ready(Pgp *pgp, GError **error);

/* Another home below the private one, until it is left: without the agent, so
 * that gpg, which takes all packets as they come, can decrypt nothing there. */
bool pgp_enter_agentless(Pgp *pgp, const GPtrArray *certificates, GError **error);
void pgp_leave_agentless(Pgp *pgp);

/* The file of a home's public ring, and when it was written. */
char *pgp_ring_file(const char *home);
RingStamp pgp_ring_stamp(const char *home);
void pgp_drop_copy(Pgp *pgp);

/* The keys in a certificate; the one of a fingerprint or long key id. */
GPtrArray *pgp_keys_of(GBytes *certificate);
const PacketKey *pgp_key_among(const GPtrArray *keys, const char *name);

/* A key that signs and certifies, with a subkey to encrypt to, in the home that
 * is set; it ends after so many seconds. begun: of one that was begun, of which
 * what is missing is made; NULL: none. Gives the fingerprint. */
char *pgp_make_key(const char *const *user_ids, const char *algorithm, unsigned long seconds,
    const char *begun, GError **error);

/* Binary packets out of what may be armoured; NULL if the armour is broken. */
GBytes *pgp_unarmoured(GBytes *bytes);

#endif
