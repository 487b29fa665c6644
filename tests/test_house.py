"""The rules of the house that a program can see. docs/ says why they are there."""

import ast
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("cms", "core", "translations", "organisations", "news", "stories", "campaigns", "home", "demo")
LINES = 300
NAMES_THAT_SAY_NOTHING = {"utils", "helpers", "services", "mixins", "signals", "misc", "common"}
MACHINE_PATH = re.compile(r"(?<![\w.}~$-])/(?:work|farm|root|tmp|home/\w+|Users/\w+)/[\w.]")
PACKAGE_INDEX = re.compile(
    r"(--(extra-)?index-url|--find-links|--trusted-host|pypi\.org/simple|files\.pythonhosted\.org)"
)
PHYSICAL = re.compile(
    r"(?<![\w-])(?:(?:margin|padding|border|scroll-margin|scroll-padding)-(?:left|right)(?:-\w+)?|left|right|"
    r"border-(?:top|bottom)-(?:left|right)-radius)\s*:"
    r"|(?:text-align|float|clear)\s*:\s*(?:left|right)\b"
)
COLOUR = re.compile(r"#[0-9a-fA-F]{3,8}\b|\b(?:rgba?|hsla?|hwb|oklch|oklab|lab|lch)\(\s*[\d.]")
INLINE_CODE = re.compile(
    r"<[a-z][^>]*\s(?:style|on[a-z]+)\s*=|<script(?![^>]*\ssrc=)(?![^>]*application/ld\+json)|javascript:", re.I
)


def tracked(*patterns):
    """Files in the repository or about to be, so that local data and caches are no concern of these rules."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "--", *patterns]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode:  # an archive without git
        return [p for pattern in patterns for p in ROOT.rglob(pattern) if ".venv" not in p.parts and p.is_file()]
    return [path for line in listed.stdout.splitlines() if (path := ROOT / line).is_file()]


def python_files():
    return [path for path in tracked("*.py") if path.relative_to(ROOT).parts[0] in PACKAGES]


def texts():
    """Everything written by hand, this file with its patterns excepted."""
    binary = {".woff2", ".png", ".jpg", ".jpeg", ".avif", ".webp", ".ico", ".pdf", ".mo", ".svg"}
    return [path for path in tracked("*") if path.suffix not in binary and path != Path(__file__).resolve()]


def places(paths, pattern, prepare=str):
    """`file:line: found` for every place where the pattern matches, also across lines."""
    for path in paths:
        text = prepare(path.read_text(encoding="utf-8", errors="replace"))
        for match in pattern.finditer(text):
            line = text.count("\n", 0, match.start()) + 1
            yield f"{path.relative_to(ROOT)}:{line}: {match.group().strip()[:80]}"


def without_comments(css):
    return re.sub(r"/\*.*?\*/", lambda match: "\n" * match.group().count("\n"), css, flags=re.S)


def test_python_files_keep_to_one_subject():
    counted = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in python_files()}
    assert [
        f"{p.relative_to(ROOT)}: {n}" for p, n in counted.items() if n > LINES and "migrations" not in p.parts
    ] == []


def test_modules_are_named_after_what_they_are_about():
    assert [str(p.relative_to(ROOT)) for p in python_files() if p.stem in NAMES_THAT_SAY_NOTHING] == []


def test_migrations_are_named():
    auto = re.compile(r"^\d{4}_(auto_|alter_\w+_and_more|\w+_and_more$)")
    assert [str(p.relative_to(ROOT)) for p in python_files() if "migrations" in p.parts and auto.match(p.stem)] == []


def test_wagtail_hooks_only_register():
    defining = []
    for path in python_files():
        if path.name == "wagtail_hooks.py":
            tree = ast.parse(path.read_text(encoding="utf-8"))
            defining += [
                f"{path.relative_to(ROOT)}: {node.name}" for node in ast.walk(tree) if isinstance(node, ast.ClassDef)
            ]
    assert defining == []


def test_messages_are_marked_by_names_that_the_catalogues_know():
    """Behind another name a message is never collected."""
    alias = re.compile(r"\bn?p?gettext(?:_lazy)? as (?!_$)\w+", re.M)
    assert [str(path) for path in python_files() if alias.search(path.read_text())] == []


def test_stylesheets_know_no_left_and_right():
    assert list(places(tracked("*.css"), PHYSICAL, without_comments)) == []


def test_colours_stand_in_the_tokens_only():
    sheets = [path for path in tracked("*.css") if path.name != "tokens.css"]
    assert list(places(sheets, COLOUR, without_comments)) == []


def test_templates_hold_no_code_or_style():
    assert list(places(tracked("*.html"), INLINE_CODE)) == []


def test_no_path_of_one_machine():
    assert list(places(texts(), MACHINE_PATH)) == []


def test_no_address_of_a_package_index():
    assert list(places(texts(), PACKAGE_INDEX)) == []


def test_pinned_packages_have_hashes():
    for path in (ROOT / "requirements").glob("*.txt"):
        blocks = path.read_text().replace("\\\n", " ").splitlines()
        assert [block[:60] for block in blocks if "==" not in block or "--hash=sha256:" not in block] == []


def test_what_runs_is_what_is_tested():
    base, storage, dev = (
        set(re.findall(r"^([\w.-]+==\S+)", (ROOT / "requirements" / f"{name}.txt").read_text(), re.MULTILINE))
        for name in ("base", "storage", "dev")
    )
    assert base < storage < dev


def test_links_between_documents_lead_somewhere():
    link = re.compile(r"\]\((?!https?:|mailto:|#)([^)#\s]+)")
    pages = {path: link.findall(path.read_text(encoding="utf-8")) for path in tracked("*.md")}
    broken = [f"{page.name}: {to}" for page, found in pages.items() for to in found if not (page.parent / to).exists()]
    assert broken == []


def variables_read():
    """First arguments of `env.flag("DEBUG")` and the like in the settings."""
    tree = ast.parse((ROOT / "cms" / "settings.py").read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        call = node.func if isinstance(node, ast.Call) else None
        if (
            isinstance(call, ast.Attribute)
            and getattr(call.value, "id", "") == "env"
            and call.attr != "fault"
            and node.args
        ):
            yield node.args[0].value


def test_every_variable_is_explained_in_the_example():
    lines = (ROOT / ".env.example").read_text(encoding="utf-8").splitlines()
    named = {
        match.group(1): number
        for number, line in enumerate(lines)
        if (match := re.match(r"#?\s?([A-Z][A-Z_]+)=", line))
    }
    assert set(named) == set(variables_read())
    unexplained = [name for name, number in named.items() if number == 0 or not lines[number - 1].startswith("#")]
    assert unexplained == []


def test_a_shell_reads_the_example():
    """As deploy/crontab does with what was made from it."""
    said = subprocess.run(["sh", "-c", f". '{ROOT}/.env.example'"], capture_output=True, text=True, check=False)
    assert (said.returncode, said.stderr) == (0, "")


def test_nothing_but_the_settings_reads_the_environment():
    allowed = {ROOT / "cms" / name for name in ("environment.py", "wsgi.py", "settings.py")}
    others = [path for path in python_files() if path not in allowed]
    assert list(places(others, re.compile(r"os\.environ|getenv\("))) == []


@pytest.mark.parametrize("package", [name for name in PACKAGES if name != "cms"])
def test_tests_mirror_the_packages(package):
    assert list((ROOT / "tests" / package).glob("test_*.py"))
