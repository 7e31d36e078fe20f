/* SPDX-License-Identifier: Apache-2.0 */
/* Folds names with utf8proc, and follows a path component by component. */
#include "files/same_name.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <utf8proc.h>

#define NFC_OPTIONS ((utf8proc_option_t)(UTF8PROC_STABLE | UTF8PROC_COMPOSE))
#define CASE_OPTIONS ((utf8proc_option_t)(UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_CASEFOLD))

enum { ENTRIES_MAX = 100000 };

/* ---- Two names ---- */

static bool is_ascii(const char *name)
{
    while (*name != '\0' && (*name & 0x80) == 0)
        name++;
    return *name == '\0';
}

static char lower(char letter)
{
    return letter >= 'A' && letter <= 'Z' ? (char)(letter - 'A' + 'a') : letter;
}

/* Also of names that are not UTF-8. */
static bool is_same_but_for_ascii_case(const char *a, const char *b)
{
    while (*a != '\0' && lower(*a) == lower(*b)) {
        a++;
        b++;
    }
    return *a == *b;
}

/* False if one of the names is not UTF-8. */
static bool is_same_in_form(const char *a, const char *b, utf8proc_option_t options)
{
    uint8_t *a_form = NULL;
    uint8_t *b_form = NULL;
    const utf8proc_ssize_t a_size = utf8proc_map((const uint8_t *)a, (utf8proc_ssize_t)strlen(a), &a_form, options);
    const utf8proc_ssize_t b_size = utf8proc_map((const uint8_t *)b, (utf8proc_ssize_t)strlen(b), &b_form, options);
    const bool is_same = a_size > 0 && a_size == b_size && memcmp(a_form, b_form, (size_t)a_size) == 0;

    free(a_form);
    free(b_form);
    return is_same;
}

enum same_name same_name_compare(const char *a, const char *b)
{
    if (strcmp(a, b) == 0)
        return SAME_NAME_NONE;
    if (is_same_but_for_ascii_case(a, b))
        return SAME_NAME_CASE;
    if (is_ascii(a) && is_ascii(b))
        return SAME_NAME_NONE;
    if (is_same_in_form(a, b, NFC_OPTIONS))
        return SAME_NAME_NFC;
    return is_same_in_form(a, b, CASE_OPTIONS) ? SAME_NAME_CASE : SAME_NAME_NONE;
}

/* FNV-1a */
static uint64_t hash_bytes(const char *text, size_t size)
{
    uint64_t hash = UINT64_C(14695981039346656037);

    for (size_t i = 0; i < size; i++)
        hash = (hash ^ (unsigned char)lower(text[i])) * UINT64_C(1099511628211);
    return hash;
}

uint64_t same_name_hash(const char *name)
{
    const size_t size = strlen(name);
    uint8_t *form = NULL;
    utf8proc_ssize_t form_size = -1;

    if (!is_ascii(name))
        form_size = utf8proc_map((const uint8_t *)name, (utf8proc_ssize_t)size, &form, CASE_OPTIONS);
    const uint64_t hash = form_size < 0 ? hash_bytes(name, size) : hash_bytes((const char *)form, (size_t)form_size);
    free(form);
    return hash;
}

/* ---- What is there instead of a missing file ---- */

/* Where the search is: the part of the path that was found, and the directory that this leads to. */
struct position {
    int directory;
    bool is_open; /* the directory was opened here */
    char *path;   /* owned */
    enum same_name difference;
};

static void leave(struct position *position)
{
    if (position->is_open)
        close(position->directory);
    position->is_open = false;
}

/* Whether `name` is the better answer: the one nearer to what is missing, then the first in byte order. */
static bool is_better(enum same_name difference, const char *name, enum same_name best, const char *best_name)
{
    if (difference == SAME_NAME_NONE || best == SAME_NAME_NONE)
        return difference != SAME_NAME_NONE;
    return difference != best ? difference < best : strcmp(name, best_name) < 0;
}

