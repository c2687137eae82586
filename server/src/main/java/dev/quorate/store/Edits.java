package dev.quorate.store;

import dev.quorate.memory.Body;
import dev.quorate.memory.Link;
import dev.quorate.memory.LinkBody;
import dev.quorate.memory.Memory;
import dev.quorate.merge.AliasGroup;
import dev.quorate.merge.ContentRegister;
import dev.quorate.merge.LifecycleRegister;
import dev.quorate.merge.LifecycleRegister.State;
import dev.quorate.merge.LinkRegister;
import dev.quorate.merge.Seen;
import dev.quorate.time.Stamp;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The edits of users as registers, the same for every engine. One instance serves one mutation.
public final class Edits {
  private final Tables tables;
  private final Ledger ledger;
  private final Supplier<Stamp> stamps;
  private final Function<String, Optional<Long>> shownVersion;

  /// @param stamps gives a fresh stamp of this node
  /// @param shownVersion the version of the memory that is shown under an id
  public Edits(
      Tables tables,
      Ledger ledger,
      Supplier<Stamp> stamps,
      Function<String, Optional<Long>> shownVersion) {
    this.tables = tables;
    this.ledger = ledger;
    this.stamps = stamps;
    this.shownVersion = shownVersion;
  }

  /// Stores a content: a new memory, or a later edit of the one with this id.
  public Stamp save(Memory memory) {
    var present = tables.content(memory.id());
    var seen = present.map(there -> there.seen().with(there.stamp())).orElse(Seen.NOTHING);
    // In a group the content shown, which is what was edited, may be another member's.
    var edited =
        tables.hasAliases()
            ? shownVersion.apply(memory.id())
            : present.map(there -> Body.read(there.body()).version());
    var saved = memory.withVersion(Math.max(edited.orElse(0L) + 1, memory.version()));
    var stamp = stamps.get();
    var content = ContentRegister.of(memory.id(), stamp, seen, Body.write(saved));
    ledger.applyContent(content, saved, present);
    return stamp;
  }

  public void archive(String id, String reason) {
    turn(id, State.ARCHIVED, reason, List.of());
  }

  public void revive(String id) {
    turn(id, State.LIVE, "", List.of());
  }

  /// Deletes a memory for good.
  ///
  /// @param successor the memory it was consolidated into, if so
  public void delete(String id, @Nullable String successor) {
    if (successor == null) {
      turn(id, State.DELETED, "delete", List.of());
    } else {
      turn(id, State.DELETED, "consolidate", List.of(successor));
    }
  }

  private void turn(String id, State state, String reason, List<String> successors) {
    ledger.apply(LifecycleRegister.of(publicId(id), stamps.get(), state, reason, successors));
  }

  public void link(Link link) {
    ledger.apply(
        LinkRegister.of(
            link.sourceId(),
            link.targetId(),
            link.relation().text(),
            stamps.get(),
            true,
            LinkBody.write(link)));
  }

  public void unlink(String sourceId, String targetId, String relation) {
    ledger.apply(LinkRegister.of(sourceId, targetId, relation, stamps.get(), false, ""));
  }

  private String publicId(String id) {
    return tables.group(id).map(AliasGroup::publicId).orElse(id);
  }
}
