package dev.quorate.http;

import dev.quorate.failure.RequestFailure.Invalid;
import dev.quorate.http.transport.Request;
import dev.quorate.http.transport.Response;
import dev.quorate.json.Fields;
import dev.quorate.json.Fields.Strictness;
import dev.quorate.json.Json;
import dev.quorate.memories.Importing;
import dev.quorate.memory.FullMemories;
import dev.quorate.memory.Link;
import dev.quorate.memory.Rules;
import dev.quorate.store.Snapshot;
import dev.quorate.store.Store;
import dev.quorate.time.Timestamps;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/// Answers that carry whole stores: export, import, backup.
final class TransferRoutes {
  private static final int IMPORT_MAX = 1_000;

  private final Store store;
  private final Importing importing;
  private final Mutations mutations;
  private final Rendering rendering;
  private final InstantSource wallClock;
  private final Spool spool;

  /// Answers from one store.
  ///
  /// @param scratch directory for answers while they are being sent
  TransferRoutes(
      Store store,
      Importing importing,
      Mutations mutations,
      Rendering rendering,
      InstantSource wallClock,
      Path scratch) {
    this.store = store;
    this.importing = importing;
    this.mutations = mutations;
    this.rendering = rendering;
    this.wallClock = wallClock;
    this.spool = new Spool(scratch);
  }

  Response export(Request request) {
    return spool.answer("application/json", bytesOfStore(), this::writeExport);
  }

  private long bytesOfStore() {
    return store.read(snapshot -> snapshot.totals().fileBytes());
  }

  /// Writes from one snapshot, a page at a time, so that memory stays bounded.
  private void writeExport(Path file) {
    try (var out = new BufferedOutputStream(Files.newOutputStream(file))) {
      store.read(snapshot -> writeExport(snapshot, out));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private boolean writeExport(Snapshot snapshot, OutputStream out) {
    var list = new StreamedList(out);
    write(out, "{\"memories\":[");
    snapshot.forEachLive(memory -> list.add(rendering.memory(memory)));
    var count = list.count();
    list.restart();
    write(out, "],\"links\":[");
    snapshot.links().forEach(link -> list.add(Rendering.link(link)));
    var exportedAt = Timestamps.render(wallClock.instant());
    write(out, "],\"count\":%d,\"exported_at\":\"%s\"}".formatted(count, exportedAt));
    return true;
  }

  private static void write(OutputStream out, String text) {
    try {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The elements of one JSON list after another.
  private static final class StreamedList {
    private final OutputStream out;
    private int count;

    StreamedList(OutputStream out) {
      this.out = out;
    }

    void add(String json) {
      write(out, count++ == 0 ? json : "," + json);
    }

    int count() {
      return count;
    }

    void restart() {
      count = 0;
    }
  }

  Response importAll(Request request) {
    var body = Fields.of(request.json(), Strictness.FRAMEWORK);
    var rows = body.objects("memories");
    if (rows.size() > IMPORT_MAX) {
      throw new Invalid(
          "an import takes at most %d memories: %d".formatted(IMPORT_MAX, rows.size()));
    }
    var linkRows = body.value("links") == null ? List.<Fields>of() : body.objects("links");
    if (linkRows.size() > IMPORT_MAX) {
      throw new Invalid(
          "an import takes at most %d links: %d".formatted(IMPORT_MAX, linkRows.size()));
    }
    var errors = new ArrayList<String>();
    var items = new ArrayList<Importing.Item>();
    for (var row : rows) {
      try {
        items.add(Importing.Item.of(FullMemories.memory(row)));
      } catch (Invalid e) {
        errors.add(Rules.shown(row.text("id")) + ": " + e.getMessage());
      }
    }
    var links = new ArrayList<Link>();
    for (var row : linkRows) {
      try {
        links.add(FullMemories.link(row));
      } catch (Invalid e) {
        errors.add(
            "%s -> %s: %s"
                .formatted(
                    Rules.shown(row.text("source_id")),
                    Rules.shown(row.text("target_id")),
                    e.getMessage()));
      }
    }
    return mutations.run(
        request, transaction -> imported(importing.take(transaction, items, links), errors, items));
  }

  private static Outcome imported(
      Importing.Report report, List<String> invalid, List<Importing.Item> items) {
    var json = Json.object().put("imported", report.imported());
    var errors = json.putArray("errors");
    invalid.forEach(errors::add);
    report.errors().forEach(errors::add);
    if (!report.remapped().isEmpty()) {
      var remapped = json.putObject("remapped");
      report.remapped().forEach(remapped::put);
    }
    var ids =
        items.stream()
            .map(item -> item.memory().id())
            .map(id -> report.remapped().getOrDefault(id, id))
            .toList();
    return new Outcome(200, Json.text(json), ids, "");
  }

  /// A consistent copy of the store as one file.
  Response backup(Request request) {
    return spool.answer("application/vnd.sqlite3", bytesOfStore(), store::backupTo);
  }
}
