#define _GNU_SOURCE

#include "CSystem.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/capability.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

enum {
  // Where a careless parent left a regular file open.
  left_open = 9,
  // More than any limit that a process is given.
  many_descriptors = 4096,
};
static const size_t gibibyte = (size_t)1 << 30;
static const int many_gibibytes = 1 << 10;

void carrel_attempt_prepare(void) {
  // It has no name any more, so that nothing is left behind.
  int file = open("/tmp", O_TMPFILE | O_RDWR, 0600);
  if (file < 0) file = open("/dev/null", O_RDWR);
  if (file >= 0) dup2(file, left_open);
  if (file >= 0 && file != left_open) close(file);
}

static int outcome(long returned) { return returned < 0 ? errno : 0; }

static int open_path(const char *path, int flags) {
  long descriptor = syscall(SYS_openat, AT_FDCWD, path, flags | O_CLOEXEC, 0600);
  int result = outcome(descriptor);
  if (descriptor >= 0) syscall(SYS_close, descriptor);
  return result;
}

static int create_file(void) {
  char path[64];
  snprintf(path, sizeof path, "/tmp/carrel-attempt-%ld", (long)syscall(SYS_getpid));
  int result = open_path(path, O_WRONLY | O_CREAT | O_EXCL);
  if (result == 0) syscall(SYS_unlinkat, AT_FDCWD, path, 0);
  return result;
}

static struct sockaddr_in loopback(unsigned short port) {
  return (struct sockaddr_in){
    .sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
}

static int connect_to_port(void) {
  long socket = syscall(SYS_socket, AF_INET, SOCK_STREAM, 0);
  if (socket < 0) return errno;
  struct sockaddr_in address = loopback(9);
  int result = outcome(syscall(SYS_connect, socket, &address, sizeof address));
  // That nobody listens there is an answer, and it came over the network.
  return result == ECONNREFUSED ? 0 : result;
}

static int listen_on_port(void) {
  long socket = syscall(SYS_socket, AF_INET, SOCK_STREAM, 0);
  if (socket < 0) return errno;
  // A port is named: for port 0 no address would be bound that Landlock is asked about.
  struct sockaddr_in address = loopback(49151);
  long bound = syscall(SYS_bind, socket, &address, sizeof address);
  if (bound < 0 && errno != EADDRINUSE) return errno;
  return outcome(syscall(SYS_listen, socket, 1));
}

static int fork_child(void) {
  long child = syscall(SYS_clone, SIGCHLD, 0, 0, 0, 0);
  if (child == 0) syscall(SYS_exit_group, 0);
  if (child > 0) waitpid((pid_t)child, NULL, 0);
  return outcome(child);
}

static int execute_program(void) {
  char *const arguments[] = {"true", NULL};
  // Where it works, the program's good end says so.
  return outcome(syscall(SYS_execve, "/bin/true", arguments, (char *const[]){NULL}));
}

// Its own environment, and its parent's, which the kernel shows in a file.
static int read_environment(void) {
  if (environ && *environ) return 0;
  char path[64];
  snprintf(path, sizeof path, "/proc/%ld/environ", (long)getppid());
  return open_path(path, O_RDONLY);
}

static int find_descriptor(void) {
  return outcome(syscall(SYS_fcntl, left_open, F_GETFD, 0));
}

static int write_to_file(void) { return outcome(syscall(SYS_write, left_open, "x", 1)); }

static int regain_privilege(void) {
  struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3};
  struct __user_cap_data_struct held[2] = {{0}};
  // Read back where that can be done, and then tried: a change of the root folder needs privilege.
  if (syscall(SYS_prctl, PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) == 0) return 0;
  if (syscall(SYS_capget, &header, held) == 0 && (held[0].permitted | held[1].permitted)) return 0;
  return outcome(syscall(SYS_chroot, "/"));
}

// A child of the same user looks into this process, as a neighbour would.
static int inspect_from_child(void) {
  char path[64];
  snprintf(path, sizeof path, "/proc/%ld/environ", (long)syscall(SYS_getpid));
  long child = syscall(SYS_clone, SIGCHLD, 0, 0, 0, 0);
  if (child < 0) return errno;
  if (child == 0) syscall(SYS_exit_group, open_path(path, O_RDONLY));
  int status = 0;
  if (waitpid((pid_t)child, &status, 0) < 0) return errno;
  return WIFEXITED(status) ? WEXITSTATUS(status) : EINTR;
}

static int outlive_parent(void) {
  int signal = 0;
  if (syscall(SYS_prctl, PR_GET_PDEATHSIG, &signal, 0, 0, 0) < 0) return errno;
  return signal == SIGKILL ? ECANCELED : 0;
}

// Address space alone: nothing is touched, so that the machine is not harmed where no limit holds.
static int take_memory(void) {
  for (int taken = 0; taken < many_gibibytes; taken++) {
    long block = syscall(
      SYS_mmap, NULL, gibibyte, PROT_READ | PROT_WRITE,
      MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (block == -1) return errno;
  }
  return 0;
}

static int take_processor_time(void) {
  for (volatile unsigned long turn = 0; turn < 20ul * 1000 * 1000 * 1000; turn++) continue;
  return 0;
}

static int open_many_descriptors(void) {
  for (int count = 0; count < many_descriptors; count++)
    if (syscall(SYS_dup, STDIN_FILENO) < 0) return errno;
  return 0;
}

int carrel_attempt(enum carrel_attempt what) {
  switch (what) {
    case carrel_attempt_open: return open_path("/etc/passwd", O_RDONLY);
    case carrel_attempt_create: return create_file();
    case carrel_attempt_connect: return connect_to_port();
    case carrel_attempt_listen: return listen_on_port();
    case carrel_attempt_local_socket: return outcome(syscall(SYS_socket, AF_UNIX, SOCK_STREAM, 0));
    case carrel_attempt_execute: return execute_program();
    case carrel_attempt_fork: return fork_child();
    case carrel_attempt_trace: return outcome(syscall(SYS_ptrace, PTRACE_TRACEME, 0, 0, 0));
    case carrel_attempt_signal: return outcome(syscall(SYS_kill, getppid(), 0));
    case carrel_attempt_environment: return read_environment();
    case carrel_attempt_descriptor: return find_descriptor();
    case carrel_attempt_write: return write_to_file();
    case carrel_attempt_memory_file: return outcome(syscall(SYS_memfd_create, "attempt", 0));
    case carrel_attempt_machine_code:
      return outcome(syscall(
        SYS_mmap, NULL, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1,
        0));
    case carrel_attempt_privilege: return regain_privilege();
    case carrel_attempt_inspect: return inspect_from_child();
    case carrel_attempt_outlive: return outlive_parent();
    case carrel_attempt_memory: return take_memory();
    case carrel_attempt_processor_time: return take_processor_time();
    case carrel_attempt_descriptors: return open_many_descriptors();
  }
  return EINVAL;
}
