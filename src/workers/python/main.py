"""The Python worker program: started by Cortex with the user's interpreter, speaks
src/execution/protocol.ts. Needs the standard library and the user's own framework."""

import os
import sys

sys.dont_write_bytecode = True
HERE = os.path.dirname(os.path.abspath(__file__))
# Where no safe path can be asked for (Python < 3.11), a script's own folder comes first.
sys.path[:] = [HERE] + [entry for entry in sys.path if entry not in ("", HERE)]

# Several workers share one machine, and the user works beside them.
for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(name, "1")
os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
os.environ.setdefault("MPLBACKEND", "Agg")



def cover_folder():
    """A script that is run up to its fit may write into its folder: what it writes stays out."""
    folder = os.environ.get("CORTEX_COVER")
    if folder:
        from cortex_worker.overlay import cover

        os.environ["CORTEX_COVERED"] = "yes" if cover(folder) else ""


def main():
    if sys.argv[1:2] == ["--observe"]:
        from cortex_worker.observe import run

        sys.path.remove(HERE)
        run(sys.argv[2:])
    else:
        cover_folder()
        from cortex_worker.session import serve

        sys.path.remove(HERE)
        serve()


if __name__ == "__main__":
    main()
