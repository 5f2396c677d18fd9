/* A closed-loop load generator in plain C: one thread, epoll, nothing but what the job needs. It shows
 * what a generator can drive at most, so it is the measure for ours.
 *
 * Each connection keeps PIPELINE requests in flight: when a reply is complete, the next request goes out.
 * The peer must echo. Each request carries its number, and every reply is compared with it, byte by byte.
 *
 * A connection is three positions in a stream that never ends, of which a window is kept:
 *
 *     received <= written <= queued <= received + window,    window = PIPELINE * SIZE bytes
 *
 * Replies are compared with the window from `received` on, requests are written from it from `written` on. */

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

#define EVENTS_PER_WAIT 1024
#define READ_BYTES 65536
#define NANOS_PER_SECOND 1000000000LL
#define TICK_MILLIS 10 /* how late the end may be noticed when nothing comes back */

/* ---- what is asked for, and what was counted ---- */

static struct {
    const char *host; /* a path means a Unix socket */
    const char *port;
    int connections;
    size_t size;
    size_t pipeline;
    double seconds;
    double warm_up_seconds;
} plan = {.connections = 64, .size = 64, .pipeline = 1, .seconds = 10, .warm_up_seconds = 1};

static int epoll;
static int open_connections;
static int64_t measure_from, end_at;

static uint64_t warm_up_replies;
static uint64_t errors;

static void fail(const char *what, ...) __attribute__((noreturn, format(printf, 1, 2)));

static void fail(const char *what, ...) {
    va_list arguments;
    va_start(arguments, what);
    fputs("epoll-load: ", stderr);
    vfprintf(stderr, what, arguments);
    fputc('\n', stderr);
    va_end(arguments);
    exit(1);
}

static int64_t now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * NANOS_PER_SECOND + t.tv_nsec;
}

