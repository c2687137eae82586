-- Webhook subscriptions; the body is empty once one was removed.
CREATE TABLE subscriptions (
  id TEXT PRIMARY KEY,
  time INTEGER NOT NULL,
  origin TEXT NOT NULL,
  body TEXT NOT NULL,
  hash BLOB NOT NULL
) STRICT, WITHOUT ROWID;
