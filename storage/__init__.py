"""SQLite through sqlite-utils: writer, journal, projections, migrations. The only SQL."""
