package io.avma.kvp;

import com.google.errorprone.annotations.CheckReturnValue;
import java.util.Optional;

/** What a Windows was made for, by the numbers of {@code OSVERSIONINFOEX}; documented. */
@CheckReturnValue
public enum ProductType {
  /** A client. */
  WORKSTATION(1),
  /** A server that is a domain controller. */
  DOMAIN_CONTROLLER(2),
  /** Any other server. */
  SERVER(3);

  private final int number;

  ProductType(int number) {
    this.number = number;
  }

  /** Returns the number that Windows uses, 1 to 3. */
  public int number() {
    return number;
  }

  /** Returns the product type with {@code number}; empty unless it is 1 to 3. */
  public static Optional<ProductType> of(long number) {
    for (ProductType type : values()) {
      if (type.number == number) {
        return Optional.of(type);
      }
    }
    return Optional.empty();
  }
}
