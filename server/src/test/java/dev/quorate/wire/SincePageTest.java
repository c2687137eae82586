package dev.quorate.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.quorate.failure.RequestFailure.Invalid;
import dev.quorate.json.Json;
import dev.quorate.memory.Body;
import dev.quorate.merge.ContentRegister;
import dev.quorate.merge.Register;
import dev.quorate.seeds.Chance;
import dev.quorate.seeds.EachSeed;
import dev.quorate.seeds.Seeds;
import dev.quorate.wire.Arrival.Bad;
import dev.quorate.wire.Plain.PlainMemory;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

class SincePageTest {
  @EachSeed
  void memoriesAreReadAsTheyWereWritten(long seed) {
    Seeds.check(
        seed,
        chance -> {
          var contents = new ArrayList<ContentRegister>();
          for (var left = chance.below(5); left > 0; left--) contents.add(AnyItem.content(chance));
          contents.sort(Comparator.comparing(Register::stamp));
          var bytes = SincePage.write(500, "2026-06-01T12:00:00Z", contents, 3, 4, "scoped");
          var page = SincePage.read(bytes);
          assertThat(page.limit()).isEqualTo(500);
          assertThat(page.updatedSince()).isEqualTo("2026-06-01T12:00:00Z");
          assertThat(page.excludedForScope()).isEqualTo(3);
          assertThat(page.excludedForScopePrivate()).isEqualTo(4);
          assertThat(page.scopeStatus()).isEqualTo("scoped");
          var plain = page.arrivals().stream().map(one -> (PlainMemory) one).toList();
          assertThat(plain.stream().map(one -> Body.write(one.memory())).toList())
              .isEqualTo(contents.stream().map(ContentRegister::body).toList());
          assertThat(plain.stream().map(PlainMemory::updatedAt).toList())
              .isEqualTo(contents.stream().map(one -> one.stamp().instant()).toList());
          var json = Json.parse(bytes);
          assertThat(json.get("count").asInt()).isEqualTo(contents.size());
          if (contents.isEmpty()) return;
          assertThat(json.get("earliest_updated_at").asString())
              .isEqualTo(contents.getFirst().stamp().timestamp());
          assertThat(json.get("latest_updated_at").asString())
              .isEqualTo(contents.getLast().stamp().timestamp());
        });
  }

  @Test
  void anEmptyAnswerHasTheNineMembersToo() {
    assertThat(SincePage.write(500, null, List.of(), 0, 0, "no_allowlist_default_deny"))
        .asString()
        .isEqualTo(
            """
            {"count":0,"earliest_updated_at":null,"excluded_for_scope":0,\
            "excluded_for_scope_private":0,"latest_updated_at":null,"limit":500,"memories":[],\
            "scope_status":"no_allowlist_default_deny","updated_since":null}\
            """);
  }

  @Test
  void oneBadRowIsBadAlone() {
    var chance = new Chance(1);
    var contents = List.of(AnyItem.content(chance), AnyItem.content(chance));
    var body = Json.parse(SincePage.write(500, null, contents, 0, 0, "scoped"));
    ((ObjectNode) body.get("memories").get(0)).put("memory_kind", "dream");
    var page = SincePage.read(Json.utf8(body));
    assertThat(page.arrivals().getFirst())
        .isEqualTo(new Bad("memories", 0, "unknown memory_kind: 'dream'"));
    assertThat(page.arrivals().get(1)).isInstanceOf(PlainMemory.class);
  }

  @Test
  void onlyTheMemoriesAreMandatory() {
    assertThat(SincePage.read(Json.utf8("{\"memories\":[],\"next_since\":null}")))
        .isEqualTo(new SincePage(0, null, 0, 0, "", List.of()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "{}", "{\"memories\":1}", "{\"memories\":[1]}"})
  void whatIsNoAnswerIsRefused(String body) {
    assertThatExceptionOfType(Invalid.class)
        .isThrownBy(() -> SincePage.read(Json.utf8(body)))
        .withMessageStartingWith("malformed sync_since body: ");
  }
}
