"""The second line's desk: six pages of rows, one line to type in, all by keyboard."""
