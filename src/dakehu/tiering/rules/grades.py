"""How high a level stands, whatever its scheme calls it."""

from dakehu.tiering.choices import Grade


def grade_of(rank: int, ranks: int) -> Grade:
    """
    Return the grade of a level: its ``rank`` among ``ranks`` levels, the best one last.

    The upper two fifths are TOP, what lies above the lowest quarter MIDDLE, the rest BASE: of
    A1 A2 B1 B2 C these are A, B and C; of diamond, gold, silver and VIP the first two are TOP.
    """
    if not rank or not ranks:
        return Grade.NONE
    from_top = ranks - rank
    if from_top * 5 < ranks * 2:
        return Grade.TOP
    return Grade.MIDDLE if from_top * 4 < ranks * 3 else Grade.BASE
