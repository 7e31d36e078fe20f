/* SPDX-License-Identifier: Apache-2.0 */
/* Lists files first, then hashes those that are not alone with their size. */
#include "load/load_copies.h"

#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "hash/engine.h"
#include "lists/list_name.h"
#include "load/heads.h"
#include "progress/progress.h"
#include "util/failure.h"

static bool fail_for_memory(struct load *load)
{
    load->is_broken = true;
    load_report(load, NULL, ENOMEM);
    return false;
}

/* ---- Equal sizes ---- */

/* Records of lists have codes. */
static bool is_unread(const struct file_record *file)
{
    return file->data_bits == 0 && file->instance_bits == 0;
}

static bool is_same_file(const struct file_record *a, const struct file_record *b)
{
    return a->has_identity && b->has_identity && file_identity_equal(&a->identity, &b->identity);
}

static int compare_numbers(uint64_t a, uint64_t b)
{
    return (a > b) - (a < b);
}

/* By size, then by identity; of the names of one file those with a code, and then in the order of the catalogue. */
static int compare_sizes(const void *a, const void *b)
{
    const struct file_record *const x = *(const struct file_record *const *)a;
    const struct file_record *const y = *(const struct file_record *const *)b;
    int order = compare_numbers(x->filesize, y->filesize);

    if (order == 0)
        order = x->has_identity - y->has_identity;
    if (order == 0 && x->has_identity)
        order = compare_numbers(x->identity.device, y->identity.device);
    if (order == 0 && x->has_identity)
        order = compare_numbers(x->identity.inode, y->identity.inode);
    if (order == 0)
        order = is_unread(x) - is_unread(y);
    return order != 0 ? order : (x > y) - (x < y);
}

/* What to read of the catalogue. For each file: the first name of the same file, which is read for all of them, or NULL
 * if it is not read. */
struct reading {
    struct load *load;
    struct file_record **first_names;
    struct file_record **heads; /* of those that only their first bytes may show to be different */
    size_t head_count;
    size_t next;    /* the number of the next file to hash */
    uint64_t files; /* that are to be hashed, and their bytes */
    uint64_t bytes;
    bool reads_all;
};

static struct file_record **first_name_of(const struct reading *reading, const struct file_record *file)
{
    return &reading->first_names[file - reading->load->catalogue->files];
}

/* Chooses among files of one size. Of a file that a list names, nothing but its code is known. */
static void choose_names(struct reading *reading, struct file_record **files, size_t count)
{
    bool has_heads = !reading->reads_all;
    bool is_across = !reading->load->across;
    size_t different = 0;

    for (size_t i = 0; i < count; i++) {
        different += i == 0 || !is_same_file(files[i - 1], files[i]);
        is_across = is_across || files[i]->operand != files[0]->operand;
        has_heads = has_heads && is_unread(files[i]);
    }
    if ((different < 2 || !is_across) && !reading->reads_all)
        return;
    for (size_t i = 0, first = 0; i < count; i++) {
        first = is_same_file(files[first], files[i]) ? first : i;
        *first_name_of(reading, files[i]) = files[first];
        if (has_heads && first == i)
            reading->heads[reading->head_count++] = files[i];
    }
}

/* By size. */
static void choose_sizes(struct reading *reading, struct file_record **sorted)
{
    const struct catalogue *catalogue = reading->load->catalogue;
    size_t sized = 0;

    for (size_t i = 0; i < catalogue->count; i++) {
        if (catalogue->files[i].has_filesize)
            sorted[sized++] = &catalogue->files[i];
        else
            reading->first_names[i] = &catalogue->files[i];
    }
    reading->reads_all = !reading->load->finds_copies || sized < catalogue->count;
    qsort(sorted, sized, sizeof *sorted, compare_sizes);
    for (size_t i = 0, end; i < sized; i = end) {
        for (end = i + 1; end < sized && sorted[end]->filesize == sorted[i]->filesize;)
            end++;
        choose_names(reading, sorted + i, end - i);
    }
}

/* False if memory is short. */
static bool choose_files(struct reading *reading)
{
    const size_t count = reading->load->catalogue->count;
    struct file_record **sorted = calloc(count + 1, sizeof *sorted);

    reading->first_names = calloc(count + 1, sizeof *reading->first_names);
    reading->heads = calloc(count + 1, sizeof *reading->heads);
    const bool has_memory = sorted != NULL && reading->first_names != NULL && reading->heads != NULL;
    if (has_memory) {
        choose_sizes(reading, sorted);
        heads_read(reading->heads, reading->head_count, reading->load->threads);
        for (size_t i = 0; i < reading->head_count; i++)
            if (head_is_unique(reading->heads, reading->head_count, i))
                *first_name_of(reading, reading->heads[i]) = NULL;
    }
    free(reading->heads);
    free(sorted);
    return has_memory;
}

