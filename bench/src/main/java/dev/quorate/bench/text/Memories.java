package dev.quorate.bench.text;

import java.util.List;
import java.util.SplittableRandom;

/// The memories that a run stores, numbered from 0: the same seed, label and number give the same
/// memory. Titles are unique within a label; the words of a content do not depend on the label.
/// Immutable, thread-safe.
public final class Memories {
  private static final List<String> TEAMS =
      List.of("atlas", "beacon", "cedar", "delta", "ember", "fjord", "grove", "harbor");
  private static final List<String> SHELVES =
      List.of("decisions", "incidents", "notes", "people", "runbook");
  private static final List<String> TAGS =
      List.of(
          "api",
          "auth",
          "backup",
          "billing",
          "bug",
          "build",
          "cache",
          "ci",
          "cost",
          "customer",
          "data",
          "deploy",
          "design",
          "docs",
          "error",
          "idea",
          "infra",
          "latency",
          "legal",
          "login",
          "memory",
          "meeting",
          "mobile",
          "network",
          "oncall",
          "plan",
          "policy",
          "query",
          "release",
          "review",
          "schema",
          "search",
          "security",
          "style",
          "test",
          "todo",
          "upgrade",
          "web");
  private static final int TAGS_MAX = 4;
  private static final int TITLE_WORDS = 4;
  private static final int SENTENCE_WORDS = 9;
  private static final int PRIORITY_MAX = 10;

  private final Vocabulary vocabulary;
  private final long seed;
  private final String label;
  private final int contentBytes;
  private final int agents;
  private final Zipf namespaces = new Zipf(TEAMS.size() * SHELVES.size(), 1, 1);

  /// `agents` is over how many agent ids the memories are spread; with 0 they name none.
  public Memories(Vocabulary vocabulary, long seed, String label, int contentBytes, int agents) {
    this.vocabulary = vocabulary;
    this.seed = seed;
    this.label = label;
    this.contentBytes = contentBytes;
    this.agents = agents;
  }

  /// Appends the body of a create request for memory `number`.
  public void append(long number, Ascii json) {
    var random = Draws.of(seed, "memory", number);
    json.append("{\"title\":\"");
    for (var i = 0; i < TITLE_WORDS; i++) json.append(vocabulary.draw(random)).append(' ');
    json.append(label).append('-').append(number);
    json.append("\",\"content\":\"");
    appendContent(json, random);
    var namespace = namespaces.draw(random);
    json.append("\",\"namespace\":\"").append(TEAMS.get(namespace % TEAMS.size()));
    json.append('/').append(SHELVES.get(namespace / TEAMS.size()));
    json.append("\",\"tier\":\"").append(tier(random));
    json.append("\",\"priority\":").append(1 + random.nextInt(PRIORITY_MAX));
    appendTags(json, random);
    if (agents > 0) {
      json.append(",\"agent_id\":\"ai:bench-").append(random.nextInt(agents)).append('"');
    }
    json.append('}');
  }

  /// Sentences of exactly the wanted length; the last word is cut where it must be.
  private void appendContent(Ascii json, SplittableRandom random) {
    var left = contentBytes;
    for (var words = 1; left > 0; words++) {
      var word = vocabulary.draw(random);
      var taken = Math.min(word.length, left);
      json.append(word, taken);
      left -= taken;
      if (left > 1 && words % SENTENCE_WORDS == 0) {
        json.append('.');
        left--;
      }
      if (left > 1) {
        json.append(' ');
        left--;
      } else if (left == 1) {
        json.append('.');
        left = 0;
      }
    }
  }

  private static String tier(SplittableRandom random) {
    var tenth = random.nextInt(10);
    return tenth < 7 ? "mid" : tenth < 9 ? "long" : "short";
  }

  private static void appendTags(Ascii json, SplittableRandom random) {
    var count = random.nextInt(TAGS_MAX + 1);
    var first = random.nextInt(TAGS.size());
    json.append(",\"tags\":[");
    for (var i = 0; i < count; i++) {
      // A step without a common divisor with the number of tags: no tag comes twice.
      json.append(i == 0 ? "\"" : ",\"").append(TAGS.get((first + 11 * i) % TAGS.size()));
      json.append('"');
    }
    json.append(']');
  }
}
