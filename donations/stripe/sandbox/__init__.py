"""A small stand-in for Stripe: its own process, its own state, no money.

It imports neither Django nor anything of this project. Requests are held against the parameter types of the installed
stripe package and answers against its object classes, so a misspelt name fails here as it would fail there. It proves
our logic, not Stripe's behaviour.
"""
