/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Glob matching without recursion or allocation.
 *
 * Only the last single and the last double asterisk ever need to be retried. A single asterisk stays within one
 * component, which ends where the pattern has a slash, so once a later one is reached the earlier one is settled. A
 * double asterisk matches any number of whole components, so whatever could be gained by extending an earlier one, the
 * later one can match as well. Hence each part of the pattern between two double asterisks is tried at most once for
 * each start of a component, and within it each asterisk at most once for each byte. The time is at most proportional
 * to the product of the lengths.
 */
#include "filter/glob.h"

#include <string.h>

struct scan {
    const char *start; /* of the pattern */
    const char *pattern;
    const char *path;
    const char *single_pattern; /* after the last single asterisk in this part of the pattern, or NULL */
    const char *single_path;    /* the end of what it matches so far */
    const char *double_pattern; /* after the last double asterisk and its slash, or NULL */
    const char *double_path;    /* the start of the component where this part was last tried */
};

static bool in_range(unsigned char byte, char first, char last)
{
    return byte >= (unsigned char)first && byte <= (unsigned char)last;
}

static bool is_alphabetic(unsigned char byte)
{
    return in_range(byte, 'a', 'z') || in_range(byte, 'A', 'Z');
}

static bool is_digit(unsigned char byte)
{
    return in_range(byte, '0', '9');
}

/* ASCII classes in every locale, because names are bytes. As in git, white space does not include vertical tab and form
 * feed. */
static bool in_class(const char *name, size_t size, unsigned char byte, bool *is_known)
{
    bool is_space = byte == ' ' || in_range(byte, '\t', '\n') || byte == '\r';
    bool is_visible = in_range(byte, '!', '~');
    const struct {
        const char *name;
        bool holds;
    } classes[] = {
        {"alnum", is_alphabetic(byte) || is_digit(byte)},
        {"alpha", is_alphabetic(byte)},
        {"blank", byte == ' ' || byte == '\t'},
        {"cntrl", byte < ' ' || byte == 0x7f},
        {"digit", is_digit(byte)},
        {"graph", is_visible},
        {"lower", in_range(byte, 'a', 'z')},
        {"print", is_visible || byte == ' '},
        {"punct", is_visible && !is_alphabetic(byte) && !is_digit(byte)},
        {"space", is_space},
        {"upper", in_range(byte, 'A', 'Z')},
        {"xdigit", is_digit(byte) || in_range(byte, 'a', 'f') || in_range(byte, 'A', 'F')},
    };
    for (size_t i = 0; i < sizeof classes / sizeof *classes; i++)
        if (strlen(classes[i].name) == size && memcmp(classes[i].name, name, size) == 0)
            return classes[i].holds;
    *is_known = false;
    return false;
}

struct bracket {
    unsigned char byte;   /* the byte to match */
    unsigned char before; /* the previous member if it can start a range, else 0 */
    bool found;
    const char *closing; /* the first "]" after the start of a class, cached to avoid a quadratic search */
};

/* Matches the class whose name starts at `at`, after its "[:". Returns the position after its "]", `at` if it is not a
 * class, or NULL if it makes the pattern malformed. */
static const char *match_class(struct bracket *bracket, const char *at)
{
    if (bracket->closing == NULL || bracket->closing < at)
        bracket->closing = strchr(at, ']');
    const char *closing = bracket->closing;
    if (closing == NULL || closing == at || closing[-1] != ':')
        return closing == NULL ? NULL : at;
    bool is_known = true;
    bracket->found |= in_class(at, (size_t)(closing - at) - 1, bracket->byte, &is_known);
    bracket->before = 0;
    return is_known ? closing + 1 : NULL;
}

/* Matches one member of a bracket expression: a byte, a range or a class. Returns the position after it, or NULL if it
 * is malformed. */
