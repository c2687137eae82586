-- Events on their way from this node to subscribers, written with the change that they tell of; dead
-- are those given up.
CREATE TABLE notices (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  subscription_id TEXT NOT NULL,
  correlation_id TEXT NOT NULL,
  event TEXT NOT NULL,
  body TEXT NOT NULL,
  made_ms INTEGER NOT NULL,
  dead INTEGER NOT NULL,
  tried INTEGER NOT NULL,
  status INTEGER NOT NULL,
  reason TEXT NOT NULL,
  given_up_ms INTEGER NOT NULL
) STRICT;
CREATE INDEX notices_by_subscription ON notices (dead, subscription_id, number);

CREATE TABLE notice_counts (
  subscription_id TEXT PRIMARY KEY,
  waiting INTEGER NOT NULL,
  sent INTEGER NOT NULL,
  failed INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
