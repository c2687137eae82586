package dev.quorate.store;

import dev.quorate.governance.Action;
import dev.quorate.governance.Operation;
import dev.quorate.memory.Memory;
import dev.quorate.merge.AliasFact;
import dev.quorate.merge.ContentRegister;
import dev.quorate.merge.Digest;
import dev.quorate.merge.EmbeddingRegister;
import dev.quorate.merge.Hash;
import dev.quorate.merge.Lane;
import dev.quorate.merge.LifecycleRegister;
import dev.quorate.merge.LinkRegister;
import dev.quorate.merge.LostContent;
import dev.quorate.merge.PendingAction;
import dev.quorate.merge.Register;
import dev.quorate.merge.StandardRegister;
import dev.quorate.merge.SubscriptionRegister;
import dev.quorate.merge.Vote;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The state tables in memory: plain maps that keep the contract to the letter. Not thread-safe.
public final class MemoryTables implements Tables {
  private final Map<String, TreeSet<String>> shown = new HashMap<>();
  private final Map<String, Row> contents = new TreeMap<>();
  private final Map<String, LifecycleRegister> lifecycles = new TreeMap<>();
  private final Map<String, AliasFact> aliases = new TreeMap<>();
  private final Map<String, LinkRegister> links = new TreeMap<>();
  private final Map<String, StandardRegister> standards = new TreeMap<>();
  private final Map<String, SubscriptionRegister> subscriptions = new TreeMap<>();
  private final Map<String, PendingAction> pendings = new TreeMap<>();
  private final Map<String, Action.What> wanted = new TreeMap<>();
  private final Map<String, Vote> votes = new TreeMap<>();
  private final Map<String, EmbeddingRegister> embeddings = new TreeMap<>();
  private final Map<String, ContentRegister> lost = new TreeMap<>();
  private final Map<String, ContentRegister> replaced = new TreeMap<>();
  private final TreeMap<Long, Change> changes = new TreeMap<>();
  private final Map<String, Long> latest = new HashMap<>();
  private final Digest digest = new Digest();
  private final String nodeId;
  private final String epoch;
  private long sequence;
  private long owed;

  private record Row(ContentRegister content, Memory memory, View view) {}

  public MemoryTables() {
    this("n", "e");
  }

  /// Tables of one node's store.
  public MemoryTables(String nodeId, String epoch) {
    this.nodeId = nodeId;
    this.epoch = epoch;
  }

  /// The same tables as they are now, as those of the same node in an epoch: a backup, and what
  /// comes of it.
  public MemoryTables copy(String newEpoch) {
    var copy = new MemoryTables(nodeId, newEpoch);
    copy.contents.putAll(contents);
    shown.forEach((id, guests) -> copy.shown.put(id, new TreeSet<>(guests)));
    copy.lifecycles.putAll(lifecycles);
    copy.aliases.putAll(aliases);
    copy.links.putAll(links);
    copy.standards.putAll(standards);
    copy.subscriptions.putAll(subscriptions);
    copy.pendings.putAll(pendings);
    copy.wanted.putAll(wanted);
    copy.votes.putAll(votes);
    copy.embeddings.putAll(embeddings);
    copy.lost.putAll(lost);
    copy.replaced.putAll(replaced);
    changes.forEach((number, change) ->
        copy.changes.put(number, madeHere(change) ? here(change, newEpoch) : change));
    copy.latest.putAll(latest);
    copy.digest.add(digest);
    copy.sequence = sequence;
    copy.owed = owed;
    return copy;
  }

  private Change here(Change change, String newEpoch) {
    return new Change(
        change.sequence(),
        change.lane(),
        change.key(),
        nodeId,
        newEpoch,
        change.sequence(),
        change.together());
  }

  /// The greatest number that was ever given.
  public long lastNumber() {
    return sequence;
  }

  /// Gives none of the numbers up to this one: a mutation that was undone had them.
  public void skipTo(long number) {
    sequence = Math.max(sequence, number);
  }

