"""Dakehu: the key-account service system."""
