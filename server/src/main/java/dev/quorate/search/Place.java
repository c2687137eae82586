package dev.quorate.search;

import java.io.IOException;
import java.nio.file.Path;
import org.apache.lucene.index.IndexFileNames;
import org.apache.lucene.index.MergePolicy;
import org.apache.lucene.index.TieredMergePolicy;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.IOContext;
import org.apache.lucene.store.LockFactory;
import org.apache.lucene.store.MMapDirectory;
import org.apache.lucene.store.NRTCachingDirectory;
import org.apache.lucene.store.NativeFSLockFactory;
import org.apache.lucene.store.NoLockFactory;

/// Where an open index keeps what is new until it is committed, which brings everything to the
/// disk.
enum Place {
  /// The disk, but for the smallest segments.
  DISK,
  /// Memory, for a disk that takes nothing at this time. What is on the disk is used as it is.
  MEMORY;

  private static final double SMALL_SEGMENT_MEGABYTES = 4;
  private static final double SMALL_SEGMENTS_MEGABYTES = 16;

  /// What a merge makes is in memory until a commit, so no merge makes more than this.
  private static final double MERGED_SEGMENT_MEGABYTES = 8;

  private static final double DELETED_PERCENT_MAX = 50;

  NRTCachingDirectory directory(Path path) throws IOException {
    return switch (this) {
      case DISK ->
          new NRTCachingDirectory(
              new MMapDirectory(path, locks()), SMALL_SEGMENT_MEGABYTES, SMALL_SEGMENTS_MEGABYTES);
      case MEMORY -> new InMemory(new MMapDirectory(path, locks()));
    };
  }

  /// How an index that is in use is locked. A lock is a file too, which a full disk may refuse; the
  /// node's own lock on its data keeps others out.
  LockFactory locks() {
    return switch (this) {
      case DISK -> NativeFSLockFactory.INSTANCE;
      case MEMORY -> NoLockFactory.INSTANCE;
    };
  }

  MergePolicy merging() {
    var merging = new TieredMergePolicy();
    // What is merged is laid out as what is flushed: one file of all would be written twice.
    merging.setNoCFSRatio(0);
    return switch (this) {
      case DISK -> merging;
      case MEMORY ->
          merging
              .setMaxMergedSegmentMB(MERGED_SEGMENT_MEGABYTES)
              .setDeletesPctAllowed(DELETED_PERCENT_MAX);
    };
  }

  /// Keeps every file in memory but those that make a commit one.
  private static final class InMemory extends NRTCachingDirectory {
    InMemory(Directory disk) {
      super(disk, Double.MAX_VALUE, Double.MAX_VALUE);
    }

    @Override
    protected boolean doCacheWrite(String name, IOContext context) {
      return !name.startsWith(IndexFileNames.SEGMENTS)
          && !name.startsWith(IndexFileNames.PENDING_SEGMENTS);
    }

    /// What no commit brought to the disk goes; writing it would leave files that nobody knows.
    @Override
    public void close() throws IOException {
      in.close();
    }
  }
}
