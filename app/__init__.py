"""Composition and plumbing: the running session, settings, actions, command line."""
