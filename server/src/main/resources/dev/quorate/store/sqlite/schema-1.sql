-- One row, one fact about this store.
CREATE TABLE facts (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Content registers; the columns after body are copies of it for queries, the last five are derived
-- from all registers of the memory.
CREATE TABLE contents (
  id TEXT PRIMARY KEY,
  time INTEGER NOT NULL,
  origin TEXT NOT NULL,
  seen TEXT NOT NULL,
  hash BLOB NOT NULL,
  body TEXT NOT NULL,
  namespace TEXT NOT NULL,
  title TEXT NOT NULL,
  tier INTEGER NOT NULL,
  priority INTEGER NOT NULL,
  created_at TEXT NOT NULL,
  agent_id TEXT,
  public_id TEXT NOT NULL,
  shown INTEGER NOT NULL,
  expires_ms INTEGER NOT NULL,
  archived_ms INTEGER NOT NULL,
  archive_reason TEXT NOT NULL
) STRICT;
CREATE INDEX contents_by_title ON contents (namespace, title) WHERE shown = 0;
CREATE INDEX contents_by_rank ON contents (priority DESC, time DESC, id) WHERE shown = 0;
CREATE INDEX contents_by_time ON contents (time) WHERE shown = 0;
CREATE INDEX contents_by_expiry ON contents (expires_ms) WHERE shown = 0 AND expires_ms < 9223372036854775807;
CREATE INDEX contents_by_archival ON contents (archived_ms DESC) WHERE shown IN (1, 3);
CREATE INDEX contents_of_groups ON contents (public_id) WHERE public_id <> id;

CREATE TABLE lifecycles (
  id TEXT PRIMARY KEY,
  time INTEGER NOT NULL,
  origin TEXT NOT NULL,
  state INTEGER NOT NULL,
  reason TEXT NOT NULL,
  hash BLOB NOT NULL
) STRICT, WITHOUT ROWID;

-- What deleted sources were consolidated into, as far as their deletes wait for it.
CREATE TABLE successors (
  source TEXT NOT NULL,
  successor TEXT NOT NULL,
  PRIMARY KEY (source, successor)
) STRICT, WITHOUT ROWID;
CREATE INDEX successors_by_successor ON successors (successor);

CREATE TABLE aliases (
  first TEXT NOT NULL,
  first_created TEXT NOT NULL,
  second TEXT NOT NULL,
  second_created TEXT NOT NULL,
  time INTEGER NOT NULL,
  origin TEXT NOT NULL,
  hash BLOB NOT NULL,
  PRIMARY KEY (first, second)
) STRICT, WITHOUT ROWID;
CREATE INDEX aliases_by_second ON aliases (second);

CREATE TABLE links (
  source TEXT NOT NULL,
  target TEXT NOT NULL,
  relation TEXT NOT NULL,
  time INTEGER NOT NULL,
  origin TEXT NOT NULL,
  present INTEGER NOT NULL,
  body TEXT NOT NULL,
  hash BLOB NOT NULL,
  PRIMARY KEY (source, target, relation)
) STRICT, WITHOUT ROWID;
CREATE INDEX links_by_target ON links (target);

CREATE TABLE standards (
  namespace TEXT PRIMARY KEY,
  time INTEGER NOT NULL,
  origin TEXT NOT NULL,
  standard_id TEXT,
  parent TEXT,
  hash BLOB NOT NULL
) STRICT, WITHOUT ROWID;

-- The last two columns are copies of what the payload says, for queries.
CREATE TABLE pendings (
  id TEXT PRIMARY KEY,
  time INTEGER NOT NULL,
  origin TEXT NOT NULL,
  payload TEXT NOT NULL,
  approvals_needed INTEGER NOT NULL,
  expires_ms INTEGER NOT NULL,
  hash BLOB NOT NULL,
  operation TEXT,
  memory_id TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX pendings_by_memory ON pendings (memory_id, operation) WHERE memory_id IS NOT NULL;
CREATE INDEX pendings_by_time ON pendings (time DESC, id);

CREATE TABLE votes (
  pending_id TEXT NOT NULL,
  time INTEGER NOT NULL,
  origin TEXT NOT NULL,
  voter TEXT NOT NULL,
  approve INTEGER NOT NULL,
  hash BLOB NOT NULL,
  PRIMARY KEY (pending_id, time, origin, hash)
) STRICT, WITHOUT ROWID;

CREATE TABLE embeddings (
  id TEXT PRIMARY KEY,
  content_time INTEGER NOT NULL,
  content_origin TEXT NOT NULL,
  time INTEGER NOT NULL,
  origin TEXT NOT NULL,
  model TEXT NOT NULL,
  dimension INTEGER NOT NULL,
  vector BLOB NOT NULL,
  hash BLOB NOT NULL
) STRICT;

-- Former contents: lost ones are replicated and kept, replaced ones are what this node saw.
CREATE TABLE history (
  id TEXT NOT NULL,
  time INTEGER NOT NULL,
  origin TEXT NOT NULL,
  seen TEXT NOT NULL,
  hash BLOB NOT NULL,
  body TEXT NOT NULL,
  lost INTEGER NOT NULL,
  PRIMARY KEY (id, time, origin, hash)
) STRICT, WITHOUT ROWID;

-- An index over current state: the latest change of each register, and beside a change from elsewhere
-- the latest one made here, which is still owed to the peers. A change made here has no origin.
CREATE TABLE changes (
  sequence INTEGER PRIMARY KEY,
  lane INTEGER NOT NULL,
  key TEXT NOT NULL,
  origin TEXT,
  origin_epoch TEXT,
  origin_sequence INTEGER,
  together TEXT
) STRICT;
CREATE UNIQUE INDEX changes_by_register ON changes (lane, key, (origin IS NULL));
CREATE INDEX changes_made_here ON changes (sequence) WHERE origin IS NULL;
CREATE INDEX changes_together ON changes (together) WHERE together IS NOT NULL AND origin IS NULL;

-- What the node holds, in sums of hashes (merge.Digest).
CREATE TABLE digests (
  bucket INTEGER PRIMARY KEY,
  high INTEGER NOT NULL,
  low INTEGER NOT NULL
) STRICT;

-- Up to which number everything that another node made is here.
CREATE TABLE holdings (
  node TEXT NOT NULL,
  epoch TEXT NOT NULL,
  sequence INTEGER NOT NULL,
  PRIMARY KEY (node, epoch)
) STRICT, WITHOUT ROWID;

-- How far each peer has confirmed what this node made, in each of the peer's epochs.
CREATE TABLE pushed (
  peer TEXT NOT NULL,
  epoch TEXT NOT NULL,
  sequence INTEGER NOT NULL,
  PRIMARY KEY (peer, epoch)
) STRICT, WITHOUT ROWID;

-- How far this node has read each peer's changes.
CREATE TABLE pulled (
  peer TEXT PRIMARY KEY,
  epoch TEXT NOT NULL,
  sequence INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Changes that a peer does not take, set aside so that those behind them are not held up.
CREATE TABLE quarantine (
  peer TEXT NOT NULL,
  lane INTEGER NOT NULL,
  key TEXT NOT NULL,
  reason TEXT NOT NULL,
  retry_ms INTEGER NOT NULL,
  since_ms INTEGER NOT NULL,
  PRIMARY KEY (peer, lane, key)
) STRICT, WITHOUT ROWID;

-- What keeps a peer's message from being accepted twice.
CREATE TABLE nonces (
  peer TEXT NOT NULL,
  key TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (peer, key)
) STRICT, WITHOUT ROWID;

-- Facts of this node alone.
CREATE TABLE accesses (
  id TEXT PRIMARY KEY,
  count INTEGER NOT NULL,
  last_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE outcomes (
  key TEXT PRIMARY KEY,
  request_hash TEXT NOT NULL,
  status INTEGER NOT NULL,
  body TEXT NOT NULL,
  at_ms INTEGER NOT NULL,
  sequence INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX outcomes_by_time ON outcomes (at_ms);

CREATE TABLE outcome_memories (
  memory_id TEXT NOT NULL,
  key TEXT NOT NULL REFERENCES outcomes (key) ON DELETE CASCADE,
  PRIMARY KEY (memory_id, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX outcome_memories_by_key ON outcome_memories (key);
