// What the parts of the guest's first process share.

#ifndef AGENT_H
#define AGENT_H

#define _GNU_SOURCE
#include <stdio.h>
#include <sys/types.h>

enum {
	// Milliseconds without running; removing VFs sleeps for 1,000 without being blocked.
	BLOCKS_AFTER = 2000,
	GIVES_UP_AFTER = 15000,   // milliseconds, although it runs
	SHELL_ENDS_AFTER = 60000, // milliseconds
	FIRST_HOLDER = 20001,     // process ids that repeat from run to run
	WORDS = 32,
	TASKS = 64,
	HOLDERS = 32,
};

// channel.c: the port to the host, and time

extern FILE *channel, *requests;
void openChannel(void);
void say(const char *format, ...);
int split(char *line, char **words);
long long now(void);
void pauseFor(int milliseconds);

// report.c: how a request to another process ended

// The call that a process makes and its result; the process writes it, the agent reads it.
struct report {
	char call[32];
	int done;
	int error;
};

struct report *newReport(void);
void begin(struct report *report, const char *call);
void finish(struct report *report, int error);

// Says how the request of the process ended, or keeps it as pending.
void answer(struct report *report, pid_t child, int isHolder);
// Waits, and goes on as long as a pending request ran in the last `rest` milliseconds; then says
// what ended.
void settle(int milliseconds, int rest);
void showPending(void);

// writes.c: writes and modules, each in a separate process
void runWrite(char **words, int count);

// holder.c: processes that hold files open
void askHolder(char **words, int count);
void closeHolder(const char *name);
void freeHolders(void);
void showHolders(void);

// vfio.c: the life of a holder
_Noreturn void hold(int request, struct report *report);

// show.c: the state of the guest
void openKernelLog(void);
void showState(void);

#endif
