package dev.quorate.embedding;

/// What there is of processors, and who had how much of them. All times are in nanoseconds. Of
/// threads of this process; thread-safe.
interface Machine {
  int processors();

  /// Of which only differences mean anything.
  long now();

  /// How long a thread has had a processor.
  long had(Thread thread);

  /// How long all threads of this process together have.
  long hadByAll();

  /// Leaves the processor for that long, or until this thread is interrupted.
  void rest(long nanos);
}
