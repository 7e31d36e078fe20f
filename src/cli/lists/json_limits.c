/* SPDX-License-Identifier: Apache-2.0 */
/* Exact integers and limited memory for cJSON. */
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

/* Returns the end of the string that begins here. */
static const char *skip_string(const char *at)
{
    for (at++; *at != '"'; at++)
        if (*at == '\\')
            at++;
    return at + 1;
}

/* Finds the value of a member of the outermost object, relying on the fact that only member names precede a colon.
 * Returns NULL if no name is spelled exactly like this, without escapes. */
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

/* Returns false unless the number consists of digits alone. */
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
    /* If the double is a different number, the digits belong to another member of the same name. */
    if (number->valuedouble >= 0x1p53 && read_digits(find_value(text, member), value) &&
        (double)*value == number->valuedouble)
        return true;
    *value = number->valuedouble < 0x1p64 ? (uint64_t)number->valuedouble : 0;
    return (double)*value == number->valuedouble;
}

/* ---- Memory: counted per thread, because one may read a list while another writes verdicts ---- */

/* The most that an allocation costs beyond its size: the header, and rounding up to the smallest block. */
enum { OVERHEAD = 32 };

static _Thread_local struct {
    bool is_limited;
    bool is_exhausted;
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
        memory.is_exhausted = true;
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
    memory.is_exhausted = false;
    memory.left = most;
}

bool json_memory_unlimit(void)
{
    memory.is_limited = false;
    return memory.is_exhausted;
}
