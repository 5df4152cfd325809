"""Say which templates break the house rules of templates; see CONTRIBUTING.md.

No inline style, script or handler (the Content-Security-Policy would refuse them); fragments and
components open with a comment that names their context; every address that is named exists;
a template uses its own app's templates or those of a floor below; every word is marked for
translation; a button says what it does, not what its form is called; a form that is included with
"only" is given its token.
"""

import os
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "src" / "dakehu"

COMMENT = re.compile(r"{%\s*comment\b.*?%}.*?{%\s*endcomment\s*%}|{#.*?#}", re.S)
HEADER = re.compile(r"(?:{%\s*load [^%]*%}|\s)*(" + COMMENT.pattern + ")", re.S)
TAG_OR_VARIABLE = re.compile(r"{%.*?%}|{{.*?}}", re.S)
TRANSLATED = re.compile(r"{%\s*blocktrans(?:late)?\b.*?{%\s*endblocktrans(?:late)?\s*%}", re.S)
SCRIPT = re.compile(r"<script\b([^>]*)>", re.S)
SCRIPT_BODY = re.compile(r"<script\b.*?</script>", re.S)
HANDLER = re.compile(r"<[a-z][^>]*\s(on[a-z]+)\s*=", re.S)
TITLED = re.compile(
    r"<button\b[^>]*type=\"submit\"[^>]*>[^<]*{{\s*(?:\w+\.)?title\s*}}\s*</button>", re.S
)
STYLE = re.compile(r"<style\b|<[a-z][^>]*\sstyle\s*=", re.S)
SHOWN_ATTRIBUTE = re.compile(
    r"\s(title|placeholder|alt|aria-label|data-confirm|label)=\"([^\"]*)\"", re.S
)
MARKUP = re.compile(r"<[^>]*>", re.S)
ENTITY = re.compile(r"&#?\w+;")
WORD = re.compile(r"[A-Za-z]{2,}|[\u4e00-\u9fff]")
URL = re.compile(r"{%\s*url\s+['\"]([^'\"]+)['\"]")
USED = re.compile(r"{%\s*(?:include|extends)\s+['\"]([^'\"]+)['\"]")
ONLY = re.compile(r"{%\s*include\s+['\"]([^'\"]+)['\"]([^%]*\sonly)\s*%}")
TOKEN = "{% csrf_token %}"
# The product's name is the same in every language.
NAMES = {"Dakehu"}
# Where the shell of every page leads: the desk gathers everything, to-dos ring at the top.
SHELL = {"desk", "worklist"}


def template_files(package: Path) -> list[Path]:
    """Return every template of the package."""
    return sorted(package.glob("*/templates/**/*.html"))


def is_fragment(path: Path) -> bool:
    """Tell whether a template is a fragment: named with a leading underscore."""
    return path.name.startswith("_")


def is_component(path: Path) -> bool:
    """Tell whether a template is a component: a piece that pages include."""
    return "components" in path.parts


def markup_problems(text: str) -> Iterator[str]:
    """Say what the Content-Security-Policy would refuse, and what a button must not say."""
    if STYLE.search(text):
        yield "an inline style"
    for handler in HANDLER.findall(text):
        yield f"an inline handler ({handler})"
    for attributes in SCRIPT.findall(text):
        if "src=" not in attributes and "nonce=" not in attributes:
            yield "an inline script without a nonce"
    if TITLED.search(text):
        yield "a button that bears the title of its form instead of saying what it does"


# Templates of the framework itself, which everybody may use.
FRAMEWORK = "django"


def header_problems(path: Path, text: str) -> Iterator[str]:
    """Say what a fragment or component lacks at its head."""
    if is_fragment(path) and re.search(r"{%\s*extends\b", text):
        yield "a fragment that extends a page"
    if not (is_fragment(path) or is_component(path)):
        return
    header = HEADER.match(text)
    if not header or "Context" not in header.group(1):
        yield "no opening comment that names its Context"
    elif is_fragment(path) and "Target" not in header.group(1):
        yield "no Target in its opening comment"


