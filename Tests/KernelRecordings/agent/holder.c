// The agent's side of the processes that hold files open: one for each name.

#include "agent.h"

#include <errno.h>
#include <linux/sched.h>
#include <signal.h>
#include <stdint.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

struct holder {
	char name[32]; // empty: free
	pid_t child;
	int request; // the agent's end
	int isEnding;
	struct report *report;
};

static struct holder holders[HOLDERS];

// A process with the requested id if it is free, else with any id.
static pid_t forkAs(pid_t wanted) {
	struct clone_args arguments = {
			.exit_signal = SIGCHLD, .set_tid = (uintptr_t)&wanted, .set_tid_size = 1};
	pid_t child = syscall(SYS_clone3, &arguments, sizeof arguments);
	return child < 0 ? fork() : child;
}

static struct holder *holderNamed(const char *name) {
	for (struct holder *holder = holders; holder < holders + HOLDERS; holder++)
		if (!strcmp(holder->name, name)) return holder;
	return NULL;
}

static struct holder *newHolder(const char *name) {
	struct holder *holder = holderNamed("");
	int ends[2];
	if (!holder || socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) < 0) return NULL;
	*holder = (struct holder){.request = ends[0], .report = newReport()};
	snprintf(holder->name, sizeof holder->name, "%s", name);
	holder->child = forkAs(FIRST_HOLDER + (holder - holders));
	if (holder->child == 0) {
		for (struct holder *other = holders; other < holders + HOLDERS; other++)
			if (other->name[0]) close(other->request);
		hold(ends[1], holder->report);
	}
	close(ends[1]);
	return holder;
}

void askHolder(char **words, int count) {
	struct holder *holder = holderNamed(words[1]);
	if (!holder) holder = newHolder(words[1]);
	if (!holder) {
		say("error %d fork", errno);
		return;
	}
	char line[1024] = "";
	for (int i = 0; i < count; i++) {
		strncat(line, words[i], sizeof line - strlen(line) - 2);
		strcat(line, " ");
	}
	holder->report->done = 0;
	if (write(holder->request, line, strlen(line)) < 0) finish(holder->report, errno);
	answer(holder->report, holder->child, 1);
}

static int hasEnded(struct holder *holder) {
	siginfo_t info = {0};
	return waitid(P_PID, holder->child, &info, WEXITED | WNOHANG | WNOWAIT) < 0 || info.si_pid != 0;
}

// The place of a holder that has to end is free once its process has ended.
void freeHolders(void) {
	for (struct holder *holder = holders; holder < holders + HOLDERS; holder++) {
		if (!holder->isEnding || !hasEnded(holder)) continue;
		waitpid(holder->child, NULL, 0);
		holder->isEnding = 0;
		holder->name[0] = 0;
	}
}

void closeHolder(const char *name) {
	struct holder *holder = holderNamed(name);
	if (!holder) {
		say("ok");
		return;
	}
	// A write that blocks has a copy of the socket, so closing it here would not end the holder.
	if (!holder->isEnding) {
		shutdown(holder->request, SHUT_RDWR);
		close(holder->request);
		// The number may soon be another holder's; a child must not close that.
		holder->request = -1;
		holder->isEnding = 1;
	}
	for (long long end = now() + GIVES_UP_AFTER; now() < end && !hasEnded(holder);) pauseFor(2);
	say(hasEnded(holder) ? "ok" : "blocks 0 close");
	freeHolders();
}

void showHolders(void) {
	for (struct holder *holder = holders; holder < holders + HOLDERS; holder++)
		if (holder->name[0]) say("holder %s %d", holder->name, holder->child);
}
