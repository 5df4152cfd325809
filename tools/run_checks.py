"""Run every check that needs no tests; print only what is wrong, and one line for each."""

import sys
import tempfile

from tools.stages import Stage, print_summary, run_stage, tool


def stages(folder: str) -> list[Stage]:
    """Return the checks, quickest first."""
    python, home = sys.executable, {"DAKEHU_HOME": folder}
    return [
        Stage("lint", (tool("ruff"), "check", ".")),
        Stage("format", (tool("ruff"), "format", "--check", ".")),
        Stage("import contracts", (tool("lint-imports"), "--no-logo")),
        Stage("sizes", (python, "-m", "tools.size_budget")),
        Stage("templates", (python, "-m", "tools.template_rules"), home),
        Stage("template lint", (tool("djlint"), "--lint", "--quiet", "src")),
        Stage("catalogues", (python, "-m", "tools.messages", "check"), home),
        Stage("migrations", (tool("dakehu"), "makemigrations", "--check", "--dry-run"), home),
        Stage("types", (tool("mypy"),), home),
    ]


def main() -> int:
    """Run all checks, whatever became of the earlier ones."""
    with tempfile.TemporaryDirectory(prefix="dakehu-checks-") as folder:
        results = [run_stage(stage, quiet=True) for stage in stages(folder)]
    print_summary(results)
    return int(any(result.code for result in results))


if __name__ == "__main__":
    raise SystemExit(main())
