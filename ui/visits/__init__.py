"""The sheet of a visit (F6): whether to go, the appointment, the door, what is left and owed."""
