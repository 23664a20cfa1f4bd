"""Rows are compared by what is seen of them."""

from ui.rows.row import Do, Row


def test_two_rows_that_look_the_same_are_equal_whatever_their_keys_do():
    row = Row("id", "text", keys={"Y": Do("yes", print)}, move=print)
    same = Row("id", "text", keys={"Y": Do("yes", repr)})
    assert row == same
    assert hash(row) == hash(same)


def test_a_row_that_looks_other_is_another():
    row = Row("id", "text")
    assert row != Row("id", "text", lane=1)
    assert row != "text"
