// How requests to other processes end: at once, later, or when another process closes a file.

#include "agent.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>

// A request that has not ended.
struct task {
	int number; // 0: free
	struct report *report;
	pid_t child;
	int isHolder;
	long runs;
};

static struct task tasks[TASKS];
static int lastNumber;

struct report *newReport(void) {
	return mmap(
			NULL, sizeof(struct report), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
}

void finish(struct report *report, int error) {
	report->error = error;
	__atomic_store_n(&report->done, 1, __ATOMIC_SEQ_CST);
}

static int isDone(struct report *report) {
	return __atomic_load_n(&report->done, __ATOMIC_SEQ_CST);
}

void begin(struct report *report, const char *call) {
	snprintf(report->call, sizeof report->call, "%s", call);
}

// How often the process was scheduled; one that waits for a lock is not.
static long runs(pid_t child) {
	char path[64], line[128];
	long sum = 0;
	snprintf(path, sizeof path, "/proc/%d/status", child);
	FILE *file = fopen(path, "re");
	if (!file) return 0;
	while (fgets(line, sizeof line, file)) {
		char *count = strstr(line, "voluntary_ctxt_switches:");
		if (count) sum += atol(strchr(count, ':') + 1);
	}
	fclose(file);
	return sum;
}

// Whether it ended. On a slow host everything is slow, but only a call that blocks does not run.
static int waitFor(struct report *report, pid_t child) {
	long long begin = now(), lastRun = begin, lastLook = begin;
	for (long seen = 0; !isDone(report); pauseFor(2)) {
		long long time = now();
		if (time - lastRun > BLOCKS_AFTER || time - begin > GIVES_UP_AFTER) return isDone(report);
		if (time - lastLook < BLOCKS_AFTER / 10) continue;
		lastLook = time;
		long count = runs(child);
		if (count != seen) lastRun = time;
		seen = count;
	}
	return 1;
}

static void sayEnd(const char *prefix, struct report *report) {
	if (report->error) say("%serror %d %s", prefix, report->error, report->call);
	else say("%sok", prefix);
}

// The process of a write ends with it; a holder goes on.
static void forget(struct report *report, pid_t child, int isHolder) {
	if (isHolder) return;
	waitpid(child, NULL, 0);
	munmap(report, sizeof *report);
}

void answer(struct report *report, pid_t child, int isHolder) {
	if (waitFor(report, child)) {
		sayEnd("", report);
		forget(report, child, isHolder);
		return;
	}
	for (struct task *task = tasks; task < tasks + TASKS; task++) {
		if (task->number) continue;
		*task = (struct task){++lastNumber, report, child, isHolder, runs(child)};
		say("blocks %d %s", task->number, report->call);
		return;
	}
	say("error %d too-many-tasks", EAGAIN);
}

static void sayEnded(void) {
	for (struct task *task = tasks; task < tasks + TASKS; task++) {
		if (!task->number || !isDone(task->report)) continue;
		char prefix[32];
		snprintf(prefix, sizeof prefix, "ended %d ", task->number);
		sayEnd(prefix, task->report);
		forget(task->report, task->child, task->isHolder);
		task->number = 0;
	}
}

void settle(int milliseconds, int rest) {
	pauseFor(milliseconds);
	long long begin = now(), lastRun = begin;
	while (now() - lastRun < rest && now() - begin < GIVES_UP_AFTER) {
		int pending = 0;
		for (struct task *task = tasks; task < tasks + TASKS; task++) {
			if (!task->number || isDone(task->report)) continue;
			pending++;
			long count = runs(task->child);
			if (count != task->runs) lastRun = now();
			task->runs = count;
		}
		if (!pending) break;
		pauseFor(20);
	}
	sayEnded();
}

void showPending(void) {
	for (struct task *task = tasks; task < tasks + TASKS; task++)
		if (task->number) say("pending %d", task->number);
}
