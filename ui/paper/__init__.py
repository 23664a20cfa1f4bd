"""The window of papers: which there are, what each lacks, how it looks printed, and where it goes."""
