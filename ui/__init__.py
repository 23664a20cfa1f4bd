"""PySide6 widgets. No rule of the domain lives here."""