  /// The register of a lane with this key.
  public Optional<Register> register(Lane lane, String key) {
    return Optional.ofNullable(
        switch (lane) {
          case CONTENT -> content(key).orElse(null);
          case LIFECYCLE -> lifecycles.get(key);
          case ALIAS -> aliases.get(key);
          case LINK -> links.get(key);
          case STANDARD -> standards.get(key);
          case PENDING -> pendings.get(key);
          case SUBSCRIPTION -> subscriptions.get(key);
          case VOTE -> votes.get(key);
          case EMBEDDING -> embeddings.get(key);
          case LOST -> Optional.ofNullable(lost.get(key)).map(LostContent::new).orElse(null);
        });
  }

  /// The content of this id and those that lost against one.
  public List<ContentRegister> versions(String id) {
    var versions = new ArrayList<ContentRegister>();
    content(id).ifPresent(versions::add);
    lost.values().stream().filter(content -> content.id().equals(id)).forEach(versions::add);
    return versions;
  }

  /// How the content of this id is shown.
  public Optional<View> view(String id) {
    return Optional.ofNullable(contents.get(id)).map(Row::view);
  }

  /// Ids whose delete is here, in effect or not.
  public List<String> deleted() {
    return lifecycles.values().stream()
        .filter(LifecycleRegister::deleted)
        .map(LifecycleRegister::id)
        .toList();
  }

  public State state() {
    var registers = new ArrayList<Register>();
    contents.values().forEach(row -> registers.add(row.content()));
    registers.addAll(lifecycles.values());
    registers.addAll(aliases.values());
    registers.addAll(links.values());
    registers.addAll(standards.values());
    registers.addAll(pendings.values());
    registers.addAll(subscriptions.values());
    registers.addAll(votes.values());
    registers.addAll(embeddings.values());
    lost.values().forEach(content -> registers.add(new LostContent(content)));
    var views = new TreeMap<String, View>();
    contents.forEach((id, row) -> views.put(id, row.view()));
    return new State(
        State.byKey(registers),
        views,
        Set.copyOf(replaced.values()),
        changes.values().stream().map(change -> name(change.lane(), change.key())).toList());
  }

  @Override
  public Optional<ContentRegister> content(String id) {
    return Optional.ofNullable(contents.get(id)).map(Row::content);
  }

  @Override
  public boolean hasAliases() {
    return !aliases.isEmpty();
  }

  @Override
  public void put(ContentRegister content, Memory memory, View view) {
    contents.put(content.id(), new Row(content, memory, view));
  }

  @Override
  public void show(String id, View view) {
    contents.computeIfPresent(id, (_, row) -> new Row(row.content(), row.memory(), view));
  }

  @Override
  public List<RegisterName> erase(String id) {
    var gone = new ArrayList<RegisterName>();
    content(id).ifPresent(content -> gone.add(RegisterName.of(content)));
    embedding(id).ifPresent(embedding -> gone.add(RegisterName.of(embedding)));
    lost.values().stream()
        .filter(content -> content.id().equals(id))
        .forEach(content -> gone.add(RegisterName.of(new LostContent(content))));
    for (var pending : requestsFor(id)) {
      gone.add(RegisterName.of(pending));
      pendings.remove(pending.id());
      wanted.remove(pending.id());
    }
    contents.remove(id);
    embeddings.remove(id);
    replaced.values().removeIf(content -> content.id().equals(id));
    lost.values().removeIf(content -> content.id().equals(id));
    for (var register : gone) {
      forget(register.lane(), register.key(), true);
      forget(register.lane(), register.key(), false);
    }
    return gone;
  }

  @Override
  public Optional<LifecycleRegister> lifecycle(String id) {
    return Optional.ofNullable(lifecycles.get(id));
  }

  @Override
  public void put(LifecycleRegister lifecycle) {
    lifecycles.put(lifecycle.id(), lifecycle);
  }

