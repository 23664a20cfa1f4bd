"""The Japanese call flows and words as data, their model and their validating loader."""
