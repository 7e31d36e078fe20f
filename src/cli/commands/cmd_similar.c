/* SPDX-License-Identifier: Apache-2.0 */
/* iscc similar: prints groups of near files, or the files nearest to a query. */
#include <stdlib.h>
#include <string.h>

#include "archive/archive_pass.h"
#include "archive/archive_process.h"
#include "commands/commands.h"
#include "lists/list_name.h"
#include "load/load_operands.h"
#include "options/backend.h"
#include "options/threshold.h"
#include "reuse/reuse.h"
#include "similar/near_query.h"
#include "similar/similar_report.h"
#include "util/identity_set.h"
#include "util/message.h"

enum { LIMIT_DEFAULT = 10 };

struct settings {
    struct source_settings source;
    struct archive_settings archives;
    struct similar_format format;
    unsigned flags; /* ISCC_NARROW or ISCC_WIDE */
    struct threshold threshold;
    bool exact;
    bool all;
    enum groups_rule rule;
    const char *strip;
    const char *reuse; /* a list, or NULL */
    bool trusts_times;
    const char *near; /* a code or a file, or NULL */
    uint64_t limit;
};

static const struct option_spec options[] = {
    OPTIONS_HEADING("Similarity:"),
    {0, "exact", NULL,
     "groups are files of equal content; read only files with the size of another one; --min-size=0 includes empty "
     "ones",
     NOT_WITH("--near", SETS_FLAG(struct settings, exact))},
    {0, "by", "UNIT", "compare Data-Codes (data, the default), or the Text-Codes of files that are text (text)",
     SETS_WORD(struct settings, format.by, NEAR_BY_WORDS)},
    OPTIONS_THRESHOLD(struct settings, threshold, NULL),
    {0, "narrow", NULL, "compare 64 bits of the codes, and print the 128-bit code of ISO 24138:2024",
     SETS_VALUE(struct settings, flags, ISCC_NARROW)},
    {0, "group", "RULE",
     "reference (default): a group is a file and all that are near it; connected: files that chains of near files "
     "connect",
     NOT_WITH("--near", SETS_WORD(struct settings, rule, "reference connected"))},
    {0, "across", NULL, "print only groups with files of several operands; in JSON each file has the number of its own",
     NOT_WITH("--near", SETS_FLAG(struct settings, format.across))},
    {0, "all", NULL, "also print files that have no other file near them",
     NOT_WITH("--near", SETS_FLAG(struct settings, all))},
    {0, "near", "QUERY", "instead of groups, print the files nearest to QUERY, a code or a file, nearest first",
     NAMES_INPUT(SETS_STRING(struct settings, near))},
    {0, "limit", "N", "with --near: print at most N files (default 10)",
     ONLY_WITH("--near", SETS_NUMBER(struct settings, limit, 1, UINT32_MAX))},
    OPTION_STRIP("", struct settings, strip, NULL),
    OPTIONS_HEADING("Output:"),
    {0, "json", NULL, "print JSON Lines: one object for each group, or for each file of --near",
     NOT_WITH("--dot", SETS_FLAG(struct settings, format.line.json))},
    {0, "dot", NULL, "print the groups as a graph in Graphviz's language",
     NOT_WITH("--near", SETS_FLAG(struct settings, format.graph))},
    {'z', "zero", NULL, "lines of the output and of lists end with NUL, and names are not escaped",
     SETS_FLAG(struct settings, format.line.zero)},
    OPTIONS_OUTPUT,
    OPTIONS_HEADING("What is hashed:"),
    OPTION_ARCHIVES(struct settings, archives),
    OPTIONS_ARCHIVE_LIMITS(struct settings, archives, NULL),
    OPTIONS_SOURCE(struct settings, source, NULL),
    OPTION_REUSE(struct settings, reuse, "--exact"),
    OPTION_TRUST_REUSED(struct settings, trusts_times),
    OPTIONS_HEADING("Other:"),
    OPTIONS_PROGRESS,
    OPTIONS_THREADS,
    OPTIONS_COMMON,
};

