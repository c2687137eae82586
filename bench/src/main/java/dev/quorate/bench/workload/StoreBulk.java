package dev.quorate.bench.workload;

import dev.quorate.bench.text.Memories;
import dev.quorate.bench.wire.Call;
import dev.quorate.bench.wire.Response;
import dev.quorate.json.Json;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// Stores a run of memories in batches, the last one as short as it must be.
public final class StoreBulk implements Operation {
  /// The most memories that a server takes in one request.
  public static final int BATCH_MAX = 1_000;

  private final Memories memories;
  private final long first;
  private final long count;
  private final int batch;

  public StoreBulk(Memories memories, long first, long count, int batch) {
    this.memories = memories;
    this.first = first;
    this.count = count;
    this.batch = batch;
  }

  @Override
  public String name() {
    return "fill";
  }

  @Override
  public String itemsName() {
    return "memories stored";
  }

  @Override
  public int expectedStatus() {
    return 200;
  }

  @Override
  public void write(long number, Call call) {
    var body = call.post("/api/v1/memories/bulk").append('[');
    var from = first + number * batch;
    for (var i = 0L; i < size(number); i++) {
      if (i > 0) body.append(',');
      memories.append(from + i, body);
    }
    body.append(']');
  }

  @Override
  public long items(long number, Response response) throws UnexpectedAnswer {
    JsonNode answer;
    try {
      answer = Json.parse(response.body());
    } catch (JacksonException e) {
      throw new UnexpectedAnswer("an answer that is no JSON: " + e.getOriginalMessage());
    }
    var errors = answer.path("errors");
    if (!errors.isEmpty()) {
      throw new UnexpectedAnswer(errors.size() + " bulk errors, the first: " + errors.get(0));
    }
    var created = answer.path("created").asLong(-1);
    if (created != size(number)) {
      throw new UnexpectedAnswer(created + " of " + size(number) + " memories were created");
    }
    return created;
  }

  private long size(long number) {
    return Math.min(batch, count - number * batch);
  }
}
