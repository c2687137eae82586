-- What quotas count, copies of what bodies say: bytes of title, content and metadata of a memory; who
-- made a link, where somebody is named, and when.
ALTER TABLE contents ADD COLUMN bytes INTEGER NOT NULL DEFAULT 0;
UPDATE contents SET bytes = octet_length(title) + coalesce(octet_length(json_extract(body, '$.content')), 0)
    + coalesce(octet_length(json_extract(body, '$.metadata')), 0)
  WHERE json_valid(body);
ALTER TABLE links ADD COLUMN agent_id TEXT;
ALTER TABLE links ADD COLUMN created_at TEXT;
UPDATE links SET agent_id = json_extract(body, '$.observed_by'), created_at = json_extract(body, '$.created_at')
  WHERE present = 1 AND json_valid(body);
