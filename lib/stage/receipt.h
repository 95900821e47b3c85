/*
 * receipt - what an analyst hears about an answer
 *
 * One short letter, encrypted to the analyst who signed, or, where nobody did
 * rightly, to the one who is named: what was done, what is held, or why nothing
 * was. It ends with a marker line and a fresh one-time word, so that it can be
 * answered like a notice. An answer that is held whole is kept here as well.
 */

#ifndef SLUIS_STAGE_RECEIPT_H
#define SLUIS_STAGE_RECEIPT_H

#include "acting.h"

/* Adds the letter to the run, unless there is nobody to write to. */
bool receipt_write(Acting *acting, GError **error);

/* Keeps the answer whole, and shows what it would do. */
void hold_answer(Acting *acting, const char *own);

#endif
