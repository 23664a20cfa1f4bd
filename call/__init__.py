"""What happens in a case: events, folds, decisions, guidance, limits, clock. Pure Python."""
