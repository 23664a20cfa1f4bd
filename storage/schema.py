"""The tables, and how an older database becomes one of today.

Migrations are named functions with literal SQL and never today's classes: what ran once must do
the same in ten years. Change a table with plain ALTER TABLE; ``table.transform()`` drops
triggers without a word. With each migration raise ``SCHEMA_VERSION`` in :mod:`storage.gate`.

Imports sqlite-utils (about 0.1 s, 5 MB that stay): only where there is something to migrate
(:mod:`storage.migrating`).
"""

from __future__ import annotations

from sqlite_utils import Database, Migrations

MIGRATIONS = Migrations("yorisoi")

# `place` is the order of arrival; explicit, so that VACUUM keeps it, and never used twice.
_FIRST_SCHEMA = (
    "PRAGMA application_id = 1500476009",
    """
    CREATE TABLE events (
        place INTEGER PRIMARY KEY AUTOINCREMENT,
        id TEXT NOT NULL UNIQUE,
        desk_id TEXT NOT NULL,
        seq INTEGER NOT NULL,
        case_id TEXT NOT NULL,
        call_id TEXT,
        kind TEXT NOT NULL,
        v INTEGER NOT NULL,
        cause TEXT,
        wall TEXT NOT NULL,
        boot_seconds REAL NOT NULL,
        boot_id TEXT NOT NULL,
        payload TEXT NOT NULL,
        UNIQUE (desk_id, seq)
    ) STRICT
    """,
    "CREATE INDEX events_case ON events (case_id)",
    """
    CREATE TRIGGER events_no_update BEFORE UPDATE ON events
    BEGIN SELECT RAISE(ABORT, 'events are append-only'); END
    """,
    """
    CREATE TRIGGER events_no_delete BEFORE DELETE ON events
    BEGIN SELECT RAISE(ABORT, 'events are append-only'); END
    """,
    """
    CREATE TABLE cases (
        case_id TEXT PRIMARY KEY,
        case_no TEXT NOT NULL COLLATE NOCASE,
        status TEXT NOT NULL,
        opened_at TEXT NOT NULL,
        touched_at TEXT NOT NULL,
        joined_to TEXT NOT NULL,
        company_no TEXT NOT NULL COLLATE NOCASE,
        customer TEXT NOT NULL,
        reading TEXT NOT NULL,
        number TEXT NOT NULL,
        number_digits TEXT NOT NULL,
        issue TEXT NOT NULL,
        stage_title TEXT NOT NULL,
        phase TEXT NOT NULL
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX cases_no ON cases (case_no)",
    "CREATE INDEX cases_company_no ON cases (company_no) WHERE company_no <> ''",
    "CREATE INDEX cases_number ON cases (number_digits) WHERE number_digits <> ''",
    "CREATE INDEX cases_joined ON cases (joined_to) WHERE joined_to <> ''",
    "CREATE INDEX cases_opened ON cases (opened_at)",
    "CREATE INDEX cases_touched ON cases (touched_at)",
    "CREATE INDEX cases_running ON cases (touched_at) WHERE phase NOT IN ('idle', 'closed')",
    """
    CREATE TABLE dues (
        case_id TEXT NOT NULL REFERENCES cases (case_id) ON DELETE CASCADE,
        target TEXT NOT NULL,
        kind TEXT NOT NULL,
        at TEXT NOT NULL,
        owner TEXT NOT NULL,
        text TEXT NOT NULL,
        PRIMARY KEY (case_id, target, kind)
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX dues_at ON dues (at)",
    """
    CREATE TABLE drafts (
        case_id TEXT NOT NULL,
        field TEXT NOT NULL,
        body TEXT NOT NULL,
        at TEXT NOT NULL,
        PRIMARY KEY (case_id, field)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE app_state (
        key TEXT PRIMARY KEY,
        value TEXT NOT NULL
    ) STRICT, WITHOUT ROWID
    """,
    "PRAGMA user_version = 1",
)

# What lists say of the concessions of a case, read off its events and those joined to it.
_CONCESSION_MARK = (
    "ALTER TABLE cases ADD COLUMN concession TEXT NOT NULL DEFAULT ''",
    """
    WITH RECURSIVE
    heads (case_id, head) AS (
        SELECT case_id, case_id FROM cases WHERE joined_to = ''
        UNION
        SELECT cases.case_id, heads.head FROM cases JOIN heads ON cases.joined_to = heads.case_id
        WHERE cases.joined_to <> ''
    ),
    taken_back (id) AS (
        SELECT json_extract(payload, '$.target') FROM events
        WHERE kind IN ('EventUndone', 'EventCorrected') AND json_valid(payload)
          AND json_extract(payload, '$.target') IS NOT NULL
    ),
    told (head, origin, reason) AS (
        SELECT heads.head, events.desk_id || '/' || events.case_id,
               coalesce(json_extract(payload, '$.superior_reason'), '')
        FROM events JOIN heads ON heads.case_id = events.case_id
        WHERE kind = 'ConcessionTold' AND json_valid(payload) AND id NOT IN taken_back
    ),
    counted (head, tellings, places) AS (
        SELECT head, count(*), count(DISTINCT CASE WHEN trim(reason) = '' THEN origin END)
        FROM told GROUP BY head
    )
    UPDATE cases SET concession = (
        SELECT CASE WHEN places > 1 THEN 'conflict' ELSE 'second' END
        FROM counted WHERE head = cases.case_id
    )
    WHERE case_id IN (SELECT head FROM counted WHERE tellings > 1)
    """,
    "PRAGMA user_version = 2",
)

# What is searched (search_index.py). It is filled from the events by the writer, case by case.
_SEARCH = (
    """
    CREATE TABLE search_docs (
        id INTEGER PRIMARY KEY,
        case_id TEXT NOT NULL,
        kind TEXT NOT NULL,
        at TEXT NOT NULL,
        body TEXT NOT NULL,
        fields TEXT NOT NULL
    ) STRICT
    """,
    "CREATE INDEX search_docs_case ON search_docs (case_id, kind)",
    "CREATE INDEX search_docs_at ON search_docs (at)",
    "CREATE INDEX cases_open ON cases (case_id) WHERE status = 'open'",
    """
    CREATE VIRTUAL TABLE search_tokens USING fts5 (
        t, content='', tokenize='ascii', prefix='1', columnsize=0
    )
    """,
    "PRAGMA user_version = 3",
)

# What was erased (purge.py), without anything of the customer.
_PURGES = (
    """
    CREATE TABLE purges (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        case_no TEXT NOT NULL,
        opened_at TEXT NOT NULL,
        closed_at TEXT NOT NULL,
        purged_at TEXT NOT NULL,
        reason TEXT NOT NULL,
        files TEXT NOT NULL
    ) STRICT
    """,
    "CREATE INDEX purges_opened ON purges (opened_at)",
    "PRAGMA user_version = 4",
)


@MIGRATIONS()
def first_schema(db: Database) -> None:
    """Events, what is derived from them for lists, drafts, and who this desk is."""
    for statement in _FIRST_SCHEMA:
        db.execute(statement)


@MIGRATIONS()
def concession_mark(db: Database) -> None:
    """A second concession, or a conflict of two, shows in every list."""
    for statement in _CONCESSION_MARK:
        db.execute(statement)


@MIGRATIONS()
def search(db: Database) -> None:
    """Notes are found by what they say."""
    for statement in _SEARCH:
        db.execute(statement)


@MIGRATIONS()
def purges(db: Database) -> None:
    """Cases can be erased, and it stays known that they were."""
    for statement in _PURGES:
        db.execute(statement)
