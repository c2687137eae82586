package dev.quorate.settings;

import dev.quorate.failure.NodeFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.toml.TomlMapper;

/// A settings file in TOML.
final class SettingsFile {
  private static final Set<String> TABLES =
      Set.of(
          "http",
          "store",
          "memory",
          "ttl",
          "gc",
          "federation",
          "tls",
          "approval",
          "governance",
          "embedding",
          "subscriptions",
          "quota");
  private static final String PEER = "peer";

  private final Path path;
  private final List<String> unknown = new ArrayList<>();

  private SettingsFile(Path path) {
    this.path = path;
  }

  /// Puts every setting of the file into the values.
  ///
  /// @throws NodeFailure when the file cannot be read, is not TOML, or has a setting that does not
  ///   exist
  static void read(Path path, Values values) {
    var file = new SettingsFile(path);
    file.take("", file.parse(), values);
    if (!file.unknown.isEmpty()) {
      throw new NodeFailure(
          "unknown %s in %s: %s"
              .formatted(
                  file.unknown.size() == 1 ? "setting" : "settings",
                  path,
                  String.join(", ", file.unknown)));
    }
  }

  private JsonNode parse() {
    try (var in = Files.newInputStream(path)) {
      return TomlMapper.builder().build().readTree(in);
    } catch (JacksonException e) {
      throw new NodeFailure(
          "the settings file %s is not TOML: line %d: %s"
              .formatted(path, e.getLocation().getLineNr(), e.getOriginalMessage()),
          e);
    } catch (IOException e) {
      throw new NodeFailure(
          "cannot read the settings file %s: %s".formatted(path, e.getMessage()), e);
    }
  }

  private void take(String table, JsonNode members, Values values) {
    for (var member : members.properties()) {
      var name = table.isEmpty() ? member.getKey() : table + "." + member.getKey();
      var value = member.getValue();
      var key = Key.of(name);
      if (key.isPresent()) {
        values.put(key.get(), plain(value), path.toString());
      } else if (name.equals(PEER) && value.isArray()) {
        for (var peer : value) takePeer(peer, values);
      } else if (value.isObject() && (TABLES.contains(name) || !value.isEmpty())) {
        take(name, value, values);
      } else {
        unknown.add(name);
      }
    }
  }

  private void takePeer(JsonNode peer, Values values) {
    if (!peer.isObject()) {
      throw new NodeFailure("peer must be written as tables, [[peer]]: %s".formatted(path));
    }
    var members = new HashMap<String, Object>();
    for (var member : peer.properties()) {
      if (PeerTable.NAMES.contains(member.getKey())) {
        members.put(member.getKey(), plain(member.getValue()));
      } else {
        unknown.add(PEER + "." + member.getKey());
      }
    }
    values.putPeer(new PeerTable(members), path.toString());
  }

  private static Object plain(JsonNode value) {
    if (value.isString()) return value.asString();
    if (value.isIntegralNumber() && value.canConvertToLong()) return value.asLong();
    if (value.isBoolean()) return value.asBoolean();
    if (value.isArray() && value.valueStream().allMatch(JsonNode::isString)) {
      return new Texts(value.valueStream().map(JsonNode::asString).toList());
    }
    return value;
  }
}
