package dev.quorate.http.transport;

/// Limits for a test: patient ones, with single ones made tight.
record Limits(HttpLimits all) {
  static Limits patient() {
    return new Limits(
        new HttpLimits(2 << 20, 16 << 10, 16 << 10, 20_000, 20_000, 20_000, 20_000, 5_000, 64, 64));
  }

  Limits receiveMillis(long millis) {
    return changed(millis, all.requestMillis(), all.sendMillis(), all.idleMillis());
  }

  Limits requestMillis(long millis) {
    return changed(all.receiveMillis(), millis, all.sendMillis(), all.idleMillis());
  }

  Limits sendMillis(long millis) {
    return changed(all.receiveMillis(), all.requestMillis(), millis, all.idleMillis());
  }

  Limits idleMillis(long millis) {
    return changed(all.receiveMillis(), all.requestMillis(), all.sendMillis(), millis);
  }

  Limits graceMillis(long millis) {
    return places(all.requestsMax(), all.connectionsMax(), millis);
  }

  Limits requestsMax(int requests) {
    return places(requests, all.connectionsMax(), all.graceMillis());
  }

  Limits connectionsMax(int connections) {
    return places(all.requestsMax(), connections, all.graceMillis());
  }

  private Limits changed(long receive, long request, long send, long idle) {
    return new Limits(
        new HttpLimits(
            all.bodyBytesMax(),
            all.requestLineBytesMax(),
            all.headerBytesMax(),
            receive,
            request,
            send,
            idle,
            all.graceMillis(),
            all.requestsMax(),
            all.connectionsMax()));
  }

  private Limits places(int requests, int connections, long grace) {
    return new Limits(
        new HttpLimits(
            all.bodyBytesMax(),
            all.requestLineBytesMax(),
            all.headerBytesMax(),
            all.receiveMillis(),
            all.requestMillis(),
            all.sendMillis(),
            all.idleMillis(),
            grace,
            requests,
            connections));
  }
}
