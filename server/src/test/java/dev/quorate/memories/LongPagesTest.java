package dev.quorate.memories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quorate.embedding.Model;
import dev.quorate.memories.Messages.Letter;
import dev.quorate.memories.Recalling.Question;
import dev.quorate.memories.Recalling.Recalled;
import dev.quorate.memory.AnyMemory;
import dev.quorate.memory.Tier;
import dev.quorate.search.Filter;
import dev.quorate.search.SearchIndex;
import dev.quorate.store.ListQuery;
import dev.quorate.store.PageEnd;
import dev.quorate.store.Store;
import dev.quorate.store.StoredMemory;
import dev.quorate.store.sqlite.SqliteStore;
import dev.quorate.store.sqlite.StoreOptions;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Memories so long that pages end before their limit.
@Timeout(120)
class LongPagesTest {
  private static final Instant CREATED = Instant.parse("2026-01-01T00:00:00Z");
  private static final int COUNT = 80;

  /// Together 4.8 MB: more than two pages, and less than a look into the past has room for.
  private static final String LONG = "harbour ".repeat(7_500);

  @TempDir Path directory;
  private Store store;
  private SearchIndex index;
  private Touches touches;
  private Recalling recalling;

  @BeforeEach
  void open() {
    InstantSource clock = InstantSource.system();
    store = SqliteStore.open(directory, "n1", StoreOptions.readers(1), clock);
    index = SearchIndex.open(directory.resolve("search"), store, clock, List.of());
    touches = new Touches(store, Lifetimes.DEFAULT, clock);
    recalling = new Recalling(store, index, Serving.by(Model.off()), touches);
    save("z", "lighthouse");
    for (var i = 0; i < COUNT; i++) save("m" + i, LONG);
  }

  @AfterEach
  void close() {
    touches.close();
    index.close();
    store.close();
  }

  @Test
  void aListGoesOnBehindAPageThatEndedEarly() {
    var ids = new ArrayList<String>();
    var page = list(0);
    assertThat(page).hasSizeLessThan(COUNT / 2);
    assertThat(PageEnd.mayGoOn(page, 1_000)).isTrue();
    for (; !page.isEmpty(); page = list(ids.size())) page.forEach(memory -> ids.add(memory.id()));
    assertThat(ids).hasSize(COUNT + 1).hasSameElementsAs(new HashSet<>(ids));
  }

  @Test
  void aSearchThatIsTooLongSaysSoAndTellsHowLongItIs() {
    var announced = new AtomicLong();
    var found = recalling.search("harbour", Filter.NONE, 1_000, announced::set);
    assertThat(found.truncated()).isTrue();
    assertThat(announced.get()).isBetween(PageEnd.BYTES_MAX, PageEnd.BYTES_MAX + 100_000);
    assertThat(recalling.search("lighthouse", Filter.NONE, 1_000, _ -> {}).truncated()).isFalse();
  }

  @Test
  void theArchiveAndThePastAreReadBehindPagesThatEndEarly() {
    assertThat(ids(recall("lighthouse", Instant.now(), Among.LIVE))).containsExactly("z");
    store.write(transaction -> {
      for (var i = 0; i < COUNT; i++) transaction.archive("m" + i, "tidy");
      transaction.archive("z", "tidy");
      return true;
    });
    assertThat(ids(recall("lighthouse", null, Among.ARCHIVED))).containsExactly("z");
    var long50 = recall("harbour", null, Among.ARCHIVED);
    assertThat(long50.truncated()).isTrue();
    assertThat(long50.memories()).hasSizeLessThan(50);
  }

  @Test
  void anInboxThatIsTooLongSaysSoAndShowsTheRestOnceThatIsRead() {
    var messages = new Messages(store, Lifetimes.DEFAULT);
    for (var i = 0; i < COUNT; i++) {
      var letter = new Letter("ai:ann", "ai:bob", "letter " + i, LONG, 5, Tier.LONG);
      store.write(transaction -> messages.deliver(transaction, letter));
    }
    var inbox = messages.inbox("ai:bob", true, 1_000, _ -> {});
    assertThat(inbox.truncated()).isTrue();
    var shown = 0;
    for (; !inbox.messages().isEmpty(); inbox = messages.inbox("ai:bob", true, 1_000, _ -> {})) {
      shown += inbox.messages().size();
    }
    assertThat(shown).isEqualTo(COUNT);
    assertThat(inbox.truncated()).isFalse();
  }

  @Test
  void ofAHistoryTheNewestAreReadAsFarAsIsWanted() {
    for (var i = 0; i < 10; i++) save("z", LONG + i);
    var all = store.read(snapshot -> snapshot.history("z"));
    assertThat(all).hasSize(10);
    var some = store.read(snapshot -> snapshot.history("z", 3L * LONG.length()));
    assertThat(some).hasSizeBetween(3, 4).isEqualTo(all.subList(0, some.size()));
  }

  @Test
  void everyMemoryIsVisitedByAnExport() {
    var seen = new ArrayList<String>();
    store.read(snapshot -> {
      snapshot.forEachLive(memory -> seen.add(memory.id()));
      return true;
    });
    assertThat(seen).hasSize(COUNT + 1).hasSameElementsAs(new HashSet<>(seen));
  }

  private List<StoredMemory> list(int offset) {
    var query = new ListQuery(null, null, 1, null, null, null, null, null, 1_000, offset);
    return store.read(snapshot -> snapshot.list(query));
  }

  private Recalled recall(String text, @Nullable Instant asOf, Among among) {
    var question = new Question(text, Filter.NONE, 50, null, RecallMode.KEYWORD, asOf, among);
    return recalling.recall(question, _ -> {});
  }

  private static List<String> ids(Recalled recalled) {
    return recalled.memories().stream().map(scored -> scored.memory().id()).toList();
  }

  private void save(String id, String content) {
    store.write(transaction -> {
      transaction.save(AnyMemory.plain(id, "title of " + id, content, CREATED));
      return true;
    });
  }
}
