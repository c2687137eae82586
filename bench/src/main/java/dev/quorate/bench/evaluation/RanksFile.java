package dev.quorate.bench.evaluation;

import dev.quorate.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// What was found for each question: one JSON object a line, in the order of modes and questions. A
/// rank is a place from 1, or 0 for a memory that was not found.
public final class RanksFile {
  private RanksFile() {}

  public static void write(EvaluationReport report, Path file) throws IOException {
    var lines = new ArrayList<String>();
    for (var evaluation : report.evaluations()) {
      for (var ranking : evaluation.rankings()) {
        lines.add(Json.text(of(evaluation.mode(), ranking)));
      }
    }
    Files.write(file, lines);
  }

  static ObjectNode of(RecallMode mode, Ranking ranking) {
    var question = ranking.question();
    var json =
        Json.object()
            .put("mode", mode.label())
            .put("id", question.id())
            .put("kind", question.kind().label())
            .put("text", question.text());
    json.set("evidence", ranks(ranking, question.evidence()));
    json.set("outdated", ranks(ranking, question.outdated()));
    json.put("top_score", ranking.topScore());
    var found = json.putArray("found");
    ranking.found().forEach(found::add);
    return json;
  }

  private static ObjectNode ranks(Ranking ranking, List<String> keys) {
    var ranks = Json.object();
    for (var key : keys) ranks.put(key, ranking.rank(key));
    return ranks;
  }
}
