package dev.quorate.federation;

/// Settings that all nodes of one mesh must have alike, for each node acts by them on its own.
///
/// @param archiveOnGc whether an expired memory is archived, rather than deleted for all
public record MeshRules(boolean archiveOnGc) {
  /// In the greeting of a node.
  public static final String ARCHIVE_ON_GC = "archive_on_gc";
}
