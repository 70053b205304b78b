/// libFuzzer as a function, for a program with a main of its own.
///
/// Source: LLVM, "Using libFuzzer as a library", https://llvm.org/docs/LibFuzzer.html
#include <stddef.h>
#include <stdint.h>

int LLVMFuzzerRunDriver(int *argc, char ***argv,
                        int (*test)(const uint8_t *data, size_t size));
