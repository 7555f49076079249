package io.avma.transport.eventlog;

/**
 * An event, or a part of one, as a template instance: which template, and the values for its slots.
 */
record ShapedEvent(EventShape shape, SlotValues values) {}
