#define _GNU_SOURCE

#include "CSystem.h"

#include <errno.h>
#include <linux/capability.h>
#include <sched.h>
#include <signal.h>
#include <spawn.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

// Newer than some headers; the number is the same on every processor.
#ifndef SYS_close_range
#define SYS_close_range 436
#endif

static int result(long returned) { return returned < 0 ? -errno : (int)returned; }

int carrel_spawn_close_from(void *actions, int lowest) {
  return posix_spawn_file_actions_addclosefrom_np(actions, lowest);
}

int carrel_close_from(unsigned lowest) { return result(syscall(SYS_close_range, lowest, ~0U, 0)); }

int carrel_leave_namespaces(void) {
  return result(unshare(CLONE_NEWUSER | CLONE_NEWNET | CLONE_NEWIPC | CLONE_NEWUTS));
}

int carrel_drop_privileges(void) {
  // Before the capabilities: from here on no program that is started has more than this process.
  if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0) return -errno;
  struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3};
  struct __user_cap_data_struct none[2] = {{0}};
  return result(syscall(SYS_capset, &header, none));
}

int carrel_hide_memory(void) { return result(prctl(PR_SET_DUMPABLE, 0, 0, 0, 0)); }

int carrel_die_with_parent(void) { return result(prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0)); }

int carrel_limit(int resource, unsigned long long soft, unsigned long long hard) {
  static const int resources[] = {
    [carrel_limit_memory] = RLIMIT_AS,           [carrel_limit_processor_seconds] = RLIMIT_CPU,
    [carrel_limit_descriptors] = RLIMIT_NOFILE,  [carrel_limit_file_size] = RLIMIT_FSIZE,
    [carrel_limit_core_size] = RLIMIT_CORE,      [carrel_limit_processes] = RLIMIT_NPROC,
  };
  struct rlimit now;
  if (getrlimit(resources[resource], &now) < 0) return -errno;
  if (now.rlim_max > hard) now.rlim_max = hard;
  if (now.rlim_cur > soft) now.rlim_cur = soft;
  if (now.rlim_cur > now.rlim_max) now.rlim_cur = now.rlim_max;
  return result(setrlimit(resources[resource], &now));
}