def unmarked_words(text: str) -> Iterator[str]:
    """Give the words that would be shown in English to everyone."""
    for pattern in (COMMENT, TRANSLATED, SCRIPT_BODY, TAG_OR_VARIABLE):
        text = pattern.sub(" ", text)
    shown = [value for _name, value in SHOWN_ATTRIBUTE.findall(text)]
    shown.append(ENTITY.sub(" ", MARKUP.sub(" ", text)))
    for words in shown:
        yield from (word for word in WORD.findall(words) if word not in NAMES)


def floor_problems(app: str, text: str, floors: list[str]) -> Iterator[str]:
    """Say which templates and addresses of higher floors are named."""
    below = {FRAMEWORK, *floors[floors.index(app) :]}
    for template in USED.findall(text):
        if template.partition("/")[0] not in below:
            yield f"uses the template {template} of a higher floor"
    reachable = below | SHELL if app == "ui" else below
    for address in URL.findall(text):
        if address.partition(":")[0] not in reachable:
            yield f"leads to {address} on a higher floor; register a panel or a navigation item"


def url_problems(text: str, addresses: set[str]) -> Iterator[str]:
    """Say which addresses do not exist."""
    for address in URL.findall(text):
        if address not in addresses:
            yield f"leads to {address}, which does not exist"


def token_problems(text: str, with_forms: set[str]) -> Iterator[str]:
    """Say which forms are included without the token that lets them be sent."""
    for template, given in ONLY.findall(text):
        if template in with_forms and "csrf_token=" not in given:
            yield f"includes {template} with only, without its csrf_token"


def with_forms(package: Path) -> set[str]:
    """Return the names of the templates that send a form."""
    return {
        path.relative_to(
            next(each for each in path.parents if each.name == "templates")
        ).as_posix()
        for path in template_files(package)
        if TOKEN in path.read_text(encoding="utf-8")
    }


def problems_of(path: Path, *, app: str, floors: list[str], addresses: set[str]) -> list[str]:
    """Return all that is wrong with one template."""
    text = path.read_text(encoding="utf-8")
    return [
        *markup_problems(text),
        *header_problems(path, text),
        *(f"a word that is not translated: {word}" for word in unmarked_words(text)),
        *floor_problems(app, text, floors),
        *url_problems(text, addresses),
    ]


def floors() -> list[str]:
    """Return the apps from the top floor down, as the import contract lists them."""
    with (ROOT / "pyproject.toml").open("rb") as file:
        contracts = tomllib.load(file)["tool"]["importlinter"]["contracts"]
    return next(contract["layers"] for contract in contracts if contract["id"] == "floors")


def known_addresses() -> set[str]:
    """Return the full names of all addresses of the site."""
    from django.urls import URLResolver, get_resolver

    def names(resolver: URLResolver, prefix: str) -> Iterator[str]:
        for pattern in resolver.url_patterns:
            if isinstance(pattern, URLResolver):
                inner = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
                yield from names(pattern, inner)
            elif pattern.name:
                yield prefix + pattern.name

    return set(names(get_resolver(), ""))


def problems(package: Path, addresses: set[str]) -> list[str]:
    """Return all that is wrong with the templates of a package, one line each."""
    order = floors()
    found, forms = [], with_forms(package)
    for path in template_files(package):
        app = path.relative_to(package).parts[0]
        told = problems_of(path, app=app, floors=order, addresses=addresses)
        told += token_problems(path.read_text(encoding="utf-8"), forms)
        found += [f"{path.relative_to(package)}: {problem}" for problem in told]
    return found


if __name__ == "__main__":
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dakehu.config.settings")
    django.setup()
    found = problems(PACKAGE, known_addresses())
    print("\n".join(found) or "Every template keeps the rules.")
    raise SystemExit(bool(found))