static const char *match_member(struct bracket *bracket, const char *at)
{
    if (at[0] == '[' && at[1] == ':') {
        const char *end = match_class(bracket, at + 2);
        if (end != at + 2)
            return end;
    }
    bool is_range = at[0] == '-' && bracket->before != 0 && at[1] != '\0' && at[1] != ']';
    at += is_range;
    at += *at == '\\';
    if (*at == '\0')
        return NULL;
    unsigned char last = (unsigned char)*at;
    unsigned char first = is_range ? bracket->before : last;
    bracket->found |= bracket->byte >= first && bracket->byte <= last;
    bracket->before = is_range ? 0 : last;
    return at + 1;
}

/* Matches the bracket expression that starts at `at`, after its "[". Returns the position after it, or NULL if the byte
 * does not match or the expression is not closed. A "]" that comes first is a member. */
static const char *match_bracket(const char *at, unsigned char byte)
{
    struct bracket bracket = {.byte = byte};
    bool is_negated = *at == '!' || *at == '^';
    at += is_negated;
    do {
        at = match_member(&bracket, at);
    } while (at != NULL && *at != ']');
    return at != NULL && bracket.found != is_negated && byte != '/' ? at + 1 : NULL;
}

/* Returns the position after the part of the pattern that matches this byte, or NULL. */
static const char *match_byte(const char *at, unsigned char byte)
{
    switch (*at) {
    case '?':
        return byte != '/' ? at + 1 : NULL;
    case '[':
        return match_bracket(at + 1, byte);
    case '\\':
        at++;
        break;
    default:
        break;
    }
    return (unsigned char)*at == byte ? at + 1 : NULL;
}

/* Makes the last double asterisk match one more component. */
static bool extend_double(struct scan *scan)
{
    const char *slash = scan->double_pattern != NULL ? strchr(scan->double_path, '/') : NULL;
    if (slash == NULL)
        return false;
    scan->single_pattern = NULL;
    scan->pattern = scan->double_pattern;
    scan->path = scan->double_path = slash + 1;
    return true;
}

/* Extends the match of the last asterisk that can match more. */
static bool backtrack(struct scan *scan)
{
    if (scan->single_pattern != NULL && *scan->single_path != '\0' && *scan->single_path != '/') {
        scan->pattern = scan->single_pattern;
        scan->path = ++scan->single_path;
        return true;
    }
    return extend_double(scan);
}

/* Starts a run of asterisks, which match nothing at first. Two or more are special only as a whole component. An
 * escaped slash ends a component too, but git then requires at least one component, and so do we. */
static bool begin_asterisks(struct scan *scan)
{
    const char *first = scan->pattern;
    const char *end = first + strspn(first, "*");
    bool is_escaped = end[0] == '\\' && end[1] == '/';
    bool is_component = (first == scan->start || first[-1] == '/') && (*end == '\0' || *end == '/' || is_escaped);
    scan->pattern = end;
    if (end - first == 1 || !is_component) {
        scan->single_pattern = end;
        scan->single_path = scan->path;
        return true;
    }
    if (*end == '\0') {
        scan->path += strlen(scan->path);
        return true;
    }
    scan->single_pattern = NULL;
    scan->pattern = scan->double_pattern = end + (is_escaped ? 2 : 1);
    scan->double_path = scan->path;
    return !is_escaped || extend_double(scan);
}

bool glob_match(const char *pattern, const char *path)
{
    struct scan scan = {.start = pattern, .pattern = pattern, .path = path};
    while (*scan.pattern != '\0' || *scan.path != '\0') {
        if (*scan.pattern == '*') {
            if (!begin_asterisks(&scan))
                return false;
            continue;
        }
        const char *next = *scan.path != '\0' ? match_byte(scan.pattern, (unsigned char)*scan.path) : NULL;
        if (next != NULL) {
            scan.pattern = next;
            scan.path++;
        } else if (!backtrack(&scan)) {
            return false;
        }
    }
    return true;
}
