"""Telling other systems: subscriptions and deliveries."""
