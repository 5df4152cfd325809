"""What the operations center of the demonstration brings in from spreadsheets."""

from collections.abc import Sequence

HABITS = ("羽毛球", "钓鱼", "书法", "摄影", "登山", "象棋", "茶艺", "游泳")
JOBS = ("工程师", "教师", "医生", "个体经营", "企业主管", "公务员", "会计", "设计师")
UNKNOWN = "01S99999999"
HEADINGS = ("客户编号", "客户名称", "职业", "兴趣爱好", "电子邮箱")


def habit_rows(customers: Sequence[tuple[str, str]], *, shift: int = 0) -> list[tuple[str, ...]]:
    """
    Return the rows of a file about individuals, given by number and name.

    One row in twelve is wrong, as in any file that people fill in: a number that nobody has, a
    name that the city would overwrite, an address that is none.
    """
    rows: list[tuple[str, ...]] = []
    for place, (number, name) in enumerate(customers):
        job, habit = JOBS[(place + shift) % len(JOBS)], HABITS[(place * 3 + shift) % len(HABITS)]
        mail = f"vip{place:04d}@example.com"
        wrong = place % 36 if place % 12 == 0 and place else -1
        rows.append(
            {
                0: (UNKNOWN, name, job, habit, mail),
                12: (number, f"{name}（更名）", job, habit, mail),
                24: (number, name, job, habit, "没有邮箱"),
            }.get(wrong, (number, name, job, habit, mail))
        )
    return rows
