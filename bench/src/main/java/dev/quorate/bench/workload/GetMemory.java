package dev.quorate.bench.workload;

import dev.quorate.bench.text.Draws;
import dev.quorate.bench.wire.Call;
import dev.quorate.bench.wire.Response;

/// Gets one memory by its id. While no id is known it asks for the newest memory instead.
public final class GetMemory implements Operation {
  private final Ids ids;
  private final long seed;

  public GetMemory(Ids ids, long seed) {
    this.ids = ids;
    this.seed = seed;
  }

  @Override
  public String name() {
    return "get";
  }

  @Override
  public String itemsName() {
    return "memories got";
  }

  @Override
  public int expectedStatus() {
    return 200;
  }

  @Override
  public void write(long number, Call call) {
    var id = ids.any(Draws.of(seed, "get", number));
    var target = call.get().append("/api/v1/memories");
    if (id == null) target.append("?limit=1");
    else target.append('/').append(id);
  }

  @Override
  public long items(long number, Response response) {
    return 1;
  }
}
