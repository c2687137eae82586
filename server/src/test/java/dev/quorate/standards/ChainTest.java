package dev.quorate.standards;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ChainTest {
  private final Map<String, String> parents = new HashMap<>();

  private List<String> chain(String namespace) {
    return Chain.of(namespace, one -> Optional.ofNullable(parents.get(one)));
  }

  @Test
  void everythingOnThePathHoldsAndEverywhereComesFirst() {
    assertThat(chain("a")).containsExactly("*", "a");
    assertThat(chain("a/b/c")).containsExactly("*", "a", "a/b", "a/b/c");
    assertThat(chain("*")).containsExactly("*");
  }

  @Test
  void theParentsOfTheRootComeAboveItTheFurthestFirst() {
    parents.putAll(Map.of("a", "b", "b", "c/d", "c/d", "e"));
    assertThat(chain("a/x")).containsExactly("*", "e", "c/d", "b", "a", "a/x");
  }

  @Test
  void aParentBelowTheRootIsNotFollowed() {
    parents.put("p/c", "q");
    assertThat(chain("p/c")).containsExactly("*", "p", "p/c");
  }

  @Test
  void aCircleEnds() {
    parents.putAll(Map.of("a", "b", "b", "c", "c", "b"));
    assertThat(chain("a")).containsExactly("*", "c", "b", "a");
    parents.put("c", "a");
    assertThat(chain("a")).containsExactly("*", "c", "b", "a");
    parents.put("a", "a");
    assertThat(chain("a")).containsExactly("*", "a");
  }

  @Test
  void aParentThatIsOnThePathOrEverywhereEndsIt() {
    parents.putAll(Map.of("a", "b", "b", "a/x"));
    assertThat(chain("a/x/y")).containsExactly("*", "b", "a", "a/x", "a/x/y");
    parents.put("b", "*");
    assertThat(chain("a")).containsExactly("*", "b", "a");
  }

  @Test
  void eightParentsAreFollowedAndNoMore() {
    for (var i = 0; i < 20; i++) parents.put("n" + i, "n" + (i + 1));
    assertThat(chain("n0")).hasSize(1 + 8 + 1).startsWith("*", "n8").endsWith("n1", "n0");
  }

  @Test
  void aNameSuggestsTheLongestPrefixThatHasAStandard() {
    assertThat(Chain.detectParent("a-b-c", Set.of("a", "a-b")::contains)).contains("a-b");
    assertThat(Chain.detectParent("a-b-c", Set.of("a")::contains)).contains("a");
    assertThat(Chain.detectParent("a-b-c", Set.of("a-b-c", "b")::contains)).isEmpty();
    assertThat(Chain.detectParent("x/a-b", Set.of("x/a")::contains)).contains("x/a");
    assertThat(Chain.detectParent("-a", Set.of("")::contains)).isEmpty();
    assertThat(Chain.detectParent("a", Set.of("a")::contains)).isEmpty();
  }
}
