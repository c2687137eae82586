package dev.quorate.wire;

import dev.quorate.memory.Link;
import dev.quorate.memory.Memory;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An item without stamp and hash, as ai-memory nodes and guests send them. It keeps all rules of
/// wire.md 2.4.
public sealed interface Plain extends Arrival {

  /// A memory whose content was made at `updatedAt`.
  record PlainMemory(int index, Memory memory, Instant updatedAt) implements Plain {
    @Override
    public String list() {
      return WireList.MEMORIES.text();
    }
  }

  record PlainDeletion(int index, String id) implements Plain {
    @Override
    public String list() {
      return WireList.DELETIONS.text();
    }
  }

  record PlainArchive(int index, String id) implements Plain {
    @Override
    public String list() {
      return WireList.ARCHIVES.text();
    }
  }

  record PlainRestore(int index, String id) implements Plain {
    @Override
    public String list() {
      return WireList.RESTORES.text();
    }
  }

  /// A link; its signature has not been verified.
  record PlainLink(int index, Link link) implements Plain {
    @Override
    public String list() {
      return WireList.LINKS.text();
    }
  }

  /// A pending action.
  ///
  /// @param actionType `store`, `delete`, `promote` or `reflect`
  /// @param memoryId the memory it acts on, absent for one that makes a new memory
  /// @param payload canonical JSON
  /// @param status as the sender sees it: `pending`, `approved`, `rejected` or another word
  /// @param decidedBy absent while nobody has decided
  /// @param decidedAt absent while nobody has decided
  record PlainPending(
      int index,
      String id,
      String actionType,
      @Nullable String memoryId,
      String namespace,
      String payload,
      String requestedBy,
      Instant requestedAt,
      String status,
      @Nullable String decidedBy,
      @Nullable Instant decidedAt,
      List<Approval> approvals)
      implements Plain {

    public PlainPending {
      approvals = List.copyOf(approvals);
    }

    @Override
    public String list() {
      return WireList.PENDINGS.text();
    }
  }

  /// One approval inside a pending action.
  record Approval(String agentId, Instant approvedAt) {}

  record PlainDecision(int index, String id, boolean approved, String decider) implements Plain {
    @Override
    public String list() {
      return WireList.PENDING_DECISIONS.text();
    }
  }

  /// The standard of a namespace; without a parent it inherits from none.
  record PlainStandard(int index, String namespace, String standardId, @Nullable String parent)
      implements Plain {
    @Override
    public String list() {
      return WireList.NAMESPACE_META.text();
    }
  }

  record PlainClear(int index, String namespace) implements Plain {
    @Override
    public String list() {
      return WireList.NAMESPACE_META_CLEARS.text();
    }
  }

  /// The vector of a memory: as many finite numbers as its dimension says, not all of them zero.
  ///
  /// @param vector little-endian float32 values in base64
  record PlainEmbedding(int index, String memoryId, String model, int dimension, String vector)
      implements Plain {
    @Override
    public String list() {
      return WireList.EMBEDDINGS.text();
    }

    /// The vector with length 1, as a node keeps it.
    public String vectorOfLengthOne() {
      return Vectors.ofLengthOne(vector);
    }
  }
}
