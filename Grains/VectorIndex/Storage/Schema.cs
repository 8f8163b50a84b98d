namespace ChatAnalysis.Grains.VectorIndex.Storage;

/// <summary>The database's tables, as the steps that lead to them.</summary>
/// <remarks>
/// PRAGMA user_version tells how many steps a database has taken. A step, once released, is never edited: what is new is a new step.
/// Times are microseconds since 1970, UTC.
/// </remarks>
internal static class Schema
{
    private const string First = """
        -- last_change: the highest change number given out; it only grows, even where what it numbered is gone.
        -- model: of the vectors; NULL while there is no message.
        CREATE TABLE state (
            one INTEGER PRIMARY KEY CHECK (one = 1),
            last_change INTEGER NOT NULL,
            model INTEGER REFERENCES models (id)
        );

        CREATE TABLE models (
            id INTEGER PRIMARY KEY,
            name TEXT NOT NULL,
            graph_sha256 TEXT NOT NULL,
            dimension INTEGER NOT NULL,
            UNIQUE (name, graph_sha256)
        );
        INSERT INTO state VALUES (1, 0, NULL);

        -- state: enqueued, processing, succeeded, failed. labels: see LabelBlob.
        CREATE TABLE uploads (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            upload_id TEXT NOT NULL UNIQUE,
            clusters INTEGER NOT NULL,
            allow_duplicates INTEGER NOT NULL,
            state TEXT NOT NULL,
            created_at INTEGER NOT NULL,
            started_at INTEGER,
            ended_at INTEGER,
            labels BLOB
        );
        CREATE INDEX uploads_unended ON uploads (id) WHERE ended_at IS NULL;

        -- claim: the number of the last claim. tries: claims since something was last added, the last one included.
        -- ordinal_at_claim: next_ordinal when it was last claimed. waits_for: the file with the same content that is being read.
        CREATE TABLE files (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            upload INTEGER NOT NULL REFERENCES uploads (id) ON DELETE CASCADE,
            position INTEGER NOT NULL,
            name TEXT NOT NULL,
            stored_as TEXT NOT NULL,
            size INTEGER NOT NULL,
            sha256 TEXT NOT NULL,
            state TEXT NOT NULL,
            claim INTEGER NOT NULL DEFAULT 0,
            tries INTEGER NOT NULL DEFAULT 0,
            ordinal_at_claim INTEGER NOT NULL DEFAULT 0,
            lease_until INTEGER,
            next_ordinal INTEGER NOT NULL DEFAULT 0,
            expected INTEGER,
            report TEXT,
            error TEXT,
            duplicate_of TEXT,
            waits_for INTEGER,
            UNIQUE (upload, position)
        );
        CREATE INDEX files_by_content ON files (sha256, size, state, waits_for);
        CREATE INDEX files_unended ON files (id) WHERE state IN ('enqueued', 'processing');
        CREATE INDEX files_waiting ON files (waits_for) WHERE waits_for IS NOT NULL;

        -- One is identified by platform and the export's id (file is NULL), or by file and ordinal.
        CREATE TABLE conversations (
            id INTEGER PRIMARY KEY,
            platform TEXT NOT NULL,
            file INTEGER,
            ordinal INTEGER NOT NULL,
            export_id TEXT,
            title TEXT
        );
        CREATE UNIQUE INDEX conversations_by_id ON conversations (platform, export_id) WHERE file IS NULL;
        CREATE UNIQUE INDEX conversations_by_place ON conversations (file, ordinal) WHERE file IS NOT NULL;

        -- id: the change number of its insert. change: that of its last change.
        -- identity: its id in the export where that identifies it; else its links do.
        CREATE TABLE messages (
            id INTEGER PRIMARY KEY,
            change INTEGER NOT NULL,
            conversation INTEGER NOT NULL REFERENCES conversations (id),
            identity TEXT,
            author TEXT,
            role TEXT,
            sent_at INTEGER,
            sent_offset INTEGER,
            text TEXT NOT NULL
        );
        CREATE UNIQUE INDEX messages_by_identity ON messages (conversation, identity);
        CREATE INDEX messages_updated ON messages (change) WHERE change <> id;

        -- vector: half precision, little endian.
        CREATE TABLE vectors (
            message INTEGER PRIMARY KEY REFERENCES messages (id) ON DELETE CASCADE,
            model INTEGER NOT NULL REFERENCES models (id),
            vector BLOB NOT NULL
        );

        CREATE TABLE links (
            file INTEGER NOT NULL REFERENCES files (id),
            ordinal INTEGER NOT NULL,
            message INTEGER NOT NULL REFERENCES messages (id),
            PRIMARY KEY (file, ordinal)
        ) WITHOUT ROWID;
        CREATE INDEX links_by_message ON links (message);

        CREATE TABLE deletions (
            change INTEGER PRIMARY KEY,
            message INTEGER NOT NULL
        );

        CREATE TABLE patterns (
            upload INTEGER NOT NULL REFERENCES uploads (id) ON DELETE CASCADE,
            label INTEGER NOT NULL,
            size INTEGER NOT NULL,
            PRIMARY KEY (upload, label)
        ) WITHOUT ROWID;

        CREATE TABLE pattern_examples (
            upload INTEGER NOT NULL REFERENCES uploads (id) ON DELETE CASCADE,
            label INTEGER NOT NULL,
            place INTEGER NOT NULL,
            message INTEGER NOT NULL,
            similarity REAL NOT NULL,
            PRIMARY KEY (upload, label, place)
        ) WITHOUT ROWID;

        -- The snapshots that may lie in the index's file: a snapshot of another database, or of a restored one's future, is not here.
        CREATE TABLE snapshots (
            token TEXT PRIMARY KEY
        ) WITHOUT ROWID;
        """;

