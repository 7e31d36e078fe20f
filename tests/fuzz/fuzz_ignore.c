/* SPDX-License-Identifier: Apache-2.0 */
/* Ignore files against a model that reads gitignore(5) line by line: a path, newline, the text of the file. */
#include <stdlib.h>
#include <string.h>

#include "filter/ignore.h"
#include "support/fuzz.h"
#include "support/model_glob.h"

enum { PATH_MAX_HERE = 60, TEXT_MAX = 400 };

struct long_path {
    char *path;
    size_t name;
    bool is_directory;
};

/* The length of a line without its line end and without trailing blanks, unless a backslash protects them. */
static void strip(char *line)
{
    size_t size = strlen(line);

    while (size > 0 && line[size - 1] == ' ') {
        size_t backslashes = 0;
        while (backslashes < size - 1 && line[size - 2 - backslashes] == '\\')
            backslashes++;
        if (backslashes % 2 != 0)
            break;
        size--;
    }
    line[size] = '\0';
}

/* The text before the first special character is compared literally, as in git. */
static bool match_path(const char *pattern, const char *path)
{
    const size_t plain = strcspn(pattern, "*?[\\");

    if (pattern[plain] == '\0')
        return strcmp(pattern, path) == 0;
    return strncmp(pattern, path, plain) == 0 && model_glob(pattern + plain, path + plain);
}

/* The verdict of one line; modifies the line. */
static enum ignore_verdict judge_line(char *line, const struct long_path *place)
{
    strip(line);
    if (*line == '#')
        return IGNORE_UNDECIDED;
    const bool is_negated = *line == '!';
    line += is_negated;
    size_t size = strlen(line);
    const bool for_directories = size > 0 && line[size - 1] == '/';
    size -= for_directories;
    line[size] = '\0';
    if (size == 0 || (for_directories && !place->is_directory))
        return IGNORE_UNDECIDED;
    const bool matches = strchr(line, '/') != NULL ? match_path(line + (*line == '/'), place->path)
                                                   : model_glob(line, place->path + place->name);
    return !matches ? IGNORE_UNDECIDED : is_negated ? IGNORE_NO : IGNORE_YES;
}

static enum ignore_verdict judge_text(struct fuzz_input text, const struct long_path *place)
{
    enum ignore_verdict verdict = IGNORE_UNDECIDED;

    if (text.size >= 3 && memcmp(text.bytes, "\xef\xbb\xbf", 3) == 0) {
        text.bytes += 3;
        text.size -= 3;
    }
    while (text.size > 0) {
        size_t size;
        char *line = fuzz_part(&text, '\n', &size);
        if (size > 0 && line[size - 1] == '\r')
            line[size - 1] = '\0';
        const enum ignore_verdict found = judge_line(line, place);
        verdict = found != IGNORE_UNDECIDED ? found : verdict;
        free(line);
    }
    return verdict;
}

/* Whether a path could come from the walk: no slash at either end, and no empty component. */
static bool read_place(struct fuzz_input *input, struct long_path *place)
{
    size_t size;

    *place = (struct long_path){.path = fuzz_part(input, '\n', NULL)};
    size = strlen(place->path);
    if (size > 0 && place->path[size - 1] == '/') {
        place->path[--size] = '\0';
        place->is_directory = true;
    }
    const char *slash = strrchr(place->path, '/');
    place->name = slash == NULL ? 0 : (size_t)(slash - place->path) + 1;
    return size > 0 && size <= PATH_MAX_HERE && place->path[0] != '/' && place->path[size - 1] != '/' &&
           strstr(place->path, "//") == NULL;
}

FUZZ_TARGET(ignore)
{
    struct fuzz_input input = {data, size};
    struct long_path place;

    if (read_place(&input, &place)) {
        char *text = fuzz_text(input.bytes, input.size);
        struct ignore_list *list = ignore_parse(text, input.size);
        REQUIRE(list != NULL);
        free(text);
        const enum ignore_verdict verdict = ignore_match(list, place.path, place.name, place.is_directory);
        if (input.size <= TEXT_MAX)
            REQUIRE(verdict == judge_text(input, &place));
        ignore_free(list);
    }
    free(place.path);
    return 0;
}
