/* Preloaded, it makes a machine look as if it had 64 cores, by whatever way a program asks. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <sched.h>
#include <string.h>
#include <unistd.h>

enum { cores = 64 };

int get_nprocs(void) { return cores; }
int get_nprocs_conf(void) { return cores; }

int sched_getaffinity(pid_t process, size_t size, cpu_set_t* set) {
  (void)process;
  memset(set, 0, size);
  for (int core = 0; core < cores && (size_t)core < 8 * size; ++core) CPU_SET_S(core, size, set);
  return 0;
}

long sysconf(int name) {
  if (name == _SC_NPROCESSORS_ONLN || name == _SC_NPROCESSORS_CONF) return cores;
  long (*own)(int) = (long (*)(int))dlsym(RTLD_NEXT, "sysconf");
  return own(name);
}
