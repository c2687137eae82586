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
import dev.quorate.merge.Register;
import dev.quorate.merge.StandardRegister;
import dev.quorate.merge.Vote;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The state tables in memory: plain maps that keep the contract to the letter. Not thread-safe.
public final class MemoryTables implements Tables {
  private final Map<String, Row> contents = new TreeMap<>();
  private final Map<String, LifecycleRegister> lifecycles = new TreeMap<>();
  private final Map<String, AliasFact> aliases = new TreeMap<>();
  private final Map<String, LinkRegister> links = new TreeMap<>();
  private final Map<String, StandardRegister> standards = new TreeMap<>();
  private final Map<String, PendingAction> pendings = new TreeMap<>();
  private final Map<String, Vote> votes = new TreeMap<>();
  private final Map<String, EmbeddingRegister> embeddings = new TreeMap<>();
  private final Map<String, ContentRegister> lost = new TreeMap<>();
  private final Map<String, ContentRegister> replaced = new TreeMap<>();
  private final Set<String> changes = new LinkedHashSet<>();

  private record Row(ContentRegister content, Memory memory, View view) {}

  public State state() {
    var registers = new ArrayList<Register>();
    contents.values().forEach(row -> registers.add(row.content()));
    registers.addAll(lifecycles.values());
    registers.addAll(aliases.values());
    registers.addAll(links.values());
    registers.addAll(standards.values());
    registers.addAll(pendings.values());
    registers.addAll(votes.values());
    registers.addAll(embeddings.values());
    lost.values().forEach(content -> registers.add(new LostContent(content)));
    var views = new TreeMap<String, View>();
    contents.forEach((id, row) -> views.put(id, row.view()));
    return new State(
        State.byKey(registers), views, Set.copyOf(replaced.values()), List.copyOf(changes));
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
  public void erase(String id) {
    contents.remove(id);
    embeddings.remove(id);
    replaced.values().removeIf(content -> content.id().equals(id));
    lost.values().removeIf(content -> content.id().equals(id));
    changes.removeIf(change -> change.startsWith(change(Lane.LOST, id + "\n")));
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
  public Optional<PendingAction> pending(String id) {
    return Optional.ofNullable(pendings.get(id));
  }

  @Override
  public void put(PendingAction pending) {
    pendings.put(pending.id(), pending);
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
  public void record(Lane lane, String key, @Nullable String together) {
    changes.remove(change(lane, key));
    changes.add(change(lane, key));
  }

  @Override
  public void forget(Lane lane, String key) {
    changes.remove(change(lane, key));
  }

  private static String change(Lane lane, String key) {
    return lane + " " + key;
  }
}
