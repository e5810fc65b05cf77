"""Driven checks: a procedure is run by the real engine through everything that people, time and messages can do to it."""
