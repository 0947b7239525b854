"""Runs several `kith` commands in one process: each would otherwise load the program anew.

    python -m node.cli.errands < commands.json > outputs.json

In goes a JSON list of {"arguments", "typed"}, out comes a JSON list of what each one printed. The
first command that fails ends it, with its message on standard error and exit status 1.
"""

import json
import sys

from click.testing import CliRunner

from node.cli.main import main


def run_all() -> int:
    """Runs what standard input asks for; the exit status."""
    outputs = []
    for errand in json.load(sys.stdin):
        done = CliRunner().invoke(main, list(errand["arguments"]), input=errand["typed"])
        if done.exit_code != 0:
            sys.stderr.write(f"kith {' '.join(errand['arguments'])}: {done.output.strip()}\n")
            return 1
        outputs.append(done.stdout)
    json.dump(outputs, sys.stdout)
    return 0


if __name__ == "__main__":
    sys.exit(run_all())
