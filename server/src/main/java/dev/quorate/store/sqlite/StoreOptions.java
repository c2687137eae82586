package dev.quorate.store.sqlite;

/// How a store is opened.
///
/// @param readers how many connections read
/// @param replacedVersionsMax how many versions of a memory that later edits replaced are kept
/// @param countsByAgent whether it is asked at writes what agents have made, which is then quick
public record StoreOptions(int readers, int replacedVersionsMax, boolean countsByAgent) {
  private static final int REPLACED_VERSIONS_MAX = 20;

  /// So many readers, twenty replaced versions of a memory, and no counts by agent.
  public static StoreOptions readers(int readers) {
    return new StoreOptions(readers, REPLACED_VERSIONS_MAX, false);
  }
}
