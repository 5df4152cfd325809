"""The addresses of articles in the permission matrix (:mod:`tests.web.permission_matrix`)."""

from typing import Any

from tests.web.asked import Address

ARTICLE = {
    "version": 1,
    "title": "短号集群网成员的增加",
    "topic": "业务办理",
    "body": "集团联系人提出即可。",
}


def of_article(things: Any) -> list[Any]:
    return [things.article.article_id]


def of_version(things: Any) -> list[Any]:
    return [things.article.pk]


def acts(permission: str, **options: Any) -> Address:
    """Return an address that takes POST alone."""
    return Address(permission, get=None, **{"post": {}, **options})


KNOWLEDGE: dict[str, Address] = {
    "messaging:article_list": Address("knowledge.view"),
    "messaging:article": Address("knowledge.view", arguments=of_article),
    "messaging:article_vote": acts(
        "knowledge.view", post={"did_help": "yes"}, arguments=of_article
    ),
    "messaging:article_add": Address("knowledge.write", post=ARTICLE),
    "messaging:article_revise": acts("knowledge.write", arguments=of_article),
    "messaging:version_list": Address("knowledge.write"),
    "messaging:versions_propose": acts("knowledge.write", posted=400),
    "messaging:versions_withdraw": acts("knowledge.write", posted=400),
    "messaging:versions_restore": acts("knowledge.write", posted=400),
    "messaging:version": Address("knowledge.write", arguments=of_version),
    # What is published is no draft: it is shown instead, with a word on why.
    "messaging:version_edit": Address(
        "knowledge.write", get=302, post=ARTICLE, arguments=of_version
    ),
    "messaging:version_propose": acts("knowledge.write", arguments=of_version),
    "messaging:version_publish": acts("knowledge.publish", arguments=of_version),
    "messaging:version_decline": acts("knowledge.publish", posted=422, arguments=of_version),
    "messaging:version_withdraw": acts("knowledge.write", arguments=of_version),
    "messaging:version_restore": acts("knowledge.write", arguments=of_version),
}
