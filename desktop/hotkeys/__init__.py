"""Keys that work whichever window has the focus: one Protocol, a back end per system."""
