"""Rows as data, gone through and worked by keyboard, with one line in which all is typed."""
