"""By which words an article is found, and what differs between two texts."""

import pytest

from dakehu.messaging.rules import compared, search_text, sought

TOLD = search_text("K00012", "专线中断如何答复", "故障受理", "VPN 断网")


@pytest.mark.parametrize(
    ("typed", "is_told"),
    [
        ("专线", True),
        ("中断", True),
        ("zhuanxian", True),
        ("zxzd", True),
        ("guzhang", True),
        ("vpn", True),
        ("K00012", True),
        ("k00012 断网", True),
        ("线专", False),
        ("发票", False),
        ("专线 发票", False),
    ],
)
def test_an_article_is_found_by_what_it_is_about(typed, is_told):
    assert all(told in TOLD for told, _word in sought(typed)) is is_told


def test_nothing_typed_means_nothing_sought():
    assert sought(" ，！ ") == []


def test_two_texts_differ_line_by_line():
    found = compared("问编号\n\n问时间\n回访", "问编号\n问时间和地点\n回访\n登记")

    assert [(line.text, line.fate.value) for line in found] == [
        ("问编号", "kept"),
        ("问时间", "gone"),
        ("问时间和地点", "new"),
        ("回访", "kept"),
        ("登记", "new"),
    ]
