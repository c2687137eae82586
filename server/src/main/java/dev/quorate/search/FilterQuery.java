package dev.quorate.search;

import dev.quorate.memory.MemoryKind;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.PrefixQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermInSetQuery;
import org.apache.lucene.search.TermQuery;
import org.jspecify.annotations.Nullable;

/// Turns a [Filter] into clauses that match without scoring.
final class FilterQuery {
  private FilterQuery() {}

  static void add(Filter filter, BooleanQuery.Builder query) {
    add(query, filter.namespace(), namespace -> namespaces(namespace, filter.ancestors()));
    add(query, filter.tag(), tag -> new TermQuery(Label.TAG.of(tag)));
    add(query, filter.agentId(), agent -> new TermQuery(Label.AGENT.of(agent)));
    add(query, filter.asAgent(), position -> anyOf(Label.visibleFrom(position)));
    add(query, filter.sourceUriPrefix(), uri -> new PrefixQuery(Label.SOURCE_URI.of(uri)));
    if (!filter.kinds().isEmpty()) add(query, kinds(filter.kinds()));
    if (filter.since() != null || filter.until() != null) {
      add(query, created(filter.since(), filter.until()));
    }
    var facts = FactsFilter.of(filter);
    if (!facts.passesAll()) add(query, facts);
  }

  static void addUnexpired(long nowMillis, BooleanQuery.Builder query) {
    add(query, range(Columns.EXPIRES, nowMillis + 1, Long.MAX_VALUE));
  }

  private static Query namespaces(String namespace, boolean ancestors) {
    if (!ancestors) return new TermQuery(Label.NAMESPACE.of(namespace));
    return anyOf(Namespaces.withAncestors(namespace).stream().map(Label.NAMESPACE::of).toList());
  }

  private static Query kinds(Set<MemoryKind> kinds) {
    return anyOf(kinds.stream().map(kind -> Label.KIND.of(kind.text())).toList());
  }

  private static Query anyOf(List<Term> terms) {
    return new TermInSetQuery(Columns.LABEL, terms.stream().map(Term::bytes).toList());
  }

  private static Query created(@Nullable Instant since, @Nullable Instant until) {
    return range(
        Columns.CREATED,
        since == null ? Long.MIN_VALUE : Columns.nanos(since),
        until == null ? Long.MAX_VALUE : Columns.nanos(until));
  }

  private static Query range(String column, long first, long last) {
    return NumericDocValuesField.newSlowRangeQuery(column, first, last);
  }

  private static void add(
      BooleanQuery.Builder query, @Nullable String value, Function<String, Query> clause) {
    if (value != null) add(query, clause.apply(value));
  }

  private static void add(BooleanQuery.Builder query, Query clause) {
    query.add(clause, Occur.FILTER);
  }
}
