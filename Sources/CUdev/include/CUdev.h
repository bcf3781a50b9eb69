#ifndef VFIO_PREFLIGHT_CUDEV_H
#define VFIO_PREFLIGHT_CUDEV_H

#if !__has_include(<libudev.h>)
#error "libudev.h not found: install libudev-dev (Debian, Ubuntu) or systemd-devel (Fedora)"
#endif

#include <libudev.h>
#include <sys/types.h>

/*
 * A child process that asks what could wait for as long as a virtual machine
 * runs: it may hang, its parent may not. It writes its answers to a pipe, each
 * one a letter, a text and a zero byte:
 *
 *   d PATH     a device that libudev lists
 *   s NAME     all devices of this subsystem were reported
 *   x ERRNO    libudev gave no list
 *   a PATH     about to read driver_override of this device
 *   o TEXT     what it read
 *   n          there is no such attribute
 *   f ERRNO    it was refused
 *   z          the end
 */
struct survey_child {
	pid_t process;
	int answers;
};

/*
 * Starts the child. Both lists are strings one after the other, each with its
 * zero byte, and one zero byte more at the end: the subsystems to enumerate,
 * and the paths of the devices whose driver_override is wanted. The lists are
 * not needed after the call. Returns 0 or an errno.
 *
 * The child is written in C and calls nothing of Swift: it may be forked off a
 * process with threads, of which only libc knows how to survive that.
 */
int survey_start(const char *subsystems, const char *paths, struct survey_child *child);

#endif
