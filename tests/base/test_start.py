"""run.py itself: old Pythons, other folders, a first install, a real start and stop."""

import ast
import os
import re
import shutil
import signal
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
RUN = ROOT / "run.py"
FULL = os.environ.get("FOLKMOOT_TEST_FULL") == "1"
LEFT_OUT = shutil.ignore_patterns(".*", "data", "demo-data", "tests", "__pycache__")


def start(*words: str, tree: Path = ROOT, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    """Run run.py with the Python that made the virtual environment, as a person would."""
    python = getattr(sys, "_base_executable", sys.executable)
    command = [python, str(tree / "run.py"), *words]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)


def test_an_old_python_is_told_which_it_should_be() -> None:
    """The file parses there, and says it before anything else."""
    source = RUN.read_text(encoding="utf-8")
    ast.parse(source, feature_version=(3, 6))
    old = f"import sys; sys.version_info = (3, 10, 2); exec(open({str(RUN)!r}).read())"
    said = subprocess.run([sys.executable, "-c", old], capture_output=True, text=True, check=False)
    assert said.returncode == 1
    assert said.stderr.startswith("Folkmoot needs Python 3.11 or newer, and this is 3.10")
    assert said.stderr.count("\n") == 1


def test_what_comes_before_the_packages_needs_none() -> None:
    """Up to the virtual environment there is the standard library alone."""
    tree = ast.parse(RUN.read_text(encoding="utf-8"))
    names = [
        name
        for node in tree.body
        for name in (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else []
        )
    ]
    assert names
    assert {name.split(".")[0] for name in names} <= sys.stdlib_module_names


def test_an_install_compiles_our_own_code_too(tmp_path: Path) -> None:
    """Whatever Python has been told about writing it by itself, and past what is no Python."""
    shutil.copy(RUN, tmp_path)
    (tmp_path / "forum" / "base").mkdir(parents=True)
    (tmp_path / "forum" / "base" / "clock.py").write_text("HOUR = 3600\n")
    (tmp_path / "forum" / "broken.py").write_text("def\n")
    code = "import run; run.compile_rooms()"
    silent = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
    subprocess.run([sys.executable, "-c", code], cwd=tmp_path, env=silent, check=True)
    found = [path.name for path in tmp_path.rglob("*.pyc") if path.name.startswith("clock.")]
    assert len(found) == 1


def test_it_starts_from_any_folder(tmp_path: Path) -> None:
    """It finds its virtual environment and its rooms beside itself."""
    said = start("--help", cwd=tmp_path)
    assert said.returncode == 0, said.stderr
    assert "serve" in said.stdout
    assert not list(tmp_path.iterdir())


def test_without_venv_one_line_names_the_package(tmp_path: Path) -> None:
    """Debian keeps it apart from Python."""
    shutil.copy(RUN, tmp_path)
    hide = (
        "import sys, runpy, importlib.util as u; found = u.find_spec; "
        "u.find_spec = lambda name, *a: None if name == 'ensurepip' else found(name, *a); "
        f"sys.argv = ['run.py']; runpy.run_path({str(tmp_path / 'run.py')!r}, run_name='__main__')"
    )
    said = subprocess.run([sys.executable, "-c", hide], capture_output=True, text=True, check=False)
    assert said.returncode == 1
    assert "apt install python3-venv" in said.stderr
    assert said.stderr.count("\n") == 1


def test_it_serves_and_stops(tmp_path: Path) -> None:
    """A first start makes the data folder and prints where it is and whose it will be."""
    words = ["serve", "--port", "0", "--data", str(tmp_path / "d")]
    server = subprocess.Popen(
        [sys.executable, str(RUN), *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert server.stdout is not None
        said = [server.stdout.readline() for _ in range(4)]
        address = re.search(r"http://127\.0\.0\.1:\d+", said[0])
        assert address, server.communicate(timeout=30)
        with urllib.request.urlopen(f"{address[0]}/healthz") as answer:
            assert answer.status == 200
        assert f"{address[0]}/first/" in said[1]
        assert "It sends no mail" in said[2]
        assert str(tmp_path / "d") in said[3]
    finally:
        server.send_signal(signal.SIGINT)
        _out, err = server.communicate(timeout=60)
    assert server.returncode == 0, err
    assert "Traceback" not in err


@pytest.mark.skipif(not FULL, reason="installs everything twice: run.py test --full")
def test_a_first_start_installs_and_an_interrupted_one_is_redone(tmp_path: Path) -> None:
    """As on a fresh machine."""
    tree = tmp_path / "house"
    shutil.copytree(ROOT, tree, ignore=LEFT_OUT)
    first = start("--help", tree=tree, cwd=tmp_path)
    assert first.returncode == 0, first.stderr
    assert "Installing" in first.stderr
    second = start("--help", tree=tree, cwd=tmp_path)
    assert second.returncode == 0
    assert not second.stderr
    (tree / ".venv" / "requirements.lock.stamp").unlink()
    (tree / ".venv" / "folkmoot.unfinished").touch()
    third = start("--help", tree=tree, cwd=tmp_path)
    assert third.returncode == 0, third.stderr
    assert "First start" in third.stderr
