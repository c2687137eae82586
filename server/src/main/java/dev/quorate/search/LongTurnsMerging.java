package dev.quorate.search;

import dev.quorate.scheduling.Turns;
import java.io.IOException;
import org.apache.lucene.index.ConcurrentMergeScheduler;
import org.apache.lucene.index.MergePolicy.OneMerge;

/// Merges on threads of their own, for which nobody waits.
final class LongTurnsMerging extends ConcurrentMergeScheduler {
  @Override
  protected void doMerge(MergeSource source, OneMerge merge) throws IOException {
    Turns.longTakenByThisThread();
    super.doMerge(source, merge);
  }
}
