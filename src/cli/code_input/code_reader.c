/* SPDX-License-Identifier: Apache-2.0 */
/* Reads codes. The library reports what is wrong with a text and where; this adds what was expected there. */
#include "code_input/code_reader.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "util/sanitize.h"

/* The base32 characters that hold a header of 16 bits. */
#define HEADER_DIGITS 4

/* The base32 characters of a text. */
struct digits {
    char header[HEADER_DIGITS + 1]; /* the first ones */
    size_t count;
};

/* The text has no invalid character: apart from the prefix, blanks and hyphens, all of it is base32. */
static struct digits collect_digits(const char *text)
{
    struct digits digits = {.count = 0};

    text += strspn(text, " \t\r\n");
    if (strncasecmp(text, "ISCC:", 5) == 0)
        text += 5;
    for (; *text != '\0'; text++)
        if (strchr("- \t\r\n", *text) == NULL && digits.count++ < HEADER_DIGITS)
            digits.header[digits.count - 1] = *text;
    return digits;
}

/* Finds how many base32 characters the header asks for, and its type name, by adding 'A's, which are zero bits, until
 * the text is a code. Returns false if the header itself is cut off. */
static bool find_expected(const struct digits *digits, size_t *expected, char name[ISCC_TYPE_NAME_SIZE])
{
    char code[ISCC_CODE_SIZE];
    struct iscc_decoded decoded;
    size_t size = strlen(digits->header);

    if (size < HEADER_DIGITS)
        return false;
    memcpy(code, digits->header, size);
    for (; size + 1 < sizeof code; size++) {
        code[size] = '\0';
        if (iscc_decode(code, &decoded, NULL) == ISCC_OK) {
            *expected = size;
            return iscc_type_name(&decoded, name) == ISCC_OK;
        }
        code[size] = 'A';
    }
    return false;
}

/* Sanitizes the character, so that the reason is safe to print anywhere. */
static void explain_character(const char *text, size_t size, struct code_error *error)
{
    const char *at = text + error->position;
    const size_t length = utf8_length(at, size - error->position);
    char sanitized[SANITIZED_SIZE(4)];

    sanitize_copy(sanitized, at, length > 0 ? length : 1, "");
    snprintf(error->reason, sizeof error->reason, "character %zu is '%s', which is not base32", error->position + 1,
             sanitized);
}

static void explain_length(const char *text, struct code_error *error)
{
    const struct digits digits = collect_digits(text);
    char name[ISCC_TYPE_NAME_SIZE];

    if (!find_expected(&digits, &error->expected, name))
        snprintf(error->reason, sizeof error->reason, "it ends within its header, after %zu base32 characters",
                 digits.count);
    else if (digits.count == error->expected)
        snprintf(error->reason, sizeof error->reason,
                 "character %zu has a bit set after the end of the body, which for %s ends within this character",
                 error->position + 1, name);
    else if (error->status == ISCC_ERROR_TOO_SHORT)
        snprintf(error->reason, sizeof error->reason,
                 "it ends after %zu base32 characters, but its header, %s, asks for %zu", digits.count, name,
                 error->expected);
    else
        snprintf(error->reason, sizeof error->reason,
                 "character %zu is one too many: its header, %s, asks for %zu base32 characters", error->position + 1,
                 name, error->expected);
}

static void explain(const char *text, size_t size, struct code_error *error)
{
    switch (error->status) {
    case ISCC_ERROR_CHARACTER:
        explain_character(text, size, error);
        break;
    case ISCC_ERROR_TOO_SHORT:
    case ISCC_ERROR_TOO_LONG:
        explain_length(text, error);
        break;
    default:
        snprintf(error->reason, sizeof error->reason, "%s (the header begins with character %zu)",
                 iscc_strerror(error->status), error->position + 1);
    }
}

bool code_read(const char *text, size_t size, struct iscc_decoded *decoded, struct code_error *error)
{
    struct code_error found = {.position = 0};
    const size_t length = strlen(text);

    found.status = iscc_decode(text, decoded, &found.position);
    if (length < size && found.status != ISCC_ERROR_CHARACTER) {
        found.status = ISCC_ERROR_CHARACTER;
        found.position = length;
    }
    if (found.status == ISCC_OK)
        return true;
    explain(text, size, &found);
    *error = found;
    return false;
}

const char *code_error_word(const struct code_error *error)
{
    static const struct {
        iscc_status status;
        const char *word;
    } words[] = {
        {ISCC_ERROR_CHARACTER, "CHARACTER"}, {ISCC_ERROR_TOO_SHORT, "TOO_SHORT"}, {ISCC_ERROR_TOO_LONG, "TOO_LONG"},
        {ISCC_ERROR_MAIN_TYPE, "MAIN_TYPE"}, {ISCC_ERROR_SUB_TYPE, "SUB_TYPE"},   {ISCC_ERROR_VERSION, "VERSION"},
        {ISCC_ERROR_LENGTH, "LENGTH"},
    };

    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (words[i].status == error->status)
            return words[i].word;
    return "EUNKNOWN";
}
