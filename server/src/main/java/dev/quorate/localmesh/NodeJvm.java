package dev.quorate.localmesh;

import java.util.List;

/// How the JVM of a local node is set up.
public enum NodeJvm {
  /// For a mesh that is to be there soon and to be small: the quick compiler halves the work of a
  /// start, which several nodes do at once here.
  QUICK(List.of("-XX:TieredStopAtLevel=1", "-Xmx128m")),

  /// As the launcher starts `serve`, for measurements.
  AS_SERVED(List.of("-Xmx224m"));

  @SuppressWarnings("ImmutableEnumChecker") // it is a copy
  private final List<String> options;

  NodeJvm(List<String> options) {
    this.options = List.copyOf(options);
  }

  List<String> options() {
    return options;
  }
}
