/* SPDX-License-Identifier: Apache-2.0 */
/* What the list reader reports for a text, in a short form. */
#ifndef LIST_LOG_H
#define LIST_LOG_H

#include <stdbool.h>
#include <stddef.h>

/* The codes of "Hello, World!". */
#define WIDE "ISCC:K4ABTIGSQPBAX75YJFUXVEHPUIHGWKEKQ2TZ6IFD23OM3STXCO7K5UI"
#define NARROW "ISCC:KUABTIGSQPBAX75YFCFINJ47ECR5M"
#define DATA "ISCC:GADRTIGSQPBAX75YJFUXVEHPUIHGWAUKDAVAQAHHEIX2QJT6Z57J7LA"
#define INSTANCE "ISCC:IADSRCUGU6PSBI6W3TG4U5YTX2XNC6DZQKLL36TZCP5CUYWZOJ57R6A"
#define TEXT "ISCC:EADSKDNZNYGUUF5AMFEJLZ5P66CP5YKCOA3X7F36RWE4CIRCBTUWXYY" /* of "Hello World" */
#define TEXT_ISCC "ISCC:KAASKDNZNYGUUF5ADGQNFA6CBP73QKEKQ2TZ6IFD2Y"
#define DATA_64 "ISCC:GAARTIGSQPBAX75Y"
#define HASH_DIGITS "288a86a79f20a3d6dccdca7713beaed178798296bdfa7913fa2a62d9727bf8f8"
#define HASH "1e20" HASH_DIGITS

/*
 * A text must be read as these entries: each is its line number, W or N for its form, the letters of what else it has,
 * and its name in brackets. The letters: g for a tagged line, j for an object, d and i for the units, h for a hash
 * without the unit i, s for the size, t for the times. A bad line is its number and "!". All codes must be those above.
 */
void assert_list(const char *bytes, size_t size, bool zero, const char *expected);

/* The same for the rest of a list, which is freed. */
struct list_reader;
void assert_rest(struct list_reader *list, const char *expected);

/* The same for many texts. */
struct list_example {
    const char *list;
    const char *expected;
};

void assert_examples(const struct list_example *examples, size_t count, bool zero);
#define ASSERT_EXAMPLES(examples, zero) assert_examples(examples, sizeof(examples) / sizeof(examples)[0], zero)

#endif
