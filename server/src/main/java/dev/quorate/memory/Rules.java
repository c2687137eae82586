package dev.quorate.memory;

import dev.quorate.failure.RequestFailure.Invalid;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/// What every value of a memory must keep, wherever it comes from (api.md 2.5, wire.md 2.4). Each
/// check throws [Invalid] with one sentence. Characters are code points, bytes are UTF-8.
public final class Rules {
  public static final int TITLE_CHARACTERS_MAX = 512;
  public static final int CONTENT_BYTES_MAX = 65_536;
  public static final int NAMESPACE_CHARACTERS_MAX = 512;
  public static final int NAMESPACE_DEPTH_MAX = 8;
  public static final int TAGS_MAX = 50;
  public static final int TAG_BYTES_MAX = 128;
  public static final int ID_BYTES_MAX = 128;
  public static final int METADATA_BYTES_MAX = 65_536;
  public static final int METADATA_DEPTH_MAX = 32;
  public static final int REASON_BYTES_MAX = 512;
  public static final long TTL_SECONDS_MAX = 31_536_000;

  private static final int AGENT_TYPE_BYTES_MAX = 64;
  private static final int CAPABILITIES_MAX = 50;
  private static final int CAPABILITY_BYTES_MAX = 128;
  private static final Pattern AGENT_TYPE = Pattern.compile("ai:[A-Za-z0-9_.-]+");

  private static final Set<String> SOURCES =
      Set.of(
          "user",
          "nhi",
          "claude",
          "hook",
          "api",
          "cli",
          "import",
          "consolidation",
          "system",
          "chaos",
          "notify");

  private Rules() {}

  /// Returns the title without white space at its ends.
  public static String title(String title) {
    return title("title", title);
  }

  /// The same for another name of something.
  public static String title(String name, String title) {
    var trimmed = title.strip();
    if (trimmed.isEmpty()) throw new Invalid(name + " cannot be empty");
    characters(name, trimmed, TITLE_CHARACTERS_MAX);
    return printable(name, trimmed);
  }

  public static String content(String content) {
    if (content.isBlank()) throw new Invalid("content cannot be empty");
    bytes("content", content, CONTENT_BYTES_MAX);
    return printable("content", content);
  }

  public static String namespace(String namespace) {
    if (namespace.isEmpty()) throw new Invalid("namespace cannot be empty");
    characters("namespace", namespace, NAMESPACE_CHARACTERS_MAX);
    for (var i = 0; i < namespace.length(); i++) {
      var c = namespace.charAt(i);
      if (c == '\\' || Character.isISOControl(c) || isSpace(c)) {
        throw new Invalid(
            "namespace cannot contain spaces, backslashes or control characters (position %d)"
                .formatted(i));
      }
    }
    printable("namespace", namespace);
    var segments = namespace.split("/", -1);
    for (var segment : segments) {
      if (segment.isEmpty()) {
        throw new Invalid("namespace cannot begin or end with / or contain //");
      }
      if (segment.equals(".") || segment.equals("..")) {
        throw new Invalid("namespace cannot have a . or .. segment");
      }
    }
    if (segments.length > NAMESPACE_DEPTH_MAX) {
      throw new Invalid(
          "namespace can be at most %d segments deep: %d"
              .formatted(NAMESPACE_DEPTH_MAX, segments.length));
    }
    return namespace;
  }

  public static List<String> tags(List<String> tags) {
    if (tags.size() > TAGS_MAX) {
      throw new Invalid("a memory can have at most %d tags: %d".formatted(TAGS_MAX, tags.size()));
    }
    return tags.stream().map(Rules::tag).toList();
  }

  public static String tag(String tag) {
    if (tag.isBlank()) throw new Invalid("a tag cannot be empty");
    bytes("tag", tag, TAG_BYTES_MAX);
    return printable("tag", tag);
  }

  public static int priority(long priority) {
    if (priority < 1 || priority > 10) throw new Invalid("priority must be 1..10: " + priority);
    return (int) priority;
  }

  public static double confidence(double confidence) {
    if (!(confidence >= 0 && confidence <= 1)) {
      throw new Invalid("confidence must be 0..1: " + confidence);
    }
    // There are two zeros, and only one of them is written back the same.
    return confidence == 0 ? 0.0 : confidence;
  }

  public static String source(String source) {
    if (!SOURCES.contains(source)) {
      throw new Invalid(
          "source must be one of %s: %s"
              .formatted(
                  SOURCES.stream().sorted().collect(Collectors.joining(", ")), quote(source)));
    }
    return source;
  }

  public static Tier tier(String tier) {
    return Tier.of(tier)
        .orElseThrow(() -> new Invalid("tier must be short, mid or long: " + quote(tier)));
  }

  public static Scope scope(String scope) {
    return Scope.of(scope)
        .orElseThrow(() ->
            new Invalid("scope must be private, team, unit, org or collective: " + quote(scope)));
  }

  public static MemoryKind kind(String kind) {
    return MemoryKind.of(kind).orElseThrow(() -> new Invalid("unknown kind: " + quote(kind)));
  }

  public static String agentId(String agentId) {
    return token("agent_id", agentId, "_:@./-");
  }