static bool is_dash(const char *text)
{
    return text != NULL && strcmp(text, "-") == 0;
}

/* How many inputs are standard input. */
static int count_dashes(const struct settings *settings, const struct invocation *invocation)
{
    int count = is_dash(settings->near) + is_dash(settings->source.names_from);

    count += invocation->count == 0 && settings->source.names_from == NULL;
    for (int i = 0; i < invocation->count; i++)
        count += is_dash(invocation->arguments[i]);
    return count;
}

static bool inputs_agree(const struct settings *settings, const struct invocation *invocation)
{
    if (count_dashes(settings, invocation) <= 1)
        return true;
    message_usage(command_similar.name, "standard input can be only one of the inputs");
    return false;
}

/* --across excludes files that are alone; --exact, what only near files have a meaning for. */
static bool options_agree(const struct settings *settings, const struct invocation *invocation)
{
    static const char *const excluded[] = {"by", "threshold", "group", "all"};

    if (settings->format.across && settings->all) {
        message_usage(command_similar.name, "the --all option is meaningless with --across");
        return false;
    }
    if (settings->format.across && invocation->count < 2 && settings->source.names_from == NULL) {
        message_usage(command_similar.name, "--across needs two operands or more");
        return false;
    }

    for (size_t i = 0; settings->exact && i < sizeof excluded / sizeof excluded[0]; i++)
        if (invocation_has(invocation, excluded[i])) {
            message_usage(command_similar.name, "the --%s option is meaningless with --exact", excluded[i]);
            return false;
        }
    return true;
}

/* ---- What is compared ---- */

/* Removes the files without a Text-Code. In a list without any, those of texts were not asked for. */
static void keep_texts(struct catalogue *catalogue)
{
    size_t kept = 0;

    for (size_t i = 0; i < catalogue->count; i++)
        if (catalogue->files[i].text_bits > 0)
            catalogue->files[kept++] = catalogue->files[i];
    if (kept == 0 && catalogue->count > 0 && catalogue->files[0].line != 0)
        message_finding(STATUS_OK, NULL, "no line has a Text-Code, which sum prints with --text");
    catalogue->count = kept;
}

/* ---- How many bits are compared ---- */

/* One narrow code makes the comparison use 64 bits even if all others have 128, which may surprise the user. A query
 * has an empty name and is not reported. */
static void report_narrowest(const struct catalogue *catalogue, enum near_by by, unsigned bits)
{
    const struct file_record *narrowest = NULL;
    bool is_surprise = false;

    for (size_t i = 0; i < catalogue->count; i++) {
        const struct file_record *file = &catalogue->files[i];
        unsigned known;
        file_record_digest(file, by, &known);
        if (known == bits && narrowest == NULL)
            narrowest = file;
        is_surprise = is_surprise || known > bits;
    }
    if (is_surprise && narrowest != NULL && narrowest->name_size > 0)
        message_finding(STATUS_OK, narrowest->name,
                        "only %u bits of its %s are known, so all are compared over %u bits", bits,
                        by == NEAR_BY_TEXT ? "Text-Code" : "Data-Code", bits);
}

static void choose_bits(struct settings *settings, struct catalogue *catalogue)
{
    const bool narrow = settings->flags == ISCC_NARROW;
    struct similar_format *format = &settings->format;

    format->bits = grouping_bits(catalogue, format->by, narrow);
    if (format->bits < (narrow ? 64u : 128u) && !settings->exact)
        report_narrowest(catalogue, format->by, format->bits);
    format->threshold = settings->exact ? 0 : threshold_bits(&settings->threshold, format->bits);
    if (narrow)
        for (size_t i = 0; i < catalogue->count; i++)
            catalogue->files[i].flags = ISCC_NARROW;
}

/* ---- The result ---- */

