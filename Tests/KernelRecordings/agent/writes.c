// Writes to files of the kernel, and its modules: each in a separate process, since it may not
// return.

#include "agent.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

static int writeText(const char *path, const char *text) {
	int file = open(path, O_WRONLY | O_CLOEXEC);
	if (file < 0) return errno;
	char line[4096];
	int size = snprintf(line, sizeof line, "%s\n", text);
	return write(file, line, size) < 0 ? errno : 0;
}

static int loadModule(const char *path, const char *parameters) {
	int file = open(path, O_RDONLY | O_CLOEXEC);
	if (file < 0) return errno;
	return syscall(SYS_finit_module, file, parameters, 0) < 0 ? errno : 0;
}

static int unloadModule(const char *name) {
	return syscall(SYS_delete_module, name, O_NONBLOCK) < 0 ? errno : 0;
}

void runWrite(char **words, int count) {
	struct report *report = newReport();
	begin(report, words[0]);
	pid_t child = fork();
	if (child == 0) {
		const char *last = count > 2 ? words[2] : "";
		if (!strcmp(words[0], "write")) finish(report, writeText(words[1], last));
		else if (!strcmp(words[0], "load")) finish(report, loadModule(words[1], last));
		else finish(report, unloadModule(words[1]));
		_exit(0);
	}
	answer(report, child, 0);
}
