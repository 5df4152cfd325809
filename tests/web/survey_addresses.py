"""The addresses of surveys in the permission matrix (:mod:`tests.web.permission_matrix`)."""

from typing import Any

from tests.web.asked import NEAR_MANAGER, Address


def of_survey(things: Any) -> list[Any]:
    return [things.surveys.survey.pk]


def of_draft(things: Any) -> list[Any]:
    return [things.surveys.draft.pk]


def of_question(things: Any) -> list[Any]:
    return [things.surveys.question.pk]


def of_invitation(things: Any) -> list[Any]:
    return [things.surveys.invitation.pk]


def acting(permission: str, arguments: Any, **options: Any) -> Address:
    """Return an address that takes POST alone."""
    return Address(permission, get=None, post={}, arguments=arguments, **options)


def asking(permission: str, arguments: Any, **options: Any) -> Address:
    """Return an address that asks something before it acts."""
    return Address(permission, post={}, posted=422, arguments=arguments, **options)


SURVEYS: dict[str, Address] = {
    "surveys:list": Address("surveys.view"),
    "surveys:add": Address("surveys.write", post={}, posted=422),
    "surveys:survey": Address("surveys.view", arguments=of_survey),
    "surveys:preview": Address("surveys.view", arguments=of_survey),
    "surveys:edit": asking("surveys.write", of_draft),
    "surveys:drop": acting("surveys.write", of_draft),
    "surveys:publish": acting("surveys.publish", of_draft),
    "surveys:close": acting("surveys.publish", of_survey),
    "surveys:question_add": asking("surveys.write", of_draft),
    "surveys:question": asking("surveys.write", of_question),
    "surveys:question_drop": acting("surveys.write", of_question),
    "surveys:ask": asking("surveys.publish", of_survey),
    "surveys:invitations": Address("surveys.view"),
    "surveys:invitation": Address("surveys.view", NEAR_MANAGER, arguments=of_invitation),
    "surveys:calls": Address("surveys.handle"),
    "surveys:call": asking("surveys.handle", of_invitation, reached=NEAR_MANAGER),
    "surveys:decline": acting("surveys.handle", of_invitation, reached=NEAR_MANAGER),
    # Whoever holds the link, signed in or not; this one was made up.
    "surveys:answer": Address(
        get=404, post={}, posted=404, arguments=lambda things: ["survey-1-1-made-up"]
    ),
}