static struct neighbour *make_groups(const struct settings *settings, const struct catalogue *catalogue, int threads)
{
    const struct groups_task task = {.bits = settings->format.bits,
                                     .threshold = settings->format.threshold,
                                     .rule = settings->rule,
                                     .threads = threads};

    return settings->exact ? grouping_of_copies(catalogue) : grouping_make(catalogue, settings->format.by, &task);
}

/* All files of a group have its size, if it is known of one. */
static void count_copies(struct copies_count *count, const struct catalogue *catalogue, const struct neighbour *group,
                         size_t size)
{
    const size_t files = grouping_files(group, size);
    uint64_t filesize = 0;

    for (size_t i = 0; i < size; i++)
        if (catalogue->files[group[i].file].has_filesize)
            filesize = catalogue->files[group[i].file].filesize;
    count->groups++;
    count->files += files;
    count->links += size - files;
    count->bytes += (files - 1) * filesize;
}

static bool is_across(const struct catalogue *catalogue, const struct neighbour *group, size_t size)
{
    for (size_t i = 1; i < size; i++)
        if (catalogue->files[group[i].file].operand != catalogue->files[group->file].operand)
            return true;
    return false;
}

/* Whether a group has what the user asks for. Names of one file are no copies of each other. */
static bool is_wanted(const struct settings *settings, const struct catalogue *catalogue, const struct neighbour *group,
                      size_t size)
{
    if (settings->format.across && !is_across(catalogue, group, size))
        return false;
    return settings->exact ? grouping_files(group, size) > 1 : settings->all || size > 1;
}

static bool print_groups(const struct settings *settings, const struct catalogue *catalogue, int threads,
                         struct output *output)
{
    struct neighbour *files = make_groups(settings, catalogue, threads);
    struct copies_count count = {0};
    bool is_first = true;
    size_t size;

    if (files == NULL)
        return false;
    if (settings->format.graph)
        similar_graph_begin(output);
    for (size_t i = 0; i < catalogue->count && !output_failed(output); i += size) {
        size = grouping_size(files + i, catalogue->count - i);
        if (!is_wanted(settings, catalogue, files + i, size))
            continue;
        count_copies(&count, catalogue, files + i, size);
        similar_report_group(output, &settings->format, catalogue, files + i, size, is_first);
        is_first = false;
    }
    if (settings->format.graph)
        similar_graph_end(output);
    if (settings->exact)
        similar_report_copies(output, &settings->format, &count);
    free(files);
    return true;
}

static bool print_nearest(const struct settings *settings, const struct catalogue *catalogue, struct output *output)
{
    const struct similar_format *format = &settings->format;
    const struct near_query query = {format->by, format->bits, format->threshold, (size_t)settings->limit};
    size_t count;
    struct neighbour *nearest = near_query_nearest(catalogue, &query, &count);

    if (nearest == NULL)
        return false;
    for (size_t i = 0; i < count && !output_failed(output); i++)
        similar_report_near(output, format, catalogue, &nearest[i]);
    free(nearest);
    return true;
}

static bool has_operands(const struct catalogue *catalogue)
{
    for (size_t i = 1; i < catalogue->count; i++)
        if (catalogue->files[i].operand != catalogue->files[0].operand)
            return true;
    return false;
}

/* Silence would say that all files differ. If something failed, the reason is known. A query is no file. A summary is
 * not silent. */
static void report_lack(const struct settings *settings, const struct catalogue *catalogue)
{
    const size_t count = catalogue->count - (settings->near != NULL && catalogue->count > 0);
    const size_t needed = settings->near != NULL || settings->all ? 1 : 2;

    if (status_get() != STATUS_OK || settings->exact)
        return;
    if (count < needed)
        message_finding(STATUS_OK, NULL, "nothing to compare: %s", count == 0 ? "no file" : "only one file");
    else if (settings->format.across && !has_operands(catalogue))
        message_finding(STATUS_OK, NULL, "nothing to compare: only one operand has files");
}

