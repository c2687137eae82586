package dev.quorate.store;

import dev.quorate.governance.Action;
import dev.quorate.memory.Memory;
import dev.quorate.merge.AliasFact;
import dev.quorate.merge.AliasGroup;
import dev.quorate.merge.ContentRegister;
import dev.quorate.merge.EmbeddingRegister;
import dev.quorate.merge.Hash;
import dev.quorate.merge.Lane;
import dev.quorate.merge.LifecycleRegister;
import dev.quorate.merge.LinkRegister;
import dev.quorate.merge.LostContent;
import dev.quorate.merge.PendingAction;
import dev.quorate.merge.StandardRegister;
import dev.quorate.merge.SubscriptionRegister;
import dev.quorate.merge.Vote;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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

  /// Removes content, history, vector, access statistics and requests to store of an id with their
  /// sequence numbers, and empties the recorded outcomes that speak of it. Returns the registers
  /// that were removed.
  List<RegisterName> erase(String id);

  Optional<LifecycleRegister> lifecycle(String id);

  void put(LifecycleRegister lifecycle);

  /// Ids whose delete has `successor` among its successors.
  List<String> deletedFor(String successor);

  /// Every alias fact of the group that the id belongs to; empty for an id without aliases.
  List<AliasFact> aliases(String id);

  /// The group that the id belongs to; empty for an id without aliases.
  default Optional<AliasGroup> group(String id) {
    if (!hasAliases()) return Optional.empty();
    var facts = aliases(id);
    return facts.isEmpty() ? Optional.empty() : Optional.of(AliasGroup.of(facts));
  }

  /// All ids of the memory that has this one.
  default Set<String> members(String id) {
    return group(id).map(group -> group.createdById().keySet()).orElse(Set.of(id));
  }

  Optional<AliasFact> alias(String first, String second);

  void put(AliasFact alias);

  Optional<LinkRegister> link(String sourceId, String targetId, String relation);

  void put(LinkRegister link);

  Optional<StandardRegister> standard(String namespace);

  void put(StandardRegister standard);

  /// Whether any subscription exists at all: most stores have none, and nobody to tell of events.
  default boolean hasSubscriptions() {
    return false;
  }

  /// The subscription with this id, or the tombstone of a removed one.
  Optional<SubscriptionRegister> subscription(String id);

  void put(SubscriptionRegister subscription);

  Optional<PendingAction> pending(String id);

  /// Stores a pending action.
  ///
  /// @param what what its payload asks for, absent when that cannot be read
  void put(PendingAction pending, Action.@Nullable What what);

  /// Whether any pending action exists at all: most stores have none, and need not ask for them.
  boolean hasPendings();

  /// The pending actions that ask for the promotion of this memory, whatever has become of them.
  List<PendingAction> promotionsOf(String memoryId);

  /// The pending actions that ask to store a memory under this id, whatever has become of them.
  List<PendingAction> requestsFor(String memoryId);

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
  /// forgotten, except that a change from elsewhere leaves that of a change made here standing, for
  /// it is still owed to the peers. Returns the number.
  ///
  /// @param origin where it was made, absent for here
  long record(Lane lane, String key, @Nullable Origin origin, @Nullable String together);

  /// Gives the latest change of this register a new number here. Where it was made stays.
  void renumber(Lane lane, String key);

  /// The number of the latest change of this register that was made here.
  Optional<Long> numberHere(Lane lane, String key);

  /// Whether the latest change of this register that was made here has a number.
  default boolean recordedHere(Lane lane, String key) {
    return numberHere(lane, key).isPresent();
  }

  /// Whether the latest change of this register, of all that have a number, was made here.
  boolean latestIsHere(Lane lane, String key);

  /// Whether the latest change that was made here of anything that [#erase] would remove has a
  /// number.
  boolean owesContentOf(String id);

  /// Whether any guest knows a memory under this id.
  boolean isKnownToGuests(String id);

  /// Takes a register that was replaced out of the digest, and one that was put into it.
  ///
  /// @param before absent when there was none
  void tally(Lane lane, String key, @Nullable Hash before, @Nullable Hash after);
}