  @Override
  public List<String> deletedFor(String successor) {
    return lifecycles.values().stream()
        .filter(lifecycle -> lifecycle.successors().contains(successor))
        .map(LifecycleRegister::id)
        .toList();
  }

  @Override
  public List<AliasFact> aliases(String id) {
    var members = new HashSet<>(Set.of(id));
    var facts = new LinkedHashSet<AliasFact>();
    var before = -1;
    while (facts.size() > before) {
      before = facts.size();
      for (var fact : aliases.values()) {
        if (members.contains(fact.first()) || members.contains(fact.second())) {
          facts.add(fact);
          members.add(fact.first());
          members.add(fact.second());
        }
      }
    }
    return List.copyOf(facts);
  }

  @Override
  public Optional<AliasFact> alias(String first, String second) {
    return Optional.ofNullable(aliases.get(first + "\n" + second));
  }

  @Override
  public void put(AliasFact alias) {
    aliases.put(alias.key(), alias);
  }

  @Override
  public Optional<LinkRegister> link(String sourceId, String targetId, String relation) {
    return Optional.ofNullable(links.get(LinkRegister.key(sourceId, targetId, relation)));
  }

  @Override
  public void put(LinkRegister link) {
    links.put(link.key(), link);
  }

  @Override
  public Optional<StandardRegister> standard(String namespace) {
    return Optional.ofNullable(standards.get(namespace));
  }

  @Override
  public void put(StandardRegister standard) {
    standards.put(standard.namespace(), standard);
  }

  @Override
  public boolean hasSubscriptions() {
    return !subscriptions.isEmpty();
  }

  @Override
  public Optional<SubscriptionRegister> subscription(String id) {
    return Optional.ofNullable(subscriptions.get(id));
  }

  @Override
  public void put(SubscriptionRegister subscription) {
    subscriptions.put(subscription.id(), subscription);
  }

  @Override
  public Optional<PendingAction> pending(String id) {
    return Optional.ofNullable(pendings.get(id));
  }

  @Override
  public void put(PendingAction pending, Action.@Nullable What what) {
    pendings.put(pending.id(), pending);
    wanted.remove(pending.id());
    if (what != null) wanted.put(pending.id(), what);
  }

  @Override
  public boolean hasPendings() {
    return !pendings.isEmpty();
  }

  @Override
  public List<PendingAction> promotionsOf(String memoryId) {
    return wanting(Operation.PROMOTE, memoryId);
  }

  @Override
  public List<PendingAction> requestsFor(String memoryId) {
    return wanting(Operation.STORE, memoryId);
  }

  private List<PendingAction> wanting(Operation operation, String memoryId) {
    return wanted.entrySet().stream()
        .filter(entry -> entry.getValue().operation() == operation)
        .filter(entry -> entry.getValue().memoryId().equals(memoryId))
        .map(entry -> Objects.requireNonNull(pendings.get(entry.getKey())))
        .sorted(Comparator.comparing(PendingAction::stamp))
        .toList();
  }

  @Override
  public boolean add(Vote vote) {
    return votes.putIfAbsent(vote.key(), vote) == null;
  }

  @Override
  public List<Vote> votes(String pendingId) {
    return votes.values().stream().filter(vote -> vote.pendingId().equals(pendingId)).toList();
  }

  @Override
  public Optional<EmbeddingRegister> embedding(String id) {
    return Optional.ofNullable(embeddings.get(id));
  }

  @Override
  public void put(EmbeddingRegister embedding) {
    embeddings.put(embedding.id(), embedding);
  }

  @Override
  public boolean add(LostContent register) {
    replaced.remove(register.key());
    return lost.putIfAbsent(register.key(), register.content()) == null;
  }

  @Override
  public void keepReplaced(ContentRegister content) {
    var key = new LostContent(content).key();
    if (!lost.containsKey(key)) replaced.put(key, content);
    replaced.values().stream()
        .filter(there -> there.id().equals(content.id()))
        .sorted(Comparator.comparing(ContentRegister::stamp).reversed())
        .skip(TablesContract.REPLACED_VERSIONS_MAX)
        .toList()
        .forEach(oldest -> replaced.remove(new LostContent(oldest).key()));
  }

