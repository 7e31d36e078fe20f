/* SPDX-License-Identifier: Apache-2.0 */
/* Exact integers, and memory with a limit, for cJSON. */
#include "lists/json_limits.h"

#include <stdlib.h>
#include <string.h>

#include "util/number.h"

/* ---- Integers: cJSON keeps numbers as double, which is exact only below 2^53 ---- */

static const char *skip_blanks(const char *at)
{
    while (*at == ' ' || *at == '\t' || *at == '\r' || *at == '\n')
        at++;
    return at;
}

/* What stands behind a string that begins here. */
static const char *skip_string(const char *at)
{
    for (at++; *at != '"'; at++)
        if (*at == '\\')
            at++;
    return at + 1;
}

/* Where the value of a member of the outermost object begins: only names of members have a colon behind them. NULL
 * where none is written just like this, without escapes. */
static const char *find_value(const char *text, const char *member)
{
    const size_t size = strlen(member);
    size_t depth = 0;

    while (*text != '\0') {
        if (*text != '"') {
            depth += *text == '{' || *text == '[';
            depth -= *text == '}' || *text == ']';
            text++;
            continue;
        }
        const char *end = skip_string(text);
        const char *colon = skip_blanks(end);
        if (depth == 1 && *colon == ':' && (size_t)(end - text) == size + 2 && strncmp(text + 1, member, size) == 0)
            return skip_blanks(colon + 1);
        text = end;
    }
    return NULL;
}

/* False for what is not digits alone. */
static bool read_digits(const char *text, uint64_t *value)
{
    char digits[sizeof "18446744073709551615"];
    const size_t size = text == NULL ? 0 : strspn(text, "0123456789");

    if (size == 0 || size >= sizeof digits || strchr(".eE", text[size]) != NULL)
        return false;
    memcpy(digits, text, size);
    digits[size] = '\0';
    return number_parse(digits, 0, UINT64_MAX, value);
}

bool json_integer_read(const cJSON *object, const char *text, const char *member, uint64_t *value)
{
    const cJSON *number = cJSON_GetObjectItemCaseSensitive(object, member);

    if (!cJSON_IsNumber(number) || !(number->valuedouble >= 0))
        return false;
    /* Where the double is another number, the digits are those of a member of the same name. */
    if (number->valuedouble >= 0x1p53 && read_digits(find_value(text, member), value) &&
        (double)*value == number->valuedouble)
        return true;
    *value = number->valuedouble < 0x1p64 ? (uint64_t)number->valuedouble : 0;
    return (double)*value == number->valuedouble;
}

/* ---- Memory: counted on each thread, since one may read a list while another writes verdicts ---- */

/* No allocation costs more than this beyond its size: a header, and the rounding to what malloc gives at least. */
enum { OVERHEAD = 32 };

static _Thread_local struct {
    bool is_limited;
    bool is_short;
    size_t left;
} memory;

static void *allocate(size_t size)
{
    if (memory.is_limited) {
        if (memory.left < OVERHEAD || memory.left - OVERHEAD < size)
            return NULL;
        memory.left -= size + OVERHEAD;
    }
    void *allocated = malloc(size);
    if (allocated == NULL)
        memory.is_short = true;
    return allocated;
}

void json_memory_install(void)
{
    cJSON_Hooks hooks = {.malloc_fn = allocate, .free_fn = free};
    cJSON_InitHooks(&hooks);
}

void json_memory_limit(size_t most)
{
    memory.is_limited = true;
    memory.is_short = false;
    memory.left = most;
}

bool json_memory_unlimit(void)
{
    memory.is_limited = false;
    return memory.is_short;
}
