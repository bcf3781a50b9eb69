// What the parts of the guest's first process share.

#ifndef AGENT_H
#define AGENT_H

#define _GNU_SOURCE
#include <stdio.h>
#include <sys/types.h>

enum {
	// Milliseconds in which the process never ran; removing VFs sleeps for 1,000 of its own accord.
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

// What a process does now and how it ended; it writes, the agent reads.
struct report {
	char call[32];
	int done;
	int error;
};

struct report *newReport(void);
void begin(struct report *report, const char *call);
void finish(struct report *report, int error);

// Tells how the process's request ended, or remembers it as pending.
void answer(struct report *report, pid_t child, int isHolder);
// Waits; and on, as long as anything pending ran in the last `rest` milliseconds. Tells what ended.
void settle(int milliseconds, int rest);
void tellPending(void);

// writes.c: writes and modules, each a process
void runWrite(char **words, int count);

// holder.c: processes that hold files open
void askHolder(char **words, int count);
void closeHolder(const char *name);
void freeHolders(void);
void tellHolders(void);

// vfio.c: the life of a holder
_Noreturn void hold(int request, struct report *report);

// show.c: what the guest shows
void openKernelLog(void);
void tellState(void);

#endif
