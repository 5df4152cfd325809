"""Roles and code speak of the same permissions, and every role can be read by an auditor."""

import ast
import re

from tools.template_rules import PACKAGE, template_files

from dakehu.config.roles import ROLES

CONTEXTS = (
    "desk|worklist|customers|alerts|sheets|exchange|people|ownership|files|exports|imports|audit"
    "|background|cases|catalogue|channels|obligations|clocks|ranking|api|tiers|knowledge|targets"
    "|care|outbox|opportunities|surveys|campaigns"
)
PERMISSION = re.compile(rf"(?:{CONTEXTS})\.[a-z_]+")
VERBS = {
    "act",
    "approve",
    "assess",
    "assign",
    "attach",
    "categories",
    "claim",
    "correct",
    "create",
    "define",
    "dispatch",
    "edit",
    "export",
    "fields",
    "files",
    "freeze",
    "grant",
    "handle",
    "hold",
    "import",
    "manage",
    "merge",
    "move",
    "plain",
    "publish",
    "recall",
    "remove",
    "request",
    "restore",
    "retire",
    "reveal",
    "roles",
    "rules",
    "run",
    "serve",
    "share",
    "simulate",
    "try",
    "view",
    "write",
}
IN_TEMPLATE = re.compile(r"['\"](" + PERMISSION.pattern + r")['\"]")


def granted() -> set[str]:
    """Return every permission that some role carries."""
    return {permission for role in ROLES for permission in role.permissions}


def asked() -> set[str]:
    """Return every permission that code or templates name, the roles' own file aside."""
    found = set()
    for path in PACKAGE.rglob("*.py"):
        if path.name == "roles.py" or "migrations" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                found |= {node.value} if PERMISSION.fullmatch(node.value) else set()
    for path in template_files(PACKAGE):
        found |= set(IN_TEMPLATE.findall(path.read_text(encoding="utf-8")))
    return {name for name in found if name.rpartition(".")[2] in VERBS}


def test_every_permission_the_code_asks_for_is_granted_to_somebody():
    assert asked() - granted() == set()


def test_every_permission_that_is_granted_is_asked_for():
    assert granted() - asked() == set()


def test_every_verb_is_known():
    assert {permission.rpartition(".")[2] for permission in granted()} <= VERBS


def test_every_role_is_described_in_words():
    assert all(str(role.description).endswith(("。", ".")) for role in ROLES)


def test_no_two_roles_share_a_code():
    assert len({role.code for role in ROLES}) == len(ROLES)
