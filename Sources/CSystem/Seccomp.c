#define _GNU_SOURCE

#include "CSystem.h"

#include <errno.h>

#ifndef __x86_64__

// Numbers of system calls differ, and no filter is better than one that was never tried.
int carrel_seccomp(int answer, int product) {
  (void)answer;
  (void)product;
  return -ENOSYS;
}

#else

#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

// What computing takes: memory, descriptors that are open, clocks, and ending.
static const uint16_t allowed[] = {
  SYS_read,          SYS_pread64,       SYS_lseek,           SYS_close,
  SYS_brk,           SYS_munmap,        SYS_mremap,          SYS_madvise,
  SYS_futex,         SYS_sched_yield,   SYS_getrandom,       SYS_sched_getaffinity,
  SYS_clock_gettime, SYS_clock_getres,  SYS_clock_nanosleep, SYS_gettimeofday,
  SYS_time,          SYS_getpid,        SYS_gettid,          SYS_rt_sigaction,
  SYS_rt_sigprocmask, SYS_rt_sigreturn, SYS_rt_sigpending,   SYS_rt_sigtimedwait,
  SYS_sigaltstack,   SYS_restart_syscall,
  SYS_getppid,       SYS_exit,          SYS_exit_group,
};

// What libraries do in passing, when they have a way to go on without it.
static const uint16_t refused[] = {
  SYS_open,       SYS_openat,     SYS_access,    SYS_faccessat, SYS_stat,      SYS_lstat,
  SYS_fstat,      SYS_newfstatat, SYS_statx,     SYS_readlink,  SYS_readlinkat, SYS_getcwd,
  SYS_fcntl,      SYS_ioctl,      SYS_uname,     SYS_sysinfo,   SYS_getrlimit, SYS_prlimit64,
  SYS_getrusage,  SYS_getuid,     SYS_geteuid,   SYS_getgid,    SYS_getegid,  
  SYS_prctl,      SYS_dup,
};

enum { longest = 256 };

struct program {
  struct sock_filter steps[longest];
  unsigned short count;
};

static void add(struct program *program, struct sock_filter step) {
  if (program->count < longest) program->steps[program->count] = step;
  program->count++;
}

static void load(struct program *program, size_t offset) {
  add(program, (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, (uint32_t)offset));
}

static void answer_with(struct program *program, uint32_t action) {
  add(program, (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, action));
}

// The number of the call is loaded before each of the following, and stays so after it.

static void answer_call(struct program *program, uint32_t call, uint32_t action) {
  add(program, (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, call, 0, 1));
  answer_with(program, action);
}

// Allows a call if some bits of one argument are these. Only the low half of an argument is looked
// at, which is all that the kernel reads of a descriptor, a process or a set of protection bits.
static void allow_if(
  struct program *program, uint32_t call, unsigned argument, uint32_t mask, uint32_t value) {
  add(program, (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, call, 0, 5));
  load(program, offsetof(struct seccomp_data, args) + 8 * argument);
  add(program, (struct sock_filter)BPF_STMT(BPF_ALU | BPF_AND | BPF_K, mask));
  add(program, (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, value, 0, 1));
  answer_with(program, SECCOMP_RET_ALLOW);
  load(program, offsetof(struct seccomp_data, nr));
}

// A call of another processor's or of the 32-bit interface would have other numbers.
static void kill_foreign_calls(struct program *program) {
  load(program, offsetof(struct seccomp_data, arch));
  add(program, (struct sock_filter)BPF_JUMP(
    BPF_JMP | BPF_JEQ | BPF_K, AUDIT_ARCH_X86_64, 1, 0));
  answer_with(program, SECCOMP_RET_KILL_PROCESS);
  load(program, offsetof(struct seccomp_data, nr));
  add(program, (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K, 0x40000000u, 0, 1));
  answer_with(program, SECCOMP_RET_KILL_PROCESS);
}

int carrel_seccomp(int answer, int product) {
  struct program program = {.count = 0};
  kill_foreign_calls(&program);
  for (size_t i = 0; i < sizeof allowed / sizeof *allowed; i++)
    answer_call(&program, allowed[i], SECCOMP_RET_ALLOW);
  allow_if(&program, SYS_write, 0, ~0u, (uint32_t)answer);
  if (product != answer) allow_if(&program, SYS_write, 0, ~0u, (uint32_t)product);
  allow_if(&program, SYS_write, 0, ~0u, STDERR_FILENO);
  allow_if(&program, SYS_mmap, 2, PROT_EXEC, 0);
  allow_if(&program, SYS_mprotect, 2, PROT_EXEC, 0);
  allow_if(&program, SYS_fcntl, 1, ~0u, F_GETFD);
  allow_if(&program, SYS_fcntl, 1, ~0u, F_GETFL);
  // Only to itself: this is how a process that finds a fault in itself ends.
  allow_if(&program, SYS_tgkill, 0, ~0u, (uint32_t)getpid());
  for (size_t i = 0; i < sizeof refused / sizeof *refused; i++)
    answer_call(&program, refused[i], SECCOMP_RET_ERRNO | EPERM);
  answer_with(&program, SECCOMP_RET_KILL_PROCESS);
  if (program.count > longest) return -E2BIG;
  struct sock_fprog filter = {.len = program.count, .filter = program.steps};
  long returned =
    syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_TSYNC, &filter);
  // A number above 0 is a thread that could not be brought under the filter.
  return returned > 0 ? -ESRCH : returned < 0 ? -errno : 0;
}

#endif
