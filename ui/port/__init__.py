"""What the window needs of the rest, topic by topic: shapes, and Protocols behind which it stands."""
