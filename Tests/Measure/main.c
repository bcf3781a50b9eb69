/*
 * Measure LIMIT PROGRAM [ARGUMENT...]: runs a program with its output thrown away, for at most
 * LIMIT seconds, and prints what it took:
 *
 *     WALL-NANOSECONDS USER-MICROSECONDS SYSTEM-MICROSECONDS PEAK-KIBIBYTES STATUS
 *
 * STATUS is the exit status, 128 and the signal's number, or 124 when the limit was reached.
 * The times of the processor and the peak memory include the descendants that the program waited
 * for.
 *
 * This is C because a program's peak memory counts from that of the process that starts it
 * (exec_mmap() keeps the larger): a Swift process is larger than what is measured here.
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static volatile sig_atomic_t child;
static volatile sig_atomic_t is_late;

static void stop(int signal) {
	(void)signal;
	is_late = 1;
	kill(-child, SIGKILL);
}

static long long nanoseconds(void) {
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * 1000000000LL + now.tv_nsec;
}

static long long microseconds(struct timeval time) {
	return time.tv_sec * 1000000LL + time.tv_usec;
}

/* Starts the program as the leader of a process group, so that the limit reaches its children. */
static int start(char **arguments, pid_t *process) {
	posix_spawn_file_actions_t files;
	posix_spawnattr_t attributes;
	posix_spawn_file_actions_init(&files);
	posix_spawn_file_actions_addopen(&files, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
	posix_spawn_file_actions_addopen(&files, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
	posix_spawn_file_actions_addopen(&files, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
	posix_spawnattr_init(&attributes);
	posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP);
	return posix_spawnp(process, arguments[0], &files, &attributes, arguments, environ);
}

int main(int count, char **arguments) {
	if (count < 3) {
		fprintf(stderr, "usage: Measure LIMIT PROGRAM [ARGUMENT...]\n");
		return 64;
	}
	long long begin = nanoseconds();
	pid_t process;
	int error = start(arguments + 2, &process);
	if (error != 0) {
		fprintf(stderr, "%s: %s\n", arguments[2], strerror(error));
		return 127;
	}
	child = process;
	signal(SIGALRM, stop);
	alarm((unsigned)atoi(arguments[1]));

	int status;
	struct rusage usage;
	if (wait4(process, &status, 0, &usage) < 0) {
		perror("wait4");
		return 1;
	}
	long long wall = nanoseconds() - begin;
	int code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
	printf("%lld %lld %lld %ld %d\n", wall, microseconds(usage.ru_utime),
			microseconds(usage.ru_stime), usage.ru_maxrss, is_late ? 124 : code);
	return 0;
}
