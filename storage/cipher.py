"""SQLCipher, spoken to as if it were sqlite3: connections whose errors are those of sqlite3.

Imports sqlcipher3, which not every machine has: imported only where a file is encrypted.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from functools import wraps
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar, cast

from sqlcipher3 import dbapi2

if TYPE_CHECKING:
    from storage.keys import Key

_P = ParamSpec("_P")
_T = TypeVar("_T")

# A wrong key would be told to standard error, which belongs to the commands.
_FIRST_PRAGMAS = ("PRAGMA cipher_log_level = NONE", "PRAGMA cipher_memory_security = OFF")


def _with_errors_of_sqlite3(method: Callable[_P, _T]) -> Callable[_P, _T]:
    """Whoever reads or writes catches one family of errors, whatever the driver."""

    @wraps(method)
    def call(*args: _P.args, **kw: _P.kwargs) -> _T:
        try:
            return method(*args, **kw)
        except dbapi2.Error as error:
            raise _as_of_sqlite3(error) from error

    return call


def _as_of_sqlite3(error: Exception) -> sqlite3.Error:
    kind = getattr(sqlite3, type(error).__name__, sqlite3.DatabaseError)
    same: sqlite3.Error = kind(*error.args)
    for name in ("sqlite_errorcode", "sqlite_errorname"):
        if hasattr(error, name):
            setattr(same, name, getattr(error, name))
    return same


class _Cursor(dbapi2.Cursor):  # type: ignore[misc]  # the package has no types
    execute = _with_errors_of_sqlite3(dbapi2.Cursor.execute)
    executemany = _with_errors_of_sqlite3(dbapi2.Cursor.executemany)
    executescript = _with_errors_of_sqlite3(dbapi2.Cursor.executescript)
    fetchone = _with_errors_of_sqlite3(dbapi2.Cursor.fetchone)
    fetchmany = _with_errors_of_sqlite3(dbapi2.Cursor.fetchmany)
    fetchall = _with_errors_of_sqlite3(dbapi2.Cursor.fetchall)

    def __iter__(self) -> Iterator[Any]:
        try:
            yield from iter(super().__next__, None)  # its own __iter__ is this one
        except dbapi2.Error as error:
            raise _as_of_sqlite3(error) from error


class _Connection(dbapi2.Connection):  # type: ignore[misc]
    def cursor(self, factory: type[dbapi2.Cursor] = _Cursor) -> Any:  # noqa: ANN401
        return super().cursor(factory)

    def execute(self, *args: object) -> Any:  # noqa: ANN401
        return self.cursor().execute(*args)

    def executemany(self, *args: object) -> Any:  # noqa: ANN401
        return self.cursor().executemany(*args)

    def executescript(self, *args: object) -> Any:  # noqa: ANN401
        return self.cursor().executescript(*args)

    close = _with_errors_of_sqlite3(dbapi2.Connection.close)
    commit = _with_errors_of_sqlite3(dbapi2.Connection.commit)
    rollback = _with_errors_of_sqlite3(dbapi2.Connection.rollback)
    backup = _with_errors_of_sqlite3(dbapi2.Connection.backup)
    create_function = _with_errors_of_sqlite3(dbapi2.Connection.create_function)


@_with_errors_of_sqlite3
def connect(uri: str, key: Key | None, busy_seconds: float) -> sqlite3.Connection:
    """Open a database under a key, or, without one, a plain one by the same library.

    Whether the key fits shows at the first statement that reads.

    Raises:
        sqlite3.Error: it may not be opened.
    """
    connection = _connection(uri, busy_seconds)
    try:
        for pragma in _FIRST_PRAGMAS:
            connection.execute(pragma)
        if key is not None:
            connection.execute(f"PRAGMA key = {key.literal}")
    except BaseException:
        connection.close()
        raise
    return cast("sqlite3.Connection", connection)


@_with_errors_of_sqlite3
def connect_with_words(uri: str, words: str, busy_seconds: float) -> sqlite3.Connection:
    """Open a database under words, from which SQLCipher derives the key (a quarter second)."""
    connection = _connection(uri, busy_seconds)
    try:
        for pragma in _FIRST_PRAGMAS:
            connection.execute(pragma)
        quoted = words.replace("'", "''")
        connection.execute(f"PRAGMA key = '{quoted}'")
    except BaseException:
        connection.close()
        raise
    return cast("sqlite3.Connection", connection)


def _connection(uri: str, busy_seconds: float) -> _Connection:
    return cast(
        "_Connection",
        dbapi2.connect(
            uri, uri=True, isolation_level=None, timeout=busy_seconds, factory=_Connection
        ),
    )
