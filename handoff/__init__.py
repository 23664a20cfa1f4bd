"""What leaves the desk: the handoff note and its forms, derived from a case."""
