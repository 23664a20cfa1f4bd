"""Papers on pages, painted by Qt: for the PDF, the printer and the preview alike.

The only part of this room that knows Qt. It is imported when a page is first wanted.
"""
