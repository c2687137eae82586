package dev.quorate.bench.load;

/// How a run stands, told about once a second.
///
/// @param seconds since the start, the warm-up included
/// @param perSecond requests answered since the last moment, as a rate
/// @param items memories stored or found since the start
/// @param failed failed requests since the start
/// @param p99Micros of the requests since the last moment; 0 during the warm-up
public record Moment(
    int seconds, boolean warmup, double perSecond, long items, long failed, double p99Micros) {

  /// Who is told.
  public interface Observer {
    void observe(Moment moment);
  }
}
