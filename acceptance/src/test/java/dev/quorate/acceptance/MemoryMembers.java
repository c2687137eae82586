package dev.quorate.acceptance;

import java.util.ArrayList;
import java.util.List;

/// The members of a memory in a body, with what each refuses.
final class MemoryMembers {
  static final Member TITLE = Member.of("title", Type.TEXT).not(Broken.title());
  static final Member CONTENT = Member.of("content", Type.TEXT).not(Broken.content());
  static final Member TIER = Member.of("tier", Type.TEXT).not(Broken.tier());
  static final Member NAMESPACE = Member.of("namespace", Type.TEXT).not(Broken.namespace());
  static final Member TAGS = Member.of("tags", Type.TEXTS).not(Broken.tags());
  static final Member PRIORITY = Member.of("priority", Type.WHOLE).not(Broken.priority());
  static final Member CONFIDENCE = Member.of("confidence", Type.NUMBER).not(Broken.confidence());
  static final Member METADATA = Member.of("metadata", Type.OBJECT).not(Broken.metadata());
  static final Member SOURCE =
      Member.of("source", Type.TEXT).not(Broken.oneOfNone("robot", "API", "api "));
  static final Member EXPIRES_AT = Member.of("expires_at", Type.TEXT).not(Broken.expiry());
  static final Member TTL = Member.of("ttl_secs", Type.WHOLE).not(Broken.ttlSeconds());
  static final Member CITATIONS = Member.of("citations", Type.OBJECTS).not(Broken.citations());
  static final Member SOURCE_URI = Member.of("source_uri", Type.TEXT).not(Broken.uri());
  static final Member SOURCE_SPAN = Member.of("source_span", Type.OBJECT).not(Broken.span());
  static final Member AGENT_ID = Member.of("agent_id", Type.TEXT).not(Broken.agentId());
  static final Member SCOPE = Member.of("scope", Type.TEXT).not(Broken.oneOfNone("all", "Team"));
  static final Member ON_CONFLICT =
      Member.of("on_conflict", Type.TEXT).not(Broken.oneOfNone("replace", "Merge"));

  private MemoryMembers() {}

  /// What a new memory may have, on its own or in a bulk store.
  private static List<Member> created() {
    return List.of(
        TITLE.needed(),
        CONTENT.needed(),
        TIER,
        NAMESPACE,
        TAGS,
        PRIORITY,
        CONFIDENCE,
        SOURCE,
        EXPIRES_AT.not(List.of(Broken.past())),
        TTL,
        METADATA,
        CITATIONS,
        SOURCE_URI,
        SOURCE_SPAN);
  }

  static Member[] stored() {
    return with(created(), AGENT_ID, SCOPE, ON_CONFLICT);
  }

  /// A bulk store takes who and how from nobody, and merges (api.md 1.2).
  static Member[] storedInBulk() {
    return with(
        created(),
        Member.of("agent_id", Type.IGNORED),
        Member.of("scope", Type.IGNORED),
        Member.of("on_conflict", Type.IGNORED));
  }

  static Member[] updated() {
    return with(
        List.of(TITLE, CONTENT, TIER, NAMESPACE, TAGS, PRIORITY, CONFIDENCE, METADATA),
        // An empty one clears it, and one in the past lets the memory expire.
        Member.of("expires_at", Type.TEXT).not(Broken.time()),
        Member.of("if_version", Type.WHOLE));
  }

  /// A whole memory, as an export has it.
  static Member[] imported() {
    return with(
        List.of(CITATIONS, SOURCE_URI, SOURCE_SPAN, PRIORITY, CONFIDENCE),
        Member.of("metadata", Type.OBJECT).not(Broken.object()),
        Member.of("id", Type.TEXT).not(Broken.newId()).needed(),
        NAMESPACE.needed(),
        TITLE.needed(),
        CONTENT.needed(),
        TIER.needed(),
        TAGS.needed(),
        SOURCE.needed(),
        Member.of("created_at", Type.TEXT).not(Broken.expiry()).needed(),
        Member.of("updated_at", Type.TEXT).not(Broken.expiry()).needed(),
        EXPIRES_AT,
        Member.of("version", Type.WHOLE),
        Member.of("access_count", Type.WHOLE).not(Sample.ofJson("-1")),
        Member.of("reflection_depth", Type.WHOLE).not(Sample.ofJson("-1", "1001")),
        Member.of("memory_kind", Type.TEXT).not(Broken.oneOfNone("dream", "Claim")),
        Member.of("entity_id", Type.TEXT).not(Broken.id()),
        Member.of("persona_version", Type.WHOLE).not(Sample.ofJson("-1", "2147483648")),
        Member.of("confidence_source", Type.TEXT).not(Broken.oneOfNone("guessed")),
        Member.of("confidence_signals", Type.OBJECT).not(Broken.object()),
        Member.of("confidence_decayed_at", Type.TEXT).not(Broken.expiry()));
  }

  private static Member[] with(List<Member> some, Member... more) {
    var all = new ArrayList<>(some);
    all.addAll(List.of(more));
    return all.toArray(Member[]::new);
  }
}
