package dev.quorate.store;

import dev.quorate.governance.Action;
import dev.quorate.memory.Body;
import dev.quorate.merge.AliasFact;
import dev.quorate.merge.ContentRegister;
import dev.quorate.merge.EmbeddingRegister;
import dev.quorate.merge.LifecycleRegister;
import dev.quorate.merge.LinkRegister;
import dev.quorate.merge.LostContent;
import dev.quorate.merge.PendingAction;
import dev.quorate.merge.Register;
import dev.quorate.merge.StandardRegister;
import dev.quorate.merge.SubscriptionRegister;
import dev.quorate.merge.Vote;
import dev.quorate.time.Stamp;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/// What a set of changes must come to, worked out from the whole set at once as the rules of the
/// architecture say it, without the ledger.
public final class Oracle {
  private static final Comparator<Register> EARLIER =
      Comparator.comparing(Register::stamp).thenComparing(Register::hash);

  private static final Comparator<LifecycleRegister> FIRST =
      Comparator.comparing(LifecycleRegister::stamp).thenComparing(LifecycleRegister::reason);

  private final List<Register> changes;
  private final Set<String> ids = new HashSet<>();
  private final ToLongFunction<String> created;

  /// Works with everything that was ever changed, found twins and lost contents included.
  ///
  /// @param created when the memory of an id was created
  public Oracle(Collection<? extends Register> changes, ToLongFunction<String> created) {
    this.created = created;
    this.changes = List.copyOf(new HashSet<>(changes));
    all(ContentRegister.class).forEach(content -> ids.add(content.id()));
    all(LifecycleRegister.class).forEach(lifecycle -> ids.add(lifecycle.id()));
    all(AliasFact.class).forEach(fact -> ids.addAll(List.of(fact.first(), fact.second())));
  }

  /// How each content that is left is shown.
  public Map<String, View> views() {
    var views = new TreeMap<String, View>();
    for (var id : ids) {
      if (content(id).isPresent() && !erased(id)) views.put(id, view(id));
    }
    return views;
  }

  private View view(String id) {
    var members = group(id);
    var publicId =
        members.stream()
            .min(Comparator.comparingLong(created).thenComparing(Comparator.naturalOrder()))
            .orElseThrow();
    var newest = members.stream().flatMap(member -> content(member).stream()).max(EARLIER);
    if (!newest.orElseThrow().id().equals(id)) return View.hidden(publicId);
    var turned =
        members.stream()
            .flatMap(member -> lifecycle(member).stream())
            .filter(lifecycle -> !lifecycle.deleted())
            .max(EARLIER);
    if (turned.isPresent() && turned.get().state() == LifecycleRegister.State.ARCHIVED) {
      var since = turned.get().stamp().millis();
      return new View(publicId, Shown.ARCHIVED, Long.MAX_VALUE, since, turned.get().reason());
    }
    var expiresAt = Body.read(newest.get().body()).expiresAt();
    var expires = expiresAt == null ? Long.MAX_VALUE : expiresAt.toEpochMilli();
    var outlived =
        turned.isPresent()
            && turned.get().stamp().millis() >= expires
            && turned.get().stamp().compareTo(newest.get().stamp()) > 0;
    return new View(publicId, Shown.LIVE, outlived ? Long.MAX_VALUE : expires, 0, "");
  }

  public Optional<ContentRegister> content(String id) {
    return contents(id).max(EARLIER);
  }

  public Optional<LifecycleRegister> lifecycle(String id) {
    var own = all(LifecycleRegister.class).filter(lifecycle -> lifecycle.id().equals(id)).toList();
    var deletes = own.stream().filter(LifecycleRegister::deleted).sorted(FIRST).toList();
    if (deletes.isEmpty()) return own.stream().max(EARLIER);
    var waitingForNothing = deletes.stream().filter(delete -> !delete.waits()).findFirst();
    if (waitingForNothing.isPresent()) return waitingForNothing;
    var first = deletes.getFirst();
    var successors = deletes.stream().flatMap(delete -> delete.successors().stream()).toList();
    return Optional.of(
        LifecycleRegister.of(id, first.stamp(), first.state(), first.reason(), successors));
  }

  /// Whether a delete of the memory is in effect.
  public boolean erased(String id) {
    return inEffect().contains(id);
  }

