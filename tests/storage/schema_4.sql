-- A database of schema 4, to be adopted by every later version. Never edit.
PRAGMA application_id = 1500476009;
PRAGMA user_version = 4;
PRAGMA journal_mode = WAL;
BEGIN TRANSACTION;
CREATE TABLE "_sqlite_migrations" (
   "id" INTEGER PRIMARY KEY,
   "migration_set" TEXT,
   "name" TEXT,
   "applied_at" TEXT
);
INSERT INTO "_sqlite_migrations" VALUES(1,'yorisoi','first_schema','2026-04-01 00:00:00.000000+00:00');
INSERT INTO "_sqlite_migrations" VALUES(2,'yorisoi','concession_mark','2026-04-01 00:00:00.000000+00:00');
INSERT INTO "_sqlite_migrations" VALUES(3,'yorisoi','search','2026-04-01 00:00:00.000000+00:00');
INSERT INTO "_sqlite_migrations" VALUES(4,'yorisoi','purges','2026-04-01 00:00:00.000000+00:00');
CREATE TABLE purges (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        case_no TEXT NOT NULL,
        opened_at TEXT NOT NULL,
        closed_at TEXT NOT NULL,
        purged_at TEXT NOT NULL,
        reason TEXT NOT NULL,
        files TEXT NOT NULL
    ) STRICT
    ;
CREATE INDEX purges_opened ON purges (opened_at);
CREATE TABLE app_state (
        key TEXT PRIMARY KEY,
        value TEXT NOT NULL
    ) STRICT, WITHOUT ROWID
    ;
INSERT INTO "app_state" VALUES('desk_code','7XK3');
INSERT INTO "app_state" VALUES('desk_id','00000000-saved-desk');
INSERT INTO "app_state" VALUES('search_index','ready:1');
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
    , concession TEXT NOT NULL DEFAULT '') STRICT, WITHOUT ROWID
    ;
INSERT INTO "cases" VALUES('case-1','7XK3-0401-1','open','2026-04-01T03:00:01.000000+00:00','2026-04-01T03:00:04.000000+00:00','','','長谷川','','03-1234-5678','0312345678','','','talking','');
CREATE TABLE drafts (
        case_id TEXT NOT NULL,
        field TEXT NOT NULL,
        body TEXT NOT NULL,
        at TEXT NOT NULL,
        PRIMARY KEY (case_id, field)
    ) STRICT, WITHOUT ROWID
    ;
INSERT INTO "drafts" VALUES('case-1','note','書きかけ','2026-04-01T03:00:05.000000+00:00');
CREATE TABLE dues (
        case_id TEXT NOT NULL REFERENCES cases (case_id) ON DELETE CASCADE,
        target TEXT NOT NULL,
        kind TEXT NOT NULL,
        at TEXT NOT NULL,
        owner TEXT NOT NULL,
        text TEXT NOT NULL,
        PRIMARY KEY (case_id, target, kind)
    ) STRICT, WITHOUT ROWID
    ;
INSERT INTO "dues" VALUES('case-1','n1','promise','2026-04-02T03:00:00.000000+00:00','','お詫びの電話');
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
    ;
INSERT INTO "events" VALUES(1,'event-1','00000000-saved-desk',1,'case-1',NULL,'CaseOpened',1,NULL,'2026-04-01T03:00:01.000000+00:00',101.5,'boot-1','{"case_no":"7XK3-0401-1"}');
INSERT INTO "events" VALUES(2,'event-2','00000000-saved-desk',2,'case-1','call-1','CallStarted',1,NULL,'2026-04-01T03:00:02.000000+00:00',102.5,'boot-1','{"direction":"incoming","number":"03-1234-5678"}');
INSERT INTO "events" VALUES(3,'event-3','00000000-saved-desk',3,'case-1','call-1','NoteTaken',1,NULL,'2026-04-01T03:00:03.000000+00:00',103.5,'boot-1','{"note_id":"n1","note_kind":"claim","text":"洗濯機から水が漏れる","begun_at":{"wall":"2026-04-01T03:00:03Z","boot_seconds":103.5,"boot_id":"boot-1"},"due_at":null}');
INSERT INTO "events" VALUES(4,'event-4','00000000-saved-desk',4,'case-1','call-1','Unheard',3,NULL,'2026-04-01T03:00:04.000000+00:00',104.5,'boot-1','{"of":"未知"}');
CREATE UNIQUE INDEX "idx__sqlite_migrations_migration_set_name"
    ON "_sqlite_migrations" ("migration_set", "name");
CREATE INDEX events_case ON events (case_id);
CREATE TRIGGER events_no_update BEFORE UPDATE ON events
    BEGIN SELECT RAISE(ABORT, 'events are append-only'); END;
CREATE TRIGGER events_no_delete BEFORE DELETE ON events
    BEGIN SELECT RAISE(ABORT, 'events are append-only'); END;
CREATE INDEX cases_no ON cases (case_no);
CREATE INDEX cases_company_no ON cases (company_no) WHERE company_no <> '';
CREATE INDEX cases_number ON cases (number_digits) WHERE number_digits <> '';
CREATE INDEX cases_joined ON cases (joined_to) WHERE joined_to <> '';
CREATE INDEX cases_opened ON cases (opened_at);
CREATE INDEX cases_touched ON cases (touched_at);
CREATE INDEX cases_running ON cases (touched_at) WHERE phase NOT IN ('idle', 'closed');
CREATE INDEX dues_at ON dues (at);
CREATE TABLE search_docs (
        id INTEGER PRIMARY KEY,
        case_id TEXT NOT NULL,
        kind TEXT NOT NULL,
        at TEXT NOT NULL,
        body TEXT NOT NULL,
        fields TEXT NOT NULL
    ) STRICT
    ;
CREATE INDEX search_docs_case ON search_docs (case_id, kind);
CREATE INDEX search_docs_at ON search_docs (at);
CREATE INDEX cases_open ON cases (case_id) WHERE status = 'open';
CREATE VIRTUAL TABLE search_tokens USING fts5 (
        t, content='', tokenize='ascii', prefix='1', columnsize=0
    );
INSERT INTO "search_docs" VALUES(1,'case-1','','2026-04-01T03:00:01.000000+00:00','','7XK3-0401-1
03-1234-5678
0312345678');
INSERT INTO "search_docs" VALUES(3,'case-1','claim','2026-04-01T03:00:03.000000+00:00','洗濯機から水が漏れる','7XK3-0401-1
03-1234-5678
0312345678');
INSERT INTO search_tokens (rowid, t) VALUES (1, '7 xk k3 304 040 401 011 11 1 031 312 123 234 345 456 567 678 78 8 031 312 123 234 345 456 567 678 78 8');
INSERT INTO search_tokens (rowid, t) VALUES (3, '洗濯 濯機 機か から ら水 水が が漏 漏れ れる る 7 xk k3 304 040 401 011 11 1 031 312 123 234 345 456 567 678 78 8 031 312 123 234 345 456 567 678 78 8 claim');
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('events',4);
COMMIT;
