#ifndef VFIO_PREFLIGHT_CSYSTEMCALLS_H
#define VFIO_PREFLIGHT_CSYSTEMCALLS_H

/*
 * Calls of Linux that the headers of libc show only with _GNU_SOURCE, which
 * Swift does not define.
 */

/*
 * Renames a file or directory, and fails with EEXIST if there is anything at
 * the new path. Fails with EINVAL where the file system cannot refuse, and with
 * ENOSYS before Linux 3.15. Returns 0 or an errno.
 */
int system_rename_exclusively(const char *from, const char *to);

#endif
