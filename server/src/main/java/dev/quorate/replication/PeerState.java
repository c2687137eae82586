package dev.quorate.replication;

import dev.quorate.store.Quarantined;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Where this node stands with one peer: who it is, how far it has confirmed, and whether to send,
/// rest or probe. One message is in flight at a time. Not thread-safe.
public final class PeerState {
  /// A link sends at most this many operations at a time.
  public static final int UNITS_MAX = 1_000;

  /// A peer that says a stamp is ahead of its clock is asked again when that time has come.
  public static final String CLOCK_AHEAD = "clock_ahead";

  /// How the reason begins for what did not have its hash when it arrived.
  private static final String DAMAGED = "damaged";

  private static final long PROBE_MILLIS = 250;
  private static final int BAD_REQUEST = 400;
  private static final int TOO_LARGE = 413;
  private static final long NEVER = Long.MAX_VALUE;

  private Optional<Identity> identity = Optional.empty();
  private long cursor;
  private long made;
  private int unitsMax = UNITS_MAX;
  private int failures;
  private long restUntil;
  private long attemptedAt = Long.MIN_VALUE / 2;
  private long greetedAt = Long.MIN_VALUE / 2;
  private long latest = Long.MIN_VALUE / 2;
  private int strangers;
  private boolean wanted;
  private long asideDue = NEVER;
  private Optional<Outcome> trouble = Optional.empty();
  private long heardAt;

  /// Who the peer said it is.
  ///
  /// @param epoch of its store
  /// @param speaks whether it takes our extra fields
  public record Identity(String node, String epoch, boolean speaks) {}

  /// What to do at this time.
  public Step next(long nowMillis) {
    heed(nowMillis);
    var probe = wanted && nowMillis >= attemptedAt + PROBE_MILLIS;
    if (nowMillis < restUntil && !probe) {
      return new Step.Rest(wanted ? Math.min(restUntil, attemptedAt + PROBE_MILLIS) : restUntil);
    }
    if (identity.isEmpty()) {
      // Who answers under another epoch each time is asked again and again, but not in a hurry.
      var again = greetedAt + Backoff.FIRST_MILLIS;
      return strangers > 1 && nowMillis < again ? new Step.Rest(again) : new Step.Greet();
    }
    if (nowMillis >= asideDue) return new Step.SendAside();
    if (made > cursor) return new Step.Send(cursor, unitsMax);
    wanted = false;
    return new Step.Rest(asideDue);
  }

  /// A clock that was set back prolongs no rest.
  private void heed(long nowMillis) {
    var back = latest - nowMillis;
    latest = nowMillis;
    if (back <= 0) return;
    restUntil -= back;
    attemptedAt -= back;
    greetedAt -= back;
  }

  /// An attempt begins.
  public void attempting(long nowMillis) {
    heed(nowMillis);
    attemptedAt = nowMillis;
    wanted = false;
  }

  /// The peer said who it is.
  ///
  /// @param confirmed the durable cursor for this node and epoch
  /// @param asideMillis when the first of what was set aside for it is due
  public void greeted(Identity who, long confirmed, long asideMillis, long nowMillis) {
    identity = Optional.of(who);
    cursor = confirmed;
    asideDue = asideMillis;
    restUntil = 0;
    heardAt = nowMillis;
    heed(nowMillis);
    greetedAt = nowMillis;
    // Who greets well may still fail whatever it is sent, and is then sent it ever more rarely.
    if (made <= cursor && nowMillis < asideDue) succeeded(nowMillis);
  }

  /// Something was made here, up to this number.
  public void made(long sequence) {
    made = Math.max(made, sequence);
  }

  /// A write waits for this peer: a link that rests tries again, though not more often than every
  /// 250 ms.
  public void want() {
    wanted = true;
  }

  /// A message of the peer arrived: it is there, so the rest is over.
  public void heard(long nowMillis) {
    heed(nowMillis);
    heardAt = nowMillis;
    if (failures > 0) restUntil = Math.min(restUntil, Math.max(nowMillis, attemptedAt + 1));
  }

  /// What was set aside is to be sent again now.
  public void retryAside(long nowMillis) {
    asideDue = nowMillis;
  }

  /// A peer with another epoch lost or restored its store; it is greeted anew, and sent everything
  /// that it does not have in that epoch. Returns whether it is the one that was greeted: what
  /// another store answers says nothing about what that one holds.
  public boolean announced(String epoch) {
    if (identity.filter(who -> who.epoch().equals(epoch)).isPresent()) return true;
    identity = Optional.empty();
    strangers++;
    return false;
  }

  /// The outcome of a greeting that gave no identity, or of sending what was set aside, when the
  /// peer did not take the message.
  ///
  /// @param chance 0 to 1
  public void failed(Outcome outcome, long nowMillis, double chance) {
    heed(nowMillis);
    failures++;
    trouble = Optional.of(outcome);
    restUntil =
        outcome instanceof Outcome.Throttled throttled
            ? Math.max(throttled.untilMillis(), nowMillis + Backoff.FIRST_MILLIS)
            : nowMillis + Backoff.millis(failures, chance);
    if (outcome.unsettling()) identity = Optional.empty();
  }

