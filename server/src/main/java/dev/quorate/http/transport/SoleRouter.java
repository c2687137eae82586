package dev.quorate.http.transport;

import io.helidon.webserver.Router;
import io.helidon.webserver.Routing;
import java.util.List;

/// Leads every request to the one dispatcher.
record SoleRouter(Dispatcher dispatcher) implements Router {
  @Override
  public <T extends Routing> T routing(Class<T> routingType, T defaultValue) {
    return routingType.isInstance(dispatcher) ? routingType.cast(dispatcher) : defaultValue;
  }

  @Override
  public List<? extends Routing> routings() {
    return List.of(dispatcher);
  }

  @Override
  public void beforeStart() {}

  @Override
  public void afterStop() {}
}