  /// What kind of agent somebody is (api.md 2.5).
  public static String agentType(String type) {
    if (!type.equals("human") && !type.equals("system")) {
      bytes("agent_type", type, AGENT_TYPE_BYTES_MAX);
      if (!AGENT_TYPE.matcher(type).matches()) {
        throw new Invalid(
            "agent_type must be human, system or ai: with letters, digits or _.- after it: "
                + quote(type));
      }
    }
    return type;
  }

  /// What an agent says that it can do.
  public static List<String> capabilities(List<String> capabilities) {
    if (capabilities.size() > CAPABILITIES_MAX) {
      throw new Invalid(
          "an agent can have at most %d capabilities: %d"
              .formatted(CAPABILITIES_MAX, capabilities.size()));
    }
    for (var capability : capabilities) {
      if (capability.isBlank()) throw new Invalid("a capability cannot be empty");
      bytes("capability", capability, CAPABILITY_BYTES_MAX);
      printable("capability", capability);
    }
    return capabilities;
  }

  /// An id as a client may invent one, for import and for peers.
  public static String newId(String id) {
    if (id.contains("..")) throw new Invalid("id cannot contain ..: " + quote(id));
    return token("id", id, "_:.@-");
  }

  /// An id, or a part of one, as it may stand in a path.
  public static String id(String id) {
    return id("id", id);
  }

  /// The same under another name.
  public static String id(String name, String id) {
    if (id.isEmpty()) throw new Invalid(name + " cannot be empty");
    bytes(name, id, ID_BYTES_MAX);
    for (var i = 0; i < id.length(); i++) {
      if (Character.isISOControl(id.charAt(i))) {
        throw new Invalid(name + " cannot contain control characters");
      }
    }
    return printable(name, id);
  }

  /// The name of a model, which every vector that it made bears.
  public static String model(String model) {
    return id("model", model);
  }

  public static long ttlSeconds(long seconds) {
    if (seconds < 1 || seconds > TTL_SECONDS_MAX) {
      throw new Invalid("ttl_secs must be 1..%d: %d".formatted(TTL_SECONDS_MAX, seconds));
    }
    return seconds;
  }

  public static String reason(String reason) {
    if (reason.isBlank()) throw new Invalid("reason cannot be empty");
    bytes("reason", reason, REASON_BYTES_MAX);
    if (reason.contains("\n")) throw new Invalid("reason must be one line");
    return printable("reason", reason);
  }

  /// Checks a metadata object and returns its canonical text.
  ///
  /// @param canonical that text
  public static String metadata(JsonNode metadata, String canonical) {
    return object("metadata", metadata, canonical);
  }

  /// The same for another object of a memory that anything may stand in.
  public static String object(String name, JsonNode value, String canonical) {
    bytes(name, canonical, METADATA_BYTES_MAX);
    if (depth(value) > METADATA_DEPTH_MAX) {
      throw new Invalid("%s can be nested at most %d deep".formatted(name, METADATA_DEPTH_MAX));
    }
    return canonical;
  }

  private static int depth(JsonNode value) {
    var deepest = 0;
    for (var child : value) deepest = Math.max(deepest, depth(child));
    return value.isContainer() ? deepest + 1 : 0;
  }

  private static String token(String name, String value, String punctuation) {
    if (value.isEmpty()) throw new Invalid(name + " cannot be empty");
    bytes(name, value, ID_BYTES_MAX);
    for (var i = 0; i < value.length(); i++) {
      var c = value.charAt(i);
      var plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
      if (!plain && punctuation.indexOf(c) < 0) {
        throw new Invalid(
            "%s may only contain letters, digits and %s: %s"
                .formatted(name, punctuation, quote(value)));
      }
    }
    return value;
  }

  /// Refuses control characters other than line feed and tab, and halves of surrogate pairs.
  static String printable(String name, String text) {
    for (var i = 0; i < text.length(); i++) {
      var c = text.charAt(i);
      if (Character.isISOControl(c) && c != '\n' && c != '\t') {
        throw new Invalid(
            "%s cannot contain the control character U+%04X".formatted(name, (int) c));
      }
      if (Character.isSurrogate(c)) {
        var paired =
            Character.isHighSurrogate(c)
                && i + 1 < text.length()
                && Character.isLowSurrogate(text.charAt(i + 1));
        if (!paired) throw new Invalid(name + " is not valid Unicode: it has half a character");
        i++;
      }
    }
    return text;
  }

  private static void characters(String name, String text, int max) {
    var characters = text.codePointCount(0, text.length());
    if (characters > max) {
      throw new Invalid("%s can be at most %d characters: %d".formatted(name, max, characters));
    }
  }

  static void bytes(String name, String text, int max) {
    // A char is at most three bytes of UTF-8, so most texts need no count.
    if (text.length() <= max / 3) return;
    var bytes = text.getBytes(StandardCharsets.UTF_8).length;
    if (bytes > max)
      throw new Invalid("%s can be at most %d bytes: %d".formatted(name, max, bytes));
  }

  private static boolean isSpace(char c) {
    return Character.isWhitespace(c) || Character.isSpaceChar(c);
  }

  /// A value as it may stand in a sentence, between quotation marks.
  public static String quote(String value) {
    return "'" + shown(value) + "'";
  }

  /// A value as it may stand in a sentence: short, and without anything that could break the line.
  public static String shown(String value) {
    var shown = value.length() > 60 ? value.substring(0, 60) + "…" : value;
    return shown.replaceAll("[\\p{Cc}\\p{Cs}\\p{Cf}\\p{Zl}\\p{Zp}]", "?");
  }
}
