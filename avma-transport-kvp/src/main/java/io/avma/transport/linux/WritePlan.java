package io.avma.transport.linux;

/**
 * One write, ready to be carried out.
 *
 * @param edit what shall change
 * @param rules what may be written, and how
 * @param limits how large the pool may become
 * @param scratch where the pool is read to
 */
record WritePlan(PoolEdit edit, WriteRules rules, PoolLimits limits, Scratch scratch) {}
