#define _GNU_SOURCE
#include "CSystemCalls.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/syscall.h>
#include <unistd.h>

/* By number, since the wrapper needs glibc 2.28. */
int system_rename_exclusively(const char *from, const char *to) {
	/* RENAME_NOREPLACE, rename(2) */
	const unsigned int no_replace = 1;

	return syscall(SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, no_replace) < 0 ? errno : 0;
}
