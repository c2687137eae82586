package dev.quorate.http;

import dev.quorate.json.Json;
import dev.quorate.search.Signals;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// The signals of a recalled memory as JSON, with one sentence for people. An absent signal is
/// null: every one is there to be compared.
final class Explanation {
  /// Factors below it are worth telling.
  private static final double LOST = 0.95;

  private Explanation() {}

  static String of(Signals signals) {
    var json = Json.object();
    put(json, "bm25", signals.bm25());
    put(json, "word_share", signals.wordShare());
    json.put("keyword_rank", signals.keywordRank());
    put(json, "cosine", signals.cosine());
    json.put("vector_rank", signals.vectorRank());
    put(json, "fused", signals.fused());
    put(json, "recency", signals.recency());
    put(json, "importance", signals.importance());
    put(json, "distance", signals.distance());
    put(json, "final", signals.score());
    json.put("why", sentence(signals));
    return Json.text(json);
  }

  private static void put(ObjectNode json, String name, @Nullable Double value) {
    if (value == null) json.putNull(name);
    else json.put(name, Math.round(value * 1e6) / 1e6);
  }

  private static String sentence(Signals signals) {
    var sentence =
        new StringBuilder("It fits ")
            .append(String.join(" and ", fits(signals)))
            .append(", which makes ")
            .append(number(signals.fused()));
    var moved = moved(signals);
    if (!moved.isEmpty()) sentence.append(", lowered by ").append(String.join(", ", moved));
    return sentence.append(".").toString();
  }

  private static List<String> fits(Signals signals) {
    var fits = new ArrayList<String>();
    if (signals.bm25() != null) {
      fits.add(
          "by words (%s of what is attainable%s)"
              .formatted(number(signals.wordShare()), place(signals.keywordRank())));
    }
    var cosine = signals.cosine();
    if (cosine != null) {
      fits.add("by meaning (cosine %s%s)".formatted(number(cosine), place(signals.vectorRank())));
    }
    return fits;
  }

  private static String place(@Nullable Integer rank) {
    return rank == null ? ", not among the best" : ", place " + rank;
  }

  private static List<String> moved(Signals signals) {
    var moved = new ArrayList<String>();
    if (signals.recency() < LOST) moved.add("its age (× " + number(signals.recency()) + ")");
    if (signals.importance() < LOST) {
      moved.add("its importance (× " + number(signals.importance()) + ")");
    }
    if (signals.distance() < 1) {
      moved.add("the distance of its namespace (× " + number(signals.distance()) + ")");
    }
    return moved;
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }
}
