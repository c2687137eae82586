/// Files of other shapes, turned into memories and links for `POST /api/v1/import`: JSON lines of
/// this API, Markdown folders, and the reference MCP memory server's file. Ids are derived from
/// what is read, so that running an import again changes nothing. Entry types:
/// [dev.quorate.corpus.Corpus] and [dev.quorate.corpus.Batches].
@NullMarked
package dev.quorate.corpus;

import org.jspecify.annotations.NullMarked;