  @Override
  public List<LiveContent> liveUnder(String namespace, String title, long nowMillis) {
    return contents.values().stream()
        .filter(row -> row.view().shown() == Shown.LIVE)
        .filter(row -> row.view().expiresMillis() > nowMillis)
        .filter(row -> row.memory().namespace().equals(namespace))
        .filter(row -> row.memory().title().equals(title))
        .map(row -> new LiveContent(row.content().id(), row.view().publicId()))
        .toList();
  }

  @Override
  public long record(Lane lane, String key, @Nullable Origin origin, @Nullable String together) {
    var number = ++sequence;
    forget(lane, key, origin == null);
    latest.put(row(lane, key, origin == null), number);
    if (origin == null) owed = number;
    var from = origin == null ? new Origin(nodeId, epoch, number) : origin;
    changes.put(
        number,
        new Change(number, lane, key, from.node(), from.epoch(), from.sequence(), together));
    return number;
  }

  @Override
  public void renumber(Lane lane, String key) {
    var found = latestChange(lane, key);
    if (found.isEmpty()) return;
    var change = found.get();
    var here = madeHere(change);
    record(
        lane,
        key,
        here ? null : new Origin(change.origin(), change.originEpoch(), change.originSequence()),
        change.together());
  }

  @Override
  public Optional<Long> numberHere(Lane lane, String key) {
    return Optional.ofNullable(latest.get(row(lane, key, true)));
  }

  @Override
  public boolean latestIsHere(Lane lane, String key) {
    return latestChange(lane, key).filter(this::madeHere).isPresent();
  }

  @Override
  public boolean owesContentOf(String id) {
    return recordedHere(Lane.CONTENT, id)
        || recordedHere(Lane.EMBEDDING, id)
        || lost.values().stream()
            .filter(content -> content.id().equals(id))
            .anyMatch(content -> recordedHere(Lane.LOST, new LostContent(content).key()))
        || requestsFor(id).stream().anyMatch(pending -> recordedHere(Lane.PENDING, pending.id()));
  }

  /// Notes that a guest knows a memory.
  public void showed(String guest, String id) {
    shown.computeIfAbsent(id, _ -> new TreeSet<>()).add(guest);
  }

  public boolean wasShown(String guest, String id) {
    return shown.getOrDefault(id, new TreeSet<>()).contains(guest);
  }

  @Override
  public boolean isKnownToGuests(String id) {
    return shown.containsKey(id);
  }

  @Override
  public void tally(Lane lane, String key, @Nullable Hash before, @Nullable Hash after) {
    if (before != null) digest.remove(lane, key, before);
    if (after != null) digest.add(lane, key, after);
  }

  /// What the ledger said of the digest.
  public Digest digest() {
    return digest;
  }

  /// Every change that has a number, by it.
  public NavigableMap<Long, Change> changes() {
    return changes;
  }

  /// The change of the register that has the greatest number.
  public Optional<Change> latestChange(Lane lane, String key) {
    var here = latest.getOrDefault(row(lane, key, true), 0L);
    var elsewhere = latest.getOrDefault(row(lane, key, false), 0L);
    return Optional.ofNullable(changes.get(Math.max(here, elsewhere)));
  }

  /// The greatest number that a change made here was ever given.
  public long owed() {
    return owed;
  }

  public boolean madeHere(Change change) {
    return change.origin().equals(nodeId)
        && change.originEpoch().equals(epoch)
        && change.originSequence() == change.sequence();
  }

  private void forget(Lane lane, String key, boolean here) {
    var number = latest.remove(row(lane, key, here));
    if (number != null) changes.remove(number);
  }

  private static String row(Lane lane, String key, boolean here) {
    return name(lane, key) + (here ? " here" : " elsewhere");
  }

  private static String name(Lane lane, String key) {
    return lane + " " + key;
  }
}
