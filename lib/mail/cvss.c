/* cvss - see cvss.h */

#include "cvss.h"

#include <math.h>
#include <string.h>
#include <glib.h>

#define METRICS_MOST 11
#define PIECES_MOST 40		/* of a vector with all there is in version 4 */

/* A base metric: its name, its values from the worst or the first of the
 * standard on, and what each weighs. */
typedef struct {
	const char *name, *values;
	double weights[4];
} Metric;

typedef struct {
	const char *prefix;		/* with its slash; NULL: may be left out */
	const Metric *metrics;
	double (*score)(const guint *values);
} Version;

static double
weight(const Metric *metrics, const guint *values, guint metric)
{
	return metrics[metric].weights[values[metric]];
}

/* What three impacts are together. */
static double
together(double confidentiality, double integrity, double availability)
{
	return 1 - (1 - confidentiality) * (1 - integrity) * (1 - availability);
}

static const Metric metrics_2[] = {
	{ "AV", "LAN", { 0.395, 0.646, 1.0 } },
	{ "AC", "HML", { 0.35, 0.61, 0.71 } },
	{ "Au", "MSN", { 0.45, 0.56, 0.704 } },
	{ "C",  "NPC", { 0, 0.275, 0.66 } },
	{ "I",  "NPC", { 0, 0.275, 0.66 } },
	{ "A",  "NPC", { 0, 0.275, 0.66 } },
	{ 0 }
};

static double
score_2(const guint *values)
{
	const Metric *all = metrics_2;
	double impact = 10.41 * together(weight(all, values, 3), weight(all, values, 4),
	    weight(all, values, 5));
	double exploitability = 20 * weight(all, values, 0) * weight(all, values, 1) *
	    weight(all, values, 2);

	return impact <= 0 ? 0 : round((0.6 * impact + 0.4 * exploitability - 1.5) * 1.176 * 10) / 10;
}

enum { AV_3, AC_3, PR_3, UI_3, S_3, C_3, I_3, A_3 };

static const Metric metrics_3[] = {
	[AV_3] = { "AV", "NALP", { 0.85, 0.62, 0.55, 0.2 } },
	[AC_3] = { "AC", "LH", { 0.77, 0.44 } },
	[PR_3] = { "PR", "NLH", { 0.85, 0.62, 0.27 } },
	[UI_3] = { "UI", "NR", { 0.85, 0.62 } },
	[S_3] =  { "S", "UC", { 0 } },
	[C_3] =  { "C", "HLN", { 0.56, 0.22, 0 } },
	[I_3] =  { "I", "HLN", { 0.56, 0.22, 0 } },
	[A_3] =  { "A", "HLN", { 0.56, 0.22, 0 } },
	{ 0 }
};

/* A privilege is less of a hindrance to who gets out of where it holds. */
static const double privileges_changed[] = { 0.85, 0.68, 0.5 };

/* The smallest decimal that is not less, as 3.1 defines it: in whole numbers, so
 * that no machine's last digit decides. 3.0 means the same. */
static double
round_up(double score)
{
	long whole = lround(score * 100000);
	long tenths = whole / 10000 + (whole % 10000 != 0);

	return (double)tenths / 10;
}

static double
score_3(const guint *values)
{
	const Metric *all = metrics_3;
	bool changed = values[S_3] != 0;
	double loss = together(weight(all, values, C_3), weight(all, values, I_3),
	    weight(all, values, A_3));
	double impact = changed ? 7.52 * (loss - 0.029) - 3.25 * pow(loss - 0.02, 15) : 6.42 * loss;
	double privileges = changed ? privileges_changed[values[PR_3]] : weight(all, values, PR_3);
	double exploitability = 8.22 * weight(all, values, AV_3) * weight(all, values, AC_3) *
	    privileges * weight(all, values, UI_3);

	if (impact <= 0)
		return 0;
	return round_up(MIN((impact + exploitability) * (changed ? 1.08 : 1), 10));
}

enum { AV_4, AC_4, AT_4, PR_4, UI_4, VC_4, VI_4, VA_4, SC_4, SI_4, SA_4 };

