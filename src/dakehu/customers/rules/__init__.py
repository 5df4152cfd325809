"""What is true of customers on paper: days that come again, standing, numbers."""

from dakehu.customers.rules.days import next_day, years_since
from dakehu.customers.rules.keys import free_key
from dakehu.customers.rules.standing import CreditFacts, CreditState, credit_facts

__all__ = ["CreditFacts", "CreditState", "credit_facts", "free_key", "next_day", "years_since"]
