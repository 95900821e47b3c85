/*
 * token - reply addresses and Message-IDs that only we can have made
 *
 * inbox+<version><case><party><epoch><mac>@domain, lower-case base 32 without
 * padding, widths 1, 6, 3, 2 and 26: 38 characters (THREATS section 7). The
 * mac is 130 bits of HMAC-SHA-256 over purpose, case, party and epoch. A token
 * names a party; it is no proof of who writes.
 */

#ifndef SLUIS_CRYPTO_TOKEN_H
#define SLUIS_CRYPTO_TOKEN_H

#include <stdbool.h>
#include <glib.h>

#include "seal.h"

#define TOKEN_LENGTH 38

/* A reply, a bounce; or what a participant was told of hits, which has no case yet: its
 * number stands in the place of one. */
typedef enum { TOKEN_REPLY, TOKEN_BOUNCE, TOKEN_HIT } TokenPurpose;

typedef struct {
	guint case_no;		/* 30 bits */
	guint party;		/* 15 bits: the party's number within its case */
	guint epoch;		/* 10 bits */
} Token;

typedef struct TokenKeys TokenKeys;	/* token.key.N, newest first, at most two */

TokenKeys *token_keys_load(const char *folder, GError **error);
void token_keys_free(TokenKeys *keys);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(TokenKeys, token_keys_free)

char *token_write(const TokenKeys *keys, TokenPurpose purpose, Token token);
bool token_read(const TokenKeys *keys, TokenPurpose purpose, const char *word,
    Token *token);

/* "rd@x" and a token give "rd+TOKEN@x"; and the word behind '+' of an
 * address, NULL if there is none. The caller's. */
char *token_address(const char *inbox, const char *token);
char *token_of_address(const char *address);

/* The first valid token for that in a text ("Ref: ..." at the foot of a mail). */
bool token_find(const TokenKeys *keys, TokenPurpose purpose, const char *text, Token *token);

/* A Message-ID of ours: 96 random bits and 64 keyed ones, "@domain"; without
 * <>. And whether an id is one, so that a forged reference is not looked up. */
char *token_message_id(const TokenKeys *keys, const char *domain);
bool token_is_message_id(const TokenKeys *keys, const char *id);

#endif
