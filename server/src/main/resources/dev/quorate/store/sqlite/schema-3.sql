-- When a link begins to hold, a copy of what its body says, so that the links of a memory with very
-- many are read page by page in the order of time. Empty in a tombstone.
ALTER TABLE links ADD COLUMN since TEXT NOT NULL DEFAULT '';
UPDATE links SET since = coalesce(json_extract(body, '$.valid_from'), json_extract(body, '$.created_at'))
  WHERE present = 1;
CREATE INDEX links_from ON links (source, since) WHERE present = 1;
CREATE INDEX links_to ON links (target, since) WHERE present = 1;
DROP INDEX links_by_target;
