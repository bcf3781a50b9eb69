/*
 * Floor TREE [2]: reads, in one thread or in two, what an audit in text shows of the groups and PCI
 * functions of a captured tree, and keeps it; the answers come on top of this. It is as careful as
 * the program: a directory is opened below its parent without following a link, a file is known to
 * be one before it is opened. Left out is what a host has once: kernel, drivers and the like.
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <fcntl.h>
#include <pthread.h>
#include <sched.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PATH = 4096, LONGEST = 64 << 10, FACTS = 128 << 20 };
enum { DIRECTORY = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC };
enum { FILE_ONLY = O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC };
/* A thread: the directories from the root to the one asked last, and the facts that it found. */
static struct reader {
	int groups, depth, open[PATH];
	size_t length[PATH], count; /* Of the path of each open directory; of the facts. */
	char path[PATH], facts[FACTS];
} reader[2];
static int threads = 1, device_count;
static char *devices[1 << 20];

/* Opens a directory by its path below the root; what it shares with the last one is open. */
static int directory(struct reader *r, const char *path) {
	size_t end, size = strlen(path);
	for (; (end = r->length[r->depth]) > 0; close(r->open[r->depth--]))
		if (strncmp(path, r->path, end) == 0 && (path[end] == '/' || end == size)) break;
	snprintf(r->path, sizeof r->path, "%s", path);
	for (; end < size; r->length[++r->depth] = end) {
		char name[PATH];
		size_t start = end + (end > 0), length = strcspn(path + start, "/");
		snprintf(name, sizeof name, "%.*s", (int)length, path + start);
		if ((r->open[r->depth + 1] = openat(r->open[r->depth], name, DIRECTORY)) < 0) return -1;
		end = start + length;
	}
	return r->open[r->depth];
}

/* Keeps what was just read behind the other facts, unless that failed. */
static bool keep(struct reader *r, ssize_t size) {
	if (size > 0 && (r->count += (size_t)size) > FACTS - LONGEST) abort();
	return size >= 0;
}

static mode_t kind(int place, const char *name) {
	struct stat status;
	return fstatat(place, name, &status, AT_SYMLINK_NOFOLLOW) < 0 ? 0 : status.st_mode & S_IFMT;
}

static bool file(struct reader *r, int place, const char *name) {
	if (kind(place, name) != S_IFREG) return false;
	int descriptor = openat(place, name, FILE_ONLY);
	ssize_t size = descriptor < 0 ? -1 : read(descriptor, r->facts + r->count, LONGEST);
	close(descriptor);
	return keep(r, size);
}

static bool target(struct reader *r, int place, const char *name) {
	return keep(r, readlinkat(place, name, r->facts + r->count, LONGEST));
}

/* Lists a directory, and closes it unless it is one of the reader's. */
static void each(struct reader *r, int place, bool (*found)(struct reader *, int, const char *)) {
	char records[8 << 10];
	for (ssize_t size; (size = getdents64(place, records, sizeof records)) > 0;) {
		struct dirent64 *entry = (void *)records;
		for (; (char *)entry < records + size; entry = (void *)((char *)entry + entry->d_reclen))
			if (entry->d_name[0] != '.') found(r, place, entry->d_name);
	}
	if (place != r->open[r->depth]) close(place);
}

/* Takes every group in turn, or every second. */
static bool group(struct reader *r, int place, const char *name) {
	if (r->groups++ % threads != r - reader) return false;
	int group = openat(place, name, DIRECTORY);
	kind(group, "name"); /* Only a group that VFIO made has one. */
	file(r, group, "reserved_regions");
	each(r, openat(group, "devices", DIRECTORY), target);
	return close(group) == 0;
}

static bool mention(struct reader *r, int place, const char *name) {
	(void)place;
	return keep(r, snprintf(r->facts + r->count, LONGEST, "%s", name));
}

static void device(struct reader *r, int place) {
	char name[32] = "virtfn0";
	target(r, place, "iommu_group");
	file(r, place, "modalias"); /* Vendor, device and class in one. */
	kind(place, "secondary_bus_number");
	if (!target(r, place, "physfn") && file(r, place, "sriov_totalvfs")) {
		for (int n = 1; target(r, place, name); n++) snprintf(name, sizeof name, "virtfn%d", n);
		file(r, place, "sriov_drivers_autoprobe");
	}
	target(r, place, "driver");
	file(r, place, "driver_override");
	target(r, place, "iommu");
	if (!kind(place, "vfio-dev")) return;
	if (file(r, place, "enable") && r->facts[r->count - 2] != '0') { /* Else it is closed. */
		int power = openat(place, "power", DIRECTORY);
		file(r, power, "runtime_status");
		close(power);
	}
	each(r, openat(place, "vfio-dev", DIRECTORY), mention);
}

/* By the link's text; one that leads elsewhere is not a device. */
static bool list(struct reader *r, int place, const char *name) {
	char text[PATH] = "";
	if (readlinkat(place, name, text, PATH - 1) < 17 || strstr(text + 9, "..")) return false;
	return !strncmp(text, "../../../devices/", 17) && (devices[device_count++] = strdup(text + 9));
}

static int compare(const void *a, const void *b) {
	return strcmp(*(char *const *)a, *(char *const *)b);
}

static void *read_share(void *argument) {
	struct reader *r = argument;
	if (threads > 1 && unshare(CLONE_FILES) < 0) abort(); /* Else each waits for the other's lock. */
	each(r, directory(r, "kernel/iommu_groups"), group);
	int half = device_count / threads, end = r == reader ? half : device_count;
	for (int i = r == reader ? 0 : half; i < end; i++) device(r, directory(r, devices[i]));
	return r;
}

int main(int count, char **arguments) {
	int tree = openat(AT_FDCWD, count > 1 ? arguments[1] : "", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (count > 2) threads = 2;
	reader[0].open[0] = reader[1].open[0] = openat(tree, "sys", DIRECTORY);
	each(reader, directory(reader, "bus/pci/devices"), list);
	qsort(devices, (size_t)device_count, sizeof *devices, compare);
	pthread_t other;
	if (threads > 1 && pthread_create(&other, NULL, read_share, &reader[1]) != 0) return 1;
	read_share(reader);
	if (threads > 1) pthread_join(other, NULL);
	printf("%d devices, %zu bytes\n", device_count, reader[0].count + reader[1].count);
	return device_count > 0 ? 0 : 1;
}
