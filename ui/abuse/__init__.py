"""The sheet of an abusive call (F7): acts with words and times, warnings, who rings again, record."""
