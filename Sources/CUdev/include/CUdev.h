#ifndef VFIO_PREFLIGHT_CUDEV_H
#define VFIO_PREFLIGHT_CUDEV_H

#if !__has_include(<libudev.h>)
#error "libudev.h not found: install libudev-dev (Debian, Ubuntu) or systemd-devel (Fedora)"
#endif

#include <libudev.h>

#endif
