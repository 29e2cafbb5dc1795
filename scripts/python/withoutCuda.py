"""Makes PyTorch's x64 Linux wheel import without the CUDA packages (2.5 GB) it was built against.

For the tests' own environment only: every CUDA library it names, but the small runtime, is put
beside it as an empty one whose functions answer "failed". Nothing calls them on a machine without
a GPU. Usage: withoutCuda.py TORCH_FOLDER
"""

import collections
import pathlib
import subprocess
import sys
import tempfile

#: Libraries that come as they are: what `torch.cuda.is_available` asks.
REAL = {"libcudart.so.12", "libcuda.so.1"}

#: How functions of a library begin that names no version of its own.
PREFIXES = {
    "libnccl.so.2": "nccl",
    "libcurand.so.10": "curand",
    "libcusparseLt.so.0": "cusparseLt",
    "libcufile.so.0": "cuFile",
    "libnvshmem_host.so.3": "nvshmem",
    "libcusolver.so.11": "cusolver",
    "libnvrtc.so.12": "nvrtc",
}


def main(torch_folder):
    library_folder = pathlib.Path(torch_folder) / "lib"
    libraries = sorted(library_folder.glob("*.so"))
    wanted = missing_functions(libraries)
    for soname in sorted(needed(libraries) - REAL):
        write_library(library_folder / soname, wanted[soname])


def needed(libraries):
    """The CUDA libraries that a dynamic loader will look for."""
    lines = [line for path in libraries for line in run("readelf", "-d", path)]
    names = {line.split("[")[1].rstrip("]") for line in lines if "(NEEDED)" in line}
    return {name for name in names if name.startswith(("libcu", "libnccl", "libnv"))}


def missing_functions(libraries):
    """By library: pairs of a function and its version (empty where it has none)."""
    found = collections.defaultdict(set)
    for path in libraries:
        for line in run("nm", "-D", "--undefined-only", "--with-symbol-versions", path):
            name, _, version = line.split()[-1].partition("@")
            library = library_of(name, version.lstrip("@"))
            if library is not None:
                found[library].add((name, version.lstrip("@")))
    return found


def library_of(name, version):
    if version.startswith("libcu"):
        return version
    fitting = [library for library, prefix in PREFIXES.items() if name.startswith(prefix)]
    return fitting[0] if fitting else None


def write_library(path, functions):
    if path.exists():
        return
    with tempfile.TemporaryDirectory() as folder:
        source, script = pathlib.Path(folder) / "stub.c", pathlib.Path(folder) / "versions"
        body = "".join(f"long {name}(void) {{ return 1; }}\n" for name, _ in sorted(functions))
        source.write_text(body)
        script.write_text(versions_of(functions))
        flags = [f"-Wl,-soname,{path.name}", f"-Wl,--version-script={script}"]
        run("cc", "-shared", "-fPIC", "-w", *flags, "-o", path, source)


def versions_of(functions):
    names = collections.defaultdict(list)
    for name, version in sorted(functions):
        names[version].append(name)
    if set(names) <= {""}:
        return "{ global: *; };\n"
    return "".join(
        f"{version} {{ global: {'; '.join(members)}; }};\n"
        for version, members in names.items()
        if version
    )


def run(*command):
    result = subprocess.run([str(part) for part in command], capture_output=True, text=True)
    if result.returncode != 0:
        raise SystemExit(f"{command[0]} failed: {result.stderr.strip()}")
    return result.stdout.splitlines()


if __name__ == "__main__":
    main(sys.argv[1])
