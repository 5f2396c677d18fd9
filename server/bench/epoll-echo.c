/* An echo server in plain C: one thread, epoll, no work in user space. It is the floor under every
 * other server's cost per request: what is left is two system calls per message and the kernel.
 *
 * usage: epoll-echo [--udp] [PORT]     on 127.0.0.1; without a port, or with 0, the system chooses one
 *
 * Prints "listening ADDRESS:PORT" when it is ready, and runs until it is killed. */

#define _GNU_SOURCE /* accept4 */

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#define BACKLOG 4096
#define EVENTS_PER_WAIT 1024
#define BUFFER_BYTES (256 << 10) /* at once, as the others in the race do */
#define UDP_RECEIVE_BYTES (4 << 20) /* as the others in the race ask for */

/* What a peer did not take yet. A server that stops reading such a peer needs no more than one
 * buffer for it; connections that keep up, which is all of them in most runs, have none. */
struct connection {
    int fd;
    char *rest; /* NULL, or allocated: read, but not written yet */
    size_t begin, end;
};

static char buffer[BUFFER_BYTES];

static void die(const char *what) {
    fprintf(stderr, "epoll-echo: %s: %s\n", what, strerror(errno));
    exit(1);
}

static int bind_socket(int type, unsigned short port) {
    int fd = socket(AF_INET, type | SOCK_NONBLOCK, 0);
    if (fd == -1) die("socket");

    int on = 1;
    if (setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on)) == -1) die("SO_REUSEADDR");
    int bytes = UDP_RECEIVE_BYTES;
    if (type == SOCK_DGRAM && setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &bytes, sizeof(bytes)) == -1)
        die("SO_RCVBUF");

    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port)};
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t length = sizeof(address);
    if (bind(fd, (struct sockaddr *)&address, length) == -1) die("cannot bind 127.0.0.1");
    if (type == SOCK_STREAM && listen(fd, BACKLOG) == -1) die("listen");
    if (getsockname(fd, (struct sockaddr *)&address, &length) == -1) die("getsockname");

    printf("listening 127.0.0.1:%d\n", ntohs(address.sin_port));
    if (fflush(stdout) == EOF) die("stdout");
    return fd;
}

static void watch(int epoll, int operation, struct connection *c, unsigned int events) {
    struct epoll_event event = {.events = events, .data.ptr = c};
    if (epoll_ctl(epoll, operation, c->fd, &event) == -1) die("epoll_ctl");
}

static void accept_all(int epoll, int listener) {
    for (;;) {
        int fd = accept4(listener, NULL, NULL, SOCK_NONBLOCK);
        if (fd == -1) {
            if (errno == EAGAIN) return;
            if (errno == ECONNABORTED || errno == EINTR) continue;
            /* Without descriptors the listener would stay ready, and the loop would spin. */
            die("accept");
        }

        int on = 1;
        if (setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on)) == -1) die("TCP_NODELAY");

        struct connection *c = calloc(1, sizeof(*c));
        if (!c) die("calloc");
        c->fd = fd;
        watch(epoll, EPOLL_CTL_ADD, c, EPOLLIN);
    }
}

/* Closing removes the descriptor from the epoll set, and each connection has one event in a batch at
 * most, so nobody looks at it again. */
static void close_connection(struct connection *c) {
    close(c->fd);
    free(c->rest);
    free(c);
}

static void on_readable(int epoll, struct connection *c) {
    ssize_t got = read(c->fd, buffer, sizeof(buffer));
    if (got == -1 && (errno == EAGAIN || errno == EINTR)) return;
    if (got <= 0) {
        close_connection(c);
        return;
    }

    ssize_t put = write(c->fd, buffer, (size_t)got);
    if (put == -1 && errno != EAGAIN) {
        close_connection(c);
        return;
    }
    if (put == got) return;

    /* Back-pressure: the rest first, and no reading until it is gone. */
    size_t done = put == -1 ? 0 : (size_t)put;
    c->begin = 0;
    c->end = (size_t)got - done;
    c->rest = malloc(c->end);
    if (!c->rest) die("malloc");
    memcpy(c->rest, buffer + done, c->end);
    watch(epoll, EPOLL_CTL_MOD, c, EPOLLOUT);
}

static void on_writable(int epoll, struct connection *c) {
    ssize_t put = write(c->fd, c->rest + c->begin, c->end - c->begin);
    if (put == -1) {
        if (errno != EAGAIN) close_connection(c);
        return;
    }
    c->begin += (size_t)put;
    if (c->begin < c->end) return;

    free(c->rest);
    c->rest = NULL;
    watch(epoll, EPOLL_CTL_MOD, c, EPOLLIN);
}

/* A reply that the kernel has no room for is lost, as datagrams may be. */
static void on_datagrams(int fd) {
    for (;;) {
        struct sockaddr_in from;
        socklen_t length = sizeof(from);
        ssize_t got =
            recvfrom(fd, buffer, sizeof(buffer), 0, (struct sockaddr *)&from, &length);
        if (got == -1) return;
        sendto(fd, buffer, (size_t)got, 0, (struct sockaddr *)&from, length);
    }
}

static unsigned short parse_port(const char *text) {
    char *rest;
    long port = strtol(text, &rest, 10);
    if (rest == text || *rest || port < 0 || port > 65535) {
        fprintf(stderr, "epoll-echo: '%s' is not a port: give 0 to 65535\n", text);
        exit(2);
    }
    return (unsigned short)port;
}

int main(int argc, char **argv) {
    bool udp = argc > 1 && strcmp(argv[1], "--udp") == 0;
    int ports = argc - 1 - udp;
    if (ports > 1) {
        fprintf(stderr, "usage: epoll-echo [--udp] [PORT]\n");
        return 2;
    }

    signal(SIGPIPE, SIG_IGN); /* a peer that is gone ends its connection, not the server */

    int epoll = epoll_create1(0);
    if (epoll == -1) die("epoll_create1");
    unsigned short port = ports == 1 ? parse_port(argv[argc - 1]) : 0;
    struct connection listener = {.fd = bind_socket(udp ? SOCK_DGRAM : SOCK_STREAM, port)};
    watch(epoll, EPOLL_CTL_ADD, &listener, EPOLLIN);

    for (;;) {
        struct epoll_event events[EVENTS_PER_WAIT];
        int ready = epoll_wait(epoll, events, EVENTS_PER_WAIT, -1);
        if (ready == -1 && errno != EINTR) die("epoll_wait");

        for (int i = 0; i < ready; i++) {
            struct connection *c = events[i].data.ptr;
            if (c == &listener && udp) {
                on_datagrams(listener.fd);
            } else if (c == &listener) {
                accept_all(epoll, listener.fd);
            } else if (c->rest) {
                on_writable(epoll, c);
            } else {
                on_readable(epoll, c);
            }
        }
    }
}
