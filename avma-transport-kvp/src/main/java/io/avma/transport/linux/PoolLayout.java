package io.avma.transport.linux;

import io.avma.kvp.KvpPart;
import io.avma.kvp.KvpPool;

/** A record of a pool file. Source: Linux {@code tools/hv/hv_kvp_daemon.c}; documented. */
final class PoolLayout {
  static final int KEY = 0;
  static final int KEY_BYTES = 512;
  static final int VALUE = KEY + KEY_BYTES;
  static final int VALUE_BYTES = 2048;
  static final int RECORD_BYTES = VALUE + VALUE_BYTES;

  /** What a disk writes whole or not at all; a record is five of them. */
  static final int SECTOR_BYTES = 512;

  private PoolLayout() {}

  /** Returns the name of the pool's file in its directory. */
  static String fileName(KvpPool pool) {
    return ".kvp_pool_" + pool.number();
  }

  /** Returns the name of the redo record beside the pool's file. */
  static String redoName(KvpPool pool) {
    return fileName(pool) + ".avma-redo";
  }

  /** Returns the name that flaws and messages use. */
  static String label(KvpPool pool) {
    return "pool_" + pool.number();
  }

  static int offset(KvpPart part) {
    return part == KvpPart.KEY ? KEY : VALUE;
  }

  static int bytes(KvpPart part) {
    return part == KvpPart.KEY ? KEY_BYTES : VALUE_BYTES;
  }
}
