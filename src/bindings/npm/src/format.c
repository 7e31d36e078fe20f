/* SPDX-License-Identifier: Apache-2.0 */
/* The functions of the C library that would take more room than all of its others: snprintf, with what the library's
 * formats have, and the copying of memory, for which there are instructions. */
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

void *memcpy(void *restrict to, const void *restrict from, size_t size)
{
    return __builtin_memcpy(to, from, size);
}

void *memmove(void *to, const void *from, size_t size)
{
    return __builtin_memmove(to, from, size);
}

void *memset(void *to, int value, size_t size)
{
    return __builtin_memset(to, value, size);
}

/* The text so far, and its length even where it does not fit. */
struct output {
    char *text;
    size_t capacity;
    size_t length;
};

static void put(struct output *output, char character)
{
    if (output->length + 1 < output->capacity)
        output->text[output->length] = character;
    output->length++;
}

static void put_number(struct output *output, unsigned number, unsigned base, unsigned width)
{
    char digits[10];
    unsigned count = 0;

    do {
        digits[count++] = "0123456789abcdef"[number % base];
        number /= base;
    } while (number > 0);
    for (; width > count; width--)
        put(output, '0');
    while (count > 0)
        put(output, digits[--count]);
}

/* Knows %s, %c, %u, and %04x or other numbers of digits. */
int snprintf(char *restrict text, size_t capacity, const char *restrict format, ...)
{
    struct output output = {text, capacity, 0};
    va_list arguments;

    va_start(arguments, format);
    for (; *format != '\0'; format++) {
        unsigned width = 0;
        if (*format != '%') {
            put(&output, *format);
            continue;
        }
        for (format++; *format >= '0' && *format <= '9'; format++)
            width = 10 * width + (unsigned)(*format - '0');
        if (*format == 's')
            for (const char *next = va_arg(arguments, const char *); *next != '\0'; next++)
                put(&output, *next);
        else if (*format == 'c')
            put(&output, (char)va_arg(arguments, int));
        else if (*format == 'u' || *format == 'x')
            put_number(&output, va_arg(arguments, unsigned), *format == 'x' ? 16 : 10, width);
        else
            __builtin_trap();
    }
    va_end(arguments);
    if (capacity > 0)
        text[output.length < capacity ? output.length : capacity - 1] = '\0';
    return (int)output.length;
}