  /// Every id whose memory is deleted: first those whose deletes wait for nothing or for what ever
  /// had a content, then whatever waits for one of these, until there are no more.
  private Set<String> inEffect() {
    var erased = new HashSet<String>();
    var grew = true;
    while (grew) {
      grew = false;
      for (var id : ids) {
        var delete = lifecycle(id).filter(LifecycleRegister::deleted);
        if (delete.isEmpty()) continue;
        var successors = delete.get().successors();
        if (successors.isEmpty()
            || successors.stream().anyMatch(s -> erased.contains(s) || content(s).isPresent())) {
          grew |= erased.addAll(group(id));
        }
      }
    }
    return erased;
  }

  private static boolean isRemoved(Register register) {
    return register instanceof SubscriptionRegister subscription && subscription.body().isEmpty();
  }

  /// Every id that anything was said of.
  public Set<String> ids() {
    return ids;
  }

  /// What must be held of the lanes that no other lane bears upon but a delete: the last link and
  /// standard of a key, the earliest request, every vote, the last vector.
  public Map<String, Register> others() {
    var others = new TreeMap<String, Register>();
    for (var register : changes) {
      switch (register) {
        case LinkRegister _, StandardRegister _ -> keepLater(others, register);
        case SubscriptionRegister subscription ->
            others.merge(
                State.name(subscription),
                subscription,
                (a, b) ->
                    isRemoved(a) == isRemoved(b)
                        ? (b.isLaterThan(a) ? b : a)
                        : (isRemoved(a) ? a : b));
        case Vote vote -> others.put(State.name(vote), vote);
        case EmbeddingRegister embedding -> {
          if (!erased(embedding.id())) keepLater(others, embedding);
        }
        case PendingAction pending -> {
          if (!asksForErased(pending)) {
            others.merge(State.name(pending), pending, (a, b) -> b.isLaterThan(a) ? a : b);
          }
        }
        case ContentRegister _, LifecycleRegister _, AliasFact _, LostContent _ -> {}
      }
    }
    return others;
  }

  private static void keepLater(Map<String, Register> kept, Register register) {
    kept.merge(State.name(register), register, (a, b) -> b.isLaterThan(a) ? b : a);
  }

  private boolean asksForErased(PendingAction pending) {
    return Action.read(pending.payload())
        .filter(action -> action.what() instanceof Action.Store)
        .filter(action -> erased(action.what().memoryId()))
        .isPresent();
  }

  public Set<String> group(String id) {
    var members = new HashSet<>(Set.of(id));
    var grew = true;
    while (grew) {
      grew = false;
      for (var fact : all(AliasFact.class).toList()) {
        if (members.contains(fact.first()) || members.contains(fact.second())) {
          grew |= members.addAll(List.of(fact.first(), fact.second()));
        }
      }
    }
    return members;
  }

  /// Contents that no later one replaced knowingly: without a record they would be gone.
  public List<ContentRegister> mustBeLost() {
    return kept((content, others) ->
        others.stream().noneMatch(other -> other.seen().covers(content.stamp()))
            && others.stream().anyMatch(other -> other.isLaterThan(content)));
  }

  /// Contents that some later one overruled without having seen them.
  List<ContentRegister> mayBeLost() {
    return kept((content, others) ->
        others.stream()
            .anyMatch(
                other -> other.isLaterThan(content) && !other.seen().covers(content.stamp())));
  }

  private List<ContentRegister> kept(Judgement judgement) {
    var kept = new ArrayList<ContentRegister>();
    for (var id : ids) {
      if (erased(id)) continue;
      var own = Stream.concat(contents(id), lostContents(id)).distinct().toList();
      for (var content : own) {
        if (judgement.of(content, own)) kept.add(content);
      }
    }
    return kept;
  }

  private interface Judgement {
    boolean of(ContentRegister content, List<ContentRegister> allOfItsId);
  }

  /// Those that were delivered as lost, of memories that are still there.
  List<ContentRegister> sentAsLost() {
    return all(LostContent.class)
        .map(LostContent::content)
        .filter(content -> !erased(content.id()))
        .toList();
  }

  /// Whether an approval made this content: no other change bears the stamp of a vote, or one that
  /// is derived from it.
  boolean madeByApproval(ContentRegister content) {
    var made = new Stamp(content.stamp().time(), content.stamp().node());
    return all(Vote.class).anyMatch(vote -> vote.approve() && vote.stamp().equals(made));
  }

  private Stream<ContentRegister> lostContents(String id) {
    return all(LostContent.class)
        .map(LostContent::content)
        .filter(content -> content.id().equals(id));
  }

  private Stream<ContentRegister> contents(String id) {
    return all(ContentRegister.class).filter(content -> content.id().equals(id));
  }

  private <T extends Register> Stream<T> all(Class<T> type) {
    return changes.stream().filter(type::isInstance).map(type::cast);
  }
}
