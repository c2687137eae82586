package dev.quorate.acceptance;

import dev.quorate.testkit.NodeProcess;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/// Nodes as processes that live for seconds: with the quick compiler, which lets them start in half
/// the time.
final class Nodes {
  static final Map<String, String> SHORT_LIVED =
      Map.of("JDK_JAVA_OPTIONS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC");

  private Nodes() {}

  static NodeProcess start(Path data, String... more) {
    return start(data, Map.of(), more);
  }

  /// Where a node is reached.
  static URI address(NodeProcess node) {
    var output = node.output();
    var from = output.indexOf("http://");
    return URI.create(output.substring(from, output.indexOf(' ', from)));
  }

  static NodeProcess start(Path data, Map<String, String> environment, String... more) {
    var all = new HashMap<>(SHORT_LIVED);
    all.putAll(environment);
    return NodeProcess.start(data, all, more);
  }
}
