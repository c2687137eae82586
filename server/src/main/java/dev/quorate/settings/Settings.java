package dev.quorate.settings;

import java.nio.file.Path;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Everything that an operator can choose about one node. Immutable; shows no secret.
///
/// @param data the directory of everything that the node keeps, absolute
/// @param nodeId what the node is called in stamps and by its peers; absent to let it choose
public record Settings(
    Path data,
    @Nullable String nodeId,
    HttpSettings http,
    StoreSettings store,
    MemorySettings memory,
    TtlSettings ttl,
    GcSettings gc) {

  /// The file of API key hashes in the data directory.
  public static final String KEY_FILE = "api-keys";

  /// The file that a running node holds locked in its data directory.
  public static final String LOCK_FILE = "lock";

  private static final Pattern NODE_ID = Pattern.compile("(?!/)[A-Za-z0-9_:@./-]{1,128}");

  public Settings {
    if (nodeId != null && (!NODE_ID.matcher(nodeId).matches() || nodeId.contains(".."))) {
      throw new InvalidSetting(
          "node-id",
          "node-id must be 1..128 letters, digits or _:@./- without .. and without / in front: '%s'"
              .formatted(nodeId));
    }
  }

  /// Every setting at its default, in this data directory.
  public static Settings defaults(Path data) {
    return new Settings(
        data.toAbsolutePath().normalize(),
        null,
        HttpSettings.DEFAULT,
        StoreSettings.DEFAULT,
        MemorySettings.DEFAULT,
        TtlSettings.DEFAULT,
        GcSettings.DEFAULT);
  }

  public Settings withHttp(HttpSettings newHttp) {
    return new Settings(data, nodeId, newHttp, store, memory, ttl, gc);
  }

  public Settings withNodeId(@Nullable String newNodeId) {
    return new Settings(data, newNodeId, http, store, memory, ttl, gc);
  }

  public Settings withTtl(TtlSettings newTtl) {
    return new Settings(data, nodeId, http, store, memory, newTtl, gc);
  }

  public Settings withGc(GcSettings newGc) {
    return new Settings(data, nodeId, http, store, memory, ttl, newGc);
  }

  public Path keyFile() {
    return data.resolve(KEY_FILE);
  }
}
