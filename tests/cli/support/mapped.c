/* SPDX-License-Identifier: Apache-2.0 */
/*
 * mapped FILE: stores twice to the first page of a shared mapping. Between the stores it prints a line and waits for
 * one on standard input. Afterwards the content is another one, and if the page was not written out in between, the
 * times of the file are the same.
 */
#include <fcntl.h>
#include <stdio.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

#define PAGE 4096

int main(int argc, char **argv)
{
    const struct timespec ticks = {.tv_nsec = 100 * 1000 * 1000}; /* until no other change could have the same ctime */
    int descriptor = argc == 2 ? open(argv[1], O_RDWR) : -1;
    char *page = descriptor < 0 ? MAP_FAILED : mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0);

    if (page == MAP_FAILED) {
        perror("mapped");
        return 2;
    }
    page[0]++;
    nanosleep(&ticks, NULL);
    puts("stored");
    if (fflush(stdout) != 0 || getchar() == EOF)
        return 2;
    page[1]++;
    return msync(page, PAGE, MS_SYNC) != 0 || munmap(page, PAGE) != 0 || close(descriptor) != 0 ? 2 : 0;
}
