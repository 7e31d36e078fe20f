/* SPDX-License-Identifier: Apache-2.0 */
/* A recursion over the rest of pattern and path that remembers failed combinations. */
#include "model_glob.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "fuzz.h"

struct model {
    const char *pattern;
    const char *path;
    size_t path_size;
    bool *failed; /* a row of path positions for each pattern position */
};

/* ---- Bracket expressions as sets of bytes ---- */

static void add_range(bool set[256], unsigned first, unsigned last)
{
    for (unsigned byte = first; byte <= last; byte++)
        set[byte] = true;
}

static const char *const classes[][2] = {
    {"alnum", "09AZaz"}, {"alpha", "AZaz"},       {"blank", "\t\t  "},   {"cntrl", "\x01\x1f\x7f\x7f"},
    {"digit", "09"},     {"graph", "!~"},         {"lower", "az"},       {"print", " ~"},
    {"upper", "AZ"},     {"space", "\t\n\r\r  "}, {"punct", "!/:@[`{~"}, {"xdigit", "09AFaf"},
};

static bool add_class(bool set[256], const char *name, size_t size)
{
    for (size_t i = 0; i < sizeof classes / sizeof classes[0]; i++)
        if (strlen(classes[i][0]) == size && strncmp(classes[i][0], name, size) == 0) {
            for (const char *range = classes[i][1]; *range != '\0'; range += 2)
                add_range(set, (unsigned char)range[0], (unsigned char)range[1]);
            return true;
        }
    return false;
}

/* The length of the class name that starts at `at`, "[:" included, or 0; SIZE_MAX if no bracket follows. */
static size_t class_name(const char *at)
{
    if (strncmp(at, "[:", 2) != 0)
        return 0;
    const char *close = strchr(at + 2, ']');
    if (close == NULL)
        return SIZE_MAX;
    return close > at + 2 && close[-1] == ':' ? (size_t)(close - at) + 1 : 0;
}

/* Fills the set of the expression after "[" and returns the position after its "]", or NULL if malformed. */
static const char *read_bracket(const char *at, bool set[256])
{
    int before = -1; /* the possible start of a range */
    const bool is_negated = *at == '!' || *at == '^';

    memset(set, 0, 256 * sizeof *set);
    at += is_negated;
    for (bool is_first = true; *at != ']' || is_first; is_first = false) {
        const size_t size = class_name(at);
        if (size == SIZE_MAX || (size > 0 && !add_class(set, at + 2, size - 4)))
            return NULL;
        if (size > 0) {
            at += size;
            before = -1;
            continue;
        }
        const bool is_range = *at == '-' && before >= 0 && at[1] != '\0' && at[1] != ']';
        at += is_range;
        at += *at == '\\';
        if (*at == '\0')
            return NULL;
        const unsigned char last = (unsigned char)*at++;
        add_range(set, is_range ? (unsigned)before : last, last);
        before = is_range ? -1 : last;
    }
    for (size_t i = 0; i < 256; i++)
        set[i] = set[i] != is_negated;
    set['/'] = false;
    return at + 1;
}

/* ---- The recursion ---- */

static bool match(const struct model *model, const char *pattern, const char *path);

/* Matches the rest after asterisks that match any number of components, at least one if `least`. */
static bool match_behind_components(const struct model *model, const char *pattern, const char *path, bool least)
{
    if (!least && match(model, pattern, path))
        return true;
    for (const char *slash = strchr(path, '/'); slash != NULL; slash = strchr(slash + 1, '/'))
        if (match(model, pattern, slash + 1))
            return true;
    return false;
}

static bool match_asterisks(const struct model *model, const char *pattern, const char *path)
{
    const char *rest = pattern + strspn(pattern, "*");
    const bool at_start = pattern == model->pattern || pattern[-1] == '/';

    if (rest - pattern > 1 && at_start) {
        if (*rest == '\0')
            return true;
        if (*rest == '/')
            return match_behind_components(model, rest + 1, path, false);
        if (strncmp(rest, "\\/", 2) == 0)
            return match_behind_components(model, rest + 2, path, true);
    }
    for (;; path++) {
        if (match(model, rest, path))
            return true;
        if (*path == '/' || *path == '\0')
            return false;
    }
}

static bool match_one(const struct model *model, const char *pattern, const char *path)
{
    bool set[256];

    switch (*pattern) {
    case '?':
        return *path != '/' && match(model, pattern + 1, path + 1);
    case '[':
        pattern = read_bracket(pattern + 1, set);
        return pattern != NULL && set[(unsigned char)*path] && match(model, pattern, path + 1);
    case '\\':
        pattern++;
        break;
    default:
        break;
    }
    return *pattern == *path && match(model, pattern + 1, path + 1);
}

static bool match(const struct model *model, const char *pattern, const char *path)
{
    bool *failed = model->failed + (size_t)(pattern - model->pattern) * (model->path_size + 1) + (path - model->path);

    if (*pattern == '\0')
        return *path == '\0';
    if (*failed)
        return false;
    const bool matches =
        *pattern == '*' ? match_asterisks(model, pattern, path) : *path != '\0' && match_one(model, pattern, path);
    *failed = !matches;
    return matches;
}

bool model_glob(const char *pattern, const char *path)
{
    struct model model = {pattern, path, strlen(path), NULL};

    model.failed = calloc((strlen(pattern) + 1) * (model.path_size + 1), sizeof *model.failed);
    REQUIRE(model.failed != NULL);
    const bool matches = match(&model, pattern, path);
    free(model.failed);
    return matches;
}