    private const string Second = """
        -- trace_parent: the trace that the upload belongs to, as a W3C traceparent.
        ALTER TABLE uploads ADD COLUMN trace_parent TEXT;
        -- claimant: who has the last claim; NULL once it was handed back.
        ALTER TABLE files ADD COLUMN claimant TEXT;
        """;

    private const string Third = """
        -- How the files are to be read; NULL where the client left it to the program.
        ALTER TABLE uploads ADD COLUMN time_zone TEXT;
        ALTER TABLE uploads ADD COLUMN day_first INTEGER;
        ALTER TABLE uploads ADD COLUMN format TEXT;

        -- Of the file's messages before next_ordinal: those that were not there before, that changed, and that were there as they are.
        ALTER TABLE files ADD COLUMN added INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE files ADD COLUMN updated INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE files ADD COLUMN unchanged INTEGER NOT NULL DEFAULT 0;
        UPDATE files SET added = next_ordinal WHERE duplicate_of IS NULL;
        UPDATE files SET unchanged = next_ordinal WHERE duplicate_of IS NOT NULL;

        -- zone: of sent_at, as SentZone numbers it. attachments: a JSON array of names; NULL where there are none.
        -- continued: 1 where the conversation is one that has no id and that later exports may continue.
        ALTER TABLE messages ADD COLUMN author_id TEXT;
        ALTER TABLE messages ADD COLUMN zone INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE messages ADD COLUMN reply_to TEXT;
        ALTER TABLE messages ADD COLUMN attachments TEXT;
        ALTER TABLE messages ADD COLUMN edited INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE messages ADD COLUMN continued INTEGER;
        CREATE INDEX messages_continued ON messages (identity, conversation) WHERE continued = 1;
        -- All that searches are narrowed by.
        CREATE INDEX messages_by_filter ON messages (conversation, sent_at, author, author_id, role);

        -- Who takes part in a conversation according to a file.
        CREATE TABLE participants (
            file INTEGER NOT NULL REFERENCES files (id) ON DELETE CASCADE,
            conversation INTEGER NOT NULL,
            name TEXT NOT NULL,
            PRIMARY KEY (file, conversation, name)
        ) WITHOUT ROWID;
        CREATE INDEX participants_by_name ON participants (name, conversation);
        CREATE INDEX participants_by_conversation ON participants (conversation);
        INSERT INTO participants
            SELECT DISTINCT l.file, m.conversation, m.author FROM messages m JOIN links l ON l.message = m.id
            WHERE m.author IS NOT NULL;

        -- A conversation that has no id and that later exports may continue is identified by neither id nor file: both are NULL.
        -- Here a file remembers which of them it was found to hold.
        CREATE TABLE continuations (
            file INTEGER NOT NULL REFERENCES files (id) ON DELETE CASCADE,
            ordinal INTEGER NOT NULL,
            conversation INTEGER NOT NULL,
            PRIMARY KEY (file, ordinal)
        ) WITHOUT ROWID;

        -- What a file that is being read has sampled of such a conversation: another file may hold it too.
        CREATE TABLE marks (
            file INTEGER NOT NULL REFERENCES files (id) ON DELETE CASCADE,
            conversation INTEGER NOT NULL,
            mark TEXT NOT NULL,
            sent_at INTEGER NOT NULL,
            PRIMARY KEY (file, conversation, mark)
        ) WITHOUT ROWID;
        CREATE INDEX marks_by_mark ON marks (mark);
        CREATE INDEX marks_by_conversation ON marks (conversation);
        """;

    /// <summary>What leads from each version to the next.</summary>
    public static IReadOnlyList<string> Steps { get; } = [First, Second, Third];
}
