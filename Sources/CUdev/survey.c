#define _GNU_SOURCE
#include "CUdev.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

/* Headers older than Linux 5.9 lack it; it is the same on every architecture. */
#ifndef SYS_close_range
#define SYS_close_range 436
#endif

/* The descriptor of the pipe in the child, which has no other but 0, 1 and 2. */
enum { ANSWERS = 3 };

/* Answers on their way; the longest is a path or a page of sysfs. */
struct answers {
	size_t used;
	char bytes[1 << 14];
};

static void flush(struct answers *answers) {
	size_t done = 0;

	while (done < answers->used) {
		ssize_t count = write(ANSWERS, answers->bytes + done, answers->used - done);

		if (count < 0 && errno == EINTR) continue;
		/* The reader is gone. */
		if (count <= 0) _exit(1);
		done += (size_t)count;
	}
	answers->used = 0;
}

static void answer_bytes(struct answers *answers, char kind, const char *text, size_t length) {
	if (length > sizeof answers->bytes - 2) length = sizeof answers->bytes - 2;
	if (answers->used + length + 2 > sizeof answers->bytes) flush(answers);
	answers->bytes[answers->used++] = kind;
	memcpy(answers->bytes + answers->used, text, length);
	answers->used += length;
	answers->bytes[answers->used++] = '\0';
}

static void answer(struct answers *answers, char kind, const char *text) {
	answer_bytes(answers, kind, text, strlen(text));
}

/* The error is an errno, without a sign. */
static void answer_error(struct answers *answers, char kind, int error) {
	char text[16];

	snprintf(text, sizeof text, "%d", error);
	answer(answers, kind, text);
}

/*
 * Lists one subsystem; libudev reads the uevent of each device, which can wait.
 * Returns 0 or an errno, which libudev returns with a minus sign.
 */
static int enumerate(struct udev *udev, const char *subsystem, struct answers *answers) {
	struct udev_enumerate *enumerate = udev_enumerate_new(udev);
	struct udev_list_entry *entry;
	int status;

	if (!enumerate) return ENOMEM;
	status = udev_enumerate_add_match_subsystem(enumerate, subsystem);
	if (status >= 0) status = udev_enumerate_scan_devices(enumerate);
	if (status >= 0) {
		udev_list_entry_foreach (entry, udev_enumerate_get_list_entry(enumerate))
			answer(answers, 'd', udev_list_entry_get_name(entry));
		answer(answers, 's', subsystem);
		flush(answers);
	}
	udev_enumerate_unref(enumerate);
	return status < 0 ? -status : 0;
}

static void enumerate_all(const char *subsystems, struct answers *answers) {
	struct udev *udev = udev_new();
	int error = udev ? 0 : ENOMEM;

	for (; error == 0 && *subsystems; subsystems += strlen(subsystems) + 1)
		error = enumerate(udev, subsystems, answers);
	if (error != 0) answer_error(answers, 'x', error);
	udev_unref(udev);
}

/* Reads one attribute that can wait for the device's lock. */
static void read_override(const char *path, struct answers *answers) {
	char name[PATH_MAX];
	char text[4096];
	ssize_t count;
	int file;

	answer(answers, 'a', path);
	flush(answers);
	snprintf(name, sizeof name, "%s/driver_override", path);
	file = open(name, O_RDONLY | O_NOFOLLOW | O_NOCTTY | O_CLOEXEC);
	count = file < 0 ? -1 : read(file, text, sizeof text);
	if (count >= 0) answer_bytes(answers, 'o', text, (size_t)count);
	else if (errno == ENOENT || errno == ENODEV) answer(answers, 'n', "");
	else answer_error(answers, 'f', errno);
	if (file >= 0) close(file);
}

/* Keeps nothing of the parent's open files: a child that hangs must not hold them. */
static void leave_only(int pipe) {
	int null;

	if (pipe != ANSWERS) dup2(pipe, ANSWERS);
	/* Not before: it could take the number of the answers. Not for writing: nothing is written. */
	null = open("/dev/null", O_RDONLY | O_CLOEXEC);
	for (int number = 0; number < ANSWERS; number++) {
		if (null < 0 || dup2(null, number) < 0) close(number);
	}
	/* By number, since the wrapper needs glibc 2.34. */
	if (syscall(SYS_close_range, ANSWERS + 1, ~0U, 0) < 0) {
		/* Before Linux 5.9. */
		for (int number = ANSWERS + 1; number < 1024; number++) close(number);
	}
}

int survey_start(const char *subsystems, const char *paths, struct survey_child *child) {
	int ends[2];

	if (pipe2(ends, O_CLOEXEC) < 0) return errno;
	child->process = fork();
	if (child->process < 0) {
		int error = errno;

		close(ends[0]);
		close(ends[1]);
		return error;
	}
	if (child->process == 0) {
		static struct answers answers;

		leave_only(ends[1]);
		if (*subsystems) enumerate_all(subsystems, &answers);
		for (; *paths; paths += strlen(paths) + 1) read_override(paths, &answers);
		answer(&answers, 'z', "");
		flush(&answers);
		_exit(0);
	}
	close(ends[1]);
	child->answers = ends[0];
	return 0;
}