/* False, after a message, if the output is incomplete. */
static bool print(struct settings *settings, const struct invocation *invocation, struct output *output,
                  bool *has_files)
{
    struct catalogue catalogue = {.files = NULL};
    struct identity_set links = {.slots = NULL};
    struct load load = {.catalogue = &catalogue,
                        .hash = {.flags = settings->flags,
                                 .text = settings->format.by == NEAR_BY_TEXT,
                                 .trusts_times = settings->trusts_times,
                                 .output = output,
                                 .links = &links,
                                 .filter = &settings->source.filter},
                        .reuse = settings->reuse,
                        .source = &settings->source,
                        .archives = settings->archives,
                        .threads = invocation->threads,
                        .reads_groups = true,
                        .strip = settings->strip,
                        .across = settings->format.across,
                        .finds_copies = settings->exact,
                        .keeps_empty = invocation_has(invocation, "min-size"),
                        .zero = settings->format.line.zero,
                        .failures = settings->format.line.json ? output : NULL};
    const struct operands operands = invocation_operands(invocation);
    bool done = settings->near == NULL || near_query_load(&load, settings->near, settings->format.by, output);

    done = done && load_operands(&load, &operands);
    *has_files = catalogue.count > 0;
    if (done) {
        if (settings->format.by == NEAR_BY_TEXT)
            keep_texts(&catalogue);
        report_lack(settings, &catalogue);
        choose_bits(settings, &catalogue);
        done = settings->near != NULL ? print_nearest(settings, &catalogue, output)
                                      : print_groups(settings, &catalogue, invocation->threads, output);
    }
    identity_set_free(&links);
    catalogue_free(&catalogue);
    return done;
}

static void find_similar(struct settings *settings, const struct invocation *invocation)
{
    const char terminator = settings->format.graph ? '\n' : format_terminator(&settings->format.line);
    struct output *output = output_open(invocation->output, terminator);

    if (output == NULL)
        return;
    settings->format.line.text = settings->format.by == NEAR_BY_TEXT;
    bool has_files = false;
    if (print(settings, invocation, output, &has_files))
        output_finish_list(output, has_files);
    else
        output_abandon(output);
}

/* Without --archives, only operands are looked into; and not with --exact, which reads only what may have a copy. */
static bool prepare(const struct invocation *invocation, void *context)
{
    struct settings *settings = context;
    const struct operands operands = invocation_operands(invocation);

    if (settings->archives.wanted && settings->reuse != NULL) {
        message_usage(command_similar.name, "the --reuse option is meaningless with --archives");
        return false;
    }
    settings->archives.operands = !settings->exact && archive_pass_is_for_any(operands.arguments, operands.count);
    if (!settings->archives.wanted && !settings->archives.operands)
        return true;
    return archive_process_start(invocation_is_sandboxed(invocation));
}

static void run(struct invocation *invocation)
{
    struct settings settings = {.flags = ISCC_WIDE, .threshold = THRESHOLD_DEFAULT, .limit = LIMIT_DEFAULT};

    invocation->prepare = prepare;
    if (invocation_parse(invocation, &settings) && options_agree(&settings, invocation) &&
        inputs_agree(&settings, invocation) && backend_is_usable()) {
        if (settings.near != NULL && !invocation_has(invocation, "threshold"))
            settings.threshold = (struct threshold){.is_share = true, .value = 100};
        find_similar(&settings, invocation);
    }
    filter_free(&settings.source.filter);
}

const struct command command_similar = {
    .name = "similar",
    .synopsis = "[OPTION]... [FILE|DIRECTORY|LIST]...",
    .summary = "find files that are nearly the same",
    .about = "Print groups of files whose Data-Codes differ in few bits, among each FILE, each regular file below each "
             "DIRECTORY, and the files that each LIST names, which are not read. A LIST is what sum prints, in text or "
             "JSON. With no operand, or if it is -, read a list from standard input.",
    .examples = "iscc similar photos\niscc similar --near=photos/a.jpg codes",
    .options = options,
    .run = run,
};
