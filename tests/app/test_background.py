"""What reads and writes beside the window, and what comes too late for it."""

from app.background import Background


def test_what_is_asked_for_after_the_end_is_not_begun():
    posted, done = [], []
    background = Background(posted.append)
    background.run(lambda: 1, done.append)
    background.close()
    background.run(lambda: 2, done.append)
    for call in posted:
        call()
    assert done == [1]
    assert background.is_quiet
