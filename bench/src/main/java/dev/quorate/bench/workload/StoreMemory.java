package dev.quorate.bench.workload;

import dev.quorate.bench.text.Memories;
import dev.quorate.bench.wire.Call;
import dev.quorate.bench.wire.Response;

/// Stores one memory a request, under a title that is new.
public final class StoreMemory implements Operation {
  private final Memories memories;
  private final Ids ids;

  /// `ids` is told what was stored, so that it can be got.
  public StoreMemory(Memories memories, Ids ids) {
    this.memories = memories;
    this.ids = ids;
  }

  @Override
  public String name() {
    return "store";
  }

  @Override
  public String itemsName() {
    return "memories stored";
  }

  @Override
  public int expectedStatus() {
    return 201;
  }

  @Override
  public void write(long number, Call call) {
    memories.append(number, call.post("/api/v1/memories"));
  }

  @Override
  public long items(long number, Response response) throws UnexpectedAnswer {
    var id = response.firstText("id");
    if (id.isEmpty()) throw new UnexpectedAnswer("a stored memory without an id");
    ids.add(id);
    return 1;
  }
}
