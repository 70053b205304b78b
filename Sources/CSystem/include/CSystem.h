#pragma once

// System calls that Swift cannot import, each as small as it can be: what to do with them is
// decided in CarrelSandbox. No system header is included here: Swift would take the types in it to
// be this module's own. Unless said otherwise, a function returns 0 or more where it did what it
// says, and the error number, negated, where the system refused or does not know how.

/// Closes every descriptor from a number upwards in a process that is being started.
///
/// `actions` is a `posix_spawn_file_actions_t`. Swift's Glibc module leaves out what only GNU
/// systems have. Returns 0 or an error number.
int carrel_spawn_close_from(void *actions, int lowest);

/// Closes every descriptor of this process from a number upwards.
int carrel_close_from(unsigned lowest);

/// Moves this process into namespaces of its own: of users, networks, shared memory and names.
///
/// The new network has no way out and no way in, not even a loopback that is up.
int carrel_leave_namespaces(void);

/// Gives up every capability, and for good the ways in which a program gains them.
int carrel_drop_privileges(void);

/// Hides the memory of this process from others of the same user, and from core dumps.
int carrel_hide_memory(void);

/// Has this process killed when the thread that started it ends.
int carrel_die_with_parent(void);

/// Lowers a limit of this process, the soft one and the hard one; never raises either.
///
/// `resource` is one of the enumeration below.
int carrel_limit(int resource, unsigned long long soft, unsigned long long hard);

enum {
  carrel_limit_memory,
  carrel_limit_processor_seconds,
  carrel_limit_descriptors,
  carrel_limit_file_size,
  carrel_limit_core_size,
  carrel_limit_processes,
};

/// Takes from this thread, and from what it starts later, the way to every path and every TCP port.
///
/// Descriptors that are open stay as they are. Needs `carrel_drop_privileges`. Returns the version
/// of the kernel's Landlock, from 1: from 3 cutting files short is covered as well, from 4 ports,
/// from 6 signals and abstract sockets.
int carrel_landlock(void);

/// Leaves all threads of this process the system calls that computing with open descriptors takes.
///
/// Bytes can be written to `answer`, `product` and standard error. What a library does in passing (to open
/// a path, say) fails with EPERM; any other call ends the process with SIGSYS. Needs
/// `carrel_drop_privileges`. Only for x86-64: elsewhere it is refused with ENOSYS.
int carrel_seccomp(int answer, int product);

/// What a process that gave everything up tries to do nevertheless.
enum carrel_attempt {
  carrel_attempt_open,
  carrel_attempt_create,
  carrel_attempt_connect,
  carrel_attempt_listen,
  carrel_attempt_local_socket,
  carrel_attempt_execute,
  carrel_attempt_fork,
  carrel_attempt_trace,
  carrel_attempt_signal,
  carrel_attempt_environment,
  carrel_attempt_descriptor,
  carrel_attempt_write,
  carrel_attempt_memory_file,
  carrel_attempt_machine_code,
  carrel_attempt_privilege,
  carrel_attempt_inspect,
  carrel_attempt_outlive,
  carrel_attempt_memory,
  carrel_attempt_processor_time,
  carrel_attempt_descriptors,
};

/// Leaves open what a careless parent would have: a descriptor that an attempt can find.
void carrel_attempt_prepare(void);

/// Tries it, by bare system calls so that no library stands between.
///
/// Returns 0 where it worked, and the error number where it did not; the process may also be
/// killed on the way.
int carrel_attempt(enum carrel_attempt what);
