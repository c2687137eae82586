package dev.quorate.memories;

import dev.quorate.failure.RequestFailure;
import dev.quorate.json.Json;
import dev.quorate.memory.Memory;
import dev.quorate.memory.MemoryId;
import dev.quorate.memory.Provenance;
import dev.quorate.memory.Rules;
import dev.quorate.memory.Tier;
import dev.quorate.store.Snapshot;
import dev.quorate.store.Store;
import dev.quorate.store.StoredMemory;
import dev.quorate.store.Transaction;
import dev.quorate.time.Timestamps;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.List;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Messages from agent to agent: each is a memory of the namespace `_messages/<target>`, and so
/// replicates as one. Thread-safe.
///
/// Memories of one title in one namespace become one, but two messages of one title are two: a
/// message is stored under its title and its own id, and shown by its title alone.
public final class Messages {
  private static final Logger LOG = System.getLogger(Messages.class.getName());

  private static final String NAMESPACE = "_messages/";
  private static final String TITLE = "message_title";
  private static final String READ_AT = "read_at";

  private final Store store;
  private final Lifetimes lifetimes;

  public Messages(Store store, Lifetimes lifetimes) {
    this.store = store;
    this.lifetimes = lifetimes;
  }

  /// A message to be delivered; every value keeps the rules of [Rules].
  public record Letter(
      String from, String to, String title, String content, int priority, Tier tier) {}

  /// A message as its reader sees it.
  ///
  /// @param read whether an inbox showed it before, on any node
  public record Message(StoredMemory stored, String from, String title, boolean read) {}

  /// Messages of an agent.
  ///
  /// @param truncated whether there are more, and these are as long together as an answer may be
  public record Inbox(List<Message> messages, boolean truncated) {}

  /// The namespace of an agent's messages.
  ///
  /// @throws RequestFailure.Invalid when an agent of this name cannot have one
  public static String namespace(String agentId) {
    return Rules.namespace(NAMESPACE + agentId);
  }

  /// Delivers a message. Runs inside a transaction of its caller.
  public Memory deliver(Transaction transaction, Letter letter) {
    var id = MemoryId.fresh(transaction.nowMillis());
    var metadata = Json.object();
    metadata.put("agent_id", letter.from());
    metadata.put("recipient", letter.to());
    metadata.put(TITLE, letter.title());
    var memory =
        new Memory(
            id,
            namespace(letter.to()),
            storedTitle(letter.title(), id),
            letter.content(),
            letter.tier(),
            List.of(),
            letter.priority(),
            1.0,
            "notify",
            transaction.stamp().instant(),
            lifetimes.expiry(letter.tier(), Instant.ofEpochMilli(transaction.nowMillis())),
            Json.canonical(metadata),
            Provenance.PLAIN,
            1);
    transaction.save(memory);
    return memory;
  }

  private static String storedTitle(String title, String id) {
    var end = " [%s]".formatted(id);
    var room = Rules.TITLE_CHARACTERS_MAX - end.length();
    var characters = title.codePointCount(0, title.length());
    return title.substring(0, title.offsetByCodePoints(0, Math.min(room, characters))) + end;
  }

  /// The messages of an agent, most important and newest first, as they were before; from now on
  /// those that were shown are read. That is an ordinary edit, so that every node comes to know it.
  ///
  /// @param announce told how many bytes were found, before anything else is read; where it throws,
  ///   nothing was shown
  public Inbox inbox(String agentId, boolean unreadOnly, int limit, LongConsumer announce) {
    var inbox = look(agentId, unreadOnly, limit, announce);
    var unread =
        inbox.messages().stream()
            .filter(message -> !message.read())
            .map(message -> message.stored().id())
            .toList();
    if (!unread.isEmpty()) markRead(unread);
    return inbox;
  }

  /// What [#inbox] shows, and nobody has read it for that.
  public Inbox look(String agentId, boolean unreadOnly, int limit, LongConsumer announce) {
    var namespace = namespace(agentId);
    return store.read(snapshot -> {
      var messages = messages(snapshot, namespace, unreadOnly, limit);
      announce.accept(messages.bytes());
      return new Inbox(messages.rows(), messages.truncated());
    });
  }

  private static Gathered<Message> messages(
      Snapshot snapshot, String namespace, boolean unreadOnly, int limit) {
    var messages = new Gathered<Message>(limit);
    if (limit == 0) return messages;
    Listing.forEach(
        snapshot,
        namespace,
        row -> {
          var message = message(row);
          if (unreadOnly && message.read()) return true;
          return messages.add(message, row.body());
        });
    return messages;
  }

  private static Message message(StoredMemory row) {
    var memory = row.memory();
    var metadata = Json.parse(memory.metadata());
    var title = metadata.path(TITLE);
    return new Message(
        row,
        text(memory.agentId()),
        title.isString() ? title.asString() : memory.title(),
        metadata.has(READ_AT));
  }

  private static String text(@Nullable String text) {
    return text == null ? "" : text;
  }

  private void markRead(List<String> ids) {
    try {
      store.write(transaction -> {
        // The last one first, so that the order by stamps stays what it was.
        for (var id : ids.reversed()) markRead(transaction, id);
        return true;
      });
    } catch (RequestFailure e) {
      // A node that cannot write can still show messages: they stay unread.
      LOG.log(Level.DEBUG, "messages were not marked as read: {0}", e.getMessage());
    }
  }

  private static void markRead(Transaction transaction, String id) {
    var live = transaction.memory(id).filter(StoredMemory::live);
    if (live.isEmpty() || message(live.get()).read()) return;
    var memory = live.get().memory();
    var metadata = (ObjectNode) Json.parse(memory.metadata());
    metadata.put(READ_AT, Timestamps.render(transaction.stamp().instant()));
    transaction.save(memory.withMetadata(Json.canonical(metadata)));
  }
}
