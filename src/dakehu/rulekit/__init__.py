"""
A small algebra of rules as frozen values: evaluate one row, compile to SQL, explain.

A rule that decides about customers is written once, as an expression over named whole numbers.
Plain Python evaluates it for one person, SQL evaluates it for millions, and :mod:`explain
<dakehu.rulekit.explanation>` says which parts held with the values they saw.  All three give the
same answer because the algebra is small:

* numbers are whole, ``+ - *`` are exact, ``//`` rounds towards minus infinity, division by zero
  is missing;
* a number can be *missing* (``None``); arithmetic with a missing number is missing;
* logic has two values: a comparison with a missing number is false.
"""
