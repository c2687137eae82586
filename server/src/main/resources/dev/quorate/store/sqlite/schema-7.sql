-- Moments differ from one memory to the next, so the id decides next to nothing in this order, and took
-- two thirds of the index, of which every commit writes some pages.
DROP INDEX contents_by_rank;
CREATE INDEX contents_by_rank ON contents (priority DESC, time DESC) WHERE shown = 0;
