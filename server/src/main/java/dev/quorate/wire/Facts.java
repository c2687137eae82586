package dev.quorate.wire;

import dev.quorate.failure.RequestFailure.Invalid;
import dev.quorate.json.Fields;
import dev.quorate.json.Fields.Strictness;
import dev.quorate.memory.Rules;
import dev.quorate.merge.Hash;
import dev.quorate.merge.Register;
import dev.quorate.merge.Seen;
import dev.quorate.time.Stamp;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/// The facts of one item, read member by member; the counterpart of [FactsText]. Throws
/// [dev.quorate.failure.RequestFailure] for what is malformed.
final class Facts {
  private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");
  private static final Pattern SEEN =
      Pattern.compile("[^=,]{0,153}=[0-9a-f]{1,16}(,[^=,]{0,153}=[0-9a-f]{1,16})*+");

  /// What the origin of a derived stamp has after its node.
  private static final Pattern DERIVED = Pattern.compile("\\+[0-9a-f]{24}");

  private static final int SEEN_CHARACTERS_MAX = 65_536;

  /// A node consolidates a memory once; so many nodes would have to do it at the same time.
  private static final int SUCCESSORS_MAX = 1_000;

  private final Fields fields;
  private final String sender;
  private final String senderEpoch;

  Facts(JsonNode facts, String sender, String senderEpoch) {
    this.fields = Fields.of(facts, Strictness.FRAMEWORK);
    this.sender = sender;
    this.senderEpoch = senderEpoch;
  }

  Fields fields() {
    return fields;
  }

  Hash hash() {
    var hash = fields.text("hash");
    if (!HASH.matcher(hash).matches()) throw new Invalid("hash must be 64 lower-case hex digits");
    return Hash.ofBytes(HexFormat.of().parseHex(hash));
  }

  Stamp stamp() {
    return stampAt(fields.time("stamp"));
  }

  /// The stamp of a register whose element has the time.
  Stamp stampAt(Instant time) {
    return Stamp.at(time, stampOrigin("stamp_origin"));
  }

  Stamp contentStamp() {
    return Stamp.at(fields.time("content_stamp"), stampOrigin("content_origin"));
  }

  Seen seen() {
    var seen = fields.text("seen", "");
    if (seen.isEmpty()) return Seen.NOTHING;
    if (seen.length() > SEEN_CHARACTERS_MAX || !SEEN.matcher(seen).matches()) {
      throw new Invalid("seen must be origin=time pairs with commas between");
    }
    return Seen.parse(seen);
  }

  String reason() {
    return fields.text("reason", "");
  }

  /// What a deleted memory was consolidated into; any of them lets the delete take effect.
  List<String> successors() {
    var successors = fields.optionalTexts("successors");
    if (successors == null) return List.of();
    if (successors.size() > SUCCESSORS_MAX) {
      throw new Invalid("a delete names at most %d successors".formatted(SUCCESSORS_MAX));
    }
    return successors.stream().map(Rules::newId).toList();
  }

  Item item(Register register) {
    var sequence = sequence("sequence");
    var together = fields.optionalText("together");
    if (together != null) Rules.id("together", together);
    var origin = fields.optionalText("origin");
    if (origin == null) {
      return new Item(register, sender, senderEpoch, sequence, sequence, together);
    }
    return new Item(
        register,
        Rules.agentId(origin),
        Incoming.epoch(fields.text("origin_epoch")),
        sequence("origin_sequence"),
        sequence,
        together);
  }

  private long sequence(String name) {
    return Incoming.within(name, fields.whole(name), 1, Long.MAX_VALUE);
  }

  private String stampOrigin(String name) {
    var text = fields.optionalText(name);
    var derived = text == null ? -1 : text.indexOf('+');
    if (text == null || derived < 0) return origin(name);
    var suffix = text.substring(derived);
    if (!DERIVED.matcher(suffix).matches()) {
      throw new Invalid("%s must have 24 hex digits after its +".formatted(name));
    }
    return Rules.agentId(text.substring(0, derived)) + suffix;
  }

  private String origin(String name) {
    var origin = fields.optionalText(name);
    if (origin == null) return sender;
    return origin.isEmpty() ? origin : Rules.agentId(origin);
  }
}
