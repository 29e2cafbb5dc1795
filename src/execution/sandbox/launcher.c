/*
 * Runs a program that may do no harm: `sandbox [--read PATH]… [--list FOLDER]… [--write PATH]…
 * [--limit-data BYTES] -- PROGRAM [ARGUMENT]…`. It takes rights away from itself, then becomes the program, so that no
 * code of the program ever runs without the limits:
 *
 * - Landlock (Linux 5.13+): reads and executes only below the --read paths, names of files only
 *   below the --list folders, writes only below the --write paths, no TCP (6.7+), no signals and no abstract sockets out of the sandbox (6.12+).
 * - seccomp: no sockets at all, no other processes (threads are allowed), no signals to others, no
 *   reading of other processes, no mounts, namespaces, keys, io_uring, performance counters, modules.
 * - The program dies with the parent that started it, and leaves no core file.
 *
 * `sandbox --tie PROGRAM [ARGUMENT]…` only makes it die with its parent: for programs that are
 * trusted, and may do all that their user may.
 *
 * `sandbox --probe` prints what this kernel holds: `landlock=ABI seccomp=1`. Exit status 125: a
 * limit could not be set, and the program was not started.
 *
 * Sources: Linux Documentation/userspace-api/landlock.rst and seccomp_filter.rst.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <signal.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#define REFUSED 125
/* Version 6 of Landlock's interface, written out so that older kernel headers compile it. */
#define FS_EXECUTE (1ULL << 0)
#define FS_READ_FILE (1ULL << 2)
#define FS_READ_DIR (1ULL << 3)
#define FS_REFER (1ULL << 13)
#define FS_TRUNCATE (1ULL << 14)
#define FS_IOCTL_DEVICE (1ULL << 15)
#define FS_VERSION_1 ((1ULL << 13) - 1)
#define FS_OF_FILES (FS_EXECUTE | (1ULL << 1) | FS_READ_FILE | FS_TRUNCATE | FS_IOCTL_DEVICE)
#define NET_TCP 3ULL
#define SCOPE_SOCKETS_AND_SIGNALS 3ULL
#define RULE_PATH_BENEATH 1

struct ruleset {
  uint64_t files, network, scoped;
};

struct path_rule {
  uint64_t allowed;
  int32_t parent;
} __attribute__((packed));

static void refuse(const char *what) {
  fprintf(stderr, "sandbox: %s: %s\n", what, strerror(errno));
  exit(REFUSED);
}

static int landlock_version(void) {
  long version = syscall(SYS_landlock_create_ruleset, NULL, 0, 1U);
  return version < 0 ? 0 : (int)version;
}

static uint64_t file_rights(int version) {
  uint64_t rights = FS_VERSION_1;
  if (version >= 2) rights |= FS_REFER;
  if (version >= 3) rights |= FS_TRUNCATE;
  if (version >= 5) rights |= FS_IOCTL_DEVICE;
  return rights;
}

/* A path that is not there needs no right. */
static void allow(int ruleset, const char *path, uint64_t rights) {
  int place = open(path, O_PATH | O_CLOEXEC);
  if (place < 0 && (errno == ENOENT || errno == ENOTDIR || errno == EACCES)) return;
  if (place < 0) refuse(path);
  struct stat found;
  if (fstat(place, &found) != 0) refuse(path);
  if (!S_ISDIR(found.st_mode)) rights &= FS_OF_FILES;
  struct path_rule rule = {.allowed = rights, .parent = place};
  if (syscall(SYS_landlock_add_rule, ruleset, RULE_PATH_BENEATH, &rule, 0) != 0) refuse(path);
  close(place);
}

static int open_ruleset(int version) {
  struct ruleset wanted = {
      .files = file_rights(version),
      .network = version >= 4 ? NET_TCP : 0,
      .scoped = version >= 6 ? SCOPE_SOCKETS_AND_SIGNALS : 0,
  };
  size_t size = version >= 6 ? 24 : version >= 4 ? 16 : 8;
  long ruleset = syscall(SYS_landlock_create_ruleset, &wanted, size, 0);
  if (ruleset < 0) refuse("Landlock");
  return (int)ruleset;
}

