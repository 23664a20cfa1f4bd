"""SQLite: writer, journal, projections, migrations. The only SQL."""