/* Version 4 has levels in the place of weights: how far a value is from the worst. */
static const Metric metrics_4[] = {
	[AV_4] = { "AV", "NALP", { 0 } }, [AC_4] = { "AC", "LH", { 0 } },
	[AT_4] = { "AT", "NP", { 0 } }, [PR_4] = { "PR", "NLH", { 0 } },
	[UI_4] = { "UI", "NPA", { 0 } },
	[VC_4] = { "VC", "HLN", { 0 } }, [VI_4] = { "VI", "HLN", { 0 } }, [VA_4] = { "VA", "HLN", { 0 } },
	[SC_4] = { "SC", "HLN", { 0 } }, [SI_4] = { "SI", "HLN", { 0 } }, [SA_4] = { "SA", "HLN", { 0 } },
	{ 0 }
};

/* The standard sorts vectors into sets of equal severity ("macrovectors"), has
 * given each a score, and places a vector between its set and the next lower
 * ones. Of its 270 sets those a base score needs: how easily (EQ1), under which
 * conditions (EQ2), the loss of the system (EQ3 with EQ6, as named), the loss of
 * others (EQ4: 1, 2), all attacked (EQ5). In tenths. */
enum { LOSS_00, LOSS_01, LOSS_10, LOSS_11, LOSS_21, LOSSES };

static const guint sets_4[3][2][LOSSES][2] = {
	{ { { 100, 93 }, { 96, 90 }, { 93, 88 }, { 92, 80 }, { 79, 69 } },
	  { { 95, 92 }, { 91, 81 }, { 92, 84 }, { 82, 70 }, { 71, 63 } } },
	{ { { 94, 87 }, { 89, 75 }, { 86, 72 }, { 76, 57 }, { 65, 53 } },
	  { { 90, 77 }, { 77, 66 }, { 74, 61 }, { 59, 52 }, { 58, 23 } } },
	{ { { 86, 70 }, { 74, 54 }, { 72, 53 }, { 57, 36 }, { 47, 24 } },
	  { { 73, 54 }, { 55, 43 }, { 61, 46 }, { 51, 18 }, { 24, 10 } } },
};

/* One of the standard's equivalences: which of its sets it is in, how many levels
 * from the worst of that set, how many levels the set has, and the score of the
 * next lower one; 0: there is none. */
typedef struct {
	guint set, distance, depth, lower;
} Equivalence;

static guint
levels(const guint *values, guint first, guint last)
{
	guint sum = 0;

	for (guint i = first; i <= last; i++)
		sum += values[i];
	return sum;
}

static Equivalence
how_easily(const guint *values)
{
	static const guint worst[] = { 0, 1, 3 }, depth[] = { 1, 4, 5 };
	guint away = values[AV_4] + values[PR_4] + values[UI_4];
	bool one_worst = values[AV_4] == 0 || values[PR_4] == 0 || values[UI_4] == 0;
	guint set = away == 0 ? 0 : one_worst && values[AV_4] != 3 ? 1 : 2;

	return (Equivalence){ set, away - worst[set], depth[set], 0 };
}

static Equivalence
what_is_lost(const guint *values)
{
	static const guint sets[] = { LOSS_00, LOSS_10, LOSS_21 }, worst[] = { 0, 1, 3 };
	static const guint depth[] = { 7, 8, 10 };
	bool any = values[VC_4] == 0 || values[VI_4] == 0 || values[VA_4] == 0;
	guint which = values[VC_4] == 0 && values[VI_4] == 0 ? 0 : any ? 1 : 2;

	return (Equivalence){ sets[which], levels(values, VC_4, VA_4) - worst[which], depth[which], 0 };
}

static Equivalence
what_others_lose(const guint *values)
{
	bool any = values[SC_4] == 0 || values[SI_4] == 0 || values[SA_4] == 0;
	guint away = levels(values, SC_4, SA_4);

	return any ? (Equivalence){ 0, away, 5, 0 } : (Equivalence){ 1, away - 3, 4, 0 };
}

/* What is taken off the set's score: the mean, over all equivalences with a next
 * lower set, of the way gone towards it. The fifth always has one, and no way is
 * gone. */
