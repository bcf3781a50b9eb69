// The second serial port: requests come in, answers go out, a line each.

#include "agent.h"

#include <fcntl.h>
#include <stdarg.h>
#include <string.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

FILE *channel, *requests;

void openChannel(void) {
	int port = open("/dev/ttyS1", O_RDWR | O_NOCTTY | O_CLOEXEC);
	struct termios settings;
	tcgetattr(port, &settings);
	cfmakeraw(&settings);
	cfsetspeed(&settings, B115200);
	tcsetattr(port, TCSANOW, &settings);
	channel = fdopen(port, "w");
	requests = fdopen(dup(port), "r");
}

void say(const char *format, ...) {
	va_list arguments;
	va_start(arguments, format);
	vfprintf(channel, format, arguments);
	va_end(arguments);
	fputc('\n', channel);
}

long long now(void) {
	struct timespec time;
	clock_gettime(CLOCK_MONOTONIC, &time);
	return time.tv_sec * 1000LL + time.tv_nsec / 1000000;
}

void pauseFor(int milliseconds) {
	usleep(milliseconds * 1000);
}

// Cuts a line into words, in place.
int split(char *line, char **words) {
	int count = 0;
	for (char *word = strtok(line, " \n"); word && count < WORDS; word = strtok(NULL, " \n"))
		words[count++] = word;
	return count;
}
