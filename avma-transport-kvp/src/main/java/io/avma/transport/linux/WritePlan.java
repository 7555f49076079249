package io.avma.transport.linux;

/**
 * One write, ready to be carried out.
 *
 * @param edit what shall change
 * @param current what the pool holds
 * @param rules what may be written, and how
 * @param limits how large the pool may become
 */
record WritePlan(PoolEdit edit, PoolBytes current, WriteRules rules, PoolLimits limits) {}
