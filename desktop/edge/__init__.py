"""The edge of the screen: a strip that other windows leave free, and whose the keyboard is."""
