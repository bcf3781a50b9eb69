// A process that opens VFIO files and holds them until it ends.

#include "agent.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/vfio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

enum { DEVICES = WORDS, FILES = 4 * DEVICES };

// From linux/vfio.h and linux/iommufd.h of newer kernels than the headers that Debian 12 has.
#define IOMMUFD_IOAS_ALLOC _IO(';', 0x81)
#define DEVICE_BIND_IOMMUFD _IO(VFIO_TYPE, VFIO_BASE + 18)
#define DEVICE_ATTACH_IOMMUFD_PT _IO(VFIO_TYPE, VFIO_BASE + 19)

struct ioas {
	unsigned size, flags, id;
};
struct bind {
	unsigned argsz, flags;
	int iommufd;
	unsigned id;
	unsigned long long token;
};
struct attach {
	unsigned argsz, flags, id;
};

// The open files of a holder; the files that a refused request opened are closed again.
struct held {
	int container, hasIOMMU, iommufd;
	unsigned ioas;
	int files[FILES], count;
};

static int keep(struct held *held, int file) {
	if (file < 0) return file;
	if (held->count == FILES) {
		close(file);
		errno = EMFILE;
		return -1;
	}
	held->files[held->count++] = file;
	return file;
}

static int groupOf(const char *device, char *group, size_t size) {
	char path[128], target[256];
	snprintf(path, sizeof path, "/sys/bus/pci/devices/%s/iommu_group", device);
	ssize_t length = readlink(path, target, sizeof target - 1);
	if (length < 0) return 0;
	target[length] = 0;
	snprintf(group, size, "%s", strrchr(target, '/') + 1);
	return 1;
}

// The node of a group; in no-IOMMU mode it has another name.
static int openGroup(const char *group, int *isUnsafe) {
	char path[128];
	snprintf(path, sizeof path, "/dev/vfio/noiommu-%s", group);
	*isUnsafe = access(path, F_OK) == 0;
	if (!*isUnsafe) snprintf(path, sizeof path, "/dev/vfio/%s", group);
	return open(path, O_RDWR | O_CLOEXEC);
}

// Group nodes, SET_CONTAINER for each, SET_IOMMU, GET_DEVICE_FD for each device.
static int openDevices(struct held *held, char **devices, int count, struct report *report) {
	char groups[DEVICES][32];
	int files[DEVICES], found = 0, isUnsafe = 0, deviceGroup[DEVICES];
	begin(report, "open");
	for (int i = 0; i < count; i++) {
		char group[32];
		if (!groupOf(devices[i], group, sizeof group)) return ENOENT;
		int known = 0;
		while (known < found && strcmp(groups[known], group)) known++;
		deviceGroup[i] = known;
		if (known == found) strcpy(groups[found++], group);
	}
	for (int i = 0; i < found; i++) {
		files[i] = keep(held, openGroup(groups[i], &isUnsafe));
		if (files[i] < 0) return errno;
	}
	if (held->container < 0) {
		held->container = keep(held, open("/dev/vfio/vfio", O_RDWR | O_CLOEXEC));
		if (held->container < 0) return errno;
	}
	begin(report, "SET_CONTAINER");
	for (int i = 0; i < found; i++)
		if (ioctl(files[i], VFIO_GROUP_SET_CONTAINER, &held->container) < 0) return errno;
	begin(report, "SET_IOMMU");
	int kind = isUnsafe ? VFIO_NOIOMMU_IOMMU : VFIO_TYPE1v2_IOMMU;
	if (!held->hasIOMMU && ioctl(held->container, VFIO_SET_IOMMU, kind) < 0) return errno;
	held->hasIOMMU = 1;
	begin(report, "GET_DEVICE_FD");
	for (int i = 0; i < count; i++)
		if (keep(held, ioctl(files[deviceGroup[i]], VFIO_GROUP_GET_DEVICE_FD, devices[i])) < 0)
			return errno;
	return 0;
}

// The cdev's name, from the directory `vfio-dev` of the device.
static int openCdev(const char *device) {
	char path[400];
	snprintf(path, sizeof path, "/sys/bus/pci/devices/%s/vfio-dev", device);
	DIR *folder = opendir(path);
	if (!folder) return -1;
	int file = -1;
	errno = ENOENT;
	for (struct dirent *entry; (entry = readdir(folder));) {
		if (entry->d_name[0] == '.') continue;
		snprintf(path, sizeof path, "/dev/vfio/devices/%s", entry->d_name);
		file = open(path, O_RDWR | O_CLOEXEC);
		break;
	}
	int error = errno;
	closedir(folder);
	errno = error;
	return file;
}

// /dev/iommu once; for each device its cdev, BIND_IOMMUFD, and the one address space attached.
static int openCdevs(struct held *held, char **devices, int count, struct report *report) {
	begin(report, "open");
	if (held->iommufd < 0) {
		held->iommufd = keep(held, open("/dev/iommu", O_RDWR | O_CLOEXEC));
		if (held->iommufd < 0) return errno;
	}
	for (int i = 0; i < count; i++) {
		begin(report, "open");
		int file = keep(held, openCdev(devices[i]));
		if (file < 0) return errno;
		begin(report, "BIND_IOMMUFD");
		struct bind bind = {.argsz = 16, .iommufd = held->iommufd};
		if (ioctl(file, DEVICE_BIND_IOMMUFD, &bind) < 0) return errno;
		begin(report, "ATTACH_IOMMUFD_PT");
		struct ioas ioas = {.size = sizeof ioas};
		if (!held->ioas) {
			if (ioctl(held->iommufd, IOMMUFD_IOAS_ALLOC, &ioas) < 0) return errno;
			held->ioas = ioas.id;
		}
		struct attach attach = {.argsz = sizeof attach, .id = held->ioas};
		if (ioctl(file, DEVICE_ATTACH_IOMMUFD_PT, &attach) < 0) return errno;
	}
	return 0;
}

static int openNode(struct held *held, const char *group, struct report *report) {
	int isUnsafe;
	begin(report, "open");
	return keep(held, openGroup(group, &isUnsafe)) < 0 ? errno : 0;
}

// Back to the files that were open before a refused request.
static void giveUp(struct held *held, struct held before) {
	while (held->count > before.count) close(held->files[--held->count]);
	*held = before;
}

_Noreturn void hold(int request, struct report *report) {
	struct held held = {.container = -1, .iommufd = -1};
	char line[1024], *words[WORDS];
	for (ssize_t size; (size = read(request, line, sizeof line - 1)) > 0;) {
		line[size] = 0;
		int count = split(line, words), error;
		struct held before = held;
		if (!strcmp(words[0], "open")) error = openDevices(&held, words + 2, count - 2, report);
		else if (!strcmp(words[0], "cdev")) error = openCdevs(&held, words + 2, count - 2, report);
		else error = openNode(&held, words[2], report);
		if (error) giveUp(&held, before);
		finish(report, error);
	}
	_exit(0);
}
