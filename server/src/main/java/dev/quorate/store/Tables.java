package dev.quorate.store;

import dev.quorate.memory.Memory;
import dev.quorate.merge.AliasFact;
import dev.quorate.merge.ContentRegister;
import dev.quorate.merge.EmbeddingRegister;
import dev.quorate.merge.Lane;
import dev.quorate.merge.LifecycleRegister;
import dev.quorate.merge.LinkRegister;
import dev.quorate.merge.LostContent;
import dev.quorate.merge.PendingAction;
import dev.quorate.merge.StandardRegister;
import dev.quorate.merge.Vote;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The state tables of an engine, as the [Ledger] needs them: get and put by key, no rules. What is
/// put is seen by the next get.
public interface Tables {
  Optional<ContentRegister> content(String id);

  /// Whether any alias fact exists at all: most stores have none, and need not ask for groups.
  boolean hasAliases();

  /// Stores a content and how it is shown.
  ///
  /// @param memory what the content's body says
  void put(ContentRegister content, Memory memory, View view);

  /// Sets how a content is shown; nothing happens where there is no such content.
  void show(String id, View view);

  /// Removes content, history, vector and access statistics of an id, and empties the recorded
  /// outcomes that speak of it.
  void erase(String id);

  Optional<LifecycleRegister> lifecycle(String id);

  void put(LifecycleRegister lifecycle);

  /// Ids whose delete has `successor` among its successors.
  List<String> deletedFor(String successor);

  /// Every alias fact of the group that the id belongs to; empty for an id without aliases.
  List<AliasFact> aliases(String id);

  Optional<AliasFact> alias(String first, String second);

  void put(AliasFact alias);

  Optional<LinkRegister> link(String sourceId, String targetId, String relation);

  void put(LinkRegister link);

  Optional<StandardRegister> standard(String namespace);

  void put(StandardRegister standard);

  Optional<PendingAction> pending(String id);

  void put(PendingAction pending);

  /// Adds a vote. Returns false when it was there already.
  boolean add(Vote vote);

  List<Vote> votes(String pendingId);

  Optional<EmbeddingRegister> embedding(String id);

  void put(EmbeddingRegister embedding);

  /// Adds a content that lost a merge. Returns false when it was there already.
  boolean add(LostContent lost);

  /// Keeps a content that a later edit replaced, and forgets the oldest beyond the bound.
  void keepReplaced(ContentRegister replaced);

  /// Contents shown live under this title that expire after `nowMillis`: their own id and the id
  /// under which they are shown.
  List<LiveContent> liveUnder(String namespace, String title, long nowMillis);

  /// A content shown live.
  record LiveContent(String id, String publicId) {}

  /// Gives the register the next sequence number; an older number of the same register is
  /// forgotten.
  void record(Lane lane, String key, @Nullable String together);

  /// Forgets the sequence number of a register that was erased.
  void forget(Lane lane, String key);
}
