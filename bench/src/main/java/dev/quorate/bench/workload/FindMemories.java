package dev.quorate.bench.workload;

import dev.quorate.bench.text.Queries;
import dev.quorate.bench.wire.Call;
import dev.quorate.bench.wire.Response;

/// Asks for memories by keywords: recall, as GET or POST, or search.
public final class FindMemories implements Operation {
  private final Way way;
  private final Queries queries;
  private final int limit;

  /// Which route answers the query.
  public enum Way {
    RECALL("recall"),
    RECALL_BY_POST("recall"),
    SEARCH("search");

    private final String operation;

    Way(String operation) {
      this.operation = operation;
    }
  }

  public FindMemories(Way way, Queries queries, int limit) {
    this.way = way;
    this.queries = queries;
    this.limit = limit;
  }

  @Override
  public String name() {
    return way.operation;
  }

  @Override
  public String itemsName() {
    return "memories found";
  }

  @Override
  public int expectedStatus() {
    return 200;
  }

  @Override
  public void write(long number, Call call) {
    switch (way) {
      case RECALL -> {
        var target = call.get().append("/api/v1/recall?context=");
        queries.append(number, "%20", target);
        target.append("&limit=").append(limit);
      }
      case RECALL_BY_POST -> {
        var body = call.post("/api/v1/recall").append("{\"context\":\"");
        queries.append(number, " ", body);
        body.append("\",\"limit\":").append(limit).append('}');
      }
      case SEARCH -> {
        var target = call.get().append("/api/v1/search?q=");
        queries.append(number, "%20", target);
        target.append("&limit=").append(limit);
      }
    }
  }

  @Override
  public long items(long number, Response response) throws UnexpectedAnswer {
    var count = response.lastNumber("count");
    if (count < 0) throw new UnexpectedAnswer("an answer without a count");
    return count;
  }
}
