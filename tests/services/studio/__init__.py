"""Tests of the studio's services."""
