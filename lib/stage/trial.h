/*
 * trial - does an analyst's mail program answer as it must?
 *
 * An analyst is sent a letter like a notice, about no case. Whatever is answered
 * to it orders nothing; how it came is kept and told: signed, encrypted, with its
 * one-time word, with a protected Subject. What fails is told with the remedy,
 * program by program.
 */

#ifndef SLUIS_STAGE_TRIAL_H
#define SLUIS_STAGE_TRIAL_H

#include <stdbool.h>

#include "directory.h"
#include "tools.h"

/* The tool, which has verbs of its own, sends one and knows no acting.h. */
struct Acting;
struct Authority;

/* Files the letter, in a transaction of its own; as sluis_work. */
bool trial_send(const Tools *tools, Db *db, const Correspondent *analyst, GError **error);

/* Is it the answer to one, by whom it was sent to? */
bool trial_is_answered(const struct Authority *authority);

/* Shows how it came. */
void trial_answer(struct Acting *acting);

/* Keeps how it came. A signed answer without any one-time word may be one to a
 * trial, too: if one waits. */
bool trial_file(const struct Acting *acting, GError **error);

/* What to do in each mail program, a line each; "" if because is nothing that
 * a program's settings decide. */
char *trial_remedy(const struct Acting *acting, const char *because);

#endif
