/*
 * deliver - an outgoing mail handed over, and when to try again
 *
 * The transport is "sendmail:PATH", run as PATH -oi -f SENDER -- ADDRESS with
 * the mail on its stdin, or "maildir:PATH", where each mail becomes one file
 * in new/ with Return-Path and Delivered-To on top. The file is named after
 * the outbox row, so that a repeat replaces it and doubles nothing (T-7). Both
 * are durable when they succeed; pieces of a maildir's tmp/ that nobody can be
 * writing any more are removed. Line ends are LF here, as both expect.
 */

#ifndef SLUIS_PROGRAM_DELIVER_H
#define SLUIS_PROGRAM_DELIVER_H

#include <stdbool.h>
#include <glib.h>

typedef struct {
	gint64 id;		/* of the outbox row */
	const char *sender;	/* "" is the null sender */
	const char *address;
	GBytes *bytes;
} Delivery;

typedef enum {
	DELIVERY_SENT,
	DELIVERY_LATER,		/* the world: try again for days */
	DELIVERY_REFUSED,	/* the mail or its address: try again twice */
} DeliveryOutcome;

/* *reason is set unless SENT: fixed words of ours, the caller's. */
DeliveryOutcome deliver(const char *transport, const Delivery *delivery, char **reason);

/* Seconds until the next attempt, after that many; 0: there is none. One
 * minute, doubled up to an hour, for five days. */
gint64 deliver_wait(DeliveryOutcome outcome, guint attempts);

#endif
