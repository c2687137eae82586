package dev.quorate.testkit;

import dev.quorate.settings.Settings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/// What a [Mesh] is to be like. Each method but [#make] returns this plan, changed.
public final class MeshPlan {
  final Path folder;
  final int nodes;
  int writeQuorum;
  boolean proxied;
  boolean inProcess;
  UnaryOperator<Settings> settings = usual -> usual;
  final List<String> arguments = new ArrayList<>();
  final Map<String, String> environment = new HashMap<>();
  final Map<Integer, Map<String, String>> environmentByNode = new HashMap<>();

  MeshPlan(Path folder, int nodes) {
    if (nodes < 1) throw new IllegalArgumentException("a mesh has 1 node or more: " + nodes);
    this.folder = folder;
    this.nodes = nodes;
    this.writeQuorum = nodes / 2 + 1;
  }

  /// How many nodes must hold a write; the majority unless said.
  public MeshPlan writeQuorum(int count) {
    writeQuorum = count;
    return this;
  }

  /// Puts a [FaultProxy] into every line from one node to another.
  public MeshPlan withProxies() {
    proxied = true;
    return this;
  }

  /// Runs the nodes in this process, which is quicker; they cannot be killed or paused.
  ///
  /// @param change what is to differ from the usual settings and those of a mesh
  public MeshPlan inThisProcess(UnaryOperator<Settings> change) {
    inProcess = true;
    settings = change;
    return this;
  }

  /// Gives every node's process further arguments of `quorate serve`.
  public MeshPlan withArguments(String... more) {
    arguments.addAll(List.of(more));
    return this;
  }

  /// Gives every node's process further environment variables.
  public MeshPlan withEnvironment(Map<String, String> variables) {
    environment.putAll(variables);
    return this;
  }

  /// Gives one node's process further environment variables.
  ///
  /// @param node its number, from 0
  public MeshPlan withEnvironment(int node, Map<String, String> variables) {
    environmentByNode.put(node, Map.copyOf(variables));
    return this;
  }

  /// Makes directories, keys and proxies. No node runs yet.
  public Mesh make() {
    return new Mesh(this);
  }
}
