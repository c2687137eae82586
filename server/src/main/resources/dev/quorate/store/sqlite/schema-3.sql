-- When a link begins to hold, a copy of what its body says, so that the links of a memory with very
-- many are read page by page in the order of time. Empty in a tombstone.
ALTER TABLE links ADD COLUMN since TEXT NOT NULL DEFAULT '';
UPDATE links SET since = coalesce(json_extract(body, '$.valid_from'), json_extract(body, '$.created_at'), '')
  WHERE present = 1 AND json_valid(body);
CREATE INDEX links_from ON links (source, since) WHERE present = 1;
CREATE INDEX links_to ON links (target, since) WHERE present = 1;
DROP INDEX links_by_target;

-- Every name that an entity has or had: its title and its aliases, in the content shown, in those of
-- its twins, and in those that lost a merge. It only says where to look.
CREATE TABLE entity_names (
  name TEXT NOT NULL,
  id TEXT NOT NULL,
  PRIMARY KEY (name, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX entity_names_by_id ON entity_names (id);
-- A damaged body must not keep the store from being opened.
CREATE TEMP VIEW sound AS
  SELECT id, iif(json_valid(body), body, '{}') AS body FROM contents
  UNION ALL SELECT id, iif(json_valid(body), body, '{}') FROM history;
INSERT OR IGNORE INTO entity_names (name, id)
  SELECT json_extract(body, '$.title'), id FROM sound
  WHERE json_extract(body, '$.metadata.kind') = 'entity' AND json_type(body, '$.title') = 'text';
INSERT OR IGNORE INTO entity_names (name, id)
  SELECT alias.value, s.id FROM sound s, json_each(s.body, '$.metadata.aliases') alias
  WHERE json_extract(s.body, '$.metadata.kind') = 'entity' AND alias.type = 'text';
DROP VIEW sound;

-- What a memory is about, a copy of what its metadata says.
ALTER TABLE contents ADD COLUMN topic TEXT;
UPDATE contents SET topic = json_extract(body, '$.metadata.topic')
  WHERE json_type(iif(json_valid(body), body, '{}'), '$.metadata.topic') = 'text';
CREATE INDEX contents_by_topic ON contents (topic) WHERE shown = 0 AND topic IS NOT NULL;
