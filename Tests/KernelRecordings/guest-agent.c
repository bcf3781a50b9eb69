// The first process of the guest: does what the host asks for over the second serial port.
//
// One line in, several lines out, the last one ".". Every write and every holder of open files is a
// process of its own, so that a call that never returns is seen, and reported when it ends.
//
//   write PATH TEXT          write a line to a file, as echo does
//   load PATH [PARAMETERS]   finit_module
//   unload MODULE            delete_module
//   open|cdev|node NAME WHAT...   the holder NAME opens devices (or a group node)
//   close NAME               the holder ends and with it all that it holds
//   settle MILLISECONDS      wait; then tell what ended
//   state                    devices, groups, nodes, modules, holders, new kernel log lines
//   get PATH                 `data SIZE` and the content of a file whose read cannot block
//   shell SCRIPT             run a script to its end
//
// Most answer `ok`, `error ERRNO CALL` or `blocks NUMBER CALL`; `ended NUMBER ...` follows.

#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/sched.h>
#include <linux/vfio.h>
#include <poll.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

enum {
  BLOCKS_AFTER = 1500,        // milliseconds in which the process never ran
  RESTS_AFTER = 400,          // the same, for what was released and may end soon
  GIVES_UP_AFTER = 15000,     // milliseconds, although it runs
  SHELL_ENDS_AFTER = 60000,   // milliseconds
  FIRST_HOLDER = 20001,       // process ids that repeat from run to run
  WORDS = 32,
  TASKS = 64,
  HOLDERS = 32,
  DEVICES = 32,
};

// What a child does now and how it ended; the child writes, the agent reads.
struct report {
  char call[32];
  int done;
  int error;
};

// A write or a request to a holder that has not ended.
struct task {
  int number; // 0: free
  struct report *report;
  pid_t child;
  int isHolder;
  long runs;
};

struct holder {
  char name[32]; // empty: free
  pid_t child;
  int request; // the agent's end
  int isEnding;
  struct report *report;
};

static FILE *channel, *requests;
static int kernelLog;
static struct task tasks[TASKS];
static struct holder holders[HOLDERS];
static int lastNumber;

static void say(const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  vfprintf(channel, format, arguments);
  va_end(arguments);
  fputc('\n', channel);
}

static long long now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec * 1000LL + time.tv_nsec / 1000000;
}

static void pauseFor(int milliseconds) {
  usleep(milliseconds * 1000);
}

// MARK: Children