/* Finds the entry of the directory that differs from a name only so. Returns NULL if there is none. */
static char *find_entry(struct same_name_search *search, const struct position *position, const char *name,
                        enum same_name *difference)
{
    const int descriptor = openat(position->directory, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR *stream = descriptor < 0 ? NULL : fdopendir(descriptor);
    const struct dirent *entry;
    char *best = NULL;

    if (stream == NULL && descriptor >= 0)
        close(descriptor);
    *difference = SAME_NAME_NONE;
    while (stream != NULL && search->entries++ < ENTRIES_MAX && (entry = readdir(stream)) != NULL) {
        const enum same_name found = same_name_compare(name, entry->d_name);
        if (!is_better(found, entry->d_name, *difference, best))
            continue;
        free(best);
        best = strdup(entry->d_name);
        *difference = best == NULL ? SAME_NAME_NONE : found;
    }
    if (stream != NULL)
        closedir(stream);
    return best;
}

/* Appends a component to the path that was found. */
static bool append(struct position *position, const char *name)
{
    const size_t size = strlen(position->path);
    char *path = realloc(position->path, size + strlen(name) + sizeof "/");

    if (path == NULL)
        return false;
    position->path = path;
    snprintf(path + size, strlen(name) + sizeof "/", "%s%s", size > 0 && path[size - 1] != '/' ? "/" : "", name);
    return true;
}

/* Goes on to a component, or to the entry that differs from it only so. Returns false if neither is found. */
static bool enter(struct same_name_search *search, struct position *position, const char *name, bool is_last)
{
    struct stat status;
    enum same_name difference = SAME_NAME_NONE;
    char *found = NULL;
    bool is_found = fstatat(position->directory, name, &status, AT_SYMLINK_NOFOLLOW) == 0;

    search->entries++;
    if (!is_found && errno == ENOENT) {
        found = find_entry(search, position, name, &difference);
        is_found = found != NULL;
        name = found;
    }
    if (difference > position->difference)
        position->difference = difference;
    if (is_found && !is_last) {
        const int next = openat(position->directory, name, O_RDONLY | O_DIRECTORY | O_NONBLOCK | O_CLOEXEC);
        leave(position);
        position->directory = next;
        position->is_open = is_found = next >= 0;
    }
    is_found = is_found && append(position, name);
    free(found);
    return is_found;
}

/* Follows the path; its components are cut off one after the other. */
static bool follow(struct same_name_search *search, struct position *position, char *path)
{
    if (path[0] == '/') {
        position->directory = open("/", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        position->is_open = position->directory >= 0;
        if (!position->is_open || !append(position, "/"))
            return false;
    }
    while (*path == '/')
        path++;
    while (*path != '\0') {
        const size_t size = strcspn(path, "/");
        char *next = path + size + strspn(path + size, "/");
        const bool is_last = *next == '\0';
        path[size] = '\0';
        if (search->entries >= ENTRIES_MAX || !enter(search, position, path, is_last))
            return false;
        path = next;
    }
    return position->difference != SAME_NAME_NONE;
}

char *same_name_hint(struct same_name_search *search, int directory, const char *path)
{
    static const char *const differences[] = {
        [SAME_NAME_NFC] = "Unicode normalization", [SAME_NAME_CASE] = "letter case"};
    static const char text[] = "'%s' differs only in %s";
    struct position position = {.directory = directory, .path = strdup("")};
    char *copy = strdup(path);
    char *hint = NULL;

    if (copy != NULL && position.path != NULL && follow(search, &position, copy)) {
        const size_t size = sizeof text + strlen(position.path) + strlen(differences[position.difference]);
        hint = malloc(size);
        if (hint != NULL)
            snprintf(hint, size, text, position.path, differences[position.difference]);
    }
    leave(&position);
    free(position.path);
    free(copy);
    return hint;
}