static double
taken_off(guint score, const Equivalence *equivalences, guint count)
{
	double sum = 0;
	guint lower = 1;

	for (guint i = 0; i < count; i++) {
		const Equivalence *one = &equivalences[i];

		if (one->lower == 0)
			continue;
		sum += ((double)score - one->lower) * one->distance / one->depth;
		lower++;
	}
	return sum / lower;
}

static double
score_4(const guint *values)
{
	Equivalence easy = how_easily(values), loss = what_is_lost(values), others = what_others_lose(values);
	Equivalence conditions = { MIN(levels(values, AC_4, AT_4), 1), 0, 2, 0 };
	const guint (*sets)[2] = sets_4[easy.set][conditions.set];
	guint score = sets[loss.set][others.set];

	if (levels(values, VC_4, SA_4) == 12)	/* nothing is lost */
		return 0;
	conditions.distance = levels(values, AC_4, AT_4) - conditions.set;
	if (easy.set < 2)
		easy.lower = sets_4[easy.set + 1][conditions.set][loss.set][others.set];
	if (conditions.set == 0)
		conditions.lower = sets_4[easy.set][1][loss.set][others.set];
	if (loss.set == LOSS_00)
		loss.lower = MAX(sets[LOSS_01][others.set], sets[LOSS_10][others.set]);
	else if (loss.set == LOSS_10)
		loss.lower = sets[LOSS_11][others.set];
	if (others.set == 0)
		others.lower = sets[loss.set][1];
	return floor(score - taken_off(score, (Equivalence[]){ easy, conditions, loss, others }, 4) +
	    1e-6 + 0.5) / 10;
}

static const Version versions[] = {
	{ "CVSS:4.0/", metrics_4, score_4 },
	{ "CVSS:3.1/", metrics_3, score_3 },
	{ "CVSS:3.0/", metrics_3, score_3 },
	{ "CVSS:2.0/", metrics_2, score_2 },
	{ NULL, metrics_2, score_2 },
};

/* Takes "AV:N"; a metric not of the base is passed over. */
static bool
take(const Metric *metrics, const char *piece, guint *values, bool *seen)
{
	const char *colon = strchr(piece, ':');

	if (colon == NULL || colon == piece || colon[1] == '\0')
		return false;
	for (guint i = 0; metrics[i].name != NULL; i++) {
		const char *at;

		if (strlen(metrics[i].name) != (gsize)(colon - piece) ||
		    g_ascii_strncasecmp(metrics[i].name, piece, (gsize)(colon - piece)) != 0)
			continue;
		at = strchr(metrics[i].values, g_ascii_toupper(colon[1]));
		if (at == NULL || colon[2] != '\0' || seen[i])
			return false;
		values[i] = (guint)(at - metrics[i].values);
		seen[i] = true;
	}
	return true;
}

static bool
read_values(const Metric *metrics, const char *text, guint *values)
{
	g_auto(GStrv) pieces = g_strsplit(text, "/", PIECES_MOST);
	bool seen[METRICS_MOST] = { false };

	for (char **piece = pieces; *piece != NULL; piece++)
		if (!take(metrics, *piece, values, seen))
			return false;
	for (guint i = 0; metrics[i].name != NULL; i++)
		if (!seen[i])
			return false;
	return true;
}

bool
cvss_base(const char *vector, double *score)
{
	g_autofree char *bare = g_strdup(vector + (vector[0] == '('));
	const Version *version = versions;
	guint values[METRICS_MOST] = { 0 };

	if (vector[0] == '(' && g_str_has_suffix(bare, ")"))
		bare[strlen(bare) - 1] = '\0';
	while (version->prefix != NULL &&
	    g_ascii_strncasecmp(bare, version->prefix, strlen(version->prefix)) != 0)
		version++;
	if (!read_values(version->metrics, bare + (version->prefix != NULL ? strlen(version->prefix) : 0),
	    values))
		return false;
	*score = version->score(values);
	return true;
}

const char *
cvss_word(double score)
{
	static const struct { double from; const char *word; } words[] = {
		{ 9.0, "critical" }, { 7.0, "high" }, { 4.0, "medium" }, { 0.1, "low" },
	};

	for (guint i = 0; i < G_N_ELEMENTS(words); i++)
		if (score >= words[i].from)
			return words[i].word;
	return "";
}
