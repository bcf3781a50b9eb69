#ifndef VFIO_PREFLIGHT_CSYSTEMCALLS_H
#define VFIO_PREFLIGHT_CSYSTEMCALLS_H

#include <stddef.h>

/*
 * Calls of Linux that the headers of libc show only with _GNU_SOURCE, which
 * Swift does not define.
 */

/*
 * Writes the next entries of an open directory as records of getdents64(2).
 * Returns their size in bytes, 0 at the end of the directory, or an errno with
 * a minus sign.
 */
long system_list(int directory, void *records, size_t size);

/*
 * Gives the calling thread a table of descriptors that it shares with no other
 * thread, where the kernel allows that.
 */
void system_own_descriptors(void);

/*
 * Renames a file or directory, and fails with EEXIST if there is anything at
 * the new path. Fails with EINVAL where the file system cannot refuse, and with
 * ENOSYS before Linux 3.15. Returns 0 or an errno.
 */
int system_rename_exclusively(const char *from, const char *to);

#endif
