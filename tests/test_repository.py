"""What holds for the repository as a whole: the seeds, the locks, the docs, and who imports whom."""

import ast
import hashlib
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from ingest.language.model import MODELS

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())

SEEDS = {
    "000_c8ac9c711004a68b.txt": "5298c203880faa52d5238fb3e0867eaae89c452ae8f4baaabec35131071c7f03",
    "001_81b05607b33ad7bd.txt": "7b6c195318649a200b738dda80885f2ee0a628d5f1559ae78d1fb3f4b3f14f18",
    "002_cfb221b2a758a226.txt": "ee8a4213d6be72ae9461657d5c08332dedadba31b39de033f65b6b591e7514be",
    "003_e68b2806083c4c95.txt": "ae955bdbfbdfc16cadfd8d206d43c24b0406328565be99a36e1eafc65eb3927a",
    "004_2b72d68894c55373.txt": "b44ecb7e4580d6342d39d0cd2f1a273d10a9f961350ca4391b72309b2fe7083f",
}

LOCKS = {
    "run": PROJECT["project"]["dependencies"],
    "test": PROJECT["project"]["dependencies"] + PROJECT["dependency-groups"]["test"],
    "peers": PROJECT["project"]["dependencies"] + PROJECT["dependency-groups"]["peers"],
    "openapi": PROJECT["dependency-groups"]["openapi"],
    "build": PROJECT["dependency-groups"]["build"],
    "lock": PROJECT["dependency-groups"]["lock"],
}


def repository_files() -> list[Path]:
    """The files under version control, or, in a copy without it, all that is neither hidden nor made."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"], cwd=ROOT, capture_output=True
    )
    names = listed.stdout.decode().split("\0") if listed.returncode == 0 else []
    files = [ROOT / name for name in names if name] or list(ROOT.rglob("*"))
    made = {".venv", ".git", ".onrecord", "__pycache__", "build", "dist"}
    return [file for file in files if file.is_file() and not made & set(file.relative_to(ROOT).parts)]


def locked(name: str) -> dict[str, str]:
    """The versions that a lock file pins."""
    text = (ROOT / "requirements" / f"{name}.txt").read_text()
    return {canonicalize_name(k): v for k, v in re.findall(r"^([\w.-]+)==([^\s;\\]+)", text, re.MULTILINE)}


@pytest.mark.parametrize("name", SEEDS)
def test_a_seed_is_the_published_text_byte_for_byte(name: str) -> None:
    assert hashlib.sha256((ROOT / "seeds" / name).read_bytes()).hexdigest() == SEEDS[name]


def test_there_are_no_other_seeds() -> None:
    assert {path.name for path in (ROOT / "seeds").glob("*.txt")} == set(SEEDS)


def test_every_seed_has_its_reviewed_annotation() -> None:
    assert {path.stem for path in (ROOT / "seeds").glob("*.yaml")} == {Path(name).stem for name in SEEDS}


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_pins_what_the_project_asks_for(lock: str) -> None:
    pinned = locked(lock)
    for requirement in map(Requirement, LOCKS[lock]):
        version = pinned.get(canonicalize_name(requirement.name))
        assert version, f"{requirement.name} is not in requirements/{lock}.txt: run make lock"
        assert requirement.specifier.contains(version, prereleases=True), f"{requirement} but {version} is locked"


@pytest.mark.parametrize("lock", LOCKS)
def test_everything_locked_has_hashes_and_a_reason(lock: str) -> None:
    asked = {canonicalize_name(Requirement(line).name) for line in LOCKS[lock]}
    entries = re.split(r"\n(?=\S)", (ROOT / "requirements" / f"{lock}.txt").read_text().strip())
    for entry in entries:
        name = canonicalize_name(entry.split("==")[0])
        assert "--hash=sha256:" in entry, name
        others = [line for line in entry.splitlines() if line.strip().startswith("#") and "-c " not in line]
        assert name in asked or any(re.search(r"[a-z]", line.split("via")[-1]) for line in others), name


def test_the_locks_agree_with_each_other() -> None:
    run, test, build, peers = locked("run"), locked("test"), locked("build"), locked("peers")
    assert run.items() <= test.items()
    assert run.items() <= peers.items()
    assert all(test.get(name, version) == version for name, version in build.items())


def test_locks_are_made_for_the_oldest_python_that_is_supported() -> None:
    """uv would otherwise begin at the Python it happens to find, and drop what only older ones need."""
    oldest = PROJECT["project"]["requires-python"].removeprefix(">=")
    assert f"--python-version {oldest} " in (ROOT / "Makefile").read_text()
    assert "importlib-metadata" in locked("run"), f"pySHACL needs it on Python {oldest}: run make lock"


def test_no_registry_address_and_no_machine_path_is_written_down() -> None:
    words = (
        "index-" + "url =",
        "find-" + "links =",
        "file:" + "///",
        "pypi." + "org/simple",
        "files.python" + "hosted",
    )
    address = re.compile("|".join(re.escape(word).replace(r"\ =", r"\s*=") for word in words))
    home = re.compile(r"(?<![\w.:/-])/(root|home|Users|work|farm)/")
    for file in repository_files():
        text = file.read_bytes().decode("utf-8", "replace")
        assert not address.search(text), file
        assert not home.search(text), file


def test_rooms_import_only_what_they_may() -> None:
    checked = subprocess.run(
        [sys.executable, "-c", "from importlinter.cli import lint_imports_command; lint_imports_command()"],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert checked.returncode == 0, checked.stdout + checked.stderr


def test_make_targets_in_the_docs_exist() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    for page in [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")]:
        code = "\n".join(re.findall(r"```.*?```|`[^`\n]+`", page.read_text(encoding="utf-8"), re.DOTALL))
        for target in re.findall(r"(?:^|[`\n;&] ?)make ([a-z]+)", code):
            assert target in targets, f"{page.name}: make {target}"


def test_every_direct_dependency_is_explained() -> None:
    page = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")
    explained = {canonicalize_name(name) for name in re.findall(r"^\| `([\w-]+)` \|", page, re.MULTILINE)}
    asked = {canonicalize_name(Requirement(line).name) for lines in LOCKS.values() for line in lines}
    assert explained == asked


def test_what_runs_imports_every_dependency_and_no_other() -> None:
    """A dependency that nobody imports is dropped; one that is imported is declared, not inherited by luck."""
    modules = {"pyyaml": "yaml", "charset-normalizer": "charset_normalizer", "backports-zstd": "backports"}
    models = {name for name, _ in MODELS}
    asked = {
        modules.get(name, name)
        for name in (canonicalize_name(Requirement(line).name) for line in PROJECT["project"]["dependencies"])
        if name not in models
    }
    ours = {"ontology", "ingest", "shapes", "server", "seeds"}
    imported: set[str] = set()
    for file in (file for room in ours for file in (ROOT / room).rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module:
                imported.add(node.module.split(".")[0])
            elif isinstance(node, ast.Import):
                imported |= {alias.name.split(".")[0] for alias in node.names}
    # In the standard library from Python 3.14 on.
    assert asked == imported - ours - set(sys.stdlib_module_names) - {"compression"}
