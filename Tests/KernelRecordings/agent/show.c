// The state of the guest: devices, groups, nodes, modules, the kernel log.

#include "agent.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int kernelLog;

void openKernelLog(void) {
	kernelLog = open("/dev/kmsg", O_RDONLY | O_NONBLOCK | O_CLOEXEC);
}

static void readLine(const char *path, char *text, size_t size) {
	int file = open(path, O_RDONLY | O_CLOEXEC);
	ssize_t length = file < 0 ? 0 : read(file, text, size - 1);
	if (file >= 0) close(file);
	text[length < 0 ? 0 : length] = 0;
	text[strcspn(text, "\n")] = 0;
}

// The last component of a link's target, `-` without one.
static void linkName(const char *path, char *name, size_t size) {
	char target[512];
	ssize_t length = readlink(path, target, sizeof target - 1);
	target[length < 0 ? 0 : length] = 0;
	const char *slash = strrchr(target, '/');
	snprintf(name, size, "%.63s", length < 0 ? "-" : slash ? slash + 1 : target);
}

static void eachEntry(const char *path, void (*show)(const char *folder, const char *name)) {
	struct dirent **entries;
	int count = scandir(path, &entries, NULL, alphasort);
	for (int i = 0; i < count; i++) {
		if (entries[i]->d_name[0] != '.') show(path, entries[i]->d_name);
		free(entries[i]);
	}
	if (count >= 0) free(entries);
}

static void showDevice(const char *folder, const char *name) {
	char path[512], place[512] = "", driver[64], group[64], text[4][64];
	snprintf(path, sizeof path, "%s/%s", folder, name);
	if (!realpath(path, place)) return;
	snprintf(path, sizeof path, "%s/driver", place);
	linkName(path, driver, sizeof driver);
	snprintf(path, sizeof path, "%s/iommu_group", place);
	linkName(path, group, sizeof group);
	const char *files[] = {"vendor", "device", "class"};
	for (int i = 0; i < 3; i++) {
		snprintf(path, sizeof path, "%s/%s", place, files[i]);
		readLine(path, text[i], sizeof text[i]);
	}
	say("device %s %s %s %s %s %s %s", name, place, driver, group, text[0], text[1], text[2]);
}

static void showGroup(const char *folder, const char *name) {
	char path[512], type[64];
	snprintf(path, sizeof path, "%s/%s/type", folder, name);
	readLine(path, type, sizeof type);
	say("group %s %s", name, type);
}

static void showNode(const char *folder, const char *name) {
	if (strcmp(name, "vfio") && strcmp(name, "devices")) say("node %s/%s", folder, name);
}

static void showModules(void) {
	char line[512], name[128];
	FILE *file = fopen("/proc/modules", "re");
	if (!file) return;
	while (fgets(line, sizeof line, file))
		if (sscanf(line, "%127s", name) == 1) say("module %s", name);
	fclose(file);
}

// New lines of the kernel log: "priority,number,time,flags;text", then indented properties.
static void showLog(void) {
	char record[4096];
	for (ssize_t size; (size = read(kernelLog, record, sizeof record - 1)) > 0;) {
		record[size] = 0;
		char *text = strchr(record, ';');
		if (!text) continue;
		text[strcspn(text, "\n")] = 0;
		say("log %s", text + 1);
	}
}

void showState(void) {
	eachEntry("/sys/bus/pci/devices", showDevice);
	eachEntry("/sys/kernel/iommu_groups", showGroup);
	eachEntry("/dev/vfio", showNode);
	eachEntry("/dev/vfio/devices", showNode);
	showModules();
	showHolders();
	showPending();
	showLog();
}
