-- Which memories a guest was shown, or brought itself: it is told when they are deleted, and of no
-- other one.
CREATE TABLE shown_to_guests (
  peer TEXT NOT NULL,
  id TEXT NOT NULL,
  PRIMARY KEY (id, peer)
) STRICT, WITHOUT ROWID;
