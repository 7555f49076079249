package io.avma.cli.fleet;

import com.google.common.collect.ImmutableList;
import io.avma.platform.HostId;
import io.avma.platform.HostProfile;
import io.avma.transport.VmReading;
import java.util.Optional;

/**
 * What a host said of itself and its machines.
 *
 * @param id the name by which the files know it
 * @param profile what it is
 * @param cluster its failover cluster; empty if it has none, or does not tell
 * @param vms its machines, those that could not be read among them
 */
public record ReadHost(
    HostId id, HostProfile profile, Optional<String> cluster, ImmutableList<VmReading> vms) {}
