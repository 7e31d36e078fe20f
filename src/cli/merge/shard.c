/* SPDX-License-Identifier: Apache-2.0 */
/* Splits by a hash of the path, so that a file more or less moves no other file to another shard. */
#include "merge/shard.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "output/json_writer.h"
#include "util/fnv.h"
#include "util/message.h"
#include "util/number.h"

enum { NUMBER_SIZE = sizeof "18446744073709551615" };

bool shard_set(void *shard, const struct option_spec *option, const char *value, const char *command)
{
    struct shard *set = shard;
    const size_t digits = strcspn(value, "/");
    char number[NUMBER_SIZE] = "";

    if (digits < sizeof number && value[digits] == '/') {
        memcpy(number, value, digits);
        if (number_parse(value + digits + 1, 1, SHARDS_MAX, &set->count) &&
            number_parse(number, 1, set->count, &set->number))
            return true;
    }
    message_usage(command, "invalid argument '%s' for '--%s' (K/N, with K from 1 to N, and N at most %d)", value,
                  option->name, SHARDS_MAX);
    return false;
}

bool shard_has(const struct shard *shard, const char *path, size_t size)
{
    return shard->count == 0 || fnv_add(FNV_START, path, size) % shard->count == shard->number - 1;
}

/* ---- Writing ---- */

static void write_number(struct output *output, const char *before, uint64_t number, const char *after)
{
    char digits[NUMBER_SIZE];

    snprintf(digits, sizeof digits, "%" PRIu64, number);
    output_string(output, before);
    output_string(output, digits);
    output_string(output, after);
}

void shard_write_begin(struct output *output, bool as_json, const struct shard *shard, const char *command)
{
    if (as_json) {
        struct json_writer json = json_begin("shard");
        json_integer(&json, "shard", shard->number);
        json_integer(&json, "shards", shard->count);
        json_string(&json, "command", command);
        json_end(&json, output, NULL);
        return;
    }
    write_number(output, "# iscc sum --shard=", shard->number, "/");
    write_number(output, "", shard->count, " ");
    output_string(output, command);
    output_end_line(output);
}

void shard_write_operand(struct output *output, bool as_json, uint64_t operand, bool is_directory)
{
    if (as_json) {
        struct json_writer json = json_begin("shard-operand");
        json_integer(&json, "operand", operand);
        json_bool(&json, "directory", is_directory);
        json_end(&json, output, NULL);
        return;
    }
    write_number(output, "# operand ", operand, "");
    output_end_line(output);
}

void shard_write_end(struct output *output, bool as_json, const struct shard *shard, const struct shard_end *end)
{
    char hash[sizeof "0123456789abcdef"];

    snprintf(hash, sizeof hash, "%016" PRIx64, end->hash);
    if (as_json) {
        struct json_writer json = json_begin("shard-end");
        json_integer(&json, "shard", shard->number);
        json_integer(&json, "shards", shard->count);
        json_integer(&json, "operands", end->operands);
        json_string(&json, "hash", hash);
        json_integer(&json, "errors", end->errors);
        json_end(&json, output, NULL);
        return;
    }
    write_number(output, "# end of shard ", shard->number, "/");
    write_number(output, "", shard->count, ": ");
    write_number(output, "operands ", end->operands, ", hash ");
    output_string(output, hash);
    write_number(output, ", errors ", end->errors, ".");
    output_end_line(output);
}

/* ---- Reading ---- */

/* Passes the words and the number after them. */
static bool skip(const char **text, const char *words, int base, uint64_t *number)
{
    const char *digits = *text + strlen(words);
    char *end;

    if (strncmp(*text, words, strlen(words)) != 0 || *digits < '0')
        return false;
    *number = strtoull(digits, &end, base);
    *text = end;
    return end > digits;
}

bool shard_read_begin(const char *text, bool *json, struct shard *shard, const char **command)
{
    *json = *text == '{';
    *command = text;
    return skip(command, *json ? "{\"type\":\"shard\",\"shard\":" : "# iscc sum --shard=", 10, &shard->number) &&
           skip(command, *json ? ",\"shards\":" : "/", 10, &shard->count) && shard->number >= 1 &&
           shard->number <= shard->count && shard->count <= SHARDS_MAX;
}

bool shard_read_operand(const char *text, uint64_t *operand, bool *is_directory)
{
    if (*text != '{')
        return skip(&text, "# operand ", 10, operand) && *text == '\0';
    if (!skip(&text, "{\"type\":\"shard-operand\",\"operand\":", 10, operand))
        return false;
    *is_directory = strcmp(text, ",\"directory\":true}") == 0;
    return *is_directory || strcmp(text, ",\"directory\":false}") == 0;
}

bool shard_read_end(const char *text, struct shard *shard, struct shard_end *end)
{
    static const char *const words[2][6] = {{"# end of shard ", "/", ": operands ", ", hash ", ", errors ", "."},
                                            {"{\"type\":\"shard-end\",\"shard\":", ",\"shards\":", ",\"operands\":",
                                             ",\"hash\":\"", "\",\"errors\":", "}"}};
    const char *const *word = words[*text == '{'];

    return skip(&text, word[0], 10, &shard->number) && skip(&text, word[1], 10, &shard->count) &&
           skip(&text, word[2], 10, &end->operands) && skip(&text, word[3], 16, &end->hash) &&
           skip(&text, word[4], 10, &end->errors) && strcmp(text, word[5]) == 0;
}
