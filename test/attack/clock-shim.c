/* The wall clock, moved by what the file named in ATTACK_CLOCK says, in seconds: preloaded into a coordinator under attack. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/time.h>
#include <time.h>

static long offset(void) {
  static const char *text;
  if (!text) {
    const char *path = getenv("ATTACK_CLOCK");
    int file = path ? open(path, O_RDONLY) : -1;
    void *page = file < 0 ? MAP_FAILED : mmap(0, 32, PROT_READ, MAP_SHARED, file, 0);
    text = page == MAP_FAILED ? "0" : page;
  }
  return atol(text);
}

int clock_gettime(clockid_t id, struct timespec *to) {
  static int (*real)(clockid_t, struct timespec *);
  if (!real) real = dlsym(RTLD_NEXT, "clock_gettime");
  int failed = real(id, to);
  if (!failed && (id == CLOCK_REALTIME || id == CLOCK_REALTIME_COARSE)) to->tv_sec += offset();
  return failed;
}

int gettimeofday(struct timeval *to, void *zone) {
  static int (*real)(struct timeval *, void *);
  if (!real) real = dlsym(RTLD_NEXT, "gettimeofday");
  int failed = real(to, zone);
  if (!failed && to) to->tv_sec += offset();
  return failed;
}
