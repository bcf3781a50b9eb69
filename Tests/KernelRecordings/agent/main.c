// The first process of the guest: performs the requests that come over the second serial port.
//
// A request is one line; the answer is several, the last one ".". Every write and every holder of
// open files is a separate process, so that a call that does not return is noticed, and reported
// when it ends.
//
//   write PATH TEXT          write a line to a file, as echo does
//   load PATH [PARAMETERS]   finit_module
//   unload MODULE            delete_module
//   open|cdev|node NAME WHAT...   the holder NAME opens devices (or a group node)
//   close NAME               the holder ends, and closes all its files
//   settle MILLISECONDS      wait; then report what ended
//   release MILLISECONDS     the same after a close: wait until the released requests rest
//   state                    devices, groups, nodes, modules, holders, new kernel log lines
//   get PATH                 `data SIZE` and the content of a file whose read cannot block
//   shell SCRIPT             run a script to its end
//
// Most answer `ok`, `error ERRNO CALL` or `blocks NUMBER CALL`; `ended NUMBER ...` follows.

#include "agent.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static void sendFile(const char *path) {
	static char bytes[1 << 20];
	int file = open(path, O_RDONLY | O_CLOEXEC);
	ssize_t size = 0, part = 0;
	while (file >= 0 && size < (ssize_t)sizeof bytes &&
				 (part = read(file, bytes + size, sizeof bytes - size)) > 0)
		size += part;
	if (file < 0 || part < 0) {
		say("error %d read", errno);
	} else {
		say("data %zd", size);
		fwrite(bytes, 1, size, channel);
	}
	if (file >= 0) close(file);
}

// Runs a shell script to its end; its output goes to /run/shell.log.
static void runShell(const char *script) {
	pid_t child = fork();
	if (child == 0) {
		setpgid(0, 0);
		int log = open("/run/shell.log", O_WRONLY | O_CREAT | O_TRUNC, 0644);
		dup2(log, STDOUT_FILENO);
		dup2(log, STDERR_FILENO);
		execl("/bin/sh", "sh", "-c", script, (char *)NULL);
		_exit(127);
	}
	int status = -1;
	for (long long end = now() + SHELL_ENDS_AFTER; now() < end; pauseFor(5))
		if (waitpid(child, &status, WNOHANG) != 0) break;
	if (status == 0) {
		say("ok");
		return;
	}
	kill(-child, SIGKILL);
	say("error %d shell", status < 0 ? ETIMEDOUT : ECANCELED);
}

static void obey(char *line) {
	char *words[WORDS];
	// A script, or a text to be written, may contain blanks.
	if (!strncmp(line, "shell ", 6)) {
		runShell(line + 6);
		return;
	}
	if (!strncmp(line, "write ", 6) || !strncmp(line, "load ", 5)) {
		char *path = strchr(line, ' '), *text;
		*path++ = 0;
		if ((text = strchr(path, ' '))) *text++ = 0;
		char *parts[] = {line, path, text};
		runWrite(parts, text ? 3 : 2);
		return;
	}
	int count = split(line, words);
	if (count == 0) return;
	if (!strcmp(words[0], "unload")) runWrite(words, count);
	else if (!strcmp(words[0], "close")) closeHolder(words[1]);
	else if (!strcmp(words[0], "state")) showState();
	else if (!strcmp(words[0], "get")) sendFile(words[1]);
	else if (!strcmp(words[0], "settle")) settle(atoi(words[1]), 0);
	else if (!strcmp(words[0], "release")) settle(atoi(words[1]), BLOCKS_AFTER);
	else askHolder(words, count);
}

static void mountAll(void) {
	const char *kinds[][2] = {{"proc", "/proc"}, {"sysfs", "/sys"}, {"devtmpfs", "/dev"},
			{"tmpfs", "/tmp"}, {"tmpfs", "/run"}, {"securityfs", "/sys/kernel/security"}};
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
		mkdir(kinds[i][1], 0755);
		mount(kinds[i][0], kinds[i][1], kinds[i][0], 0, NULL);
	}
}

int main(void) {
	mountAll();
	setenv("PATH", "/bin:/sbin:/usr/bin", 1);
	openChannel();
	openKernelLog();
	say("ready");
	char line[4096];
	for (;;) {
		fflush(channel);
		if (!fgets(line, sizeof line, requests)) continue;
		line[strcspn(line, "\n")] = 0;
		freeHolders();
		obey(line);
		say(".");
	}
}