  /// What became of a batch.
  public Progress answered(Batch batch, Outcome outcome, long nowMillis, double chance) {
    switch (outcome) {
      case Outcome.Held held -> {
        succeeded(nowMillis);
        unitsMax = Math.min(UNITS_MAX, unitsMax * 2);
        cursor = Math.max(cursor, batch.upTo());
        return new Progress(cursor, skipped(batch, held, nowMillis), Optional.of(held));
      }
      case Outcome.Refused refused
          when refused.status() == BAD_REQUEST || refused.status() == TOO_LARGE -> {
        if (unitsMax > 1 && batch.parcels().size() > 1) {
          unitsMax = Math.max(1, Math.min(unitsMax, batch.parcels().size()) / 2);
          heardAt = nowMillis;
          return new Progress(cursor, List.of(), Optional.empty());
        }
        if (refused.status() == BAD_REQUEST) {
          // It is this one operation that the peer cannot read, as if it had skipped all of it.
          succeeded(nowMillis);
          cursor = Math.max(cursor, batch.upTo());
          var aside = new ArrayList<Quarantined>();
          var skips = new ArrayList<Outcome.Skip>();
          for (var parcel : batch.parcels()) {
            skips.add(new Outcome.Skip(aside.size(), refused.tag()));
            aside.add(aside(parcel, refused.tag(), NEVER, nowMillis));
          }
          return new Progress(cursor, aside, Optional.of(new Outcome.Held(skips)));
        }
        failed(outcome, nowMillis, chance);
      }
      case Outcome.IdDrift _,
          Outcome.Refused _,
          Outcome.OtherVersion _,
          Outcome.Replayed _,
          Outcome.Throttled _,
          Outcome.Unreachable _,
          Outcome.TimedOut _,
          Outcome.Failed _ ->
          failed(outcome, nowMillis, chance);
    }
    return new Progress(cursor, List.of(), Optional.of(outcome));
  }

  /// What was set aside was sent again.
  ///
  /// @param nextMillis when the next of it is due
  public void asideSent(long nextMillis, long nowMillis) {
    succeeded(nowMillis);
    asideDue = nextMillis;
  }

  private void succeeded(long nowMillis) {
    failures = 0;
    strangers = 0;
    restUntil = 0;
    heardAt = nowMillis;
    trouble = Optional.empty();
  }

  private List<Quarantined> skipped(Batch batch, Outcome.Held held, long nowMillis) {
    var aside = new ArrayList<Quarantined>();
    for (var skip : held.skipped()) {
      var parcel = batch.parcels().get(skip.position());
      aside.add(aside(parcel, skip.reason(), retryAt(parcel, skip.reason(), nowMillis), nowMillis));
    }
    for (var item : aside) asideDue = Math.min(asideDue, item.retryMillis());
    return aside;
  }

  /// When a skipped item is sent again by itself: one that is ahead of the peer's clock when its
  /// time has come, one that arrived damaged soon, anything else when somebody asks.
  public static long retryAt(Parcel parcel, String reason, long nowMillis) {
    if (reason.equals(CLOCK_AHEAD)) {
      return Math.max(nowMillis + Backoff.MOST_MILLIS, parcel.register().stamp().millis());
    }
    return reason.startsWith(DAMAGED) ? nowMillis + Backoff.MOST_MILLIS : NEVER;
  }

  /// When an item that was set aside and was skipped once more is sent again by itself: soon, if it
  /// was to be, or if what now stands in its way passes; else when somebody asks.
  public static long retryAgainAt(Quarantined item, String reason, long nowMillis) {
    var passes = reason.equals(CLOCK_AHEAD) || reason.startsWith(DAMAGED);
    var asked = item.retryMillis() == NEVER && !passes;
    return asked ? NEVER : nowMillis + Backoff.MOST_MILLIS;
  }

  private Quarantined aside(Parcel parcel, String reason, long retryMillis, long nowMillis) {
    var register = parcel.register();
    var peer = identity.map(Identity::node).orElseThrow();
    return new Quarantined(peer, register.lane(), register.key(), reason, retryMillis, nowMillis);
  }

  public Optional<Identity> identity() {
    return identity;
  }

  public long cursor() {
    return cursor;
  }

  /// Whether something is left to send.
  public boolean behind() {
    return made > cursor;
  }

  /// How often in a row it failed.
  public int failures() {
    return failures;
  }

  /// The last failure, until something succeeds.
  public Optional<Outcome> trouble() {
    return trouble;
  }

  /// When the peer was last heard of, 0 for never.
  public long heardAt() {
    return heardAt;
  }
}
