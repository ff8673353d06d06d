/*
 * flow CLIENT CONTAINER PORT: one UDP flow from the network namespace CLIENT (a file) to 192.168.1.10:PORT, which the rules between lead to a
 * socket of the namespace CONTAINER. For each number N on standard input it sends N packets, each read before the next is sent, and answers
 * with one line. Both sockets are this process's, so that a packet costs two system calls and its way, and no switch of processes. It stays on
 * one core, so that the ways of two packets never overlap.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/time.h>

static void must(int ok, const char *what) {
    if (!ok) {
        perror(what);
        exit(1);
    }
}

static int socket_in(const char *namespace) {
    int file = open(namespace, O_RDONLY | O_CLOEXEC);
    must(file >= 0 && setns(file, CLONE_NEWNET) == 0, namespace);
    int made = socket(AF_INET, SOCK_DGRAM, 0);
    struct timeval patience = {.tv_sec = 2};
    must(made >= 0 && setsockopt(made, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience) == 0, "socket");
    return made;
}

int main(int argc, char **argv) {
    must(argc == 4, "usage: flow CLIENT CONTAINER PORT");
    cpu_set_t one;
    CPU_ZERO(&one);
    CPU_SET(sched_getcpu(), &one);
    must(sched_setaffinity(0, sizeof one, &one) == 0, "sched_setaffinity");
    char data[64] = {0};
    struct sockaddr_in peer = {.sin_family = AF_INET, .sin_port = htons(atoi(argv[3]))};
    socklen_t size = sizeof peer;
    int client = socket_in(argv[1]), server = socket_in(argv[2]);
    must(bind(server, (struct sockaddr *)&peer, sizeof peer) == 0, "bind");
    inet_pton(AF_INET, "192.168.1.10", &peer.sin_addr);
    must(connect(client, (struct sockaddr *)&peer, sizeof peer) == 0, "connect");
    must(send(client, data, sizeof data, 0) > 0, "send");
    must(recvfrom(server, data, sizeof data, 0, (struct sockaddr *)&peer, &size) > 0, "the first packet did not arrive");
    must(sendto(server, data, sizeof data, 0, (struct sockaddr *)&peer, size) > 0, "reply");
    must(recv(client, data, sizeof data, 0) > 0, "the reply did not arrive");
    puts("ready");
    fflush(stdout);
    for (long count; scanf("%ld", &count) == 1;) {
        while (count-- > 0) {
            must(send(client, data, sizeof data, 0) > 0 && recv(server, data, sizeof data, 0) > 0, "a packet was lost");
        }
        puts("done");
        fflush(stdout);
    }
}