/* The CPU time of this process so far, user and system. */
static int64_t cpu_nanos(void) {
    struct rusage usage;
    if (getrusage(RUSAGE_SELF, &usage) == -1) fail("getrusage: %s", strerror(errno));
    return (usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * NANOS_PER_SECOND +
           (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) * 1000LL;
}

/* ---- the histogram ---- */

/* Log-linear, as HdrHistogram: each power of two is cut into 128 equal parts, so that a value is known to
 * within 0.8 %, from nanoseconds to centuries. Values below 128 are exact. */
#define PART_BITS 7
#define PARTS (1 << PART_BITS)

static uint64_t counts[(64 - PART_BITS + 1) * PARTS];
static uint64_t recorded;

static void record(int64_t nanos) {
    uint64_t value = nanos < 0 ? 0 : (uint64_t)nanos;
    int shift = value < PARTS ? 0 : 63 - __builtin_clzll(value) - PART_BITS;
    /* Above the exact ones, value >> shift goes from PARTS to 2 * PARTS - 1. */
    counts[(size_t)shift * PARTS + (value >> shift)]++;
    recorded++;
}

/* The highest value that counts as the one at this percentile, in microseconds. */
static double percentile(double percent) {
    uint64_t wanted = (uint64_t)(percent / 100 * (double)recorded + 0.5), seen = 0;
    if (wanted == 0) wanted = 1;
    for (size_t i = 0; i < sizeof(counts) / sizeof(counts[0]); i++) {
        seen += counts[i];
        if (seen >= wanted) {
            size_t shift = i < 2 * PARTS ? 0 : i / PARTS - 1;
            uint64_t lowest = (uint64_t)(i - shift * PARTS) << shift;
            return (double)(lowest + (1ULL << shift) - 1) / 1e3;
        }
    }
    return 0;
}

/* ---- a connection ---- */

struct connection {
    int fd;
    int waits_for_room; /* the socket takes no more: EPOLLOUT is armed */
    uint64_t queued, written, received;
    uint64_t next; /* the number of the request that is queued next */
    uint64_t answered;
    char *window;     /* plan.pipeline requests, each in the place of the one it follows */
    int64_t *sent_at; /* of each of them */
};

static size_t window_bytes(void) {
    return plan.pipeline * plan.size;
}

/* Why it ended goes to stderr for the first only: the others will say the same. */
static void give_up(struct connection *c, const char *why) {
    if (errors++ == 0) fprintf(stderr, "epoll-load: a connection to %s ended: %s\n", plan.host, why);
    close(c->fd);
    c->fd = -1;
    open_connections--;
}

static void want(struct connection *c, int operation, unsigned int events) {
    struct epoll_event event = {.events = events, .data.ptr = c};
    if (epoll_ctl(epoll, operation, c->fd, &event) == -1) fail("epoll_ctl: %s", strerror(errno));
}

/* Fills the window with as many requests as may be in flight. */
static void queue_requests(struct connection *c, int64_t at) {
    while (c->next < c->answered + plan.pipeline) {
        size_t place = c->next % plan.pipeline;
        char *request = c->window + place * plan.size;
        memcpy(request, &c->next, plan.size < sizeof(c->next) ? plan.size : sizeof(c->next));
        c->sent_at[place] = at;
        c->next++;
        c->queued += plan.size;
    }
}

static void write_queued(struct connection *c) {
    while (c->written < c->queued) {
        size_t from = c->written % window_bytes();
        size_t length = c->queued - c->written;
        if (length > window_bytes() - from) length = window_bytes() - from;

        ssize_t put = write(c->fd, c->window + from, length);
        if (put == -1) {
            if (errno == EINTR) continue;
            if (errno != EAGAIN) {
                give_up(c, strerror(errno));
            } else if (!c->waits_for_room) {
                c->waits_for_room = 1;
                want(c, EPOLL_CTL_MOD, EPOLLIN | EPOLLOUT);
            }
            return;
        }
        c->written += (uint64_t)put;
    }
    if (c->waits_for_room) {
        c->waits_for_room = 0;
        want(c, EPOLL_CTL_MOD, EPOLLIN);
    }
}

/* Whether these bytes are the next ones that were written. */
static int is_echo(const struct connection *c, const char *bytes, size_t length) {
    if (length > c->written - c->received) return 0; /* more than was asked for */
    size_t from = c->received % window_bytes();
    size_t first = window_bytes() - from < length ? window_bytes() - from : length;
    return memcmp(bytes, c->window + from, first) == 0 &&
           memcmp(bytes + first, c->window, length - first) == 0;
}

static void on_readable(struct connection *c) {
    static char bytes[READ_BYTES];
    ssize_t got = read(c->fd, bytes, sizeof(bytes));
    if (got == -1) {
        if (errno != EAGAIN && errno != EINTR) give_up(c, strerror(errno));
        return;
    }
    if (got == 0) {
        give_up(c, "the peer closed it");
        return;
    }
    if (!is_echo(c, bytes, (size_t)got)) {
        give_up(c, "a reply differs from its request");
        return;
    }

    int64_t at = now();
    c->received += (uint64_t)got;
    while ((c->answered + 1) * plan.size <= c->received) {
        if (at >= measure_from) {
            record(at - c->sent_at[c->answered % plan.pipeline]);
        } else {
            warm_up_replies++;
        }
        c->answered++;
    }
    if (at < end_at) queue_requests(c, at);
    write_queued(c);
}

/* ---- connecting ---- */

static int dial_unix(void) {
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    if (strlen(plan.host) >= sizeof(address.sun_path)) fail("the path %s is too long", plan.host);
    strcpy(address.sun_path, plan.host);
    int fd = socket(AF_UNIX, SOCK_STREAM, 0);
    if (fd == -1) fail("socket: %s", strerror(errno));
    if (connect(fd, (struct sockaddr *)&address, sizeof(address)) == -1) {
        fail("cannot connect to %s: %s", plan.host, strerror(errno));
    }
    return fd;
}

static int dial_tcp(const struct addrinfo *address) {
    int fd = socket(address->ai_family, SOCK_STREAM, 0);
    if (fd == -1) fail("socket: %s", strerror(errno));
    if (connect(fd, address->ai_addr, address->ai_addrlen) == -1) {
        fail("cannot connect to %s port %s: %s", plan.host, plan.port, strerror(errno));
    }
    int on = 1;
    if (setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on)) == -1) {
        fail("TCP_NODELAY: %s", strerror(errno));
    }
    return fd;
}

static struct addrinfo *resolve(void) {
    struct addrinfo hints = {.ai_family = AF_UNSPEC, .ai_socktype = SOCK_STREAM}, *address;
    int error = getaddrinfo(plan.host, plan.port, &hints, &address);
    if (error) fail("cannot resolve %s port %s: %s", plan.host, plan.port, gai_strerror(error));
    return address;
}

/* One after the other, and blocking: this is not part of what is measured. */
static struct connection *connect_all(void) {
    struct connection *all = calloc((size_t)plan.connections, sizeof(*all));
    if (!all) fail("no memory for %d connections", plan.connections);
    struct addrinfo *address = plan.port ? resolve() : NULL;

    for (int i = 0; i < plan.connections; i++) {
        struct connection *c = &all[i];
        c->fd = address ? dial_tcp(address) : dial_unix();
        if (fcntl(c->fd, F_SETFL, O_NONBLOCK) == -1) fail("O_NONBLOCK: %s", strerror(errno));
        c->window = malloc(window_bytes());
        c->sent_at = calloc(plan.pipeline, sizeof(*c->sent_at));
        if (!c->window || !c->sent_at) fail("no memory for connection %d", i);
        memset(c->window, 'a' + i % 26, window_bytes()); /* neighbours must not look alike */
        want(c, EPOLL_CTL_ADD, EPOLLIN);
        open_connections++;
    }
    if (address) freeaddrinfo(address);
    return all;
}

