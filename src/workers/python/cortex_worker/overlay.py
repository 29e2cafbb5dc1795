"""A folder that can be written to without being changed: an overlay mount of this process's own,
on Linux, as any user where user namespaces are allowed."""

import atexit
import ctypes
import os
import shutil
import sys
import tempfile

CLONE_NEWNS, CLONE_NEWUSER = 0x00020000, 0x10000000
MS_REC, MS_PRIVATE = 16384, 1 << 18


def cover(folder):
    """Whether what this process writes into the folder from now on stays out of it. Must be called
    before a second thread is started."""
    if not sys.platform.startswith("linux"):
        return False
    libc = ctypes.CDLL(None, use_errno=True)
    try:
        own_namespace(libc)
        upper = scratch_folder()
        options = f"lowerdir={escaped(folder)},upperdir={upper}/upper,workdir={upper}/work"
        mount(libc, "overlay", folder, "overlay", 0, options)
    except OSError:
        return False
    os.chdir(folder)
    return True


def own_namespace(libc):
    if os.geteuid() == 0:
        check(libc.unshare(CLONE_NEWNS))
    else:
        user, group = os.geteuid(), os.getegid()
        check(libc.unshare(CLONE_NEWNS | CLONE_NEWUSER))
        for name, text in (("setgroups", "deny"), ("uid_map", f"{user} {user} 1"), ("gid_map", f"{group} {group} 1")):
            with open(f"/proc/self/{name}", "w", encoding="ascii") as file:
                file.write(text)
    mount(libc, "none", "/", None, MS_REC | MS_PRIVATE, None)


def scratch_folder():
    """What the script writes is kept in memory where that is to be had, and dropped at the end."""
    base = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
    folder = tempfile.mkdtemp(prefix="cortex-overlay-", dir=base)
    for name in ("upper", "work"):
        os.mkdir(os.path.join(folder, name))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def mount(libc, source, target, kind, flags, options):
    values = [None if each is None else each.encode() for each in (source, target, kind)]
    check(libc.mount(*values, flags, None if options is None else options.encode()))


def check(result):
    if result != 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))


def escaped(path):
    return path.replace("\\", "\\\\").replace(":", "\\:").replace(",", "\\,")