#define ALLOW BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW)
#define DENY BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM)
#define LOAD(field) BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, field))
#define IS_NOT(value) BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (value), 0, 1)
#define DENY_CALL(number) IS_NOT(number), DENY

#if defined(__x86_64__)
#define ARCHITECTURE AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define ARCHITECTURE AUDIT_ARCH_AARCH64
#else
#error "no system call table for this processor"
#endif

/* Newer calls by number: these are the same on every processor. */
#define CALL_IO_URING_SETUP 425
#define CALL_IO_URING_ENTER 426
#define CALL_IO_URING_REGISTER 427
#define CALL_OPEN_TREE 428
#define CALL_MOVE_MOUNT 429
#define CALL_FSOPEN 430
#define CALL_FSCONFIG 431
#define CALL_FSMOUNT 432
#define CALL_PIDFD_OPEN 434
#define CALL_CLONE3 435
#define CALL_PIDFD_GETFD 438
#define CALL_PROCESS_MADVISE 440
#define CALL_MOUNT_SETATTR 442
#define CALL_PROCESS_MRELEASE 448

static void filter_calls(void) {
  uint32_t self = (uint32_t)getpid();
  struct sock_filter program[] = {
      LOAD(arch),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, ARCHITECTURE, 1, 0),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS),
      LOAD(nr),
#if defined(__x86_64__)
      /* The x32 numbers would be a second way to every call. */
      BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K, 0x40000000U, 0, 1),
      DENY,
      DENY_CALL(SYS_fork),
      DENY_CALL(SYS_vfork),
      DENY_CALL(SYS_ioperm),
      DENY_CALL(SYS_iopl),
#endif
      DENY_CALL(SYS_socket),
      DENY_CALL(SYS_connect),
      DENY_CALL(SYS_bind),
      DENY_CALL(SYS_ptrace),
      DENY_CALL(SYS_process_vm_readv),
      DENY_CALL(SYS_process_vm_writev),
      DENY_CALL(SYS_kcmp),
      DENY_CALL(CALL_PIDFD_OPEN),
      DENY_CALL(CALL_PIDFD_GETFD),
      DENY_CALL(SYS_pidfd_send_signal),
      DENY_CALL(CALL_PROCESS_MADVISE),
      DENY_CALL(CALL_PROCESS_MRELEASE),
      DENY_CALL(SYS_unshare),
      DENY_CALL(SYS_setns),
      DENY_CALL(SYS_mount),
      DENY_CALL(SYS_umount2),
      DENY_CALL(SYS_pivot_root),
      DENY_CALL(SYS_chroot),
      DENY_CALL(CALL_OPEN_TREE),
      DENY_CALL(CALL_MOVE_MOUNT),
      DENY_CALL(CALL_FSOPEN),
      DENY_CALL(CALL_FSCONFIG),
      DENY_CALL(CALL_FSMOUNT),
      DENY_CALL(CALL_MOUNT_SETATTR),
      DENY_CALL(SYS_bpf),
      DENY_CALL(SYS_perf_event_open),
      DENY_CALL(SYS_userfaultfd),
      DENY_CALL(SYS_add_key),
      DENY_CALL(SYS_request_key),
      DENY_CALL(SYS_keyctl),
      DENY_CALL(CALL_IO_URING_SETUP),
      DENY_CALL(CALL_IO_URING_ENTER),
      DENY_CALL(CALL_IO_URING_REGISTER),
      DENY_CALL(SYS_open_by_handle_at),
      DENY_CALL(SYS_init_module),
      DENY_CALL(SYS_finit_module),
      DENY_CALL(SYS_delete_module),
      DENY_CALL(SYS_kexec_load),
      DENY_CALL(SYS_reboot),
      DENY_CALL(SYS_swapon),
      DENY_CALL(SYS_settimeofday),
      DENY_CALL(SYS_clock_settime),
      /* glibc falls back from clone3, whose flags no filter can see, to clone. */
      IS_NOT(CALL_CLONE3),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | ENOSYS),
      /* clone: a thread, never a process. */
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_clone, 0, 4),
      LOAD(args[0]),
      BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, CLONE_THREAD, 0, 1),
      ALLOW,
      DENY,
      /* Signals: to this process and its threads alone. */
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_tkill, 0, 1),
      DENY,
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_kill, 3, 0),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_tgkill, 2, 0),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_rt_sigqueueinfo, 1, 0),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_rt_tgsigqueueinfo, 0, 3),
      LOAD(args[0]),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, self, 1, 0),
      DENY,
      ALLOW,
  };
  struct sock_fprog filter = {.len = sizeof program / sizeof *program, .filter = program};
  if (prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter, 0, 0) != 0) refuse("seccomp");
}

