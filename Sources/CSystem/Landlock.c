#define _GNU_SOURCE

#include "CSystem.h"

#include <errno.h>
#include <stdint.h>
#include <sys/syscall.h>
#include <unistd.h>

// Written out rather than taken from <linux/landlock.h>, whose age is the distribution's: an old
// header would silently handle fewer rights than the kernel does. Numbers are the same on every
// processor. Source: the kernel's Documentation/userspace-api/landlock.rst.
#ifndef SYS_landlock_create_ruleset
#define SYS_landlock_create_ruleset 444
#define SYS_landlock_restrict_self 446
#endif

enum { version_flag = 1 << 0 };

struct ruleset {
  uint64_t file_rights;
  uint64_t network_rights;
  uint64_t scopes;
};

// Everything that this version of the kernel can refuse, and in `size` how much of it it knows.
static struct ruleset everything(int version, size_t *size) {
  struct ruleset rules = {.file_rights = (1ULL << 13) - 1};  // execute, read, write, make, remove
  *size = sizeof rules.file_rights;
  if (version >= 2) rules.file_rights |= 1ULL << 13;  // rename and link between folders
  if (version >= 3) rules.file_rights |= 1ULL << 14;  // truncate
  if (version >= 5) rules.file_rights |= 1ULL << 15;  // ioctl on devices
  if (version >= 4) {
    rules.network_rights = 3;  // bind and connect, TCP
    *size = 2 * sizeof(uint64_t);
  }
  if (version >= 6) {
    rules.scopes = 3;  // abstract UNIX sockets and signals of other processes
    *size = sizeof rules;
  }
  return rules;
}

int carrel_landlock(void) {
  int version = (int)syscall(SYS_landlock_create_ruleset, NULL, 0, version_flag);
  if (version < 1) return version < 0 ? -errno : -ENOSYS;
  size_t size;
  struct ruleset rules = everything(version, &size);
  int ruleset = (int)syscall(SYS_landlock_create_ruleset, &rules, size, 0);
  if (ruleset < 0) return -errno;
  // No rule is added: what is handled and not allowed is refused.
  long restricted = syscall(SYS_landlock_restrict_self, ruleset, 0);
  int error = errno;
  close(ruleset);
  return restricted < 0 ? -error : version;
}
