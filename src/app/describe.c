#include "describe.h"

#include "lacrima/base/text.h"

static void node(const struct technique *technique, uint8_t i, FILE *out)
{
    const struct phase *phase = &technique->phases[i];
    (void)fprintf(out, "  \"%s\" [label=\"%s", phase->name, phase->name);
    if (phase->length_ns > 0)
        (void)fprintf(out, "\\n%g s", time_seconds(phase->length_ns));
    else if (phase->length_ns == PHASE_WAITS)
        (void)fputs("\\nwaits", out);
    if (phase->cue != CUE_NONE)
        (void)fprintf(out, "\\n(%s)", cue_name(phase->cue));
    (void)fputs("\"];\n", out);
}

static const char *target(const struct technique *technique, const struct transition *row)
{
    return row->to == PHASE_DONE ? "landing" : technique->phases[row->to].name;
}

/* Phases of one name are one node, so rows are compared by the names of both their ends. */
static bool same_ends(const struct technique *technique, uint8_t a, uint8_t b)
{
    const struct transition *rows = technique->transitions;
    return text_equal(technique->phases[rows[a].from].name, technique->phases[rows[b].from].name) &&
           text_equal(target(technique, &rows[a]), target(technique, &rows[b]));
}

static void cause(const struct transition *row, FILE *out)
{
    (void)fputs(cause_name(row->cause), out);
    if (row->guard_name != NULL)
        (void)fprintf(out, " [%s]", row->guard_name);
}

/* Whether an earlier row with the same ends says the same. */
static bool said_before(const struct technique *technique, uint8_t first, uint8_t row)
{
    const struct transition *rows = technique->transitions;
    for (uint8_t i = first; i < row; i++) {
        if (same_ends(technique, i, row) && rows[i].cause == rows[row].cause &&
            rows[i].guard == rows[row].guard)
            return true;
    }
    return false;
}

/* One arrow for all the rows from here to there, a line of its label for each. */
static void edge(const struct technique *technique, uint8_t first, FILE *out)
{
    const struct transition *rows = technique->transitions;
    for (uint8_t i = 0; i < first; i++) {
        if (same_ends(technique, i, first))
            return;
    }
    (void)fprintf(out, "  \"%s\" -> \"%s\" [label=\"", technique->phases[rows[first].from].name,
                  target(technique, &rows[first]));
    cause(&rows[first], out);
    for (uint8_t i = (uint8_t)(first + 1); i < technique->transition_count; i++) {
        if (!same_ends(technique, first, i) || said_before(technique, first, i))
            continue;
        (void)fputs("\\n", out);
        cause(&rows[i], out);
    }
    (void)fputs("\"];\n", out);
}

/* Where Left leads: dotted, and left out where it leads back to the state itself. */
static void back(const struct technique *technique, uint8_t i, FILE *out)
{
    const struct phase *phase = &technique->phases[i];
    const char *to = technique->phases[phase->previous].name;
    if (!text_equal(phase->name, to))
        (void)fprintf(out, "  \"%s\" -> \"%s\" [style=dotted, constraint=false, color=gray50];\n",
                      phase->name, to);
}

static bool leaves_inside(const struct technique *technique)
{
    for (uint8_t i = 0; i < technique->transition_count; i++) {
        if (technique->transitions[i].cause == CAUSE_LEAVE)
            return true;
    }
    return false;
}

void describe(const struct technique *technique, FILE *out)
{
    (void)fprintf(out,
                  "digraph \"%s\" {\n"
                  "  rankdir=TB;\n"
                  "  nodesep=0.5;\n"
                  "  node [shape=box, style=rounded, fontname=\"serif\"];\n"
                  "  edge [fontname=\"serif\", fontsize=10];\n"
                  "  \"home\" [shape=plaintext];\n"
                  "  \"landing\" [shape=plaintext];\n"
                  "  \"home\" -> \"%s\" [label=\"begin\"];\n",
                  technique->id, technique->phases[0].name);
    for (uint8_t i = 0; i < technique->phase_count; i++)
        node(technique, i, out);
    for (uint8_t i = 0; i < technique->transition_count; i++)
        edge(technique, i, out);
    for (uint8_t i = 0; i < technique->phase_count; i++)
        back(technique, i, out);
    (void)fprintf(out,
                  "  /* Dotted: left.  Right takes the first row above whose guard holds: right, "
                  "time, space, "
                  "release, music-ended.\n     Esc %s. */\n}\n",
                  leaves_inside(technique)
                      ? "takes the first whose cause is leave, and leads from every other state "
                        "to the landing"
                      : "leads from every state to the landing");
}