/* ---- Hashing ---- */

/* Returns the next file to read at or after this number, or NULL. */
static struct file_record *find_unread(const struct reading *reading, size_t number)
{
    const struct catalogue *catalogue = reading->load->catalogue;

    for (; number < catalogue->count; number++) {
        struct file_record *file = &catalogue->files[number];
        if (reading->first_names[number] == file && is_unread(file))
            return file;
    }
    return NULL;
}

static void count_unread(struct reading *reading)
{
    const struct file_record *files = reading->load->catalogue->files;
    const struct file_record *file;

    for (size_t next = 0; (file = find_unread(reading, next)) != NULL; next = (size_t)(file - files) + 1) {
        reading->files++;
        reading->bytes += file->filesize;
    }
}

static bool next(void *context, struct job *job)
{
    struct reading *reading = context;
    const struct catalogue *catalogue = reading->load->catalogue;
    const struct file_record *file = find_unread(reading, reading->next);

    if (file == NULL)
        return false;
    reading->next = (size_t)(file - catalogue->files) + 1;
    job_set_listed(job, NULL, file->name, file->name_size, 0);
    job->listed = file;
    return true;
}

/* Other names are links to the file that was listed. */
static void add_code(void *context, struct job *job)
{
    struct load *load = ((struct reading *)context)->load;
    struct file_record *file = &load->catalogue->files[job->listed - load->catalogue->files];
    const struct file_identity identity = file_identity_of(&job->status);

    if (job->failure == 0 && file->has_identity && !file_identity_equal(&file->identity, &identity))
        job->failure = FAILURE_CHANGED;
    if (job->failure != 0) {
        load_report(load, file->name, job->failure);
        return;
    }
    struct file_record read = job_record(job, load->hash.flags);
    read.name = file->name;
    read.name_size = file->name_size;
    read.identity = file->identity;
    read.has_identity = file->has_identity;
    read.operand = file->operand;
    *file = read;
}

static bool flush(void *context)
{
    return !((const struct reading *)context)->load->is_broken;
}

/* Not from the records, which change meanwhile. */
static bool count(void *context)
{
    const struct reading *reading = context;
    return progress_expect(reading->files, reading->bytes);
}

/* ---- The content that is known ---- */

static bool is_empty(const struct file_record *file, const struct file_record *nothing)
{
    return file->has_filesize ? file->filesize == 0 : file_record_same_content(file, nothing);
}

/* Whether the content is known, and the user wants such files. */
static bool is_wanted(const struct load *load, const struct file_record *file, const struct file_record *nothing)
{
    if (!load->finds_copies)
        return !is_unread(file);
    return file->instance_bits > 0 && (load->keeps_empty || !is_empty(file, nothing));
}

/* Gives the code of each file to its other names, and removes files without a code. */
static void keep_known(const struct reading *reading, const struct file_record *nothing)
{
    struct catalogue *catalogue = reading->load->catalogue;
    size_t kept = 0;

    for (size_t i = 0; i < catalogue->count; i++) {
        struct file_record *file = &catalogue->files[i];
        const struct file_record *first = reading->first_names[i];
        if (first == NULL || first == file)
            continue;
        const char *name = file->name;
        const size_t name_size = file->name_size;
        const uint32_t operand = file->operand;
        *file = *first;
        file->name = name;
        file->name_size = name_size;
        file->operand = operand;
    }
    for (size_t i = 0; i < catalogue->count; i++) {
        const struct file_record *file = &catalogue->files[i];
        if (is_wanted(reading->load, file, nothing))
            catalogue->files[kept++] = *file;
    }
    catalogue->count = kept;
}

/* Sets the record of a file without content. */
static bool hash_nothing(struct file_record *nothing)
{
    struct iscc_sum_code code;
    iscc_sum_hasher *hasher = NULL;
    const bool done =
        iscc_sum_hasher_new(&hasher) == ISCC_OK && iscc_sum_hasher_finalize(hasher, ISCC_WIDE, &code) == ISCC_OK;

    if (done)
        *nothing = file_record_of_code(&code, ISCC_WIDE, "", 0);
    iscc_sum_hasher_free(hasher);
    return done;
}

bool load_copies(struct load *load)
{
    struct reading reading = {.load = load};
    const struct engine_work work = {
        .next = next, .print = add_code, .flush = flush, .count = count, .context = &reading};
    struct file_record nothing;

    load->is_broken = false;
    if (!choose_files(&reading) || !hash_nothing(&nothing)) {
        fail_for_memory(load);
    } else {
        count_unread(&reading);
        load->is_broken = !engine_run(&work, &load->hash, load->threads);
        keep_known(&reading, &nothing);
    }
    free(reading.first_names);
    return !load->is_broken;
}
