package io.avma.transport.eventlog;

/** The places in an event's XML that a {@link io.avma.eventlog.WindowsEvent} keeps. */
enum EventField {
  PROVIDER_NAME,
  PROVIDER_GUID,
  EVENT_SOURCE_NAME,
  EVENT_ID,
  QUALIFIERS,
  VERSION,
  LEVEL,
  TASK,
  OPCODE,
  KEYWORDS,
  TIME_CREATED,
  EVENT_RECORD_ID,
  ACTIVITY_ID,
  RELATED_ACTIVITY_ID,
  PROCESS_ID,
  THREAD_ID,
  PROCESSOR_ID,
  SESSION_ID,
  KERNEL_TIME,
  USER_TIME,
  PROCESSOR_TIME,
  CHANNEL,
  COMPUTER,
  USER_ID,
  DATA_NAME,
  DATA,
  BINARY,
  MESSAGE,

  /** Everything else; its text is not collected. */
  IGNORED;

  /** Returns the field that is the content of the child {@code element} of {@code System}. */
  static EventField ofSystem(String element) {
    return switch (element) {
      case "EventID" -> EVENT_ID;
      case "Version" -> VERSION;
      case "Level" -> LEVEL;
      case "Task" -> TASK;
      case "Opcode" -> OPCODE;
      case "Keywords" -> KEYWORDS;
      case "EventRecordID" -> EVENT_RECORD_ID;
      case "Channel" -> CHANNEL;
      case "Computer" -> COMPUTER;
      default -> IGNORED;
    };
  }

  /**
   * Returns the field that is an attribute of a child of {@code System}. Every attribute name
   * stands for one thing only, so an element whose own name is damaged costs nothing.
   */
  static EventField ofSystemAttribute(String attribute) {
    return switch (attribute) {
      case "Name" -> PROVIDER_NAME;
      case "Guid" -> PROVIDER_GUID;
      case "EventSourceName" -> EVENT_SOURCE_NAME;
      case "Qualifiers" -> QUALIFIERS;
      case "SystemTime" -> TIME_CREATED;
      case "ActivityID" -> ACTIVITY_ID;
      case "RelatedActivityID" -> RELATED_ACTIVITY_ID;
      case "ProcessID" -> PROCESS_ID;
      case "ThreadID" -> THREAD_ID;
      case "ProcessorID" -> PROCESSOR_ID;
      case "SessionID" -> SESSION_ID;
      case "KernelTime" -> KERNEL_TIME;
      case "UserTime" -> USER_TIME;
      case "ProcessorTime" -> PROCESSOR_TIME;
      case "UserID" -> USER_ID;
      default -> IGNORED;
    };
  }
}
