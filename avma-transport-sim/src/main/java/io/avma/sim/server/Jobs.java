package io.avma.sim.server;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.avma.transport.cim.CimReference;
import io.avma.transport.cim.CimType;
import io.avma.transport.cim.CimValue;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The jobs of a host, the newest of them: what is older has vanished, as on a real host. */
final class Jobs {
  static final String CLASS = "Msvm_ConcreteJob";

  private static final int RUNNING = 4;
  private static final int COMPLETED = 7;
  private static final int EXCEPTION = 10;

  /** A job. It is seen running once and then at its end, so that clients have to look again. */
  private static final class Job {
    final String id;
    final String caption;
    final int code;
    final String error;
    final Instant start;
    boolean seen;

    Job(String id, String caption, int code, String error, Instant start) {
      this.id = id;
      this.caption = caption;
      this.code = code;
      this.error = error;
      this.start = start;
    }
  }

  private final Map<String, Job> jobs = new LinkedHashMap<>();
  private final int max;

  Jobs(int max) {
    this.max = max;
  }

  /** Adds a job that ends with {@code code}, 0 for success. */
  CimReference add(String id, String caption, int code, String error, Instant start) {
    Iterator<Job> oldest = jobs.values().iterator();
    if (jobs.size() >= max) {
      Job unused = oldest.next();
      oldest.remove();
    }
    jobs.put(id, new Job(id, caption, code, error, start));
    return CimReference.wmi(
        VirtualizationClasses.NAMESPACE, CLASS, ImmutableMap.of("InstanceID", id));
  }

  /** Returns the jobs as they are seen now, one of them if an identifier is wanted. */
  Iterator<Row> rows(WqlCondition wanted) {
    List<Job> found =
        wanted
            .required("InstanceID")
            .map(
                id ->
                    jobs.values().stream()
                        .filter(job -> job.id.equalsIgnoreCase(id))
                        .collect(ImmutableList.toImmutableList()))
            .orElseGet(() -> ImmutableList.copyOf(jobs.values()));
    return found.stream().map(Jobs::row).iterator();
  }

  private static Row row(Job job) {
    int state = !job.seen ? RUNNING : job.code == 0 ? COMPLETED : EXCEPTION;
    boolean ended = state != RUNNING;
    job.seen = true;
    Row row =
        new Row()
            .set("Caption", job.caption)
            .set("DeleteOnCompletion", true)
            .set("Description", job.caption)
            .set("ElementName", job.caption)
            .set("ErrorCode", CimType.UINT16, ended ? job.code : 0)
            .set("HealthState", CimType.UINT16, ended && job.code != 0 ? 25 : 5)
            .set("InstanceID", job.id)
            .set("JobState", CimType.UINT16, state)
            .set("JobStatus", ended && job.code != 0 ? "Error" : "OK")
            .set("LocalOrUtcTime", CimType.UINT16, 2)
            .set("Name", Jobs.CLASS)
            .set(
                "OperationalStatus",
                CimValue.of(List.of(CimValue.of(CimType.UINT16, ended && job.code != 0 ? 6 : 2))))
            .set("PercentComplete", CimType.UINT16, ended ? 100 : 50)
            .set("StartTime", job.start)
            .set("Status", ended && job.code != 0 ? "Error" : "OK")
            .set("TimeSubmitted", job.start);
    if (ended && job.code != 0) {
      row.set("ErrorDescription", job.error).set("ErrorSummaryDescription", job.error);
    }
    return row;
  }
}