static void die_with_parent(pid_t parent) {
  if (prctl(PR_SET_PDEATHSIG, SIGKILL) != 0) refuse("parent-death signal");
  if (getppid() != parent) exit(REFUSED);
}

static void limit(int resource, const char *text) {
  rlim_t most = (rlim_t)strtoull(text, NULL, 10);
  struct rlimit both = {.rlim_cur = most, .rlim_max = most};
  if (setrlimit(resource, &both) != 0) refuse("resource limit");
}

static int probe(void) {
  int filter = prctl(PR_GET_SECCOMP, 0, 0, 0, 0) >= 0;
  printf("landlock=%d seccomp=%d\n", landlock_version(), filter);
  return 0;
}

/* Reads the options into the ruleset; the index of the program's name. */
static int read_options(int count, char **words, int ruleset, int version) {
  const uint64_t reading = FS_EXECUTE | FS_READ_FILE | FS_READ_DIR;
  for (int at = 1; at < count; at += 2) {
    if (strcmp(words[at], "--") == 0) return at + 1;
    if (at + 1 >= count) break;
    const char *value = words[at + 1];
    if (strcmp(words[at], "--read") == 0) {
      if (ruleset >= 0) allow(ruleset, value, reading);
    } else if (strcmp(words[at], "--list") == 0) {
      if (ruleset >= 0) allow(ruleset, value, FS_READ_DIR);
    } else if (strcmp(words[at], "--write") == 0) {
      /* Files may move from folder to folder below it, as TensorFlow moves what it saves: only
         folders with this right take part, so that nothing gains another by being moved. */
      if (ruleset >= 0) allow(ruleset, value, file_rights(version));
    } else if (strcmp(words[at], "--limit-data") == 0) {
      limit(RLIMIT_DATA, value);
    } else if (strcmp(words[at], "--limit-file") == 0) {
      limit(RLIMIT_FSIZE, value);
    } else {
      break;
    }
  }
  fprintf(stderr, "sandbox: usage: sandbox [--read PATH] [--write PATH] -- PROGRAM [ARGUMENT]\n");
  exit(REFUSED);
}

int main(int count, char **words) {
  if (count == 2 && strcmp(words[1], "--probe") == 0) return probe();
  die_with_parent(getppid());
  if (count > 2 && strcmp(words[1], "--tie") == 0) {
    execvp(words[2], words + 2);
    refuse(words[2]);
  }
  int version = landlock_version();
  if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) refuse("no new privileges");
  limit(RLIMIT_CORE, "0");
  int ruleset = version > 0 ? open_ruleset(version) : -1;
  int program = read_options(count, words, ruleset, version);
  if (program >= count) exit(REFUSED);
  if (ruleset >= 0 && syscall(SYS_landlock_restrict_self, ruleset, 0) != 0) refuse("Landlock");
  if (ruleset >= 0) close(ruleset);
  filter_calls();
  execvp(words[program], words + program);
  refuse(words[program]);
}
