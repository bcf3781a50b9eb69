#define _GNU_SOURCE
#include "CSystemCalls.h"

#include <errno.h>
#include <sys/syscall.h>
#include <unistd.h>

/* By number, since the wrapper needs glibc 2.30. */
long system_list(int directory, void *records, size_t size) {
	long count = syscall(SYS_getdents64, directory, records, size);

	return count < 0 ? -errno : count;
}
