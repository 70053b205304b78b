#pragma once

// No system header is included here: Swift would take the types in it to be this module's own.

/// Closes every descriptor from a number upwards in a process that is being started.
///
/// `actions` is a `posix_spawn_file_actions_t`. Swift's Glibc module leaves out what only GNU
/// systems have. Returns 0 or an error number.
int carrel_spawn_close_from(void *actions, int lowest);
