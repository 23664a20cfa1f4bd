"""What a user would pick instead, in turns with the sidebar: window, memory, idle.

Nothing is installed here: a program that is missing is named (`make bench-peers` installs them).
"""

from peers.turns import measure

TITLE = "Against what a user would pick instead"

__all__ = ["TITLE", "measure"]
