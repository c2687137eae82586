package dev.quorate.bench;

import dev.quorate.bench.probe.CannotRun;
import dev.quorate.bench.text.Memories;
import dev.quorate.bench.text.Vocabulary;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// What the stored memories look like.
final class TextOptions {
  private static final int CONTENT_BYTES_MAX = 65_536;
  private static final int LABEL_LENGTH_MAX = 40;
  private static final int AGENTS_MAX = 1_000_000;

  @Option(
      names = "--content-bytes",
      paramLabel = "N",
      description = "The length of each content [${DEFAULT-VALUE}].")
  private int contentBytes = 200;

  @Option(
      names = "--label",
      paramLabel = "LABEL",
      description = "Makes the titles of this run unique [store, mixed: the time; fill: corpus].")
  private @Nullable String label;

  @Option(
      names = "--agents",
      paramLabel = "N",
      description = "Spread the memories over N agent ids [${DEFAULT-VALUE}: name none].")
  private int agents;

  int contentBytes() {
    return Ranges.check("--content-bytes", contentBytes, 1, CONTENT_BYTES_MAX);
  }

  /// Draws from a vocabulary; `labelDefault` is the label where the option is absent. Tells
  /// `settings` what it is.
  Memories memories(
      Vocabulary vocabulary, long seed, String labelDefault, Map<String, Object> settings) {
    var shown = label == null ? labelDefault : label;
    if (!shown.matches("[A-Za-z0-9_.-]{1," + LABEL_LENGTH_MAX + "}")) {
      throw new CannotRun(
          "--label must be 1..%d of A-Z a-z 0-9 _ . -: %s".formatted(LABEL_LENGTH_MAX, shown));
    }
    Ranges.check("--agents", agents, 0, AGENTS_MAX);
    settings.put("content-bytes", contentBytes());
    settings.put("label", shown);
    settings.put("agents", agents);
    return new Memories(vocabulary, seed, shown, contentBytes(), agents);
  }

  /// A label that no earlier run had.
  static String labelOfNow() {
    return Long.toString(System.currentTimeMillis(), Character.MAX_RADIX);
  }
}
