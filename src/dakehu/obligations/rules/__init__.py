"""Rules of obligations: periods, quotas, states, plans, coverage; by arithmetic alone."""