static struct report *newReport(void) {
  return mmap(NULL, sizeof(struct report), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
}

// A process with the id that was asked for, if it is free; else with any.
static pid_t forkAs(pid_t wanted) {
  struct clone_args arguments = {
      .exit_signal = SIGCHLD, .set_tid = (uintptr_t)&wanted, .set_tid_size = 1};
  pid_t child = syscall(SYS_clone3, &arguments, sizeof arguments);
  return child < 0 ? fork() : child;
}

static void finish(struct report *report, int error) {
  report->error = error;
  __atomic_store_n(&report->done, 1, __ATOMIC_SEQ_CST);
}

static int isDone(struct report *report) {
  return __atomic_load_n(&report->done, __ATOMIC_SEQ_CST);
}

static void begin(struct report *report, const char *call) {
  snprintf(report->call, sizeof report->call, "%s", call);
}

// How often the process began to run: one that waits for somebody else never does.
static long runs(pid_t child) {
  char path[64], line[128];
  long sum = 0;
  snprintf(path, sizeof path, "/proc/%d/status", child);
  FILE *file = fopen(path, "re");
  if (!file) return 0;
  while (fgets(line, sizeof line, file)) {
    char *count = strstr(line, "voluntary_ctxt_switches:");
    if (count) sum += atol(strchr(count, ':') + 1);
  }
  fclose(file);
  return sum;
}

// Whether it ended. A slow host makes everything slow, but only a call that blocks stands still.
static int waitFor(struct report *report, pid_t child) {
  long long begin = now(), lastRun = begin, lastLook = begin;
  for (long seen = 0; !isDone(report); pauseFor(2)) {
    long long time = now();
    if (time - lastRun > BLOCKS_AFTER || time - begin > GIVES_UP_AFTER) return isDone(report);
    if (time - lastLook < BLOCKS_AFTER / 10) continue;
    lastLook = time;
    long count = runs(child);
    if (count != seen) lastRun = time;
    seen = count;
  }
  return 1;
}

static void tellEnd(const char *prefix, struct report *report) {
  if (report->error)
    say("%serror %d %s", prefix, report->error, report->call);
  else
    say("%sok", prefix);
}

// A write's process is gone when it is done; a holder lives on.
static void forget(struct report *report, pid_t child, int isHolder) {
  if (isHolder) return;
  waitpid(child, NULL, 0);
  munmap(report, sizeof *report);
}

// Tells how the process's request ended, or remembers it as pending.
static void answer(struct report *report, pid_t child, int isHolder) {
  if (waitFor(report, child)) {
    tellEnd("", report);
    forget(report, child, isHolder);
    return;
  }
  for (struct task *task = tasks; task < tasks + TASKS; task++) {
    if (task->number) continue;
    *task = (struct task){++lastNumber, report, child, isHolder, runs(child)};
    say("blocks %d %s", task->number, report->call);
    return;
  }
  say("error %d too-many-tasks", EAGAIN);
}

static void tellEnded(void) {
  for (struct task *task = tasks; task < tasks + TASKS; task++) {
    if (!task->number || !isDone(task->report)) continue;
    char prefix[32];
    snprintf(prefix, sizeof prefix, "ended %d ", task->number);
    tellEnd(prefix, task->report);
    forget(task->report, task->child, task->isHolder);
    task->number = 0;
  }
}

// Waits; and on, as long as what is pending and was let go is on its way.
static void settle(int milliseconds) {
  pauseFor(milliseconds);
  long long begin = now(), lastRun = begin;
  while (now() - lastRun < RESTS_AFTER && now() - begin < GIVES_UP_AFTER) {
    int pending = 0;
    for (struct task *task = tasks; task < tasks + TASKS; task++) {
      if (!task->number || isDone(task->report)) continue;
      pending++;
      long count = runs(task->child);
      if (count != task->runs) lastRun = now();
      task->runs = count;
    }
    if (!pending) break;
    pauseFor(20);
  }
  tellEnded();
}

// MARK: Writes and modules

static int writeText(const char *path, const char *text) {
  int file = open(path, O_WRONLY | O_CLOEXEC);
  if (file < 0) return errno;
  char line[4096];
  int size = snprintf(line, sizeof line, "%s\n", text);
  return write(file, line, size) < 0 ? errno : 0;
}

static int loadModule(const char *path, const char *parameters) {
  int file = open(path, O_RDONLY | O_CLOEXEC);
  if (file < 0) return errno;
  return syscall(SYS_finit_module, file, parameters, 0) < 0 ? errno : 0;
}

static int unloadModule(const char *name) {
  return syscall(SYS_delete_module, name, O_NONBLOCK) < 0 ? errno : 0;
}

static void runTask(char **words, int count) {
  struct report *report = newReport();
  begin(report, words[0]);
  pid_t child = fork();
  if (child == 0) {
    const char *last = count > 2 ? words[2] : "";
    if (!strcmp(words[0], "write")) finish(report, writeText(words[1], last));
    else if (!strcmp(words[0], "load")) finish(report, loadModule(words[1], last));
    else finish(report, unloadModule(words[1]));
    _exit(0);
  }
  answer(report, child, 0);
}

// MARK: Holders (their own process from here on)

#define IOMMUFD_IOAS_ALLOC _IO(';', 0x81)
#define DEVICE_BIND_IOMMUFD _IO(VFIO_TYPE, VFIO_BASE + 18)
#define DEVICE_ATTACH_IOMMUFD_PT _IO(VFIO_TYPE, VFIO_BASE + 19)

struct ioas { unsigned size, flags, id; };
struct bind { unsigned argsz, flags; int iommufd; unsigned id; unsigned long long token; };
struct attach { unsigned argsz, flags, id; };

// All that a holder holds; of one request that is refused, what it opened is closed again.
struct held {
  int container, hasIOMMU, iommufd;
  unsigned ioas;
  int files[4 * DEVICES], count;
};

static int keep(struct held *held, int file) {
  if (file >= 0) held->files[held->count++] = file;
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

// The node of a group; in no-IOMMU mode its name says so.
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

// What is left of what was held before a refused request.
static void giveUp(struct held *held, struct held before) {
  while (held->count > before.count) close(held->files[--held->count]);
  *held = before;
}

static int split(char *line, char **words) {
  int count = 0;
  for (char *word = strtok(line, " \n"); word && count < WORDS; word = strtok(NULL, " \n"))
    words[count++] = word;
  return count;
}

static void hold(int request, struct report *report) {
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

// MARK: Holders (the agent's side)

static struct holder *holderNamed(const char *name) {
  for (struct holder *holder = holders; holder < holders + HOLDERS; holder++)
    if (!strcmp(holder->name, name)) return holder;
  return NULL;
}

static struct holder *newHolder(const char *name) {
  struct holder *holder = holderNamed("");
  int ends[2];
  if (!holder || socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) < 0) return NULL;
  *holder = (struct holder){.request = ends[0], .report = newReport()};
  snprintf(holder->name, sizeof holder->name, "%s", name);
  holder->child = forkAs(FIRST_HOLDER + (holder - holders));
  if (holder->child == 0) {
    for (struct holder *other = holders; other < holders + HOLDERS; other++)
      if (other->name[0]) close(other->request);
    hold(ends[1], holder->report);
  }
  close(ends[1]);
  return holder;
}

static void askHolder(char **words, int count) {
  struct holder *holder = holderNamed(words[1]);
  if (!holder) holder = newHolder(words[1]);
  if (!holder) {
    say("error %d fork", errno);
    return;
  }
  char line[1024] = "";
  for (int i = 0; i < count; i++) {
    strncat(line, words[i], sizeof line - strlen(line) - 2);
    strcat(line, " ");
  }
  holder->report->done = 0;
  if (write(holder->request, line, strlen(line)) < 0) finish(holder->report, errno);
  answer(holder->report, holder->child, 1);
}

static int hasEnded(struct holder *holder) {
  siginfo_t info = {0};
  return waitid(P_PID, holder->child, &info, WEXITED | WNOHANG | WNOWAIT) < 0 || info.si_pid != 0;
}

// A holder that was told to end is free once its process is gone.
static void freeHolders(void) {
  for (struct holder *holder = holders; holder < holders + HOLDERS; holder++) {
    if (!holder->isEnding || !hasEnded(holder)) continue;
    waitpid(holder->child, NULL, 0);
    holder->isEnding = 0;
    holder->name[0] = 0;
  }
}

static void closeHolder(const char *name) {
  struct holder *holder = holderNamed(name);
  if (!holder) {
    say("ok");
    return;
  }
  // A write that blocks has a copy of the socket: closing ours would not end the holder.
  if (!holder->isEnding) shutdown(holder->request, SHUT_RDWR), close(holder->request);
  holder->isEnding = 1;
  for (long long end = now() + GIVES_UP_AFTER; now() < end && !hasEnded(holder);) pauseFor(2);
  say(hasEnded(holder) ? "ok" : "blocks 0 close");
  freeHolders();
}

// MARK: What the guest shows

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

static void eachEntry(const char *path, void (*tell)(const char *folder, const char *name)) {
  struct dirent **entries;
  int count = scandir(path, &entries, NULL, alphasort);
  for (int i = 0; i < count; i++) {
    if (entries[i]->d_name[0] != '.') tell(path, entries[i]->d_name);
    free(entries[i]);
  }
  if (count >= 0) free(entries);
}

static void tellDevice(const char *folder, const char *name) {
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

static void tellGroup(const char *folder, const char *name) {
  char path[512], type[64];
  snprintf(path, sizeof path, "%s/%s/type", folder, name);
  readLine(path, type, sizeof type);
  say("group %s %s", name, type);
}

static void tellNode(const char *folder, const char *name) {
  if (strcmp(name, "vfio") && strcmp(name, "devices")) say("node %s/%s", folder, name);
}

static void tellModules(void) {
  char line[512], name[128];
  FILE *file = fopen("/proc/modules", "re");
  if (!file) return;
  while (fgets(line, sizeof line, file))
    if (sscanf(line, "%127s", name) == 1) say("module %s", name);
  fclose(file);
}

// New lines of the kernel log: "priority,number,time,flags;text", then indented properties.
static void tellLog(void) {
  char record[4096];
  for (ssize_t size; (size = read(kernelLog, record, sizeof record - 1)) > 0;) {
    record[size] = 0;
    char *text = strchr(record, ';');
    if (!text) continue;
    text[strcspn(text, "\n")] = 0;
    say("log %s", text + 1);
  }
}

static void tellState(void) {
  eachEntry("/sys/bus/pci/devices", tellDevice);
  eachEntry("/sys/kernel/iommu_groups", tellGroup);
  eachEntry("/dev/vfio", tellNode);
  eachEntry("/dev/vfio/devices", tellNode);
  tellModules();
  for (struct holder *holder = holders; holder < holders + HOLDERS; holder++)
    if (holder->name[0]) say("holder %s %d", holder->name, holder->child);
  for (struct task *task = tasks; task < tasks + TASKS; task++)
    if (task->number) say("pending %d", task->number);
  tellLog();
}

static void sendFile(const char *path) {
  static char bytes[1 << 20];
  int file = open(path, O_RDONLY | O_CLOEXEC);
  ssize_t size = 0, part = 0;
  while (file >= 0 && size < (ssize_t)sizeof bytes &&
         (part = read(file, bytes + size, sizeof bytes - size)) > 0)
    size += part;
  if (file < 0 || part < 0) {
    say("error %d read", errno);
  } else {
    say("data %zd", size);
    fwrite(bytes, 1, size, channel);
  }
  if (file >= 0) close(file);
}

// Runs a shell script to its end; its words go to /run/shell.log.
static void runShell(const char *script) {
  pid_t child = fork();
  if (child == 0) {
    setpgid(0, 0);
    int log = open("/run/shell.log", O_WRONLY | O_CREAT | O_TRUNC, 0644);
    dup2(log, STDOUT_FILENO);
    dup2(log, STDERR_FILENO);
    execl("/bin/sh", "sh", "-c", script, (char *)NULL);
    _exit(127);
  }
  int status = -1;
  for (long long end = now() + SHELL_ENDS_AFTER; now() < end; pauseFor(5))
    if (waitpid(child, &status, WNOHANG) != 0) break;
  if (status == 0) {
    say("ok");
    return;
  }
  kill(-child, SIGKILL);
  say("error %d shell", status < 0 ? ETIMEDOUT : ECANCELED);
}

// MARK: The agent

static void obey(char *line) {
  char *words[WORDS];
  // A script, and a text that is written, may have blanks of their own.
  if (!strncmp(line, "shell ", 6)) {
    runShell(line + 6);
    return;
  }
  if (!strncmp(line, "write ", 6) || !strncmp(line, "load ", 5)) {
    char *path = strchr(line, ' '), *text;
    *path++ = 0;
    if ((text = strchr(path, ' '))) *text++ = 0;
    char *parts[] = {line, path, text};
    runTask(parts, text ? 3 : 2);
    return;
  }
  int count = split(line, words);
  if (count == 0) return;
  if (!strcmp(words[0], "unload")) runTask(words, count);
  else if (!strcmp(words[0], "close")) closeHolder(words[1]);
  else if (!strcmp(words[0], "state")) tellState();
  else if (!strcmp(words[0], "get")) sendFile(words[1]);
  else if (!strcmp(words[0], "settle")) settle(atoi(words[1]));
  else askHolder(words, count);
}

static void mountAll(void) {
  const char *kinds[][2] = {{"proc", "/proc"}, {"sysfs", "/sys"}, {"devtmpfs", "/dev"},
                            {"tmpfs", "/tmp"}, {"tmpfs", "/run"},
                            {"securityfs", "/sys/kernel/security"}};
  for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
    mkdir(kinds[i][1], 0755);
    mount(kinds[i][0], kinds[i][1], kinds[i][0], 0, NULL);
  }
}

static void openChannel(void) {
  int port = open("/dev/ttyS1", O_RDWR | O_NOCTTY | O_CLOEXEC);
  struct termios settings;
  tcgetattr(port, &settings);
  cfmakeraw(&settings);
  cfsetspeed(&settings, B115200);
  tcsetattr(port, TCSANOW, &settings);
  channel = fdopen(port, "w");
  requests = fdopen(dup(port), "r");
}

int main(void) {
  mountAll();
  setenv("PATH", "/bin:/sbin:/usr/bin", 1);
  openChannel();
  kernelLog = open("/dev/kmsg", O_RDONLY | O_NONBLOCK | O_CLOEXEC);
  say("ready");
  char line[4096];
  for (;;) {
    fflush(channel);
    if (!fgets(line, sizeof line, requests)) continue;
    line[strcspn(line, "\n")] = 0;
    freeHolders();
    obey(line);
    say(".");
  }
}
