package io.avma.activation;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.errorprone.annotations.CheckReturnValue;
import io.avma.platform.Hresult;
import io.avma.platform.VmId;

/**
 * Something that a transition asks its caller to do. Effects are data; nothing happens by creating
 * one.
 */
@CheckReturnValue
public sealed interface Effect {
  /** What an effect is, for a {@code switch}. */
  enum Kind {
    /** {@link SendRequest}. */
    SEND_REQUEST,
    /** {@link SendResponse}. */
    SEND_RESPONSE,
    /** {@link LogOutcome}. */
    LOG_OUTCOME,
    /** {@link LogRequest}. */
    LOG_REQUEST,
    /** {@link PublishItems}. */
    PUBLISH_ITEMS,
    /** {@link ClearItems}. */
    CLEAR_ITEMS
  }

  /** Returns which of the nested records this is. */
  Kind kind();

  /**
   * Send {@code request} to the parent partition that the guest runs on now.
   *
   * @param request the request
   */
  record SendRequest(ActivationRequest request) implements Effect {
    @Override
    public Kind kind() {
      return Kind.SEND_REQUEST;
    }
  }

  /**
   * Send {@code response} to the guest.
   *
   * @param response the answer
   */
  record SendResponse(ActivationResponse response) implements Effect {
    @Override
    public Kind kind() {
      return Kind.SEND_RESPONSE;
    }
  }

  /**
   * Write event 12309 into the guest's Application log.
   *
   * @param outcome the outcome that it records
   */
  record LogOutcome(ActivationOutcome outcome) implements Effect {
    @Override
    public Kind kind() {
      return Kind.LOG_OUTCOME;
    }
  }

  /**
   * Write event 12310 into the host's Application log.
   *
   * @param request the request that was answered
   * @param code the result code
   */
  record LogRequest(ActivationRequest request, Hresult code) implements Effect {
    @Override
    public Kind kind() {
      return Kind.LOG_REQUEST;
    }

    /** Returns the virtual machine that asked. */
    public VmId vm() {
      return request.vm();
    }
  }

  /**
   * Publish the guest's AVMA items in its guest-to-host KVP pool. No source names these items; the
   * names come from {@link ActivationTerms#items()}.
   *
   * @param terms where the names come from
   * @param avmaId the AVMA ID that was activated
   * @param activation the activation
   */
  record PublishItems(ActivationTerms terms, AvmaId avmaId, Activation activation)
      implements Effect {
    @Override
    public Kind kind() {
      return Kind.PUBLISH_ITEMS;
    }

    /** Returns the items by name, in the order of {@link ActivationItem}. */
    public ImmutableMap<String, String> items() {
      ImmutableMap.Builder<String, String> values = ImmutableMap.builder();
      terms.items().forEach((item, name) -> values.put(name, item.value(avmaId, activation)));
      return values.buildOrThrow();
    }
  }

  /**
   * Remove the guest's AVMA items from its guest-to-host KVP pool.
   *
   * @param names the names, in the order of {@link ActivationItem}
   */
  record ClearItems(ImmutableList<String> names) implements Effect {
    @Override
    public Kind kind() {
      return Kind.CLEAR_ITEMS;
    }
  }
}
