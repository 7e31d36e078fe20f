/* SPDX-License-Identifier: Apache-2.0 */
/* The template process, and how it is asked for children. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE /* pipe2, SOCK_CLOEXEC */
#endif
#include "archive/archive_process.h"

#include "util/message.h"

#ifdef ISCC_HAVE_LIBARCHIVE

#include <errno.h>
#include <fcntl.h>
#include <locale.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "archive/archive_reader.h"
#include "archive/confinement.h"
#include "archive/wire.h"
#include "output/sandbox.h"
#include "util/child.h"

enum { SENT_DESCRIPTORS = 2 /* the archive and the pipe */ };

static int template_socket = -1;
static pid_t template_process;

/* ---- Messages with descriptors ---- */

/* Room for the descriptors, aligned as the system wants it. */
union control {
    struct cmsghdr header;
    char bytes[CMSG_SPACE(SENT_DESCRIPTORS * sizeof(int))];
};

static struct msghdr message_of(struct iovec *part, union control *control)
{
    return (struct msghdr){
        .msg_iov = part, .msg_iovlen = 1, .msg_control = control->bytes, .msg_controllen = sizeof control->bytes};
}

static bool send_request(const struct archive_request *request, const int descriptors[SENT_DESCRIPTORS])
{
    struct archive_request copy = *request;
    struct iovec part = {.iov_base = &copy, .iov_len = sizeof copy};
    union control control = {.bytes = {0}};
    struct msghdr message = message_of(&part, &control);
    struct cmsghdr *header = CMSG_FIRSTHDR(&message);
    ssize_t sent;

    header->cmsg_level = SOL_SOCKET;
    header->cmsg_type = SCM_RIGHTS;
    header->cmsg_len = CMSG_LEN(SENT_DESCRIPTORS * sizeof(int));
    memcpy(CMSG_DATA(header), descriptors, SENT_DESCRIPTORS * sizeof(int));
    do
        sent = sendmsg(template_socket, &message, MSG_NOSIGNAL);
    while (sent < 0 && errno == EINTR);
    return sent == (ssize_t)sizeof copy;
}

/* Returns false when the program has closed its end. */
static bool receive_request(int socket, struct archive_request *request, int descriptors[SENT_DESCRIPTORS])
{
    struct iovec part = {.iov_base = request, .iov_len = sizeof *request};
    union control control;
    struct msghdr message = message_of(&part, &control);
    ssize_t got;

    do
        got = recvmsg(socket, &message, MSG_CMSG_CLOEXEC);
    while (got < 0 && errno == EINTR);
    const struct cmsghdr *header = got == (ssize_t)sizeof *request ? CMSG_FIRSTHDR(&message) : NULL;
    if (header == NULL || header->cmsg_len != CMSG_LEN(SENT_DESCRIPTORS * sizeof(int)))
        return false;
    memcpy(descriptors, CMSG_DATA(header), SENT_DESCRIPTORS * sizeof(int));
    return true;
}

/* ---- The template ---- */

/* Whoever reads the output must see its end when the program ends; sanitizers report on standard error. */
static void leave_standard_streams(void)
{
    child_leave_stream(STDIN_FILENO);
    child_leave_stream(STDOUT_FILENO);
#ifndef ISCC_SANITIZED
    child_leave_stream(STDERR_FILENO);
#endif
}

/* libarchive needs a locale of UTF-8, or it loses names, and would read the time zone for each member of a zip file. */
static void set_environment(void)
{
    setenv("TZ", "UTC0", 1);
    tzset();
    if (setlocale(LC_CTYPE, "C.UTF-8") == NULL)
        setlocale(LC_CTYPE, "en_US.UTF-8");
}

static void fork_child(const struct archive_library *library, int socket, const struct archive_request *request,
                       const int descriptors[SENT_DESCRIPTORS], bool is_sandboxed)
{
    const pid_t own = getpid();
    const pid_t child = fork();

    if (child == 0) {
        child_end_with(own);
        close(socket);
        confinement_enter(is_sandboxed);
        archive_reader_run(library, descriptors[0], descriptors[1], request);
        _exit(0);
    }
    if (child < 0) {
        const struct wire_record end = {.kind = WIRE_END, .failure = EAGAIN};
        (void)!wire_write(descriptors[1], &end, sizeof end);
    }
    close(descriptors[0]);
    close(descriptors[1]);
}

/* The first byte says whether libarchive is there. */
static void run_template(int socket, bool is_sandboxed)
{
    struct archive_request request;
    int descriptors[SENT_DESCRIPTORS];

    signal(SIGCHLD, SIG_IGN); /* children that end leave nothing behind */
    signal(SIGUSR1, SIG_IGN); /* sent to a group, it asks the program for its progress */
    leave_standard_streams();
    set_environment();
    if (is_sandboxed)
        sandbox_enter(NULL);
    const struct archive_library *library = archive_library_load();
    if (!wire_write(socket, library == NULL ? "n" : "y", 1) || library == NULL)
        return;
    while (receive_request(socket, &request, descriptors))
        fork_child(library, socket, &request, descriptors, is_sandboxed);
}

/* ---- The program ---- */

static bool fork_template(int sockets[2], bool is_sandboxed)
{
    const pid_t own = getpid();

    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, sockets) != 0)
        return false;
    template_process = fork();
    if (template_process == 0) {
        child_end_with(own);
        close(sockets[0]);
        run_template(sockets[1], is_sandboxed);
        _exit(0);
    }
    close(sockets[1]);
    template_socket = sockets[0];
    return template_process > 0;
}

bool archive_process_start(bool is_sandboxed)
{
    int sockets[2];
    char answer = 'n';

    if (!fork_template(sockets, is_sandboxed)) {
        message_error(NULL, strerror(errno));
        return false;
    }
    while (read(template_socket, &answer, 1) < 0 && errno == EINTR)
        continue;
    if (answer != 'y')
        message_error(NULL, "to look into archives, libarchive (libarchive.so.13) must be installed");
    return answer == 'y';
}

void archive_process_stop(void)
{
    if (template_socket < 0)
        return;
    close(template_socket);
    template_socket = -1;
    while (template_process > 0 && waitpid(template_process, NULL, 0) < 0 && errno == EINTR)
        continue;
}

int archive_process_read(int archive, const struct archive_request *request)
{
    int ends[2];

    if (pipe2(ends, O_CLOEXEC) != 0)
        return -1;
    const int sent[SENT_DESCRIPTORS] = {archive, ends[1]};
    const bool is_sent = send_request(request, sent);
    const int error = errno;
    close(ends[1]);
    if (is_sent)
        return ends[0];
    close(ends[0]);
    errno = error;
    return -1;
}

#else

#include <errno.h>
#include <stddef.h>

bool archive_process_start(bool is_sandboxed)
{
    (void)is_sandboxed;
    message_error(NULL, "this build of iscc cannot look into archives");
    return false;
}

void archive_process_stop(void)
{
}

int archive_process_read(int archive, const struct archive_request *request)
{
    (void)archive;
    (void)request;
    errno = ENOSYS;
    return -1;
}

#endif
