package dev.quorate.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.quorate.failure.RequestFailure.Invalid;
import dev.quorate.json.Json;
import dev.quorate.seeds.Chance;
import dev.quorate.wire.Arrival.Bad;
import dev.quorate.wire.Plain.PlainMemory;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

/// What is wrong with a body refuses it whole; what is wrong with an item makes only that one bad.
class PushRefusalTest {
  private static final String MEMORY =
      """
      {"access_count":0,"confidence":1.0,"content":"world",\
      "created_at":"2026-06-01T12:00:00.123456789+00:00","id":"m1","namespace":"app","priority":5,\
      "source":"api","tags":["t"],"tier":"mid","title":"hello",\
      "updated_at":"2026-06-01T12:00:00.123456789+00:00"}\
      """;

  private static Received read(String body) {
    return PushBody.read(body.getBytes(StandardCharsets.UTF_8));
  }

  private static String body(String list, String element) {
    var memories = list.equals("memories") ? "" : "\"memories\":[],";
    return "{%s\"sender_agent_id\":\"host:b\",\"%s\":[%s]}".formatted(memories, list, element);
  }

  private static void assertRefused(String body, String sentence) {
    assertThatExceptionOfType(Invalid.class)
        .isThrownBy(() -> read(body))
        .withMessageContaining(sentence);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "{", "[1,2", "{} {}", "nul", "{\"a\":1,\"a\":1}", "{\"a\":NaN}"})
  void whatIsNotJsonIsRefused(String body) {
    assertRefused(body, "malformed sync_push body: ");
  }

  @Test
  void whatIsNotUtf8IsRefused() {
    assertThatExceptionOfType(Invalid.class)
        .isThrownBy(() -> PushBody.read(new byte[] {'"', (byte) 0xff, '"'}))
        .withMessage("malformed sync_push body: it is not UTF-8");
    assertRefused(
        "{\"sender_agent_id\":\"host:b\",\"memories\":[],\"x\":\"\\ud800\"}",
        "malformed sync_push body: a string holds a lone surrogate");
  }

  @Test
  void aRefusalDoesNotRepeatWhatWasSent() {
    var refusal =
        catchThrowableOfType(Invalid.class, () -> read("{\"sender_agent_id\": secret-word}"));
    assertThat(refusal).hasMessageNotContaining("secret-word").hasMessageContaining("line 1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[]|body must be a JSON object",
        "{\"memories\":[]}|missing required field: sender_agent_id",
        "{\"sender_agent_id\":\"host:b\"}|missing required field: memories",
        "{\"sender_agent_id\":\"host:b\",\"memories\":null}|missing required field: memories",
        "{\"sender_agent_id\":\"host:b\",\"memories\":{}}|memories must be a list",
        "{\"sender_agent_id\":1,\"memories\":[]}|sender_agent_id must be a string",
        "{\"sender_agent_id\":\"b\",\"memories\":[],\"dry_run\":\"no\"}|dry_run must be true or false",
        "{\"sender_agent_id\":\"b\",\"memories\":[],\"quorate\":[]}|quorate must be an object",
        "{\"sender_agent_id\":\"b\",\"memories\":[],\"quorate\":{}}|required field: version",
      })
  void aBodyOfAnotherShapeIsRefused(String body, String sentence) {
    assertRefused(body, "malformed sync_push body: ");
    assertRefused(body, sentence);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "../a", "/a", "daemon", "governance-internal", "ü"})
  void whoMayNotCallItselfSoIsRefused(String sender) {
    assertRefused(
        "{\"sender_agent_id\":%s,\"memories\":[]}".formatted(ObjectText.quote(sender)),
        "invalid sender_agent_id: ");
  }

  @Test
  void aListIsLimited() {
    for (var list : WireList.values()) {
      if (!list.plain()) continue;
      var elements = IntStream.range(0, 1_001).mapToObj(_ -> "0").collect(Collectors.joining(","));
      assertThatExceptionOfType(Invalid.class)
          .isThrownBy(() -> read(body(list.text(), elements)))
          .withMessage("sync_push limited to 1000 %s per request".formatted(list.text()));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "memories|{\"tier\":\"eternal\"}|unknown tier: 'eternal'",
        "memories|{\"memory_kind\":\"dream\"}|unknown memory_kind: 'dream'",
        "memories|{\"confidence_source\":\"x\"}|unknown confidence_source: 'x'",
        "memories|{\"title\":null}|missing required field: title",
        "memories|{\"priority\":null}|missing required field: priority",
        "memories|{\"confidence\":null}|missing required field: confidence",
        "memories|{\"access_count\":null}|missing required field: access_count",
        "memories|{\"tags\":\"t\"}|tags must be a list of strings",
        "memories|{\"priority\":5.5}|priority must be a whole number",
      })
  void anElementOfAnotherShapeRefusesTheBody(String list, String change, String sentence) {
    var memory = (ObjectNode) Json.parse(MEMORY);
    memory.setAll((ObjectNode) Json.parse(change));
    assertRefused(body(list, Json.text(memory)), "malformed sync_push body: " + sentence);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "deletions|1|deletions must be strings",
        "namespace_meta_clears|{}|namespace_meta_clears must be strings",
        "links|1|links must be objects",
        "links|{\"source_id\":\"a\",\"target_id\":\"b\",\"created_at\":\"x\",\"relation\":\"likes\"}|unknown relation: 'likes'",
        "links|{\"source_id\":\"a\",\"target_id\":\"b\",\"created_at\":\"x\",\"relation\":\"related_to\",\"signature\":\"AA\"}|signature must be a list of numbers 0..255",
        "pendings|{\"id\":\"p\",\"action_type\":\"dance\"}|unknown action_type: 'dance'",
        "pending_decisions|{\"id\":\"p\",\"approved\":\"yes\",\"decider\":\"a\"}|approved must be true or false",
        "pending_decisions|{\"id\":\"p\",\"decider\":\"a\"}|missing required field: approved",
        "namespace_meta|{\"namespace\":\"n\"}|missing required field: standard_id",
        "embeddings|{\"memory_id\":\"m\",\"model\":\"x\",\"dim\":1,\"vector\":[null]}|vector must be a list of numbers",
        "embeddings|{\"memory_id\":\"m\",\"model\":\"x\",\"vector\":[1]}|missing required field: dim",
      })
  void anotherElementOfAnotherShapeRefusesTheBody(String list, String element, String sentence) {
    assertRefused(body(list, element), "malformed sync_push body: " + sentence);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"title\":\" \"}|title cannot be empty",
        "{\"content\":\"\\u0000\"}|content cannot contain the control character U+0000",
        "{\"priority\":11}|priority must be 1..10: 11",
        "{\"confidence\":1.5}|confidence must be 0..1: 1.5",
        "{\"access_count\":-1}|access_count must be 0 or more: -1",
        "{\"source\":\"subscribe\"}|source must be one of",
        "{\"namespace\":\"a//b\"}|namespace cannot begin or end with / or contain //",
        "{\"id\":\"a b\"}|id may only contain",
        "{\"updated_at\":\"yesterday\"}|updated_at must be an RFC 3339 time",
        "{\"source_span\":{\"start\":2,\"end\":1}}|a span's start must be 0 or more and before its end",
      })
  void aMemoryThatBreaksARuleIsBadAlone(String change, String sentence) {
    var memory = (ObjectNode) Json.parse(MEMORY);
    memory.setAll((ObjectNode) Json.parse(change));
    var arrivals = read(body("memories", MEMORY + "," + Json.text(memory))).arrivals();
    assertThat(arrivals.getFirst()).isInstanceOf(PlainMemory.class);
    assertBad(arrivals.get(1), "memories", 1, sentence);
    assertThat(arrivals).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "deletions|\"a b\"|id may only contain",
        "archives|\"\"|id cannot be empty",
        "restores|\"a..b\"|id cannot contain ..",
        "namespace_meta_clears|\"/a\"|namespace cannot begin or end with /",
        "links|{\"source_id\":\"a\",\"target_id\":\"b\",\"created_at\":\"x\",\"relation\":\"related_to\"}|created_at must be an RFC 3339 time",
        "links|{\"source_id\":\"a\",\"target_id\":\"b\",\"created_at\":\"2026-06-01T12:00:00Z\",\"relation\":\"related_to\",\"signature\":[1,2]}|signature must be 64 bytes: 2",
        "pending_decisions|{\"id\":\"p\",\"approved\":true,\"decider\":\"a b\"}|agent_id may only contain",
        "namespace_meta|{\"namespace\":\"n\",\"standard_id\":\"a b\"}|id may only contain",
        "embeddings|{\"memory_id\":\"m\",\"model\":\"x\",\"dim\":2,\"vector\":[1]}|vector must have as many numbers as dim says: 2, not 1",
        "embeddings|{\"memory_id\":\"m\",\"model\":\"x\",\"dim\":1,\"vector\":[1e39]}|vector must hold finite numbers",
        "embeddings|{\"memory_id\":\"m\",\"model\":\"x\",\"dim\":2,\"vector\":[0,0]}|vector must not be all zeros",
        "embeddings|{\"memory_id\":\"m\",\"model\":\"x\",\"dim\":0,\"vector\":[]}|dim must be 1..16384: 0",
      })
  void anotherElementThatBreaksARuleIsBadAlone(String list, String element, String sentence) {
    assertThat(read(body(list, element)).arrivals())
        .singleElement()
        .satisfies(arrival -> assertBad(arrival, list, 0, sentence));
  }

  private static void assertBad(Arrival arrival, String list, int index, String sentence) {
    assertThat(arrival).isInstanceOf(Bad.class);
    var bad = (Bad) arrival;
    assertThat(bad.place()).isEqualTo(new Place(list, index));
    assertThat(bad.reason()).contains(sentence);
  }

  @Test
  void optionalMembersMayBeMissingOrNull() {
    var received = read(body("memories", MEMORY));
    assertThat(received.dryRun()).isFalse();
    assertThat(received.arrivals())
        .singleElement()
        .isInstanceOfSatisfying(
            PlainMemory.class,
            plain -> {
              assertThat(plain.memory().metadata()).isEqualTo("{}");
              assertThat(plain.memory().version()).isEqualTo(1);
              assertThat(plain.memory().expiresAt()).isNull();
              assertThat(plain.memory().provenance().citations()).isEqualTo("[]");
            });
    var nulls =
        "{\"sender_agent_id\":\"host:b\",\"memories\":[],\"deletions\":null,\"dry_run\":true,"
            + "\"quorate\":null,\"links\":null,\"signals\":[1]}";
    assertThat(read(nulls)).isEqualTo(new Received("host:b", true, null, List.of(), List.of()));
  }

  @Test
  void aVersionThatNobodySpeaksIsRefusedWithThoseThatThisNodeDoes() {
    var body = Json.parse(PushBody.write(AnyItem.SENDER, AnyItem.frame(), List.of()));
    ((ObjectNode) body.get("quorate")).put("version", 2);
    var refusal = catchThrowableOfType(Invalid.class, () -> PushBody.read(Json.utf8(body)));
    assertThat(refusal).hasMessage("this node does not speak version 2 of the protocol");
    assertThat(refusal.details())
        .containsEntry("code", "UNSUPPORTED_VERSION")
        .containsEntry("speaks", List.of(1));
  }

  @Test
  void factsThatDoNotBelongToTheElementsRefuseTheBody() {
    var item = AnyItem.item(new Chance(1), AnyItem.lifecycle(new Chance(1)));
    var encoded = EncodedItem.of(item, AnyItem.SENDER, AnyItem.EPOCH);
    var body = Json.parse(PushBody.write(AnyItem.SENDER, AnyItem.frame(), List.of(encoded)));
    var facts = (ObjectNode) body.get("quorate").get("facts");
    facts.withArray(encoded.list()).addNull();
    assertRefused(Json.text(body), "must be a list as long as");
    facts.put(encoded.list(), 1);
    assertRefused(Json.text(body), "must be a list as long as");
  }

  @Test
  void anElementWhoseFactsAreNullIsPlain() {
    var item = AnyItem.item(new Chance(1), AnyItem.lifecycle(new Chance(1)));
    var encoded = EncodedItem.of(item, AnyItem.SENDER, AnyItem.EPOCH);
    var body = Json.parse(PushBody.write(AnyItem.SENDER, AnyItem.frame(), List.of(encoded)));
    var facts = (ObjectNode) body.get("quorate").get("facts");
    facts.putArray(encoded.list()).addNull();
    assertThat(read(Json.text(body)).arrivals()).allMatch(arrival -> arrival instanceof Plain);
    facts.removeAll();
    assertThat(read(Json.text(body)).arrivals()).allMatch(arrival -> arrival instanceof Plain);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "sequence|0|sequence must be 1..",
        "sequence|null|missing required field: sequence",
        "hash|\"12\"|hash must be 64 lower-case hex digits",
        "hash|\"0000000000000000000000000000000000000000000000000000000000000000\"|damaged: ",
        "seen|\"nonsense\"|seen must be origin=time pairs",
        "seen|\"a=1,a=2\"|damaged: ",
        "stamp_origin|\"a b\"|agent_id may only contain",
        "together|\"\"|together cannot be empty",
        "origin|\"host:c\"|missing required field: origin_epoch",
      })
  void anItemWhoseFactsAreMalformedIsBadAlone(String member, String value, String sentence) {
    var good = EncodedItem.of(AnyItem.any(new Chance(3)), AnyItem.SENDER, AnyItem.EPOCH);
    var content = AnyItem.content(new Chance(4));
    var item = new Item(content, AnyItem.SENDER, AnyItem.EPOCH, 7, 7, null);
    var spoilt = EncodedItem.of(item, AnyItem.SENDER, AnyItem.EPOCH);
    var body =
        Json.parse(PushBody.write(AnyItem.SENDER, AnyItem.frame(), List.of(spoilt, good, spoilt)));
    var facts = body.get("quorate").get("facts").get("memories").get(0);
    ((ObjectNode) facts).set(member, Json.parse(value));
    var arrivals = read(Json.text(body)).arrivals();
    assertBad(arrivals.getFirst(), "memories", 0, sentence);
    assertThat(arrivals).filteredOn(arrival -> arrival instanceof Bad).hasSize(1);
    assertThat(arrivals).hasSize(3);
  }
}
