"""A role that the administrator made, and a share that the supervisor gave."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from dakehu.people.choices import ShareSubject
from dakehu.people.models import Share, StoredRole


def make_role(**values: Any) -> StoredRole:
    """Make a role that nobody holds."""
    made = {
        "code": "ROLE_1",
        "name": "客户助理",
        "description": "协助客户经理",
        "scope": "UNIT",
        "permissions": ["customers.view", "desk.view"],
        **values,
    }
    role: StoredRole = StoredRole.objects.create(**made)
    return role


def make_share(people: Any, customer: Any, **values: Any) -> Share:
    """Share a customer with the telephone manager, from an hour ago until tomorrow."""
    now = timezone.now()
    made = {
        "staff": people.telephone_manager,
        "subject": ShareSubject.CUSTOMER,
        "subject_id": customer.pk,
        "subject_name": str(customer),
        "reason": "联合服务",
        "by": people.supervisor,
        "starts_at": now - timedelta(hours=1),
        "expires_at": now + timedelta(days=1),
        **values,
    }
    share: Share = Share.objects.create(**made)
    return share