static void disconnect_all(struct connection *all) {
    for (int i = 0; i < plan.connections; i++) {
        if (all[i].fd != -1) close(all[i].fd);
        free(all[i].window);
        free(all[i].sent_at);
    }
    free(all);
}

/* ---- the loop ---- */

static void run_once(void) {
    struct epoll_event events[EVENTS_PER_WAIT];
    int ready = epoll_wait(epoll, events, EVENTS_PER_WAIT, TICK_MILLIS);
    if (ready == -1 && errno != EINTR) fail("epoll_wait: %s", strerror(errno));

    for (int i = 0; i < ready; i++) {
        struct connection *c = events[i].data.ptr;
        if (events[i].events & EPOLLOUT) write_queued(c);
        if (c->fd != -1 && events[i].events & ~(unsigned int)EPOLLOUT) on_readable(c);
    }
}

static void run(struct connection *all) {
    int64_t start = now(), cpu = cpu_nanos();
    int warm = 0;
    measure_from = start + (int64_t)(plan.warm_up_seconds * 1e9);
    end_at = measure_from + (int64_t)(plan.seconds * 1e9);

    for (int i = 0; i < plan.connections; i++) {
        queue_requests(&all[i], now());
        write_queued(&all[i]);
    }
    int64_t at = start;
    while (at < end_at && open_connections > 0) {
        run_once();
        at = now();
        if (!warm && at >= measure_from) {
            warm = 1;
            cpu = cpu_nanos();
        }
    }
    cpu = cpu_nanos() - cpu;

    double seconds = (double)(at - measure_from) / 1e9;
    printf("requests %llu\n", (unsigned long long)recorded);
    printf("warm_up_requests %llu\n", (unsigned long long)warm_up_replies);
    printf("requests_per_s %.0f\n", seconds > 0 ? (double)recorded / seconds : 0);
    printf("cpu_us_per_request %.3f\n", recorded ? (double)cpu / 1e3 / (double)recorded : 0);
    printf("p50_us %.1f\np99_us %.1f\np99.9_us %.1f\n", percentile(50), percentile(99), percentile(99.9));
    printf("errors %llu\n", (unsigned long long)errors);
}

/* ---- the command line ---- */

static void usage(FILE *to) {
    fputs("usage: epoll-load [-c CONNECTIONS] [-s BYTES] [-p PIPELINE] [-d SECONDS] [-w SECONDS] HOST PORT\n"
          "       epoll-load [OPTION...] /PATH/OF/UNIX.SOCKET\n"
          "Drives an echo server in a closed loop, verifies every reply, and prints a figure per line.\n"
          "Defaults: -c 64 -s 64 -p 1 -d 10 -w 1 (warm-up, not measured).\n"
          "Exit: 0 all well, 1 it could not go on, 2 usage, 5 connections were lost or replies wrong.\n",
          to);
}

static double number(char option, const char *text, double lowest, double highest) {
    char *rest;
    double value = strtod(text, &rest);
    if (rest == text || *rest || !(value >= lowest && value <= highest)) {
        fprintf(stderr, "epoll-load: -%c %s: give a number from %g to %g\n", option, text, lowest, highest);
        exit(2);
    }
    return value;
}

static void parse(int argc, char **argv) {
    int option;
    while ((option = getopt(argc, argv, "c:s:p:d:w:h")) != -1) {
        switch (option) {
        case 'c': plan.connections = (int)number('c', optarg, 1, 1e6); break;
        case 's': plan.size = (size_t)number('s', optarg, 1, 1 << 24); break;
        case 'p': plan.pipeline = (size_t)number('p', optarg, 1, 1 << 16); break;
        case 'd': plan.seconds = number('d', optarg, 0.01, 1e6); break;
        case 'w': plan.warm_up_seconds = number('w', optarg, 0, 1e6); break;
        case 'h': usage(stdout); exit(0);
        default: usage(stderr); exit(2);
        }
    }
    int is_path = optind < argc && strchr(argv[optind], '/');
    if (argc - optind != (is_path ? 1 : 2)) {
        usage(stderr);
        exit(2);
    }
    plan.host = argv[optind];
    plan.port = is_path ? NULL : argv[optind + 1];
}

int main(int argc, char **argv) {
    parse(argc, argv);
    signal(SIGPIPE, SIG_IGN); /* a peer that is gone is an error of one connection */
    epoll = epoll_create1(0);
    if (epoll == -1) fail("epoll_create1: %s", strerror(errno));
    struct connection *all = connect_all();
    run(all);
    disconnect_all(all);
    return errors ? 5 : 0;
}
